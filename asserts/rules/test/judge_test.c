/*
 * judge_test.c - the verdict where it is not plain: many findings, findings
 * that are expected, expectations of what never came, a machine's own VSS.
 */
#include <criterion/criterion.h>
#include <stdio.h>

#include "asserts/tapes/tamper.h"

#define HEAD "vssim: 1\nscenario: t\n"

static const char one_call[] =
    HEAD "requester: [ CreateVssBackupComponents ]\n";
static const char wrong[] =
    HEAD "todo: expect-returns\n"
         "requester: [ { CreateVssBackupComponents: { returns: E_INVALIDARG } "
         "} ]\n";

/* Judges the scenario's trace with a field of its header set. */
static void judge_with(struct judge *j, struct tape *tape, const char *yaml,
                       const char *key, const char *value)
{
    const struct tamper header = {.kind = TRACE_HEADER, .nth = 1,
                                  .op = T_SET_KEY, .name = key,
                                  .value = value};
    struct tape truth = tape_play(yaml);

    cr_assert(tape_tamper(&truth, &header, tape));
    tape_free(&truth);
    judge_init(j);
    judge_trace(j, tape->base, tape->used);
}

static void done(struct judge *j, struct tape *tape)
{
    judge_release(j);
    tape_free(tape);
}

Test(judge, has_room_for_many_findings)
{
    struct tape tape;
    struct judge j;
    char text[16];

    judge_with(&j, &tape, one_call, "label", "x");
    cr_assert_eq(j.n_findings, 0);
    for (int i = 0; i < 100; i++)
        found(&j, RULE_ID_survives, NULL, NULL, "finding %d", i);
    cr_assert_eq(j.n_findings, 100);
    for (int i = 0; i < 100; i++) {
        snprintf(text, sizeof(text), "finding %d", i);
        cr_expect_str_eq(j.findings[i].message, text);
    }
    done(&j, &tape);
}

#define LONG \
    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"

/* Each finding that is demanded is missed, unless that rule is off. */
Test(judge, demands_findings)
{
    struct tape tape;
    struct judge j;

    judge_with(&j, &tape, one_call, "findings", "  expect-out  " LONG " ");
    cr_expect_eq(j.verdict, VERDICT_FAIL);
    cr_assert_eq(j.n_findings, 2);
    cr_expect_str_eq(j.findings[0].message, "expect-out was not found broken");
    cr_expect_str_eq(j.findings[1].message, LONG " was not found broken");
    j.disabled[RULE_ID_expect_findings] = true;
    judge_trace(&j, tape.base, tape.used);
    cr_expect_eq(j.n_findings, 0);
    cr_expect_eq(j.verdict, VERDICT_PASS);
    done(&j, &tape);
}

/* A finding that is expected anyway is not what `todo` waits for. */
Test(judge, todo_and_expected)
{
    struct tape tape;
    struct judge j;

    judge_with(&j, &tape, wrong, "label", "x");
    cr_expect_eq(j.verdict, VERDICT_EXPECTED_FAILURE);
    cr_expect_str_eq(j.reason, "todo: expect-returns");
    done(&j, &tape);
    judge_with(&j, &tape, wrong, "findings", "expect-returns");
    cr_expect_eq(j.verdict, VERDICT_FAIL);
    cr_assert_eq(j.n_findings, 2);
    cr_expect_eq(j.findings[1].rule, &rules[RULE_ID_todo_passes]);
    cr_expect_str_eq(j.findings[1].message,
                     "marked `todo: expect-returns`, but it passes");
    done(&j, &tape);
    judge_with(&j, &tape, wrong, "findings", "expect-returns expect-out");
    cr_expect_eq(j.verdict, VERDICT_FAIL);
    cr_assert_eq(j.n_findings, 3);
    cr_expect_str_eq(j.findings[2].message, "marked `todo: expect-returns`, "
                                            "but it fails by another rule");
    done(&j, &tape);
}

/* A finding at an expectation of a call that came back is the return's, else
 * the expectation's own. */
Test(judge, an_expectation_of_what_never_came)
{
    const struct tamper lost = {.kind = TRACE_RETURN, .nth = 1, .op = T_DROP};
    struct tape truth = tape_play(one_call), cut;
    struct judge j;

    cr_assert(tape_tamper(&truth, &lost, &cut));
    judge_init(&j);
    for (int i = 0; i < 2; i++) {
        const struct tape *tape = i ? &cut : &truth;
        const struct trace_rec *e;
        const struct m_call *c;
        const struct finding *f;

        judge_trace(&j, tape->base, tape->used);
        cr_assert_gt(j.model.n_expects, 0);
        e = j.model.expects[0];
        c = model_call(&j.model, 1);
        cr_assert_eq(!c->leave, i);
        f = found(&j, RULE_ID_expect_returns, c, e, "x");
        cr_expect_eq(f->seq, i ? e->seq : c->leave->seq);
        cr_expect_eq(f->line, 3);
    }
    judge_release(&j);
    tape_free(&truth);
    tape_free(&cut);
}

/* A program that made no call got nowhere. */
Test(judge, nothing_was_called)
{
    static const char *const ways[] = {
        HEAD "faults: [ { point: alloc/PreRestore/1 } ]\n"
             "requester: [ note: x ]\n",
        HEAD "faults: [ { point: alloc/PreRestore/1 } ]\n"
             "requester: [ exit: 0 ]\n"};

    for (int i = 0; i < 2; i++) {
        struct tape tape;
        struct judge j;

        judge_with(&j, &tape, ways[i], "label", "x");
        cr_expect_eq(!j.model.program, i == 0);
        cr_expect_eq(j.model.n_calls, 0);
        cr_expect_eq(j.verdict, VERDICT_NOT_EXERCISED);
        cr_expect_str_eq(j.reason, "t.yaml:3:13: the fault alloc/PreRestore/1 "
                                   "never took effect");
        judge_reconsider(&j);
        cr_expect_eq(j.verdict, VERDICT_NOT_EXERCISED,
                     "no failure to forgive");
        done(&j, &tape);
    }
}

/* What is wrong with a scenario is told with its place; a program that ended
 * before it called anything is judged by its own record. */
Test(judge, without_a_call)
{
    static char room[4096] __attribute__((aligned(8)));
    struct trace t;
    struct judge j;

    judge_init(&j);
    for (int way = 0; way < 3; way++) {
        trace_init(&t, room, sizeof(room), NULL);
        trace_begin(&t, TRACE_HEADER, 0, 0, 0, 0);
        trace_int(&t, KEY_SCHEMA, TRACE_SCHEMA);
        trace_str(&t, KEY_FILE, "t.yaml");
        trace_end(&t);
        trace_begin(&t, way < 2 ? TRACE_PROBLEM : TRACE_PROGRAM, 0, 0, 0, 0);
        if (way == 1)
            trace_str(&t, KEY_FILE, "other.yaml");
        if (way == 2)
            trace_str(&t, KEY_REASON, "signal");
        else
            trace_int(&t, KEY_LINE, 7), trace_int(&t, KEY_COL, 3);
        trace_str(&t, KEY_TEXT, "why");
        trace_end(&t);
        trace_begin(&t, TRACE_END, 0, 0, 0, 0);
        trace_end(&t);
        judge_trace(&j, t.base, *t.used);
        if (way == 0)
            cr_expect_str_eq(j.reason, "t.yaml:7:3: why");
        else if (way == 1)
            cr_expect_str_eq(j.reason, "other.yaml:7:3: why");
        else {
            cr_assert_eq(j.n_findings, 1);
            cr_expect_str_eq(j.findings[0].rule->id, "program-runs");
            cr_expect_str_eq(j.findings[0].message, "why");
        }
    }
    judge_release(&j);
    judge_release(&j);
}

static void begin_hand_made(struct trace *t)
{
    static char room[4096] __attribute__((aligned(8)));

    trace_init(t, room, sizeof(room), NULL);
    trace_begin(t, TRACE_HEADER, 0, 0, 0, 0);
    trace_int(t, KEY_SCHEMA, TRACE_SCHEMA);
    trace_str(t, KEY_FILE, "t.yaml");
    trace_end(t);
}

static void add(struct trace *t, enum trace_kind kind, uint32_t call,
                enum trace_key key, const char *text)
{
    trace_begin(t, kind, 0, 1, call, 0);
    trace_str(t, key, text);
    trace_end(t);
}

/* What a program did last is told without what it released in the end, unless
 * that is all that it did; and its texts are no formats. */
Test(judge, how_a_program_ended)
{
    static const char *const made[] = {"Release", "PostRestore"};
    static const char *const ended[] = {
        "t.yaml:0:0: the fault x never took effect: 5%% done, and got as far "
        "as Release (call 1)",
        "t.yaml:0:0: the fault x never took effect: 5%% done, and got as far "
        "as PostRestore (call 1)"};
    struct trace t;
    struct judge j;

    judge_init(&j);
    for (int way = 0; way < 2; way++) {
        begin_hand_made(&t);
        trace_begin(&t, TRACE_DECLARE, 0, 0, 0, 0);
        trace_str(&t, KEY_WHAT, "fault");
        trace_str(&t, KEY_NAME, "x");
        trace_end(&t);
        add(&t, TRACE_CALL, 1, KEY_METHOD, made[way]);
        add(&t, TRACE_RETURN, 1, KEY_PHASE, "none");
        add(&t, TRACE_CALL, 2, KEY_METHOD, "Release");
        add(&t, TRACE_RETURN, 2, KEY_PHASE, "none");
        trace_begin(&t, TRACE_PROGRAM, 0, 0, 0, 0);
        trace_str(&t, KEY_REASON, "exit");
        trace_str(&t, KEY_TEXT, "5%% done");
        trace_end(&t);
        add(&t, TRACE_END, 0, KEY_TEXT, "");
        judge_trace(&j, t.base, *t.used);
        cr_expect_eq(j.verdict, VERDICT_NOT_EXERCISED);
        cr_expect_str_eq(j.reason, ended[way]);
    }
    begin_hand_made(&t);
    trace_begin(&t, TRACE_PROGRAM, 0, 0, 0, 0);
    trace_str(&t, KEY_REASON, "signal");
    trace_str(&t, KEY_TEXT, "5%% done");
    trace_end(&t);
    add(&t, TRACE_END, 0, KEY_TEXT, "");
    judge_trace(&j, t.base, *t.used);
    cr_assert_eq(j.n_findings, 1);
    cr_expect_str_eq(j.findings[0].message, "5%% done");
    judge_release(&j);
}

/* A finding is in the step of its record, and at no line where that has none;
 * without a header there is nothing to find. */
Test(judge, where_a_finding_is)
{
    const struct trace_rec *step, *next, *expect;
    struct finding *f;
    struct trace t;
    struct judge j;

    begin_hand_made(&t);
    trace_begin(&t, TRACE_STEP, 0, 0, 0, 0);
    trace_int(&t, KEY_LINE, 7);
    trace_int(&t, KEY_COL, 3);
    trace_end(&t);
    add(&t, TRACE_STEP, 0, KEY_NAME, "of no line");
    add(&t, TRACE_EXPECT, 0, KEY_WHAT, "nothing");
    add(&t, TRACE_END, 0, KEY_TEXT, "");
    judge_init(&j);
    judge_trace(&j, t.base, *t.used);
    step = trace_next(t.base, *t.used, trace_first(t.base, *t.used));
    next = trace_next(t.base, *t.used, step);
    expect = trace_next(t.base, *t.used, next);
    f = found(&j, RULE_ID_survives, NULL, step, "x");
    cr_expect_eq(f->line, 7);
    cr_expect_eq(f->col, 3);
    f = found(&j, RULE_ID_survives, NULL, next, "x");
    cr_expect_eq(f->line, 0);
    cr_expect_eq(f->col, 0);
    f = found(&j, RULE_ID_survives, NULL, expect, "x");
    cr_expect_eq(f->line, 0);
    cr_expect_eq(f->col, 0);
    trace_init(&t, t.base, t.size, NULL);
    add(&t, TRACE_END, 0, KEY_TEXT, "");
    judge_trace(&j, t.base, *t.used);
    cr_expect_eq(j.verdict, VERDICT_ERROR);
    cr_expect_str_eq(j.reason, "the trace has no header");
    judge_release(&j);
}

static unsigned times(const struct judge *j, enum rule_id rule)
{
    unsigned n = 0;

    for (uint32_t i = 0; i < j->n_findings; i++)
        n += j->findings[i].rule == &rules[rule];
    return n;
}

/* Of the machine's own VSS only the calls are known; they are judged. */
Test(judge, the_systems_own)
{
    static const char scenario[] =
        HEAD "requester: [ CreateVssBackupComponents, note: x ]\n";
    const struct tamper leak = {.kind = TRACE_BALANCE, .nth = 1,
                                .op = T_SET_KEY, .name = "live",
                                .value = "int:3"};
    const struct tamper code = {.kind = TRACE_RETURN, .nth = 1,
                                .op = T_SET_KEY, .name = "hr",
                                .value = "hr:VSS_E_PROVIDER_VETO"};
    const struct tamper mode = {.kind = TRACE_HEADER, .nth = 1,
                                .op = T_SET_KEY, .name = "mode",
                                .value = "system"};
    const struct tamper silent = {.kind = TRACE_RETURN, .nth = 1,
                                  .op = T_SET_KEY, .name = "hr",
                                  .value = "hr:VSS_E_UNEXPECTED"};
    struct tape truth = tape_play(scenario), leaks, lie, theirs, more[2];
    struct judge j;

    cr_assert(tape_tamper(&truth, &leak, &leaks));
    cr_assert(tape_tamper(&leaks, &code, &lie));
    cr_assert(tape_tamper(&lie, &mode, &theirs));
    cr_assert(tape_tamper(&lie, &silent, &more[0]));
    cr_assert(tape_tamper(&theirs, &silent, &more[1]));
    judge_init(&j);
    judge_trace(&j, lie.base, lie.used);
    cr_expect_eq(times(&j, RULE_ID_all_released), 1);
    cr_expect_eq(times(&j, RULE_ID_allowed_code), 1);
    judge_trace(&j, theirs.base, theirs.used);
    cr_expect_eq(times(&j, RULE_ID_all_released), 0);
    cr_expect_eq(times(&j, RULE_ID_allowed_code), 1);
    for (unsigned i = 0; i < 2; i++) {
        judge_trace(&j, more[i].base, more[i].used);
        cr_expect_eq(times(&j, RULE_ID_unexpected_logged), 1 - i);
        tape_free(&more[i]);
    }
    judge_release(&j);
    tape_free(&truth);
    tape_free(&leaks);
    tape_free(&lie);
    tape_free(&theirs);
}
