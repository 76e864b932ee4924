/* traces.c - see traces.h. */
#include "exec/traces.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "exec/merge.h"
#include "exec/trace_file.h"

/* Any version's: the reader tells which are not ours. */
static bool is_program_trace(FILE *in)
{
    static const char magic[] = "vssim-trace ";
    char start[sizeof(magic) - 1];
    bool yes = fread(start, 1, sizeof(start), in) == sizeof(start) &&
               memcmp(start, magic, sizeof(start)) == 0;

    rewind(in);
    return yes;
}

/* --- what the library left behind --- */

/* Nobody waited for the program, so its exit code is not known; only whether
 * each process came to an end of its own. */
static void end_merged(const struct merge *m, struct trace *t)
{
    uint64_t time = merge_time(m);
    bool whole = true;

    for (unsigned i = 0; i < m->n; i++)
        whole &= !m->files[i].started || m->files[i].ended;
    if (!whole) {
        trace_begin(t, TRACE_PROGRAM, time, 0, 0, 0);
        trace_str(t, KEY_NAME, "program");
        trace_str(t, KEY_REASON, "broke-off");
        trace_int(t, KEY_CODE, -1);
        trace_str(t, KEY_TEXT,
                  "the program crashed, was ended, or is still "
                  "running");
        trace_end(t);
    }
    merge_balance(m, t, time);
    trace_begin(t, TRACE_END, time, 0, 0, 0);
    trace_end(t);
}

static bool read_program(struct traces *ts, const char *name)
{
    struct merge m = {.n = 0};
    uint64_t size = (uint64_t)1 << 20;
    char error[4096];
    bool good = merge_read(&m, name, error, sizeof(error));

    if (!good) {
        fprintf(stderr, "vssim: %s\n", error);
    } else if (!m.started) {
        fprintf(stderr,
                "vssim: %s: no call in it: the program loaded the "
                "library and called nothing\n",
                name);
        good = false;
    } else {
        for (unsigned i = 0; i < m.n; i++)
            size += 2 * m.files[i].size;
        trace_init(&ts->merged, xmalloc(size), size, NULL);
        merge_frame(&m, &ts->merged);
        merge_write(&m, &ts->merged);
        end_merged(&m, &ts->merged);
        ts->trace = &ts->merged;
    }
    merge_release(&m);
    return good;
}

/* --- either form --- */

bool traces_open(struct traces *ts, const char *name)
{
    bool is_stdin = strcmp(name, "-") == 0;

    memset(ts, 0, sizeof(*ts));
    ts->in = is_stdin ? stdin : fopen(name, "rb");
    if (!ts->in) {
        fprintf(stderr, "vssim: cannot read %s: %s\n", name, strerror(errno));
        return false;
    }
    ts->program = !is_stdin && is_program_trace(ts->in);
    if (ts->program) {
        fclose(ts->in);
        ts->in = NULL;
        return read_program(ts, name);
    }
    trace_reader_init(&ts->reader, ts->in, is_stdin ? "standard input" : name);
    ts->trace = &ts->reader.trace;
    return true;
}

enum trace_read traces_next(struct traces *ts)
{
    enum trace_read got;

    if (ts->program) {
        got = ts->over ? TRACE_READ_END : TRACE_READ_TRACE;
        ts->over = true;
        return got;
    }
    got = trace_reader_next(&ts->reader);
    if (got == TRACE_READ_BAD)
        fprintf(stderr, "%s\n", strbuf_str(&ts->reader.problem));
    return got;
}

void traces_close(struct traces *ts)
{
    if (ts->program)
        free(ts->merged.base);
    else if (ts->in)
        trace_reader_release(&ts->reader);
    if (ts->in && ts->in != stdin)
        fclose(ts->in);
    memset(ts, 0, sizeof(*ts));
}
