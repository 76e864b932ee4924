/*
 * bad.c - the requester of restore.h with one mistake.
 *
 * bad RULE [DOCUMENT] makes the mistake that RULE convicts; bad --list prints
 * the table, with tabs: rule, world, what follows or
 * -, what it does.
 */
#include "restore.h"

#include <stdlib.h>
#include <string.h>

static const struct {
    const char *rule, *world, *follows, *what;
} mistakes[] = {
#define MISTAKE(id, rule, world, follows, what) {rule, world, follows, what},
#include "mistakes.def"
#undef MISTAKE
};

static enum mistake chosen = N_MISTAKES;

bool mistake(enum mistake which)
{
    return which == chosen;
}

static int list(void)
{
    for (unsigned i = 0; i < N_MISTAKES; i++)
        printf("%s\t%s\t%s\t%s\n", mistakes[i].rule, mistakes[i].world,
               *mistakes[i].follows ? mistakes[i].follows : "-",
               mistakes[i].what);
    return 0;
}

int main(int argc, char **argv)
{
    if (argc > 1 && strcmp(argv[1], "--list") == 0)
        return list();
    for (unsigned i = 0; i < N_MISTAKES; i++)
        if (argc > 1 && strcmp(argv[1], mistakes[i].rule) == 0)
            chosen = (enum mistake)i;
    if (chosen == N_MISTAKES) {
        fputs("usage: bad RULE [DOCUMENT]; bad --list\n", stderr);
        return 2;
    }
    if (chosen == MISTAKE_BACKUP_STATUS || chosen == MISTAKE_BACKUP_ENDS)
        return restore_document("--backup", NULL);
    return restore_document(argc > 2 ? argv[2] : getenv("VSSIM_DOCUMENT"),
                            NULL);
}
