/*
 * options.h - the commands and their options, as options.def lists them.
 *
 * A command calls options_read with its own words and a function that takes
 * one option; what it allows, the help and the messages follow from the table.
 * The rows are constant and live for ever.
 */
#ifndef CLI_OPTIONS_H
#define CLI_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "asserts/rules/judge.h"

enum command_id {
#define COMMAND(id, name, usage, arguments, summary) COMMAND_##id,
#include "cli/options.def"
    COMMAND_COUNT
};

/* Numbers that no letter has. */
enum option_id {
    OPT_HEADING = 0x100,
#define OPTION(commands, id, letter, name, argument, since, text, more) \
    OPT_##id,
#include "cli/options.def"
    OPT_END
};

struct command_row {
    const char *name, *usage, *summary;
};

struct option_row {
    unsigned commands; /* a bit for each command_id; 0: a heading, in `text` */
    enum option_id id;
    char letter;          /* 0: none */
    const char *name;     /* without -- */
    const char *argument; /* its name; "": there is none */
    const char *text;
};

/* --- option_table.c: the rows --- */

extern const struct command_row command_rows[COMMAND_COUNT];
extern const struct option_row option_rows[];
extern const unsigned n_option_rows;

/* The row of an id. */
const struct option_row *option_row(enum option_id id);
bool option_is_for(const struct option_row *row, enum command_id command);

/* --- options.c: reading them --- */

/* What a command says of itself. */
struct command_words {
    enum command_id id;
    const char *about; /* paragraphs, in lines as they are to be printed */
    const char *codes; /* exit codes, likewise; NULL: not told */
    int least, most;   /* arguments that are no options; -1: any number */
    bool negative;     /* -1 is an argument; options come before all of them */
};

/* Takes one option. False, after a message, when its argument is bad. */
typedef bool option_taker(void *context, enum option_id id,
                          const char *argument);

/* Reads argv[1] to argv[argc - 1]. OPTIONS_GOOD: argv[*first] on are the
 * arguments; else the exit code: help was asked for and printed, or, after a
 * message, usage. */
enum { OPTIONS_GOOD = -1 };
int options_read(const struct command_words *words, int argc, char **argv,
                 option_taker *take, void *context, int *first);

/* --- help.c --- */

/* A command's help; and that of vssim, which names the commands. */
void help_command(FILE *out, const struct command_words *words);
void help_commands(FILE *out);
/* Prints the help on stderr, and gives EXIT_USAGE. */
int usage(const struct command_words *words);

/* --- values.c: arguments that several commands take --- */

/* False after a message, all of them. */
bool option_number(enum command_id command, enum option_id option,
                   const char *text, uint64_t most, uint64_t *value);
/* Seconds of real time, of which there is at least one. */
bool option_seconds(enum command_id command, enum option_id option,
                    const char *text, unsigned *value);
bool option_disable(enum command_id command, struct judge *judge,
                    const char *id);
bool option_sweep(enum command_id command, const char *kind, unsigned *kinds);

#endif
