/*
 * model_test.c - the model of a trace that is damaged, and what looks into it:
 * numbers that are none, returns without a call, calls within calls.
 */
#include <criterion/criterion.h>
#include <stdio.h>

#include "asserts/rules/requester.h"

static char room[1 << 16] __attribute__((aligned(8)));

static void put(struct trace *t, enum trace_kind kind, uint32_t call,
                uint32_t object)
{
    trace_begin(t, kind, 0, 1, call, object);
    trace_str(t, KEY_METHOD, "PreRestore");
    trace_str(t, KEY_IFACE, "IVssBackupComponents");
    trace_end(t);
}

/* Numbers out of range are nobody's; what is missing is known to be. */
Test(model, damaged)
{
    struct model m = {0};
    struct trace t;

    trace_init(&t, room, sizeof(room), NULL);
    put(&t, TRACE_HEADER, 0, 0);
    put(&t, TRACE_CREATE, 0, 0);
    put(&t, TRACE_CREATE, 0, 1000001);
    put(&t, TRACE_CALL, 0, 0);
    put(&t, TRACE_CALL, 1000001, 0);
    put(&t, TRACE_RETURN, 0, 0);
    put(&t, TRACE_RETURN, 1, 0);
    cr_assert_not(t.overflow);
    model_build(&m, t.base, *t.used);
    cr_expect_eq(m.n_calls, 0);
    cr_expect_eq(m.n_objects, 0);
    /* Of no known version: as on the latest. */
    cr_expect_eq(m.ex, 4);
    cr_expect_eq(m.wait_rule, 2);
    cr_expect_not(m.old_unexpected);

    put(&t, TRACE_CALL, 2, 0);
    put(&t, TRACE_RETURN, 1, 0);
    put(&t, TRACE_RETURN, 2, 0);
    model_build(&m, t.base, *t.used);
    cr_assert_eq(m.n_calls, 2);
    cr_expect_null(m.calls[0].enter);
    cr_expect_null(m.calls[0].leave, "nobody called it");
    cr_expect_str_eq(m.calls[0].name, "");
    cr_expect_not_null(m.calls[1].leave);
    cr_expect_not(call_before(&m.calls[1], &m.calls[0]));
    cr_expect_not(call_before(&m.calls[0], &m.calls[1]));
    model_release(&m);
}

/* More calls within one another than anybody makes: the deepest known. */
Test(model, calls_within_calls)
{
    struct model m = {0};
    struct trace t;

    trace_init(&t, room, sizeof(room), NULL);
    for (uint32_t call = 1; call <= 70; call++)
        put(&t, TRACE_CALL, call, 0);
    model_build(&m, t.base, *t.used);
    cr_assert_eq(m.n_calls, 70);
    cr_expect_eq(m.calls[0].outer, 0);
    cr_expect_eq(m.calls[63].outer, 63);
    cr_expect_eq(m.calls[64].outer, 64);
    cr_expect_eq(m.calls[69].outer, 64);
    model_release(&m);
}

/* What takes effect is one of those, and none behind them. */
Test(model, declared_as_many_as_there_is_room_for)
{
    struct model m = {0};
    struct trace t;

    trace_init(&t, room, sizeof(room), NULL);
    for (int i = 0; i <= 64; i++) {
        trace_begin(&t, i < 64 ? TRACE_DECLARE : TRACE_EFFECT, 0, 0, 0, 0);
        trace_int(&t, KEY_INDEX, i < 64 ? i : 63);
        trace_end(&t);
    }
    cr_assert_not(t.overflow);
    model_build(&m, t.base, *t.used);
    cr_assert_eq(m.n_declares, 64);
    cr_assert_eq(m.room_declares, 64);
    for (int i = 0; i < 64; i++)
        cr_expect_eq(m.declares[i].effect, i == 63);
    model_release(&m);
}

/* Which call another one was made in, while some return and others do not. */
Test(model, calls_that_returned)
{
    struct model m = {0};
    struct trace t;

    trace_init(&t, room, sizeof(room), NULL);
    put(&t, TRACE_CALL, 1, 0);
    put(&t, TRACE_CALL, 2, 0);
    put(&t, TRACE_RETURN, 2, 0);
    put(&t, TRACE_CALL, 3, 0);
    put(&t, TRACE_CALL, 4, 0); /* never returns */
    put(&t, TRACE_RETURN, 3, 0);
    put(&t, TRACE_CALL, 5, 0);
    put(&t, TRACE_RETURN, 5, 0);
    put(&t, TRACE_RETURN, 1, 0);
    put(&t, TRACE_CALL, 6, 0);
    trace_begin(&t, TRACE_POST, 0, 1, 6, 0);
    trace_int(&t, KEY_TICKET, 3);
    trace_end(&t);
    model_build(&m, t.base, *t.used);
    cr_assert_eq(m.n_calls, 6);
    cr_expect_eq(m.calls[0].outer, 0);
    cr_expect_eq(m.calls[1].outer, 1);
    cr_expect_eq(m.calls[2].outer, 1);
    cr_expect_eq(m.calls[3].outer, 3);
    cr_expect_eq(m.calls[4].outer, 1);
    cr_expect_eq(m.calls[5].outer, 0);
    cr_expect_eq(m.n_tickets, 3);
    model_release(&m);
}

/* An argument, or out-parameter, that is not there is not the last one that
 * is; nor is one of another type. */
Test(model, parameters)
{
    struct model m = {0};
    const struct m_call *c;
    struct trace t;

    trace_init(&t, room, sizeof(room), NULL);
    trace_begin(&t, TRACE_CALL, 0, 1, 1, 0);
    trace_param(&t, TRACE_IN, "text", TRACE_STR, 0, "x");
    trace_param(&t, TRACE_IN, "number", TRACE_INT, 5, NULL);
    trace_end(&t);
    trace_begin(&t, TRACE_RETURN, 0, 1, 1, 0);
    trace_param(&t, TRACE_OUT, "flag", TRACE_BOOL, 1, NULL);
    trace_param(&t, TRACE_OUT, "text", TRACE_STR, 0, "x");
    trace_end(&t);
    model_build(&m, t.base, *t.used);
    c = model_call(&m, 1);
    cr_assert_not_null(c);
    cr_expect_eq(call_in_num(c, "number", 7), 5);
    cr_expect_eq(call_in_num(c, "text", 7), 7);
    cr_expect_eq(call_in_num(c, "none", 7), 7);
    cr_expect_str_eq(call_out(c, "text"), "x");
    cr_expect_null(call_out(c, "flag"));
    cr_expect_null(call_out(c, "none"));
    cr_expect_eq(call_out_num(c, "flag", 7), 1);
    cr_expect_eq(call_out_num(c, "text", 7), 7);
    cr_expect_eq(call_out_num(c, "none", 7), 7);
    model_release(&m);
}

/* Each record is read as what it is and nothing besides; what it lacks is
 * known to be missing. */
Test(model, records)
{
    struct model m = {0};
    struct trace t;

    trace_init(&t, room, sizeof(room), NULL);
    put(&t, TRACE_CREATE, 1, 2);
    put(&t, TRACE_CALL, 1, 1);
    put(&t, TRACE_EXPECT, 1, 0);
    put(&t, TRACE_DESTROY, 1, 2);
    put(&t, TRACE_RETURN, 1, 1);
    trace_begin(&t, TRACE_CALL, 0, 1, 2, 1);
    trace_str(&t, KEY_METHOD, "Release");
    trace_end(&t);
    put(&t, TRACE_FAULT, 2, 0);
    put(&t, TRACE_RETURN, 2, 1); /* how many are left it does not say */
    put(&t, TRACE_PROGRAM, 0, 1);
    trace_begin(&t, TRACE_POST, 0, 1, 1, 0);
    trace_int(&t, KEY_TICKET, 3);
    trace_end(&t);
    put(&t, TRACE_SLEEP, 0, 0);
    model_build(&m, t.base, *t.used);
    cr_assert_eq(m.n_objects, 2);
    cr_expect(m.objects[1].destroyed);
    cr_expect_not(m.objects[0].destroyed, "the program's record is no end");
    cr_expect_eq(m.objects[0].refs, -1);
    cr_expect_eq(m.objects[0].gone, 0);
    cr_assert_eq(m.n_calls, 2);
    cr_expect_not(m.calls[0].faulted);
    cr_expect(m.calls[1].faulted);
    cr_assert_eq(m.n_tickets, 3);
    cr_expect_str_eq(m.tickets[0].event, "");
    cr_expect_str_eq(m.tickets[1].event, "");
    cr_expect_str_eq(m.tickets[2].event, "");
    cr_expect_eq(m.tickets[2].targets, 0);
    cr_expect_eq(m.n_expects, 1);
    cr_expect_eq(m.n_others, 1, "the sleep");
    model_release(&m);
}

/* Nothing is left of the trace before. */
Test(model, one_after_another)
{
    struct model m = {0};
    struct trace t;

    trace_init(&t, room, sizeof(room), NULL);
    trace_begin(&t, TRACE_HEADER, 0, 0, 0, 0);
    trace_str(&t, KEY_FILE, "a.yaml");
    trace_str(&t, KEY_WINDOWS, "windows-xp");
    trace_str(&t, KEY_POLICIES, "access=denied");
    trace_end(&t);
    model_build(&m, t.base, *t.used);
    cr_expect_str_eq(m.file, "a.yaml");
    cr_expect(m.old_unexpected);
    arena_strdup(&m.texts, "a finding");
    trace_init(&t, room, sizeof(room), NULL);
    put(&t, TRACE_END, 0, 0);
    model_build(&m, t.base, *t.used);
    cr_expect_null(m.header);
    cr_expect_str_eq(m.file, "");
    cr_expect_str_eq(m.windows, "");
    cr_expect_str_eq(m.policies, "");
    cr_expect_not(m.old_unexpected);
    cr_expect_null(m.texts.chunks);
    model_release(&m);
}

Test(model, policies)
{
    const struct model m = {.policies = "access=granted late-setters=ok"};
    const struct model none = {.policies = NULL};

    cr_expect(model_policy(&m, "access", "granted"));
    cr_expect(model_policy(&m, "late-setters", "ok"));
    cr_expect_not(model_policy(&m, "access", "grantee"), "as long");
    cr_expect_not(model_policy(&m, "late-setterx", "ok"), "as long");
    cr_expect_not(model_policy(&m, "acces", "=granted"), "not the key");
    cr_expect_not(model_policy(&m, "access", "denied"));
    cr_expect_not(model_policy(&none, "access", "granted"));
}

Test(model, codes_by_name)
{
    static const char large[] =
        "VSS_E_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
        "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx|E_INVALIDARG";
    char code[97];

    cr_expect_not(code_among(HR_S_OK, NULL));
    cr_expect_not(code_among(HR_S_OK, ""));
    cr_expect(code_among(HR_S_OK, "  S_OK"));
    cr_expect(code_among(HR_VSS_E_BAD_STATE, "S_OK |  VSS_E_BAD_STATE"));
    cr_expect_not(code_among(HR_S_FALSE, "S_OK |  VSS_E_BAD_STATE"));
    cr_expect(code_among(HR_E_INVALIDARG, large), "what follows is looked at");
    cr_expect_not(code_among(HR_S_OK, large));
    cr_expect_not(code_among(HR_S_OK, "NO_SUCH_CODE"));
    cr_expect(code_among(HR_VSS_E_BAD_STATE, "0x80042301"));
    snprintf(code, sizeof(code), "0x%094x", (unsigned)HR_VSS_E_BAD_STATE);
    cr_expect_not(code_among(HR_VSS_E_BAD_STATE, code),
                  "longer than any name");
    cr_expect(code_among(HR_VSS_E_BAD_STATE, "0x00000000000000000080042301"));
}

/* Of the codes without a name, four can be told in one message. */
Test(model, codes_as_text)
{
    const char *texts[4];
    char name[16];

    for (int i = 0; i < 4; i++)
        texts[i] = code_text((int32_t)0x8004AB00 + i);
    for (int i = 0; i < 4; i++) {
        snprintf(name, sizeof(name), "0x8004AB0%d", i);
        cr_expect_str_eq(texts[i], name);
    }
    cr_expect_eq(code_text((int32_t)0x8004ABCD), texts[0], "the fifth");
    cr_expect_str_eq(code_text(HR_VSS_E_BAD_STATE), "VSS_E_BAD_STATE");
}

/* An event was posted, and the trace has no record of any writer. */
Test(model, no_events)
{
    const struct model m = {0};
    const struct m_call maker = {.posted = true, .ticket = 1};

    cr_expect_null(next_event(&m, &maker, NULL));
    cr_expect_eq(writers_told(&m, &maker), 0);
}

/* An event that names no ticket is of no call that posted none. */
Test(model, events_of_nobody)
{
    struct m_event lost = {.ticket = 0};
    const struct model m = {.events = &lost, .n_events = 1};
    const struct m_call maker = {.posted = false};

    cr_expect_null(next_event(&m, &maker, NULL));
    cr_expect_eq(writers_told(&m, &maker), 0);
}

/* What lies behind the last is none of them. */
Test(model, events_one_by_one)
{
    struct m_event events[] = {{.ticket = 7}, {.ticket = 6}, {.ticket = 7},
                               {.ticket = 7}};
    const struct model m = {.events = events, .n_events = 3};
    const struct m_call maker = {.posted = true, .ticket = 7};

    cr_expect_eq(next_event(&m, &maker, NULL), &events[0]);
    cr_expect_eq(next_event(&m, &maker, &events[0]), &events[2]);
    cr_expect_null(next_event(&m, &maker, &events[2]));
}
