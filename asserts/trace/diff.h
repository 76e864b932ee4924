/*
 * diff.h - two traces of the same scenario, call by call.
 *
 * For whoever compares an observation with the reference, or one version of a
 * subject with the next: which calls were made, what each returned and what
 * its out-parameters held. Ids differ from run to run and are taken for equal
 * wherever they stand in a text, as are the numbers of objects; times count
 * only when asked for. Calls are paired within each step of the script, so
 * that one more call in a step does not shift all that follow.
 */
#ifndef TRACE_DIFF_H
#define TRACE_DIFF_H

#include "base/strbuf.h"
#include "base/trace.h"

struct diff_side {
    const char *base;
    uint64_t used;
};

/* Appends each difference to `out`; gives their number. `a` and `b` begin with
 * their headers. */
unsigned diff_traces(struct strbuf *out, const struct diff_side *a,
                     const struct diff_side *b, bool times);
/* `text` without its ids: "{id}" stands for each. */
void diff_without_ids(struct strbuf *out, const char *text);

#endif
