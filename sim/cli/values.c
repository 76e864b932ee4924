/* values.c - arguments that several commands take; see options.h. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/options.h"
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
