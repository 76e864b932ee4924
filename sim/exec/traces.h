/*
 * traces.h - the traces in a file, whatever its form.
 *
 * JSON Lines (asserts/trace/trace_json.h), or what the library in a program's
 * process left behind (exec/trace_file.h), NAME with NAME.2, NAME.3 ... of
 * the program's other processes, as one trace. For the commands that read
 * saved traces. "-" is standard input: JSON Lines.
 */
#ifndef EXEC_TRACES_H
#define EXEC_TRACES_H

#include "asserts/trace/trace_json.h"

/* Not to be moved or copied while open. */
struct traces {
    struct trace_reader reader;
    FILE *in;
    bool program; /* of the library: one trace, in `merged` */
    bool over;
    struct trace merged;
    struct trace *trace; /* the present one; valid until the next call */
};

/* False, after a message on stderr, when the file cannot be read. */
bool traces_open(struct traces *traces, const char *name);
/* As trace_reader_next, but what is bad is told on stderr. */
enum trace_read traces_next(struct traces *traces);
void traces_close(struct traces *traces);

#endif
