/*
 * output.h - the reports of a command that judges, and its exit code.
 *
 * For run, exec and judge alike: put OUTPUT_OPTIONS into the long options,
 * OUTPUT_SHORT into the short ones and OUTPUT_HELP into the help; give what
 * getopt_long finds to output_option; then output_open, output_scenario for
 * each judged trace in order, output_close. A report named "-" goes to
 * standard output, and what is for the terminal to standard error.
 */
#ifndef CLI_OUTPUT_H
#define CLI_OUTPUT_H

#include <getopt.h>

#include "asserts/report/baseline.h"
#include "asserts/report/report.h"
#include "cli/cli.h"

enum output_code {
    OUTPUT_JUNIT = 0x4000,
    OUTPUT_JSON,
    OUTPUT_EVENTLOG,
    OUTPUT_COLOUR,
    OUTPUT_BASELINE,
    OUTPUT_UPDATE
};

#define OUTPUT_OPTIONS \
    {"junit", required_argument, 0, OUTPUT_JUNIT}, \
    {"json", required_argument, 0, OUTPUT_JSON}, \
    {"eventlog", required_argument, 0, OUTPUT_EVENTLOG}, \
    {"color", required_argument, 0, OUTPUT_COLOUR}, \
    {"baseline", required_argument, 0, OUTPUT_BASELINE}, \
    {"update-baseline", no_argument, 0, OUTPUT_UPDATE}, \
    {"verbose", no_argument, 0, 'v'}, {"quiet", no_argument, 0, 'q'}

#define OUTPUT_SHORT "vq"

#define OUTPUT_HELP \
    "  -v, --verbose       each scenario; -vv: its trace, too\n" \
    "  -q, --quiet         only failures and the last line\n" \
    "      --junit FILE    write a JUnit report; - is standard output\n" \
    "      --json FILE     write a JSON report; see vssim-report(5)\n" \
    "      --eventlog FILE write what VSS put into the event log\n" \
    "      --color WHEN    auto, always or never\n" \
    "      --baseline FILE accept the findings listed there, fail on others\n" \
    "      --update-baseline  write what is found now into that file\n"

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

/* False when the option is another's. */
bool output_option(struct output *output, int option, const char *argument);
/* EXIT_PASSED; else the exit code, after a message. */
int output_open(struct output *output);
/* Marks what the baseline accepts, and reports. */
void output_scenario(struct output *output, struct judge *judge);
/* Finishes the reports. Gives the exit code: 99 when one could not be written
 * (after a message), else 2 when a scenario was in error, 1 when one failed or
 * was not exercised, 77 when all were skipped, 2 when there was none. */
int output_close(struct output *output);

/* Options that several commands take; false after a message. */
bool option_number(const char *command, const char *option, const char *text,
                   uint64_t most, uint64_t *value);
bool option_disable(const char *command, struct judge *judge, const char *id);

#endif
