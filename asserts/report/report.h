/*
 * report.h - what a run has to say, in one form or another.
 *
 * A report is opened on a stream, told of each judged scenario in order, and
 * finished once. It reads the judge (findings, verdict, model) during the call
 * only and copies what it keeps. Output is deterministic: no dates, no
 * durations in real time, no paths but those given. The stream stays the
 * caller's; finish flushes it but does not close it.
 */
#ifndef REPORT_REPORT_H
#define REPORT_REPORT_H

#include <stdio.h>

#include "asserts/rules/judge.h"
#include "base/strbuf.h"

struct report {
    void (*scenario)(struct report *report, const struct judge *judge);
    /* Writes the rest and frees the report; false when writing failed. */
    bool (*finish)(struct report *report);
};

/* How a run went, for the last line and the exit code. */
struct totals {
    unsigned count[N_VERDICTS];
    unsigned scenarios;
};

/* What a terminal shows. */
struct tty_options {
    bool colour;
    int verbosity; /* -1: failures and totals; 0: a table by topic; 1: each
                      scenario; 2: each with its whole trace */
};

struct report *report_tty_open(FILE *out, const struct tty_options *options);
/* JUnit XML that validates against ci/check/junit.xsd. */
struct report *report_junit_open(FILE *out);
/* One JSON document; vssim-report(5) describes it. */
struct report *report_json_open(FILE *out);
/* The entries of the event log, as text. */
struct report *report_eventlog_open(FILE *out);

/* --- for the reports --- */

/* "what came of it" in one line: the first finding, or the reason; "" for a
 * pass. Valid until the judge's next trace. */
const char *report_summary(const struct judge *judge);
/* The trace lines around record `seq`, `around` on each side, one a line as
 * vssim show prints them (but for expect records, which the finding tells),
 * the record itself marked. */
void report_excerpt(struct strbuf *out, const struct judge *judge,
                    uint32_t seq, unsigned around);
/* One record in words, without a newline. */
void report_record(struct strbuf *out, const struct trace_rec *rec);

#endif
