/* findings.c - see findings.h. */
#include "asserts/rules/findings.h"

#include <stdarg.h>
#include <string.h>

#include "asserts/rules/judge.h"
#include "base/strbuf.h"
#include "os/assert.h"

static struct finding *add_finding(struct judge *j, enum rule_id rule)
{
    struct finding *f;

    j->findings = array_grown(j->findings, j->n_findings, &j->room_findings,
                              sizeof(*j->findings));
    f = &j->findings[j->n_findings++];
    memset(f, 0, sizeof(*f));
    f->rule = &rules[rule];
    return f;
}

/* The step that a record belongs to: the latest before it. */
static void locate(const struct judge *j, struct finding *f)
{
    const struct trace_rec *rec = trace_first(j->model.base, j->model.used);

    for (; rec && rec->seq <= f->seq;
         rec = trace_next(j->model.base, j->model.used, rec))
        if (rec->kind == TRACE_STEP) {
            f->line = (int)trace_get_int(rec, KEY_LINE, 0);
            f->col = (int)trace_get_int(rec, KEY_COL, 0);
        }
}

struct finding *found(struct judge *j, enum rule_id rule,
                      const struct m_call *call, const struct trace_rec *rec,
                      const char *format, ...)
{
    static struct finding unwanted;
    struct strbuf text = STRBUF_INIT;
    struct finding *f;
    va_list args;

    assert(rule < N_RULES && format);
    if (j->disabled[rule])
        return &unwanted;
    f = add_finding(j, rule);
    va_start(args, format);
    strbuf_vaddf(&text, format, args);
    va_end(args);
    f->message = arena_strdup(&j->model.texts, strbuf_str(&text));
    strbuf_release(&text);
    if (!rec && call)
        rec = call->leave ? call->leave : call->enter;
    f->seq = rec ? rec->seq : 0;
    f->call = call ? call->id : 0;
    if (rec && rec->kind == TRACE_EXPECT) {
        f->line = (int)trace_get_int(rec, KEY_LINE, 0);
        f->col = (int)trace_get_int(rec, KEY_COL, 0);
        /* the record of interest is the call's */
        if (call && call->leave)
            f->seq = call->leave->seq;
    } else {
        locate(j, f);
    }
    return f;
}

void finding_values(struct judge *j, struct finding *f, const char *expected,
                    const char *actual)
{
    f->expected = arena_strdup(&j->model.texts, expected);
    f->actual = arena_strdup(&j->model.texts, actual);
}
