/*
 * baseline.h - known findings, accepted until they are mended.
 *
 * A text file, one entry a line, sorted by file, rule and method:
 *     COUNT RULE METHOD FILE
 * METHOD is that of the call, or - without one. Lines that begin with # and
 * empty lines are comments and stay with the entry below them. COUNT findings
 * of that sort are accepted in the scenario; one more is new, and fails. Only
 * errors are counted: a warning fails nothing.
 */
#ifndef REPORT_BASELINE_H
#define REPORT_BASELINE_H

#include <stdio.h>

#include "asserts/rules/judge.h"
#include "base/strbuf.h"

struct baseline;

/* NULL after putting the reason (file:line:col: ...) into `problem`. A file
 * that is not there is an empty one when `update` is set, else a problem. */
struct baseline *baseline_read(const char *file, bool update,
                               struct strbuf *problem);
/* Marks what is accepted (when updating: everything), and makes the verdict
 * anew. */
void baseline_apply(struct baseline *baseline, struct judge *judge);
/* Names the entries of judged scenarios that more was accepted than found. */
unsigned baseline_stale(const struct baseline *baseline, FILE *out);
/* Writes the file anew: judged scenarios as found, the others as they were.
 * False when that failed (errno). */
bool baseline_write(const struct baseline *baseline);
void baseline_free(struct baseline *baseline);

#endif
