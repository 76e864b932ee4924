/* judge.c - asks the rules and makes the verdict; see judge.h. */
#include "asserts/rules/judge.h"

#include <stdlib.h>
#include <string.h>

#include "asserts/rules/requester.h"

/* What each rule does; NULL: this file finds it. */
#define ASKED_ALWAYS(function) rule_##function
#define ASKED_OUR_WORLD(function) rule_##function
#define ASKED_REQUESTER(function) rule_##function
#define ASKED_VERDICT(function) NULL
#define RULE(function, id, severity, kind, when, provenance, text, advice) \
    ASKED_##when(function),
static void (*const checks[N_RULES])(struct judge *judge) = {
#include "asserts/rules/rules.def"
};
#undef RULE

const char *verdict_name(enum verdict verdict)
{
    static const char *const names[N_VERDICTS] = {
        "pass", "fail", "not exercised", "expected failure", "skipped",
        "error"};

    return names[verdict];
}

void judge_init(struct judge *j)
{
    memset(j, 0, sizeof(*j));
}

void judge_release(struct judge *j)
{
    model_release(&j->model);
    free(j->findings);
    memset(j, 0, sizeof(*j));
}

/* --- the verdict --- */

static bool listed(const char *list, const char *id)
{
    size_t length = strlen(id);

    for (const char *at = list; *at;) {
        size_t word = strcspn(at, " ");

        if (word == length && memcmp(at, id, length) == 0)
            return true;
        at += word + (at[word] == ' ');
    }
    return false;
}

static void mark_expected(struct judge *j, const char *wanted)
{
    for (uint32_t i = 0; i < j->n_findings; i++)
        if (listed(wanted, j->findings[i].rule->id))
            j->findings[i].expected_finding = true;
}

static void demand_findings(struct judge *j, const char *wanted)
{
    size_t word;

    for (const char *at = wanted; *(at += strspn(at, " ")); at += word) {
        const char *id;
        bool there = false;

        word = strcspn(at, " ");
        id = arena_printf(&j->model.texts, "%.*s", (int)word, at);
        judged(j, RULE_ID_expect_findings);
        for (uint32_t i = 0; i < j->n_findings; i++)
            there |= strcmp(j->findings[i].rule->id, id) == 0;
        if (!there)
            found(j, RULE_ID_expect_findings, NULL, j->model.header,
                  "%s was not found broken", id);
    }
}

static bool fails(const struct finding *f)
{
    return f->rule->severity == SEVERITY_ERROR && !f->expected_finding &&
           !f->known;
}

static uint32_t count_failures(const struct judge *j)
{
    uint32_t n = 0;

    for (uint32_t i = 0; i < j->n_findings; i++)
        n += fails(&j->findings[i]);
    return n;
}

/* `todo` names the one rule by which the scenario fails so far. */
static enum verdict judge_todo(struct judge *j, const char *todo)
{
    uint32_t by_it = 0, failures = count_failures(j);

    judged(j, RULE_ID_todo_passes);
    for (uint32_t i = 0; i < j->n_findings; i++)
        by_it += fails(&j->findings[i]) &&
                 strcmp(j->findings[i].rule->id, todo) == 0;
    if (failures && by_it == failures) {
        j->reason = arena_printf(&j->model.texts, "todo: %s", todo);
        return VERDICT_EXPECTED_FAILURE;
    }
    if (!failures)
        found(j, RULE_ID_todo_passes, NULL, j->model.header,
              "marked `todo: %s`, but it passes", todo);
    else
        found(j, RULE_ID_todo_passes, NULL, j->model.header,
              "marked `todo: %s`, but it fails by another rule", todo);
    return VERDICT_FAIL;
}

static const struct m_declare *without_effect(const struct model *m)
{
    for (uint32_t i = 0; i < m->n_declares; i++)
        if (!m->declares[i].effect)
            return &m->declares[i];
    return NULL;
}

/* Under exec: where the program ended. */
static const char *how_far(struct judge *j)
{
    const struct model *m = &j->model;
    const struct m_call *last = m->n_calls ? &m->calls[m->n_calls - 1] : NULL;

    while (last && last > m->calls && last->method == M_RELEASE)
        last--; /* tidying up tells nothing */
    if (!m->program || !last)
        return "";
    return arena_printf(
        &j->model.texts, ": %s, and got as far as %s (call %u)",
        trace_get_str(m->program, KEY_TEXT, "it ended"), last->name, last->id);
}

/* Nothing failed: did everything that was set up bite? */
static enum verdict judge_effects(struct judge *j)
{
    const struct m_declare *idle;

    idle = without_effect(&j->model);
    if (!idle)
        return VERDICT_PASS;
    j->reason = arena_printf(&j->model.texts,
                             "%s:%d:%d: the %s %s never took effect%s",
                             j->model.file, idle->line, idle->col, idle->what,
                             idle->name, how_far(j));
    return VERDICT_NOT_EXERCISED;
}

static enum verdict make_verdict(struct judge *j)
{
    const char *todo = trace_get_str(j->model.header, KEY_TODO, NULL);
    const char *wanted = trace_get_str(j->model.header, KEY_FINDINGS, "");

    mark_expected(j, wanted);
    demand_findings(j, wanted);
    if (todo)
        return judge_todo(j, todo);
    if (count_failures(j))
        return VERDICT_FAIL;
    return judge_effects(j);
}

void judge_reconsider(struct judge *j)
{
    if (j->verdict == VERDICT_FAIL && !count_failures(j))
        j->verdict = judge_effects(j);
}

static const char *first_problem(struct judge *j)
{
    EACH_OTHER(&j->model, rec) {
        if (rec->kind == TRACE_PROBLEM)
            return arena_printf(&j->model.texts, "%s:%d:%d: %s",
                                trace_get_str(rec, KEY_FILE, j->model.file),
                                (int)trace_get_int(rec, KEY_LINE, 0),
                                (int)trace_get_int(rec, KEY_COL, 0),
                                trace_get_str(rec, KEY_TEXT, ""));
    }
    return NULL;
}

static bool is_asked(const struct judge *j, unsigned rule, bool requesters)
{
    if (j->disabled[rule])
        return false;
    switch (rules[rule].when) {
    case WHEN_OUR_WORLD:
        return strcmp(trace_get_str(j->model.header, KEY_MODE, ""),
                      "system") != 0;
    case WHEN_REQUESTER:
        return requesters;
    default:
        return checks[rule] != NULL;
    }
}

void judge_trace(struct judge *j, const char *base, uint64_t used)
{
    bool requesters;

    j->n_findings = 0;
    model_build(&j->model, base, used);
    j->verdict = VERDICT_ERROR;
    j->reason = "the trace has no header";
    if (!j->model.header)
        return;
    j->reason = first_problem(j);
    if (j->reason)
        return;
    j->reason = trace_get_str(j->model.header, KEY_SKIP, NULL);
    j->verdict = VERDICT_SKIPPED;
    if (j->reason)
        return;
    requesters = requester_applies(&j->model);
    if (requesters)
        requester_build(j);
    for (unsigned i = 0; i < N_RULES; i++)
        if (is_asked(j, i, requesters))
            checks[i](j);
    j->verdict = make_verdict(j);
}
