/* good_c.c - a careful requester in C; see restore.h. */
#include "restore.h"

#include <stdlib.h>
#include <string.h>

bool mistake(enum mistake which)
{
    (void)which;
    return false;
}

int main(int argc, char **argv)
{
    const char *document = getenv("VSSIM_DOCUMENT");

    if (argc > 2 && strcmp(argv[1], "--clean") == 0)
        return restore_document(argc > 3 ? argv[3] : document, argv[2]);
    return restore_document(argc > 1 ? argv[1] : document, NULL);
}
