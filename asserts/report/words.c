/* words.c - see words.h; also report_record and report_excerpt. */
#include "asserts/report/words.h"

#include <stdlib.h>

#include "asserts/report/report.h"
#include "asserts/report/words_text.h"

#define MOST_IDS 1000000 /* hostile numbers get no table entry */

/* --- what the whole trace tells --- */

static uint32_t higher(uint32_t most, uint32_t id)
{
    return id > most && id <= MOST_IDS ? id : most;
}

/* As large as the highest number; what has none is at 0, which is nobody's. */
static void make_tables(struct words *w)
{
    const struct trace_rec *rec = trace_first(w->base, w->used);
    uint32_t call = 0, object = 0;

    for (; rec; rec = trace_next(w->base, w->used, rec)) {
        if (rec->kind == TRACE_CALL)
            call = higher(call, rec->call);
        if (rec->kind == TRACE_CREATE)
            object = higher(object, rec->object);
    }
    w->n_calls = call + 1;
    w->n_ifaces = object + 1;
    w->calls = xcalloc(w->n_calls, sizeof(*w->calls));
    w->ifaces = xcalloc(w->n_ifaces, sizeof(*w->ifaces));
}

static void note(struct words *w, const struct trace_rec *rec)
{
    if (rec->kind == TRACE_CALL && rec->call && rec->call < w->n_calls)
        w->calls[rec->call] = rec;
    if (rec->kind == TRACE_CREATE && rec->object && rec->object < w->n_ifaces)
        w->ifaces[rec->object] = trace_get_str(rec, KEY_IFACE, NULL);
}

static int widest(int width, const struct strbuf *text)
{
    return (int)text->len > width ? (int)text->len : width;
}

void words_init(struct words *w, const char *base, uint64_t used)
{
    const struct trace_rec *rec = trace_first(base, used);
    struct strbuf text = STRBUF_INIT;
    uint64_t time = 0;

    w->base = base;
    w->used = used;
    make_tables(w);
    for (; rec; rec = trace_next(base, used, rec)) {
        note(w, rec);
        time = rec->time;
    }
    words_time(&text, time);
    w->time_width = widest(9, &text);
    strbuf_reset(&text);
    strbuf_addf(&text, "#%u", w->n_calls - 1);
    w->who_width = widest(3, &text);
    strbuf_release(&text);
}

void words_release(struct words *w)
{
    free(w->calls);
    free(w->ifaces);
}

/* --- records --- */

static bool is_call(const struct trace_rec *rec)
{
    return rec->kind == TRACE_CALL || rec->kind == TRACE_RETURN;
}

void words_record(struct strbuf *out, const struct words *w,
                  const struct trace_rec *rec)
{
    struct strbuf column = STRBUF_INIT;

    words_time(&column, rec->time);
    strbuf_addf(out, "%*s  ", w ? w->time_width : 9, strbuf_str(&column));
    strbuf_reset(&column);
    if (is_call(rec))
        strbuf_addf(&column, "#%u", rec->call);
    strbuf_addf(out, "%-*s ", w ? w->who_width : 3, strbuf_str(&column));
    if (rec->call && !is_call(rec)) /* inside of the call, or about it */
        strbuf_adds(out, "  ");
    words_say(out, w, rec);
    if (rec->thread > 1 && is_call(rec))
        strbuf_addf(out, "  [thread %u]", rec->thread);
    strbuf_release(&column);
}

void words_trace(struct strbuf *out, const char *base, uint64_t used)
{
    const struct trace_rec *rec = trace_first(base, used);
    struct words w;

    words_init(&w, base, used);
    for (; rec; rec = trace_next(base, used, rec)) {
        words_record(out, &w, rec);
        strbuf_addc(out, '\n');
    }
    words_release(&w);
}

void report_record(struct strbuf *out, const struct trace_rec *rec)
{
    words_record(out, NULL, rec);
}

/* What an excerpt shows: all but demands, which the finding tells itself. */
static bool in_excerpt(const struct trace_rec *rec, uint32_t seq)
{
    return rec->kind != TRACE_EXPECT || rec->seq == seq;
}

static const struct trace_rec *next_shown(const struct judge *judge,
                                          const struct trace_rec *rec,
                                          uint32_t seq)
{
    do
        rec = trace_next(judge->model.base, judge->model.used, rec);
    while (rec && !in_excerpt(rec, seq));
    return rec;
}

/* The record `around` before `seq`, or the first. NULL: no such seq. */
static const struct trace_rec *excerpt_start(const struct judge *judge,
                                             uint32_t seq, unsigned around)
{
    const struct trace_rec *rec =
        trace_first(judge->model.base, judge->model.used);
    const struct trace_rec *start = rec;

    for (unsigned n = 0; rec; rec = next_shown(judge, rec, seq)) {
        if (rec->seq == seq)
            return start;
        if (++n > around)
            start = next_shown(judge, start, seq);
    }
    return NULL;
}

void report_excerpt(struct strbuf *out, const struct judge *judge,
                    uint32_t seq, unsigned around)
{
    const struct trace_rec *rec = excerpt_start(judge, seq, around);
    bool after = false;
    struct words w;

    words_init(&w, judge->model.base, judge->model.used);
    for (; rec && (!after || around--); rec = next_shown(judge, rec, seq)) {
        strbuf_adds(out, rec->seq == seq ? "> " : "  ");
        words_record(out, &w, rec);
        strbuf_addc(out, '\n');
        after = after || rec->seq == seq;
    }
    words_release(&w);
}
