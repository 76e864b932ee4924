/* values.c - arguments that several commands take; see options.h and cli.h. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/options.h"
#include "os/os.h"
#include "search/sweep.h"

bool option_number(enum command_id command, enum option_id option,
                   const char *text, uint64_t most, uint64_t *value)
{
    char *end;

    errno = 0;
    *value = strtoull(text, &end, 10);
    if (!errno && *text >= '0' && *text <= '9' && !*end && *value <= most)
        return true;
    fprintf(stderr, "vssim %s: --%s %s: a number up to %llu is allowed\n",
            command_rows[command].name, option_row(option)->name, text,
            (unsigned long long)most);
    return false;
}

bool option_seconds(enum command_id command, enum option_id option,
                    const char *text, unsigned *value)
{
    uint64_t seconds;

    if (!option_number(command, option, text, 86400, &seconds))
        return false;
    *value = seconds ? (unsigned)seconds : 1;
    return true;
}

bool option_disable(enum command_id command, struct judge *judge,
                    const char *id)
{
    const struct rule *rule = rule_find(id);

    if (!rule) {
        fprintf(stderr,
                "vssim %s: --disable %s: no such rule: see vssim "
                "list --rules\n",
                command_rows[command].name, id);
        return false;
    }
    judge->disabled[rule - rules] = true;
    return true;
}

bool option_sweep(enum command_id command, const char *kind, unsigned *kinds)
{
    if (sweep_kinds(kind, kinds))
        return true;
    fprintf(stderr,
            "vssim %s: --sweep %s: alloc, thread, service, access or all is "
            "allowed\n",
            command_rows[command].name, kind);
    return false;
}

int colour_wanted(const char *choice, FILE *out)
{
    const char *no = getenv("NO_COLOR"), *force = getenv("CLICOLOR_FORCE");
    const char *cli = getenv("CLICOLOR");

    if (strcmp(choice, "always") == 0)
        return 1;
    if (strcmp(choice, "never") == 0)
        return 0;
    if (strcmp(choice, "auto") != 0)
        return -1;
    if (no && *no)
        return 0;
    if (force && *force && strcmp(force, "0") != 0)
        return 1;
    if (cli && strcmp(cli, "0") == 0)
        return 0;
    return os_has_colour(out);
}

void print_problems(FILE *out, const struct problems *problems)
{
    for (const struct problem *p = problems->first; p; p = p->next)
        if (p->line)
            fprintf(out, "%s:%d:%d: %s\n", p->file, p->line, p->col, p->text);
        else
            fprintf(out, "%s: %s\n", p->file, p->text);
}
