/*
 * words.h - records of a trace in human words, one a line.
 *
 * A record alone says little: a return does not know its method, an object
 * not what it is. A `words` made from the whole trace knows, and lines its
 * columns up. It points into the trace, which must stay.
 */
#ifndef REPORT_WORDS_H
#define REPORT_WORDS_H

#include "base/strbuf.h"
#include "base/trace.h"

struct words {
    const char *base;
    uint64_t used;
    const struct trace_rec **calls; /* call records by id */
    const char **ifaces;            /* of objects by number */
    uint32_t n_calls, n_ifaces;
    int time_width, who_width;
};

void words_init(struct words *words, const char *base, uint64_t used);
void words_release(struct words *words);
/* Without a newline. `words` may be NULL: what the record alone tells. */
void words_record(struct strbuf *out, const struct words *words,
                  const struct trace_rec *rec);
/* All records of a trace, a line each. */
void words_trace(struct strbuf *out, const char *base, uint64_t used);
/* Virtual time: 12.000s, 1:02:03.004 (hours), 1d 02:03:04.005 (days). */
void words_time(struct strbuf *out, uint64_t ms);
/* Text on one line: quoted, control characters escaped, long text cut. */
void words_quote(struct strbuf *out, const char *text);

#endif
