/* rules_scenario.c - what the scenario demands, and whether it got there. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "asserts/rules/rules.h"
#include "base/strbuf.h"

static const char *want_of(const struct trace_rec *rec)
{
    return trace_get_str(rec, KEY_WANT, "");
}

static const char *described(const struct m_call *c)
{
    static char text[96];
    bool function = strcmp(c->iface, "function") == 0;

    snprintf(text, sizeof(text), "%s%s%s (call %u)", function ? "" : c->iface,
             function ? "" : "::", c->name, c->id);
    return text;
}

void rule_expect_returns(struct judge *j)
{
    EACH_EXPECT(j, rec, "returns")
    {
        const struct m_call *c = model_call(&j->model, rec->call);

        if (!c || !c->has_hr || strcmp(want_of(rec), "*") == 0)
            continue;
        judged(j, RULE_ID_expect_returns);
        if (!code_among(c->hr, want_of(rec)))
            finding_values(j,
                           found(j, RULE_ID_expect_returns, c, rec,
                                 "%s returned another code", described(c)),
                           want_of(rec), code_text_in(c->iface, c->hr));
    }
}

/* --- out-parameters --- */

static bool among(const char *text, const char *wanted)
{
    size_t length = strlen(text);

    for (const char *at = wanted;; at++) {
        size_t word = strcspn(at, "|");

        if (word == length && memcmp(at, text, length) == 0)
            return true;
        at += word;
        if (!*at)
            return false;
    }
}

static const char *shown(struct judge *j, const struct trace_field *f)
{
    switch (f->type) {
    case TRACE_INT:
        return arena_printf(&j->model.texts, "%lld", (long long)f->num);
    case TRACE_HR:
        return code_text((int32_t)f->num);
    case TRACE_BOOL:
        return f->num ? "true" : "false";
    case TRACE_STR:
        return f->str;
    case TRACE_NULL:
        return "null";
    case TRACE_OBJ:
        return arena_printf(&j->model.texts, "object %lld", (long long)f->num);
    default:
        return "untouched";
    }
}

static bool satisfies(struct judge *j, const struct trace_field *f,
                      const char *want)
{
    if (strcmp(want, "*") == 0)
        return f->type != TRACE_NULL && f->type != TRACE_UNTOUCHED;
    if (f->type == TRACE_UNTOUCHED)
        return false;
    if (f->type == TRACE_HR)
        return code_among((int32_t)f->num, want);
    return strcmp(shown(j, f), want) == 0 || among(shown(j, f), want);
}

void rule_expect_out(struct judge *j)
{
    EACH_EXPECT(j, rec, "out")
    {
        const struct m_call *c = model_call(&j->model, rec->call);
        const char *param = trace_get_str(rec, KEY_NAME, "");
        struct trace_field f;

        if (!c || !c->leave)
            continue;
        judged(j, RULE_ID_expect_out);
        if (!trace_find_param(c->leave, TRACE_OUT, param, &f))
            found(j, RULE_ID_expect_out, c, rec, "%s gave no %s", described(c),
                  param);
        else if (!satisfies(j, &f, want_of(rec)))
            finding_values(j,
                           found(j, RULE_ID_expect_out, c, rec,
                                 "%s: %s is another", described(c), param),
                           want_of(rec), shown(j, &f));
    }
}

void rule_expect_takes(struct judge *j)
{
    EACH_EXPECT(j, rec, "takes")
    {
        const struct m_call *c = model_call(&j->model, rec->call);
        uint64_t want = strtoull(want_of(rec), NULL, 10), took;

        if (!c || !c->leave)
            continue;
        judged(j, RULE_ID_expect_takes);
        took = c->leave->time - c->enter->time;
        if (took != want)
            finding_values(j,
                           found(j, RULE_ID_expect_takes, c, rec,
                                 "%s took another time", described(c)),
                           arena_printf(&j->model.texts, "%llu ms",
                                        (unsigned long long)want),
                           arena_printf(&j->model.texts, "%llu ms",
                                        (unsigned long long)took));
    }
}

void rule_expect_phase(struct judge *j)
{
    EACH_EXPECT(j, rec, "phase")
    {
        const struct m_call *c = model_call(&j->model, rec->call);

        if (!c || !c->phase[1]) /* the subject does not tell */
            continue;
        judged(j, RULE_ID_expect_phase);
        if (!among(c->phase[1], want_of(rec)))
            finding_values(j,
                           found(j, RULE_ID_expect_phase, c, rec,
                                 "after %s the object is in another phase",
                                 described(c)),
                           want_of(rec), c->phase[1]);
    }
}

void rule_expect_found(struct judge *j)
{
    EACH_EXPECT(j, rec, "found")
    {
        bool want = strcmp(want_of(rec), "true") == 0;
        const char *what = trace_get_str(rec, KEY_NAME, NULL);

        judged(j, RULE_ID_expect_found);
        if (want != (rec->call != 0))
            found(j, RULE_ID_expect_found, model_call(&j->model, rec->call),
                  rec, "%s %s", what ? what : "what the step looks for",
                  want ? "is not there" : "is there");
    }
}

/* --- the whole run --- */

void rule_expect_events(struct judge *j)
{
    EACH_EXPECT(j, rec, "events")
    {
        const char *writer = trace_get_str(rec, KEY_NAME, "");
        struct strbuf heard = STRBUF_INIT;

        judged(j, RULE_ID_expect_events);
        EACH_EVENT(&j->model, e) {
            if (e->begin && strcmp(e->writer, writer) == 0 &&
                strcmp(e->event, "Identify") != 0)
                strbuf_addf(&heard, "%s%s", heard.len ? " " : "", e->event);
        }
        if (strcmp(strbuf_str(&heard), want_of(rec)) != 0)
            finding_values(j,
                           found(j, RULE_ID_expect_events, NULL, rec,
                                 "writer %s received other events", writer),
                           *want_of(rec) ? want_of(rec) : "none",
                           heard.len ? strbuf_str(&heard) : "none");
        strbuf_release(&heard);
    }
}

static bool logged(const struct model *m, const char *want)
{
    char *end;
    long long id = strtoll(want, &end, 10);
    bool by_id = *want && !*end;

    EACH_OTHER(m, rec) {
        if (rec->kind != TRACE_LOG)
            continue;
        if (by_id ? trace_get_int(rec, KEY_ID, -1) == id
                  : strstr(trace_get_str(rec, KEY_TEXT, ""), want) != NULL)
            return true;
    }
    return false;
}

void rule_expect_log(struct judge *j)
{
    EACH_EXPECT(j, rec, "log")
    {
        judged(j, RULE_ID_expect_log);
        if (!logged(&j->model, want_of(rec)))
            found(j, RULE_ID_expect_log, NULL, rec,
                  "no entry of the event log is or contains \"%s\"",
                  want_of(rec));
    }
}

void rule_expect_exit(struct judge *j)
{
    const struct trace_rec *program = j->model.program;

    if (!program ||
        strcmp(trace_get_str(program, KEY_REASON, ""), "exit") != 0)
        return; /* program-runs tells, or survives */
    EACH_EXPECT(j, rec, "exit")
    {
        const char *code =
            arena_printf(&j->model.texts, "%lld",
                         (long long)trace_get_int(program, KEY_CODE, -1));

        judged(j, RULE_ID_expect_exit);
        if (!among(code, want_of(rec)))
            finding_values(j,
                           found(j, RULE_ID_expect_exit, NULL, rec,
                                 "the program ended with another code"),
                           want_of(rec), code);
    }
}

void rule_expect_output(struct judge *j)
{
    EACH_EXPECT(j, rec, "output")
    {
        judged(j, RULE_ID_expect_output);
        if (trace_get_int(rec, KEY_COUNT, 0) == 0)
            found(j, RULE_ID_expect_output, NULL, rec,
                  "the program did not print \"%s\"", want_of(rec));
    }
}

void rule_never_stuck(struct judge *j)
{
    const struct trace_rec *stuck = j->model.stuck;
    const struct m_call *c = stuck ? model_call(&j->model, stuck->call) : NULL;

    judged(j, RULE_ID_never_stuck);
    /* Under exec another thread may have ended the wait after all. */
    if (stuck && (!j->model.program || !c || !c->leave))
        found(j, RULE_ID_never_stuck, model_call(&j->model, stuck->call),
              stuck, "the wait can never end: nothing is going to happen");
}

void rule_survives(struct judge *j)
{
    const struct m_call *last = NULL;

    judged(j, RULE_ID_survives);
    EACH_CALL(j, c)
        if (c->enter && !c->leave)
            last = c;
    if (j->model.program && last && !j->model.exit)
        return; /* the program's end, not the subject's: program-runs */
    if (j->model.exit)
        found(j, RULE_ID_survives, last, j->model.exit, "%s%s%s",
              trace_get_str(j->model.exit, KEY_TEXT, "the subject is gone"),
              last ? " in " : "", last ? described(last) : "");
    else if (!j->model.end)
        found(j, RULE_ID_survives, last, NULL,
              "the trace breaks off: it has no end record");
}

static const struct m_call *last_call(const struct model *m)
{
    return m->n_calls ? &m->calls[m->n_calls - 1] : NULL;
}

void rule_program_runs(struct judge *j)
{
    const struct trace_rec *program = j->model.program;
    const struct m_call *open = NULL, *last = last_call(&j->model);
    const char *reason;

    if (!program)
        return;
    judged(j, RULE_ID_program_runs);
    reason = trace_get_str(program, KEY_REASON, "");
    if (strcmp(reason, "exit") == 0)
        return;
    EACH_CALL(j, c)
        if (c->enter && !c->leave)
            open = c;
    if (open)
        found(j, RULE_ID_program_runs, open, open->enter, "%s; it was in %s",
              trace_get_str(program, KEY_TEXT, reason), described(open));
    else if (last)
        found(j, RULE_ID_program_runs, last, NULL, "%s; its last call was %s",
              trace_get_str(program, KEY_TEXT, reason), described(last));
    else
        found(j, RULE_ID_program_runs, NULL, program, "%s",
              trace_get_str(program, KEY_TEXT, reason));
}
