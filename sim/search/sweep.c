/*
 * sweep.c - see sweep.h.
 *
 * After a failure in a call itself the script makes the same call again, and
 * everything the scenario demands must hold: so the failure changed nothing,
 * leaked nothing, told nobody. A failure that a call swallows, that strikes a
 * writer's handler, or that stays, is judged by the invariants alone.
 */
#include "search/sweep.h"

#include <stdio.h>
#include <string.h>

#define MOST 100000 /* occasions of one scenario: it would never end */

static const char *const names[] = {"", "alloc", "thread", "service",
                                    "access"};

bool sweep_kinds(const char *name, unsigned *kinds)
{
    for (unsigned i = SWEEP_ALLOC; i <= SWEEP_ACCESS; i++)
        if (strcmp(name, names[i]) == 0 || strcmp(name, "all") == 0)
            *kinds |= 1u << i;
    return *kinds != 0;
}

/* --- what the fault struck --- */

static const struct trace_rec *find_fault(const struct worker_trace *t,
                                          const char *name)
{
    for (const struct trace_rec *rec = trace_first(t->base, t->used); rec;
         rec = trace_next(t->base, t->used, rec))
        if (rec->kind == TRACE_FAULT &&
            strcmp(trace_get_str(rec, KEY_NAME, ""), name) == 0)
            return rec;
    return NULL;
}

/* Did the call in which it fired fail, and was it made again? */
static bool made_again(const struct worker_trace *t,
                       const struct trace_rec *fault)
{
    struct trace_field f;

    for (const struct trace_rec *rec = fault; rec;
         rec = trace_next(t->base, t->used, rec))
        if (rec->kind == TRACE_RETURN && rec->call == fault->call)
            return fault->call && trace_find(rec, KEY_HR, &f) && f.num < 0;
    return false;
}

/* The scenario's own faults strike elsewhere when this one came first. */
static bool has_faults(const struct worker_trace *t)
{
    for (const struct trace_rec *rec = trace_first(t->base, t->used); rec;
         rec = trace_next(t->base, t->used, rec))
        if (rec->kind == TRACE_DECLARE &&
            strcmp(trace_get_str(rec, KEY_WHAT, ""), "fault") == 0)
            return true;
    return find_fault(t, "each-alloc") != NULL;
}

static void choose_rules(struct judge *j, bool all)
{
    for (unsigned i = 0; i < N_RULES; i++)
        j->disabled[i] = rules[i].kind == RULE_REQUESTER ||
                         (rules[i].kind == RULE_SCENARIO && !all);
    j->disabled[rule_find("expect-findings") - rules] = true;
}

/* --- one run --- */

static bool is_bad(const struct judge *j)
{
    for (uint32_t i = 0; i < j->n_findings; i++)
        if (j->findings[i].rule->severity == SEVERITY_ERROR &&
            j->findings[i].rule->kind != RULE_REQUESTER &&
            !j->findings[i].expected_finding)
            return true;
    return j->verdict == VERDICT_ERROR;
}

static bool play(struct sweeper *s, const char *file,
                 const struct sweep *sweep, struct worker_trace *t)
{
    worker_sweep(s->worker, sweep);
    s->broken =
        !(s->text ? worker_start_text(s->worker, file, s->text, s->size)
                  : worker_start(s->worker, file)) ||
        !worker_wait(s->worker, t);
    return !s->broken;
}

/* False when it went wrong; *more: a fault was met. */
static bool play_with(struct sweeper *s, const char *file,
                      const struct sweep *sweep, bool *more)
{
    const struct trace_rec *fault;
    struct worker_trace t;
    bool again;

    if (!play(s, file, sweep, &t))
        return false;
    s->runs++;
    fault = find_fault(&t, "sweep");
    *more = fault != NULL;
    if (!fault)
        return true;
    s->faults++;
    again = !sweep->persistent && made_again(&t, fault);
    s->retried += again;
    choose_rules(s->judge, again && !has_faults(&t));
    judge_trace(s->judge, t.base, t.used);
    if (!is_bad(s->judge))
        return true;
    s->judge->verdict = VERDICT_FAIL;
    s->judge->reason = arena_printf(
        &s->judge->model.texts, "with %s %u failing%s",
        sweep->kind == SWEEP_ALLOC ? "allocation" : names[sweep->kind],
        sweep->nth, sweep->persistent ? ", and all later ones" : "");
    return false;
}

static bool is_todo(struct sweeper *s, const char *file)
{
    static const struct sweep none;
    struct worker_trace t;
    const struct trace_rec *header;

    if (!play(s, file, &none, &t))
        return false;
    header = trace_first(t.base, t.used);
    choose_rules(s->judge, true);
    judge_trace(s->judge, t.base, t.used);
    return header && (trace_get_str(header, KEY_TODO, NULL) ||
                      trace_get_str(header, KEY_SKIP, NULL));
}

bool sweep_scenario(struct sweeper *s, const char *file, unsigned kinds)
{
    bool good;

    s->scenarios++;
    if (is_todo(s, file)) /* fails as it is */
        return true;
    good = !s->broken;
    for (unsigned kind = SWEEP_ALLOC; good && kind <= SWEEP_ACCESS; kind++)
        for (int persistent = 0; good && persistent < 2; persistent++) {
            struct sweep sweep = {(enum sweep_kind)kind, 0, persistent};
            bool more = (kinds & 1u << kind) != 0;

            while (good && more && ++sweep.nth < MOST)
                good = play_with(s, file, &sweep, &more);
        }
    s->failed += !good;
    return good;
}
