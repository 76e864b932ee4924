/* exec_trace.c - see exec_trace.h. */
#include "exec/exec_trace.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "exec/trace_file.h"
#include "os/os.h"
#include "play/play_trace.h"

static const char *signal_text(int number)
{
    static char text[64];

    snprintf(text, sizeof(text), "the program crashed: %s",
             os_signal_text(number));
    return text;
}

/* Wine gives but the lowest byte of a Windows program's exit code. Of one that
 * left a process without its end these are the exceptions. */
static const struct {
    int code, signal;
} exceptions[] = {
    {0x05, 11}, /* access violation */
    {0x1D, 4},  /* illegal instruction */
    {0x94, 8},  /* integer divided by zero */
    {0xFD, 11}, /* stack overflow */
};

static bool broke_off(const struct program_result *r, const struct merge *m)
{
    bool broken = false;

    for (unsigned i = 0; i < m->n; i++)
        broken |= m->files[i].started && !m->files[i].ended;
    return r->end == PROGRAM_EXITED && r->code && r->kind == PROGRAM_WINDOWS &&
           broken;
}

static const char *explain_break(const struct program_result *r,
                                 struct strbuf *text)
{
    for (unsigned i = 0; i < ARRAY_SIZE(exceptions); i++)
        if (exceptions[i].code == (r->code & 0xFF)) {
            strbuf_adds(text, signal_text(exceptions[i].signal));
            return "signal";
        }
    strbuf_addf(text, "the program was ended in the middle, with code %d",
                r->code);
    return "broke-off";
}

/* What is to be said of the program's end: reason and words. */
static const char *explain_end(const struct program_result *r,
                               const struct merge *m, const char **reason,
                               struct strbuf *text)
{
    *reason = r->end == PROGRAM_SIGNALLED   ? "signal"
              : r->end == PROGRAM_TIMED_OUT ? "timeout"
                                            : "exit";
    if (broke_off(r, m))
        *reason = explain_break(r, text);
    else if (r->end == PROGRAM_TIMED_OUT)
        strbuf_addf(text, "the program did not end within %d s", r->code);
    else if (r->end == PROGRAM_SIGNALLED)
        strbuf_adds(text, signal_text(r->code));
    else
        strbuf_addf(text, "the program ended with code %d", r->code);
    if (m->started)
        return strbuf_str(text);
    if (r->end == PROGRAM_EXITED)
        *reason = "never";
    if (r->foreign.len)
        strbuf_addf(text, "; it loaded %s, and not the simulated library",
                    strbuf_str(&r->foreign));
    else if (m->n)
        strbuf_adds(text, "; it loaded the library and called neither "
                          "CreateVssBackupComponents nor another function");
    else
        strbuf_adds(text, "; it never loaded vssapi");
    return strbuf_str(text);
}

static void record_program(struct trace *t, uint64_t time, const char *program,
                           const struct program_result *r,
                           const struct merge *m)
{
    struct strbuf text = STRBUF_INIT;
    const char *reason, *words = explain_end(r, m, &reason, &text);
    char *file = xstrdup(program), *slash;

    os_slashes(file);
    slash = strrchr(file, '/');
    trace_begin(t, TRACE_PROGRAM, time, 0, 0, 0);
    trace_str(t, KEY_NAME, slash ? slash + 1 : file);
    trace_str(t, KEY_REASON, reason);
    trace_int(t, KEY_CODE, r->code);
    trace_str(t, KEY_TEXT, words);
    trace_end(t);
    strbuf_release(&text);
    free(file);
}

static int64_t count_in(const struct strbuf *output, const char *want)
{
    const char *at = strbuf_str(output);
    int64_t n = 0;

    for (; *want && (at = strstr(at, want)); at += strlen(want))
        n++;
    return n;
}

static void record_demands(struct trace *t, uint64_t time,
                           const struct scenario *s,
                           const struct program_result *r)
{
    const struct play_at at = {.time = time};
    char code[24];

    if (!s->has_requester)
        play_demands(t, time, s);
    if (s->has_exit) {
        snprintf(code, sizeof(code), "%lld", (long long)s->exit);
        play_expect(t, &at, "exit", NULL, code, s->exit_line, s->exit_col);
        trace_end(t);
    }
    for (const struct expected_text *x = s->output; x; x = x->next) {
        play_expect(t, &at, "output", NULL, x->want, x->line, x->col);
        trace_int(t, KEY_COUNT, count_in(&r->output, x->want));
        trace_end(t);
    }
}

void exec_trace(struct trace *t, const struct scenario *s, const char *program,
                const struct program_result *r, struct merge *m)
{
    uint64_t time = merge_time(m);

    play_header(t, s, "reference", "exec");
    play_declare(t, s, true);
    merge_write(m, t);
    record_program(t, time, program, r, m);
    record_demands(t, time, s, r);
    merge_balance(m, t, time);
    play_end(t, time);
}

const char *exec_failure(const struct trace *t)
{
    for (const struct trace_rec *rec = trace_first(t->base, *t->used); rec;
         rec = trace_next(t->base, *t->used, rec))
        if (rec->kind == TRACE_PROBLEM &&
            strcmp(trace_get_str(rec, KEY_FILE, ""), TRACE_FILE_OURS) == 0)
            return trace_get_str(rec, KEY_TEXT, "");
    return NULL;
}
