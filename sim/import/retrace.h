/*
 * retrace.h - a trace on its way back into a scenario: retrace.c has the world
 * and the faults, retrace_writers.c the writers, retrace_steps.c the calls,
 * retrace_record.c what they ask of a record.
 *
 * Pointers go into the trace's own memory, which outlives all of it.
 */
#ifndef IMPORT_RETRACE_H
#define IMPORT_RETRACE_H

#include "base/trace.h"
#include "import/parts.h"
#include "scenario/scenario.h"

struct retrace {
    struct import *im;
    const char *base;
    uint64_t used;
    unsigned long line; /* of the trace's first record */
    const struct trace_rec *header;
    const struct scenario *world; /* the head of the scenario, read */
};

#define EACH_REC(rec, r) \
    const struct trace_rec *rec = trace_first((r)->base, (r)->used); \
    rec; \
    rec = trace_next((r)->base, (r)->used, rec)

/* The line of a record: records stand one a line. */
unsigned long retrace_line(const struct retrace *r,
                           const struct trace_rec *rec);
/* The record of its return, or NULL. */
const struct trace_rec *retrace_leave(const struct retrace *r,
                                      const struct trace_rec *enter);
/* The call that this record enters came back with success. */
bool retrace_succeeded(const struct retrace *r, const struct trace_rec *enter);
void retrace_writers(struct retrace *r, struct strbuf *out);
void retrace_steps(struct retrace *r, struct strbuf *out);

#endif
