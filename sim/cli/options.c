/* options.c - options that several commands share; see cli.h. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/strbuf.h"
#include "cli/cli.h"

int colour_wanted(const char *choice, FILE *out)
{
    const char *no = getenv("NO_COLOR"), *force = getenv("CLICOLOR_FORCE");
    const char *term = getenv("TERM"), *cli = getenv("CLICOLOR");

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
    return isatty(fileno(out)) && term && strcmp(term, "dumb") != 0;
}

void print_problems(FILE *out, const struct problems *problems)
{
    for (const struct problem *p = problems->first; p; p = p->next)
        if (p->line)
            fprintf(out, "%s:%d:%d: %s\n", p->file, p->line, p->col, p->text);
        else
            fprintf(out, "%s: %s\n", p->file, p->text);
}
