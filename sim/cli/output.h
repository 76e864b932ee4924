/*
 * output.h - the reports of a command that judges, and its exit code.
 *
 * For run, exec and judge alike: give the options of JUDGING (options.def) to
 * output_option; then output_open, output_scenario for each judged trace in
 * order, output_close. A report named "-" goes to standard output, and what is
 * for the terminal to standard error.
 */
#ifndef CLI_OUTPUT_H
#define CLI_OUTPUT_H

#include "asserts/report/baseline.h"
#include "asserts/report/report.h"
#include "cli/cli.h"
#include "cli/options.h"

struct output_report {
    const char *name; /* of the file; NULL: none wanted */
    FILE *file;
    struct report *report;
};

struct output {
    struct output_report tty, junit, json, eventlog;
    struct tty_options options;
    const char *colour;
    const char *baseline_name;
    bool update;
    struct baseline *baseline;
    struct totals totals;
};

/* Takes an option that is one of its own; true. */
bool output_option(struct output *output, enum option_id option,
                   const char *argument);
/* EXIT_PASSED; else the exit code, after a message. */
int output_open(struct output *output);
/* Marks what the baseline accepts, and reports. */
void output_scenario(struct output *output, struct judge *judge);
/* Finishes the reports. Gives the exit code: 99 when one could not be written
 * (after a message), else 2 when a scenario was in error, 1 when one failed or
 * was not exercised, 77 when all were skipped, 2 when there was none. */
int output_close(struct output *output);

#endif
