/* options.c - options that several commands share; see cli.h. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/strbuf.h"
#include "cli/output.h"
#include "os/os.h"

bool option_number(const char *command, const char *option, const char *text,
                   uint64_t most, uint64_t *value)
{
    char *end;

    errno = 0;
    *value = strtoull(text, &end, 10);
    if (!errno && *text >= '0' && *text <= '9' && !*end && *value <= most)
        return true;
    fprintf(stderr, "vssim %s: --%s %s: a number up to %llu is allowed\n",
            command, option, text, (unsigned long long)most);
    return false;
}

bool option_disable(const char *command, struct judge *judge, const char *id)
{
    const struct rule *rule = rule_find(id);

    if (!rule) {
        fprintf(stderr,
                "vssim %s: --disable %s: no such rule: see vssim "
                "list --rules\n",
                command, id);
        return false;
    }
    judge->disabled[rule - rules] = true;
    return true;
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
