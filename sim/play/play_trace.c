/* play_trace.c - see play_trace.h. */
#include "play/play_trace.h"

#include <string.h>

#include "base/strbuf.h"
#include "base/version.h"
#include "com/enums.h"
#include "com/text.h"
#include "proxy/proxy.h"
#include "subjects/system.h"

static void put_text(struct trace *t, enum trace_key key, const char *text)
{
    if (text)
        trace_str(t, key, text);
}

void play_header(struct trace *t, const struct scenario *s,
                 const char *subject, const char *mode)
{
    struct strbuf policies = STRBUF_INIT;
    char value[64];

    for (int i = 0; i < VSSIM_POLICY_COUNT; i++)
        strbuf_addf(&policies, "%s%s=%s", i ? " " : "",
                    policy_key((enum vssim_policy)i),
                    policy_value((enum vssim_policy)i, s->policy[i], value,
                                 sizeof(value)));
    trace_begin(t, TRACE_HEADER, 0, 0, 0, 0);
    trace_int(t, KEY_SCHEMA, TRACE_SCHEMA);
    trace_str(t, KEY_VERSION, VSSIM_VERSION);
    trace_str(t, KEY_FILE, s->file);
    trace_str(t, KEY_SCENARIO, s->title);
    trace_str(t, KEY_TOPIC, s->topic);
    trace_str(t, KEY_WINDOWS, windows_key(s->windows));
    trace_str(t, KEY_POLICIES, strbuf_str(&policies));
    trace_int(t, KEY_SEED, (int64_t)s->seed);
    trace_str(t, KEY_SUBJECT, subject);
    trace_str(t, KEY_MODE, mode);
    if (strcmp(mode, "system") == 0)
        system_header(t);
    put_text(t, KEY_TAGS, s->tags);
    put_text(t, KEY_CITES, s->cites);
    put_text(t, KEY_SKIP, s->skip);
    if (!s->has_requester || strcmp(mode, "exec") != 0) {
        /* what is said of a scenario's own script holds for no program */
        put_text(t, KEY_TODO, s->todo);
        put_text(t, KEY_FINDINGS, s->findings);
    }
    if (s->requester_rules || s->findings)
        trace_str(t, KEY_RULES, "requester");
    trace_end(t);
    strbuf_release(&policies);
}

void play_no_scenario(struct trace *t, const char *version, const char *file,
                      const char *topic, const char *subject)
{
    trace_begin(t, TRACE_HEADER, 0, 0, 0, 0);
    trace_int(t, KEY_SCHEMA, TRACE_SCHEMA);
    put_text(t, KEY_VERSION, version);
    trace_str(t, KEY_FILE, file);
    trace_str(t, KEY_TOPIC, topic);
    put_text(t, KEY_SUBJECT, subject);
    trace_end(t);
}

/* What a program cannot bring about is not declared for one. */
static bool concerns_program(const struct declared *d)
{
    return strcmp(d->what, "action") != 0;
}

void play_declare(struct trace *t, const struct scenario *s, bool program)
{
    char text[GUID_TEXT];

    for (const struct scenario_writer *w = s->writers; w; w = w->next) {
        trace_begin(t, TRACE_WRITER, 0, 0, 0, 0);
        trace_str(t, KEY_NAME, w->writer.handle);
        put_text(t, KEY_LABEL, w->writer.desc->name);
        trace_str(t, KEY_CLASS, guid_text(&w->writer.desc->writer, text));
        trace_str(t, KEY_INSTANCE, guid_text(&w->writer.instance, text));
        put_text(t, KEY_RESTORE,
                 enum_name("VSS_WRITERRESTORE_ENUM",
                           w->writer.desc->writer_restore));
        trace_end(t);
    }
    for (const struct declared *d = s->declared; d; d = d->next) {
        if (program && !concerns_program(d))
            continue;
        trace_begin(t, TRACE_DECLARE, 0, 0, 0, 0);
        trace_int(t, KEY_INDEX, d->index);
        trace_str(t, KEY_WHAT, d->what);
        trace_str(t, KEY_NAME, d->name);
        trace_int(t, KEY_LINE, d->line);
        trace_int(t, KEY_COL, d->col);
        trace_end(t);
    }
}

void play_balance(struct world *w)
{
    struct trace *t;
    uint32_t objects = 0;

    for (const struct proxy *p = w->proxies; p; p = p->next)
        objects += !p->dead;
    t = record(&w->recorder, TRACE_BALANCE, 0);
    if (!w->opaque) {
        trace_int(t, KEY_LIVE, (int64_t)w->live);
        trace_int(t, KEY_BYTES, (int64_t)w->bytes);
        trace_int(t, KEY_BSTRS, (int64_t)w->bstrs);
    }
    trace_int(t, KEY_OBJECTS, objects);
    if (!w->opaque)
        trace_int(t, KEY_ALLOCATIONS, (int64_t)w->allocations);
    trace_end(t);
}

void play_expect(struct trace *t, const struct play_at *at, const char *what,
                 const char *name, const char *want, int line, int col)
{
    trace_begin(t, TRACE_EXPECT, at->time, at->thread, at->call, 0);
    trace_str(t, KEY_WHAT, what);
    put_text(t, KEY_NAME, name);
    trace_str(t, KEY_WANT, want);
    trace_int(t, KEY_LINE, line);
    trace_int(t, KEY_COL, col);
}

void play_demands(struct trace *t, uint64_t time, const struct scenario *s)
{
    const struct play_at at = {.time = time};

    for (const struct expected_events *e = s->events; e; e = e->next) {
        play_expect(t, &at, "events", e->writer->handle, e->events, e->line,
                    e->col);
        trace_end(t);
    }
    for (const struct expected_disk *e = s->disks; e; e = e->next) {
        play_expect(t, &at, "disk", e->name, e->want, e->line, e->col);
        trace_end(t);
    }
    for (const struct expected_text *e = s->log; e; e = e->next) {
        play_expect(t, &at, "log", NULL, e->want, e->line, e->col);
        trace_end(t);
    }
}

void play_end(struct trace *t, uint64_t time)
{
    trace_begin(t, TRACE_END, time, 0, 0, 0);
    trace_end(t);
}

void play_problem(struct trace *t, const struct problem *p)
{
    trace_begin(t, TRACE_PROBLEM, 0, 0, 0, 0);
    trace_str(t, KEY_FILE, p->file);
    trace_str(t, KEY_TEXT, p->text);
    trace_int(t, KEY_LINE, p->line);
    trace_int(t, KEY_COL, p->col);
    trace_end(t);
}

void play_problems(const char *file, const char *topic, const char *subject,
                   const struct problems *problems, struct trace *trace)
{
    play_no_scenario(trace, VSSIM_VERSION, file, topic, subject);
    for (const struct problem *p = problems->first; p; p = p->next)
        play_problem(trace, p);
    play_end(trace, 0);
}
