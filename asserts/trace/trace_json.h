/*
 * trace_json.h - the saved form of a trace: JSON Lines, one record a line.
 *
 * The members of a line, in this order: seq, time, thread, kind, call and
 * object (when not 0), the record's own fields in the record's order, "in"
 * (arguments), "out" (out-parameters). vssim-trace(5) describes all of it.
 * Numbers, booleans, text and NULL are JSON's own; what JSON has not is
 * {"hr": NAME or "0x8004ABCD"}, {"object": 3} and {"untouched": true}; the
 * own fields hr and application are a bare "S_OK". Text that is not valid
 * UTF-8 is made valid.
 *
 * A file may hold several traces: each header record starts another. Reading
 * is strict and bounded: every mistake is `file:line: what: what was allowed`.
 */
#ifndef TRACE_TRACE_JSON_H
#define TRACE_TRACE_JSON_H

#include <stdio.h>

#include "base/strbuf.h"
#include "base/trace.h"

/* No line may be longer, no trace of a file larger in memory. */
#define TRACE_JSON_LINE (4u << 20)
#define TRACE_JSON_SIZE ((uint64_t)256 << 20)

/* Own fields that are codes, and so stand bare. */
static inline bool trace_json_is_code(enum trace_key key)
{
    return key == KEY_HR || key == KEY_APPLICATION;
}

/* False when writing failed; errno then says why. */
bool trace_json_write(FILE *out, const char *base, uint64_t used);
/* One record, with its newline. */
void trace_json_record(struct strbuf *out, const struct trace_rec *rec);

enum trace_read {
    TRACE_READ_TRACE, /* `trace` holds the next one */
    TRACE_READ_END,
    TRACE_READ_BAD /* `problem` says why; `trace` has what came before */
};

/* Not to be moved or copied after init. The stream stays the caller's. */
struct trace_reader {
    FILE *in;
    const char *name; /* for messages; must outlive the reader */
    unsigned long line;
    struct trace trace; /* valid until the next call */
    struct strbuf problem;
    struct strbuf text;
    bool pending; /* `text` is the header of the next trace */
    bool bad;
    uint64_t most; /* bytes that a trace may take: TRACE_JSON_SIZE */
};

void trace_reader_init(struct trace_reader *reader, FILE *in,
                       const char *name);
/* Reads up to the next header or the end. A file without any trace is bad. */
enum trace_read trace_reader_next(struct trace_reader *reader);
void trace_reader_release(struct trace_reader *reader);

#endif
