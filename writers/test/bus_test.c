/* bus_test.c - what each behaviour of a writer comes to (outcomes[]), and how
 * the bus carries events. */
#include <criterion/criterion.h>
#include <string.h>

#include "base/array.h"
#include "base/test/growth.h"
#include "com/text.h"
#include "writers/test/bus_world.h"

#define FAILED_PRE VSS_WS_FAILED_AT_PRE_RESTORE
#define RETRYABLE VSS_E_WRITERERROR_RETRYABLE
#define NONRETRYABLE VSS_E_WRITERERROR_NONRETRYABLE
#define GONE VSS_E_WRITER_NOT_RESPONDING

static const struct {
    const char *what;
    struct behaviour behaviour; /* `present` is set by the test */
    uint64_t time;
    VSS_WRITER_STATE state;
    HRESULT failure;
    HRESULT application;
    bool old;   /* a Windows without partial failure */
    int policy; /* of the codes that a writer may set */
} outcomes[] = {
    {.what = "answers at once",
     .behaviour = {.returns = -1},
     .state = VSS_WS_STABLE},
    {.what = "answers late",
     .behaviour = {.returns = -1, .after = 12000},
     .time = 12000,
     .state = VSS_WS_STABLE},
    {.what = "SetWriterFailure, true",
     .behaviour = {.returns = 1, .veto = true, .code = RETRYABLE},
     .state = FAILED_PRE,
     .failure = RETRYABLE},
    {.what = "SetWriterFailure, false",
     .behaviour = {.returns = -1, .veto = true, .code = NONRETRYABLE},
     .state = FAILED_PRE,
     .failure = NONRETRYABLE},
    {.what = "false without a code",
     .behaviour = {.returns = 0},
     .state = FAILED_PRE,
     .failure = NONRETRYABLE},
    {.what = "out of resources, late",
     .behaviour = {.returns = -1,
                   .after = 500,
                   .veto = true,
                   .code = VSS_E_WRITERERROR_OUTOFRESOURCES},
     .time = 500,
     .state = FAILED_PRE,
     .failure = VSS_E_WRITERERROR_OUTOFRESOURCES},
    {.what = "partial failure",
     .behaviour = {.returns = -1, .partial = true, .application = E_FAIL},
     .state = FAILED_PRE,
     .failure = VSS_E_WRITERERROR_PARTIAL_FAILURE,
     .application = E_FAIL},
    {.what = "partial failure before there was such a thing",
     .behaviour = {.returns = -1, .partial = true},
     .state = FAILED_PRE,
     .failure = NONRETRYABLE,
     .old = true},
    {.what = "a code that no writer may set",
     .behaviour = {.returns = -1, .veto = true, .code = VSS_E_BAD_STATE},
     .state = FAILED_PRE,
     .failure = NONRETRYABLE},
    {.what = "the same, and true",
     .behaviour = {.returns = 1, .veto = true, .code = VSS_E_BAD_STATE},
     .state = VSS_WS_STABLE},
    {.what = "the same, passed through",
     .behaviour = {.returns = 1, .veto = true, .code = VSS_E_BAD_STATE},
     .state = FAILED_PRE,
     .failure = VSS_E_BAD_STATE,
     .policy = 1},
    {.what = "hangs",
     .behaviour = {.returns = -1, .hang = true},
     .time = 60000,
     .state = VSS_WS_UNKNOWN,
     .failure = GONE},
    {.what = "answers too late",
     .behaviour = {.returns = -1, .after = 60001},
     .time = 60000,
     .state = VSS_WS_UNKNOWN,
     .failure = GONE},
    {.what = "answers just in time",
     .behaviour = {.returns = -1, .after = 60000},
     .time = 60000,
     .state = VSS_WS_STABLE},
    {.what = "dies before its handler",
     .behaviour = {.returns = -1, .after = 5000, .crash = CRASH_BEFORE},
     .state = VSS_WS_UNKNOWN,
     .failure = GONE},
    {.what = "dies in its handler",
     .behaviour = {.returns = -1, .after = 5000, .crash = CRASH_DURING},
     .time = 5000,
     .state = VSS_WS_UNKNOWN,
     .failure = GONE},
    {.what = "dies after its handler",
     .behaviour = {.returns = -1, .after = 5000, .crash = CRASH_AFTER},
     .time = 5000,
     .state = VSS_WS_UNKNOWN,
     .failure = GONE},
    {.what = "no session left",
     .behaviour = {.returns = -1, .no_status = true},
     .state = VSS_WS_UNKNOWN,
     .failure = VSS_E_WRITER_STATUS_NOT_AVAILABLE},
};
#define N_OUTCOMES (ARRAY_SIZE(outcomes))

Test(bus, outcomes)
{
    for (unsigned i = 0; i < N_OUTCOMES; i++) {
        const char *what = outcomes[i].what;
        struct vssim_answer answer;
        struct world w;
        uint32_t ticket;

        world_setup(&w);
        w.policy[VSSIM_POLICY_WRITER_FAILURE_CODES] = outcomes[i].policy;
        w.bus.partial_failure = !outcomes[i].old;
        w.a->behaviour[VSSIM_EVENT_PRE_RESTORE] = outcomes[i].behaviour;
        w.a->behaviour[VSSIM_EVENT_PRE_RESTORE].present = true;
        world_wait(&w, world_post(&w, VSSIM_EVENT_IDENTIFY, &guid_a, NULL));
        ticket = world_post(&w, VSSIM_EVENT_PRE_RESTORE, &guid_a, NULL);
        cr_expect_eq(bus_poll(&w.bus, ticket), VSS_S_ASYNC_PENDING, "%s",
                     what);
        /* Whatever the writer does, the operation itself ends well (U03). */
        cr_expect_eq(world_wait(&w, ticket), VSS_S_ASYNC_FINISHED, "%s", what);
        cr_expect_eq(w.clock.now, outcomes[i].time, "%s: at %u", what,
                     (unsigned)w.clock.now);
        cr_assert(bus_answer(&w.bus, ticket, 0, &answer));
        cr_expect_not(answer.lost, "%s: is not lost", what);
        if (outcomes[i].behaviour.crash != CRASH_AFTER &&
            !outcomes[i].behaviour.no_status)
            cr_expect_eq(answer.failure, outcomes[i].failure,
                         "%s: its answer 0x%08X", what,
                         (unsigned)answer.failure);
        answer = world_status_of_a(&w);
        cr_expect_eq(answer.state, outcomes[i].state, "%s: state %d", what,
                     answer.state);
        cr_expect_eq(answer.failure, outcomes[i].failure, "%s: 0x%08X", what,
                     (unsigned)answer.failure);
        cr_expect_eq(answer.application_failure, outcomes[i].application, "%s",
                     what);
        cr_expect_eq(w.b->status.state, VSS_WS_STABLE, "%s: B", what);
        cr_expect_eq(w.b->deliveries[VSSIM_EVENT_PRE_RESTORE], 0, "%s: B",
                     what);
        world_teardown(&w);
    }
}

/* All are told at once; the slowest decides; each keeps its own status. */
Test(bus, writers_work_side_by_side)
{
    struct world w;
    uint32_t ticket;

    world_setup(&w);
    w.a->behaviour[VSSIM_EVENT_PRE_RESTORE] =
        (struct behaviour){.present = true, .returns = -1, .after = 7000};
    w.b->behaviour[VSSIM_EVENT_PRE_RESTORE] =
        (struct behaviour){.present = true,
                           .returns = -1,
                           .after = 3000,
                           .veto = true,
                           .code = RETRYABLE};
    ticket = world_post(&w, VSSIM_EVENT_PRE_RESTORE, &guid_a, &guid_b);
    while (clock_step(&w.clock, 3000))
        ;
    cr_expect_eq(w.b->status.failure, RETRYABLE);
    cr_expect_eq(bus_poll(&w.bus, ticket), VSS_S_ASYNC_PENDING);
    cr_expect_eq(world_wait(&w, ticket), VSS_S_ASYNC_FINISHED);
    cr_expect_eq(w.clock.now, 7000);
    cr_expect_eq(w.a->status.state, VSS_WS_STABLE);
    cr_expect_eq(w.b->status.state, FAILED_PRE);
    world_teardown(&w);
}

Test(bus, behaves_badly_only_so_many_times)
{
    struct world w;

    world_setup(&w);
    w.a->behaviour[VSSIM_EVENT_PRE_RESTORE] =
        (struct behaviour){.present = true,
                           .returns = -1,
                           .veto = true,
                           .code = RETRYABLE,
                           .times = 2};
    for (int i = 1; i <= 3; i++) {
        world_wait(&w, world_post(&w, VSSIM_EVENT_PRE_RESTORE, &guid_a, NULL));
        cr_expect_eq(w.a->status.failure, i <= 2 ? RETRYABLE : S_OK,
                     "delivery %d", i);
    }
    world_teardown(&w);
}

Test(bus, behaves_well_under_a_condition)
{
    struct world w;

    world_setup(&w);
    w.a->behaviour[VSSIM_EVENT_PRE_RESTORE] = (struct behaviour){
        .present = true,
        .returns = 0,
        .unless = {.kind = CONDITION_FLAG, .text = "moved"}};
    world_wait(&w, world_post(&w, VSSIM_EVENT_PRE_RESTORE, &guid_a, NULL));
    cr_expect_eq(w.a->status.failure, NONRETRYABLE);
    w.flag = true;
    world_wait(&w, world_post(&w, VSSIM_EVENT_PRE_RESTORE, &guid_a, NULL));
    cr_expect_eq(w.a->status.failure, S_OK);
    world_teardown(&w);
}

/* A new instance has another id and is known after the next Identify only. */
Test(bus, a_process_that_restarts)
{
    struct vssim_answer answer;
    const char *metadata;
    struct world w;
    uint32_t ticket;

    world_setup(&w);
    ticket = world_post(&w, VSSIM_EVENT_IDENTIFY, &guid_a, NULL);
    world_wait(&w, ticket);
    cr_expect_eq(bus_answers(&w.bus, ticket), 2);
    cr_assert(bus_answer(&w.bus, ticket, 0, &answer));
    cr_expect_gt(answer.metadata_size, 0);
    bus_forget(&w.bus, ticket);
    w.a->behaviour[VSSIM_EVENT_PRE_RESTORE] =
        (struct behaviour){.present = true,
                           .returns = -1,
                           .crash = CRASH_AFTER,
                           .restarts = true};
    world_status_of_a(&w);
    world_wait(&w, world_post(&w, VSSIM_EVENT_PRE_RESTORE, &guid_a, NULL));
    ticket = world_post(&w, VSSIM_EVENT_STATUS, &guid_a, NULL);
    world_wait(&w, ticket);
    cr_expect_eq(bus_answers(&w.bus, ticket), 2);
    cr_expect_eq(world_status_of_a(&w).failure, GONE);
    /* What was made for the answers of one is not the other's, too. */
    cr_assert_not_null(w.b->next);
    cr_expect_null(w.b->next->metadata);
    cr_expect_null(w.b->next->wide_name);
    cr_expect_null(w.b->next->wide_instance_name);
    cr_expect_null(w.b->next->wide_message);
    cr_expect_eq(w.b->next->status.state, VSS_WS_STABLE);
    cr_expect_eq(w.b->next->status.failure, S_OK);
    cr_expect_eq(w.b->next->status.application, S_OK);
    cr_expect_null(w.b->next->status.message);

    /* PostRestore for the one that is gone: lost (U17). */
    ticket = world_post(&w, VSSIM_EVENT_POST_RESTORE, &guid_a, &guid_b);
    cr_expect_eq(world_wait(&w, ticket), VSS_S_ASYNC_FINISHED);
    cr_assert(bus_answer(&w.bus, ticket, 0, &answer));
    cr_expect(answer.lost);
    cr_assert(bus_answer(&w.bus, ticket, 1, &answer));
    cr_expect_not(answer.lost);
    cr_expect_eq(w.a->deliveries[VSSIM_EVENT_POST_RESTORE], 0);

    ticket = world_post(&w, VSSIM_EVENT_IDENTIFY, &guid_a, NULL);
    world_wait(&w, ticket);
    cr_expect_eq(bus_answers(&w.bus, ticket), 2);
    cr_assert(bus_answer(&w.bus, ticket, 1, &answer));
    cr_expect_eq(answer.instance.Data1, 0x101);
    cr_expect_not_null(
        memmem(answer.metadata, answer.metadata_size, "00000101-", 9));
    metadata = answer.metadata;
    cr_assert(bus_answer(&w.bus, ticket, 1, &answer));
    cr_expect_eq(answer.metadata, metadata, "it is made once");
    cr_expect_eq(world_status_of_a(&w).state, VSS_WS_COUNT, "no more");
    world_teardown(&w);
}

Test(bus, refused_at_identify)
{
    static const struct behaviour ways[] = {
        {.present = true, .returns = -1, .refuse = true},
        {.present = true, .returns = 0},
        {.present = true, .returns = -1, .crash = CRASH_DURING},
        {.present = true, .returns = -1, .hang = true}};

    for (unsigned i = 0; i < ARRAY_SIZE(ways); i++) {
        struct vssim_answer answer;
        struct world w;
        uint32_t ticket;

        world_setup(&w);
        w.a->behaviour[VSSIM_EVENT_IDENTIFY] = ways[i];
        ticket = world_post(&w, VSSIM_EVENT_IDENTIFY, &guid_a, NULL);
        cr_expect_eq(world_wait(&w, ticket), VSS_S_ASYNC_FINISHED);
        cr_expect_eq(bus_answers(&w.bus, ticket), 1, "way %u", i);
        cr_assert(bus_answer(&w.bus, ticket, 0, &answer));
        cr_expect_eq(answer.instance.Data1, 0xB, "way %u", i);
        cr_expect_eq(world_status_of_a(&w).state, VSS_WS_COUNT,
                     "way %u: not in the status either", i);
        world_teardown(&w);
    }
}

/* VSS itself fails: the operation ends so, at that moment. */
Test(bus, vss_fails)
{
    struct world w;
    uint32_t ticket;

    world_setup(&w);
    w.a->behaviour[VSSIM_EVENT_PRE_RESTORE] =
        (struct behaviour){.present = true, .returns = -1, .after = 5000};
    w.fault = VSS_E_UNEXPECTED;
    ticket = world_post(&w, VSSIM_EVENT_PRE_RESTORE, &guid_a, NULL);
    cr_expect_eq(world_wait(&w, ticket), VSS_E_UNEXPECTED);
    cr_expect_eq(w.clock.now, 1000);
    world_run(&w); /* the handler comes to its end, and changes nothing */
    cr_expect_eq(bus_poll(&w.bus, ticket), VSS_E_UNEXPECTED);
    w.fault = S_OK;
    ticket = world_post(&w, VSSIM_EVENT_PRE_RESTORE, &guid_a, NULL);
    cr_expect_eq(bus_crash_service(&w.bus, VSS_E_UNEXPECTED), 1);
    cr_expect_eq(bus_poll(&w.bus, ticket), VSS_E_UNEXPECTED);
    cr_expect_eq(bus_crash_service(&w.bus, VSS_E_UNEXPECTED), 0);
    world_teardown(&w);
}

/* Cancelled: the handler runs to its end, then nothing of it is left. */
Test(bus, forgotten_while_pending)
{
    struct world w;
    uint64_t blocks;
    uint32_t ticket;

    world_setup(&w);
    w.a->behaviour[VSSIM_EVENT_PRE_RESTORE] =
        (struct behaviour){.present = true,
                           .returns = -1,
                           .after = 5000,
                           .veto = true,
                           .code = RETRYABLE};
    /* warms up */
    world_wait(&w, world_post(&w, VSSIM_EVENT_STATUS, &guid_a, NULL));
    blocks = w.heap->live_blocks;
    ticket = world_post(&w, VSSIM_EVENT_PRE_RESTORE, &guid_a, NULL);
    bus_forget(&w.bus, ticket);
    bus_forget(&w.bus, ticket);
    world_run(&w);
    cr_expect_eq(w.clock.now, 5000);
    cr_expect_eq(w.a->status.failure, RETRYABLE);
    cr_expect_eq(bus_poll(&w.bus, ticket), E_INVALIDARG);
    cr_expect_eq(w.heap->live_blocks, blocks);
    world_teardown(&w);
}

/* Within a backup a failure stays till the next one begins; a restore knows
 * nothing of it (U69). */
Test(bus, a_failure_stays)
{
    static const enum vssim_event_kind kinds[] = {
        VSSIM_EVENT_PREPARE_FOR_BACKUP, VSSIM_EVENT_PREPARE_FOR_SNAPSHOT,
        VSSIM_EVENT_FREEZE, VSSIM_EVENT_THAW, VSSIM_EVENT_POST_SNAPSHOT,
        VSSIM_EVENT_BACKUP_COMPLETE, VSSIM_EVENT_BACKUP_SHUTDOWN,
        VSSIM_EVENT_PREPARE_FOR_BACKUP};
    const unsigned n = ARRAY_SIZE(kinds);

    for (unsigned failing = 0; failing + 1 < n; failing++) {
        struct world w;

        world_setup(&w);
        w.a->behaviour[kinds[failing]] =
            (struct behaviour){.present = true, .returns = 0, .times = 1};
        for (unsigned i = 0; i < n; i++) {
            world_wait(&w, world_post(&w, kinds[i], &guid_a, NULL));
            cr_expect_eq(w.a->status.failure,
                         i >= failing && i + 1 < n ? NONRETRYABLE : S_OK,
                         "%u after %u", i, failing);
        }
        w.a->behaviour[VSSIM_EVENT_FREEZE] =
            (struct behaviour){.present = true, .returns = 0};
        world_wait(&w, world_post(&w, VSSIM_EVENT_FREEZE, &guid_a, NULL));
        cr_expect_eq(w.a->status.failure, NONRETRYABLE);
        world_wait(&w, world_post(&w, VSSIM_EVENT_PRE_RESTORE, &guid_a, NULL));
        cr_expect_eq(w.a->status.failure, S_OK);
        world_teardown(&w);
    }
}

/* From Freeze to Thaw there is a bound of its own; where none is given, U51
 * and U05 have one. */
Test(bus, bounds)
{
    static const struct {
        enum vssim_event_kind kind;
        uint64_t hung, freeze; /* 0: as they are */
        uint64_t time;
        HRESULT failure;
    } rows[] = {
        {VSSIM_EVENT_FREEZE, 0, 0, 60000, VSS_E_WRITERERROR_TIMEOUT},
        {VSSIM_EVENT_FREEZE, 9, 0, 60000, VSS_E_WRITERERROR_TIMEOUT},
        {VSSIM_EVENT_FREEZE, 0, 9, 9, VSS_E_WRITERERROR_TIMEOUT},
        {VSSIM_EVENT_THAW, 0, 0, 60000, GONE},
        {VSSIM_EVENT_THAW, 0, 9, 60000, GONE},
        {VSSIM_EVENT_THAW, 9, 0, 9, GONE},
    };

    for (unsigned i = 0; i < ARRAY_SIZE(rows); i++) {
        struct world w;

        world_setup(&w);
        if (rows[i].hung)
            w.bus.hung = rows[i].hung;
        if (rows[i].freeze)
            w.bus.freeze = rows[i].freeze;
        w.a->behaviour[rows[i].kind] =
            (struct behaviour){.present = true, .returns = -1, .hang = true};
        world_wait(&w, world_post(&w, rows[i].kind, &guid_a, NULL));
        cr_expect_eq(w.clock.now, rows[i].time, "row %u", i);
        cr_expect_eq(w.a->status.failure, rows[i].failure, "row %u", i);
        world_teardown(&w);
    }
}

/* The bound is between the two; each is handled at once. */
Test(bus, thaws_too_late)
{
    for (uint64_t late = 60000; late <= 60001; late++) {
        struct world w;

        world_setup(&w);
        w.bus.hung = UINT64_MAX;
        w.b->behaviour[VSSIM_EVENT_PRE_RESTORE] =
            (struct behaviour){.present = true, .returns = -1, .after = late};
        world_wait(&w, world_post(&w, VSSIM_EVENT_PRE_RESTORE, &guid_b, NULL));
        world_wait(&w, world_post(&w, VSSIM_EVENT_FREEZE, &guid_a, NULL));
        world_wait(&w, world_post(&w, VSSIM_EVENT_PRE_RESTORE, &guid_b, NULL));
        cr_expect_eq(w.clock.now, 2 * late);
        world_wait(&w, world_post(&w, VSSIM_EVENT_THAW, &guid_a, NULL));
        cr_expect_eq(w.a->status.failure,
                     late == 60000 ? S_OK : VSS_E_WRITERERROR_TIMEOUT);
        world_teardown(&w);
    }
}

/* What SetWriterFailureEx says stands in the status, until the next. */
Test(bus, messages_of_applications)
{
    struct world w;

    world_setup(&w);
    w.a->behaviour[VSSIM_EVENT_PRE_RESTORE] =
        (struct behaviour){.present = true,
                           .returns = -1,
                           .partial = true,
                           .times = 1,
                           .application = E_FAIL,
                           .application_text = "disk full"};
    for (int i = 0; i < 2; i++) {
        struct vssim_answer answer;

        world_wait(&w, world_post(&w, VSSIM_EVENT_PRE_RESTORE, &guid_a, NULL));
        answer = world_status_of_a(&w);
        cr_expect(
            wide_equal(answer.application_message, i ? u"" : u"disk full"));
        cr_expect_eq(answer.application_failure, i ? S_OK : E_FAIL);
    }
    world_teardown(&w);
}

/* Nothing is kept of an answer that was given before. */
Test(bus, asked_again_and_again)
{
    struct world w;
    uint64_t blocks;

    world_setup(&w);
    cr_expect_eq(world_status_of_a(&w).state, VSS_WS_STABLE);
    blocks = w.heap->live_blocks;
    cr_expect_eq(world_status_of_a(&w).state, VSS_WS_STABLE);
    cr_expect_eq(w.heap->live_blocks, blocks);
    world_teardown(&w);
}

/* Nothing is left outside of the heap region. */
Test(bus, gives_its_memory_back)
{
    struct growth growth = GROWTH_INIT;

    while (growth_goes_on(&growth)) {
        struct vssim_answer answer;
        struct world w;
        uint32_t ticket;

        world_setup(&w);
        w.a->behaviour[VSSIM_EVENT_PRE_RESTORE] =
            (struct behaviour){.present = true, .returns = 0};
        ticket = world_post(&w, VSSIM_EVENT_IDENTIFY, &guid_a, NULL);
        world_wait(&w, ticket);
        cr_expect(bus_answer(&w.bus, ticket, 0, &answer));
        world_wait(&w, world_post(&w, VSSIM_EVENT_PRE_RESTORE, &guid_a, NULL));
        cr_expect_eq(world_records(&w, TRACE_LOG, NULL), 1);
        world_teardown(&w);
    }
    cr_expect(growth_is_none(&growth));
}

/* Without a bound a hang has nothing that would ever happen. */
Test(bus, hangs_for_ever)
{
    struct world w;
    uint32_t ticket;

    world_setup(&w);
    w.bus.hung = UINT64_MAX;
    w.a->behaviour[VSSIM_EVENT_PRE_RESTORE] =
        (struct behaviour){.present = true, .returns = -1, .hang = true};
    ticket = world_post(&w, VSSIM_EVENT_PRE_RESTORE, &guid_a, NULL);
    cr_expect_eq(world_wait(&w, ticket), VSS_S_ASYNC_PENDING);
    cr_expect_eq(w.clock.now, 0);
    world_teardown(&w);
}
