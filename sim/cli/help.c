/* help.c - what --help prints; see options.h. */
#include <string.h>

#include "base/wrap.h"
#include "cli/cli.h"
#include "cli/options.h"
#include "os/assert.h"

enum { WIDEST = 24 };

/* "  -x, --name ARGUMENT"; gives its width. */
static int put_spelling(FILE *out, const struct option_row *row)
{
    char letter[] = "    ";

    if (row->letter) {
        letter[0] = '-';
        letter[1] = row->letter;
        letter[2] = ',';
    }
    if (!out)
        return (int)(2 + strlen(letter) + 2 + strlen(row->name) +
                     (*row->argument ? 1 + strlen(row->argument) : 0));
    return fprintf(out, "  %s--%s%s%s", letter, row->name,
                   *row->argument ? " " : "", row->argument);
}

/* Where the texts begin: behind the widest spelling that is not too wide. */
static int column_of(enum command_id command)
{
    int column = 0;

    for (unsigned i = 0; i < n_option_rows; i++)
        if (option_is_for(&option_rows[i], command)) {
            int width = put_spelling(NULL, &option_rows[i]);

            if (width <= WIDEST && width > column)
                column = width;
        }
    return column + 2;
}

static void put_option(FILE *out, const struct option_row *row, int column)
{
    int at = put_spelling(out, row);

    if (at + 2 > column) {
        fputc('\n', out);
        at = 0;
    }
    wrap(out, row->text, at, column);
}

/* How many groups have an option of that command: one needs no heading. */
static unsigned groups_of(enum command_id command)
{
    unsigned groups = 0;
    bool counted = true;

    for (unsigned i = 0; i < n_option_rows; i++) {
        const struct option_row *row = &option_rows[i];

        if (!row->commands) {
            counted = !*row->text;
        } else if (!counted && option_is_for(row, command)) {
            groups++;
            counted = true;
        }
    }
    return groups;
}

static void put_options(FILE *out, enum command_id command)
{
    bool headings = groups_of(command) > 1;
    const char *heading = NULL;
    bool first = true;
    int column = column_of(command);

    for (unsigned i = 0; i < n_option_rows; i++) {
        const struct option_row *row = &option_rows[i];

        if (!row->commands) {
            heading = row->text;
        } else if (option_is_for(row, command)) {
            if (headings && heading)
                fprintf(out, "%s%s%s", first ? "" : "\n", heading,
                        *heading ? ":\n" : "");
            heading = NULL;
            first = false;
            put_option(out, row, column);
        }
    }
}

void help_command(FILE *out, const struct command_words *words)
{
    const struct command_row *row = &command_rows[words->id];

    assert(words->id < COMMAND_COUNT && words->about);
    fprintf(out, "usage: vssim %s %s\n\n%s\n", row->name, row->usage,
            words->about);
    put_options(out, words->id);
    if (words->codes)
        fprintf(out, "\n%s", words->codes);
}

int usage(const struct command_words *words)
{
    help_command(stderr, words);
    return EXIT_USAGE;
}

void help_commands(FILE *out)
{
    fputs("usage: vssim COMMAND [OPTION]... [ARGUMENT]...\n"
          "\n"
          "Rehearses Windows VSS restores: plays scenarios of writer "
          "behaviour\nagainst an implementation of "
          "IVssBackupComponents::PreRestore and judges\nevery return code "
          "and asynchronous result.\n"
          "\n",
          out);
    for (unsigned i = 0; i < COMMAND_COUNT; i++)
        fprintf(out, "  %-8s  %s\n", command_rows[i].name,
                command_rows[i].summary);
    fputs("\n"
          "vssim COMMAND --help tells more; vssim --version the version.\n"
          "Exit codes: 0 all passed, 1 a failure, 2 usage or bad scenario,\n"
          "77 all skipped, 99 vssim itself failed.\n",
          out);
}
