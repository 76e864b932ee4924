/* judge.c - findings and the verdict; see judge.h. */
#include "asserts/rules/judge.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "asserts/rules/requester.h"
#include "base/strbuf.h"

#define RULE(function, id, severity, kind, provenance, text, advice) \
    {id, SEVERITY_##severity, RULE_##kind, provenance, text, advice, \
     rule_##function},
const struct rule rules[N_RULES] = {
#include "asserts/rules/rules.def"
};
#undef RULE

const struct rule *rule_find(const char *id)
{
    for (unsigned i = 0; i < N_RULES; i++)
        if (strcmp(rules[i].id, id) == 0)
            return &rules[i];
    return NULL;
}

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

/* --- findings --- */

static struct finding *add_finding(struct judge *j, enum rule_id rule)
{
    struct finding *f;

    if (j->n_findings == j->room_findings) {
        j->room_findings = j->room_findings ? j->room_findings * 2 : 32;
        j->findings =
            xrealloc(j->findings, j->room_findings * sizeof(*j->findings));
    }
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

/* Of the machine's own library (mode system) nothing is known but its calls:
 * no writers, events, log, memory or virtual time. These have nothing to go
 * by there. */
static bool needs_our_world(unsigned rule)
{
    static const enum rule_id ids[] = {
        RULE_ID_unexpected_logged, RULE_ID_failure_silent,
        RULE_ID_failure_leaks,     RULE_ID_time_stands,
        RULE_ID_all_released,      RULE_ID_finished_means,
        RULE_ID_end_is_told,       RULE_ID_wait_ends,
        RULE_ID_event_from_method, RULE_ID_one_event,
        RULE_ID_unselected_silent, RULE_ID_selected_hears,
        RULE_ID_never_silent,      RULE_ID_post_after_pre,
        RULE_ID_status_tells,      RULE_ID_status_own};

    for (unsigned i = 0; i < sizeof(ids) / sizeof(ids[0]); i++)
        if (ids[i] == rule)
            return true;
    return false;
}

void judge_trace(struct judge *j, const char *base, uint64_t used)
{
    bool requesters, system;

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
    system =
        strcmp(trace_get_str(j->model.header, KEY_MODE, ""), "system") == 0;
    requesters = requester_applies(&j->model);
    if (requesters)
        requester_build(j);
    for (unsigned i = 0; i < N_RULES; i++)
        if (!j->disabled[i] && !(system && needs_our_world(i)) &&
            (requesters || rules[i].kind != RULE_REQUESTER ||
             i == RULE_ID_use_after_release || i == RULE_ID_program_runs ||
             i == RULE_ID_efi_cleaned || i == RULE_ID_clean_is_due))
            rules[i].check(j);
    j->verdict = make_verdict(j);
}

/* Found while the verdict is made. */
void rule_expect_findings(struct judge *j)
{
    (void)j;
}

void rule_todo_passes(struct judge *j)
{
    (void)j;
}
