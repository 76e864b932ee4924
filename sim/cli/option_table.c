/* option_table.c - options.def as C; see options.h. */
#include <string.h>

#include "base/array.h"
#include "cli/options.h"
#include "os/assert.h"

const struct command_row command_rows[COMMAND_COUNT] = {
#define COMMAND(id, name, usage, arguments, summary) {name, usage, summary},
#include "cli/options.def"
};

/* The names that the rows use for commands. */
enum {
#define COMMAND(id, name, usage, arguments, summary) id = 1 << COMMAND_##id,
#define COMMANDS(id, commands) id = commands,
#include "cli/options.def"
};

const struct option_row option_rows[] = {
#define GROUP(heading) {0, OPT_HEADING, 0, NULL, NULL, heading},
#define OPTION(commands, id, letter, name, argument, since, text, more) \
    {commands, OPT_##id, letter, name, argument, text},
#include "cli/options.def"
};

const unsigned n_option_rows = ARRAY_SIZE(option_rows);

#define COMMAND(id, name, usage, arguments, summary) \
    _Static_assert(sizeof(name) > 2 && sizeof(usage) > 1 && \
                       sizeof(summary) > 1, \
                   "a command says what it is");
#define OPTION(commands, id, letter, name, argument, since, text, more) \
    _Static_assert((commands) != 0, "an option is some command's"); \
    _Static_assert(sizeof(name) > 2, "an option has a name"); \
    _Static_assert(sizeof(since) > 3, "a version says since when"); \
    _Static_assert(sizeof(text) > 1, "a row says what the option does");
#include "cli/options.def"

bool option_is_for(const struct option_row *row, enum command_id command)
{
    assert(command < COMMAND_COUNT);
    return row->commands >> command & 1;
}

/* Completion must know what it can be. */
static bool known_argument(const char *name)
{
#define ARGUMENT(known, kind, words) \
    if (strcmp(name, known) == 0) \
        return true;
#include "cli/options.def"
    return false;
}

const struct option_row *option_row(enum option_id id)
{
    const struct option_row *row = option_rows;

    assert(id > OPT_HEADING && id < OPT_END);
    while (row->id != id)
        row++;
    assert(!*row->argument || known_argument(row->argument));
    return row;
}
