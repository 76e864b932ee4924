/*
 * bus_test.c - what each behaviour of a writer comes to: outcome_matrix.
 *
 * A bus with its clock and trace, without a subject: events are posted as a
 * subject would, and the clock is moved as the player would.
 */
#include <criterion/criterion.h>
#include <string.h>

#include "writers/bus.h"

static const GUID guid_a = {0xA, 0, 0, {0}}, guid_b = {0xB, 0, 0, {0}};
static const struct vss_writer_desc desc_a = {
    .writer = {1, 0, 0, {0}}, .instance = {0xA, 0, 0, {0}}, .name = "A"};
static const struct vss_writer_desc desc_b = {
    .writer = {2, 0, 0, {0}}, .instance = {0xB, 0, 0, {0}}, .name = "B"};

struct world {
    struct heap *heap;
    char *buffer;
    struct trace trace;
    struct clock clock;
    struct recorder recorder;
    int policy[VSSIM_POLICY_COUNT];
    struct bus bus;
    struct writer *a, *b;
    uint32_t guids;
    bool flag;
    HRESULT fault; /* VSS fails in the next event, after a second */
};

static bool flag(void *context, const char *name)
{
    struct world *w = context;

    return w->flag && strcmp(name, "moved") == 0;
}

static bool event_fault(void *context, enum vssim_event_kind kind,
                        HRESULT *hr, uint64_t *after,
                        uint32_t *fault)
{
    *fault = 0;
    struct world *w = context;

    (void)kind;
    *hr = w->fault;
    *after = 1000;
    return FAILED(w->fault);
}

static void new_guid(void *context, GUID *guid)
{
    struct world *w = context;

    memset(guid, 0, sizeof(*guid));
    guid->Data1 = 0x100 + ++w->guids;
}

static struct writer *add(struct world *w, const struct vss_writer_desc *desc)
{
    struct writer *writer = heap_alloc(w->heap, sizeof(*writer));

    writer->handle = desc->name;
    writer->desc = desc;
    writer->instance = desc->instance;
    writer->live = true;
    writer->status.state = VSS_WS_STABLE;
    bus_add(&w->bus, writer);
    return writer;
}

static void setup(struct world *w)
{
    memset(w, 0, sizeof(*w));
    w->heap = heap_create(4 << 20);
    w->buffer = heap_alloc(w->heap, 1 << 18);
    trace_init(&w->trace, w->buffer, 1 << 18, NULL);
    clock_init(&w->clock, w->heap);
    w->recorder = (struct recorder){&w->trace, &w->clock, 1, 0, NULL};
    bus_init(&w->bus, w->heap, &w->recorder);
    w->bus.policy = w->policy;
    w->bus.partial_failure = true;
    w->bus.flag = flag;
    w->bus.event_fault = event_fault;
    w->bus.new_guid = new_guid;
    w->bus.context = w;
    w->a = add(w, &desc_a);
    w->b = add(w, &desc_b);
}

static void teardown(struct world *w)
{
    cr_expect_not(w->trace.overflow);
    heap_destroy(w->heap);
}

static uint32_t post(struct world *w, enum vssim_event_kind kind,
                     const GUID *first, const GUID *second)
{
    struct vssim_target targets[2] = {{.instance = *first},
                                      {.instance = second ? *second : *first}};
    struct vssim_event event = {kind, targets, second ? 2 : 1};
    uint32_t ticket = 0;

    cr_assert_eq(bus_post(&w->bus, &event, &ticket), S_OK);
    return ticket;
}

static void run(struct world *w)
{
    while (clock_step(&w->clock, UINT64_MAX))
        ;
}

/* Until the ticket is done; gives its result. */
static HRESULT wait_for(struct world *w, uint32_t ticket)
{
    while (bus_poll(&w->bus, ticket) == VSS_S_ASYNC_PENDING &&
           clock_step(&w->clock, UINT64_MAX))
        ;
    return bus_poll(&w->bus, ticket);
}

/* The status that VSS tells about writer A just now. */
static struct vssim_answer status_of_a(struct world *w)
{
    uint32_t ticket = post(w, VSSIM_EVENT_STATUS, &guid_a, NULL);
    struct vssim_answer answer, a = {.state = VSS_WS_COUNT};

    cr_expect_eq(wait_for(w, ticket), VSS_S_ASYNC_FINISHED);
    for (uint32_t i = 0; bus_answer(&w->bus, ticket, i, &answer); i++)
        if (memcmp(&answer.instance, &guid_a, sizeof(guid_a)) == 0)
            a = answer;
    bus_forget(&w->bus, ticket);
    return a;
}

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
#define N_OUTCOMES (sizeof(outcomes) / sizeof(outcomes[0]))

Test(bus, outcomes)
{
    for (unsigned i = 0; i < N_OUTCOMES; i++) {
        const char *what = outcomes[i].what;
        struct vssim_answer answer;
        struct world w;
        uint32_t ticket;

        setup(&w);
        w.policy[VSSIM_POLICY_WRITER_FAILURE_CODES] = outcomes[i].policy;
        w.bus.partial_failure = !outcomes[i].old;
        w.a->behaviour[VSSIM_EVENT_PRE_RESTORE] = outcomes[i].behaviour;
        w.a->behaviour[VSSIM_EVENT_PRE_RESTORE].present = true;
        wait_for(&w, post(&w, VSSIM_EVENT_IDENTIFY, &guid_a, NULL));
        ticket = post(&w, VSSIM_EVENT_PRE_RESTORE, &guid_a, NULL);
        cr_expect_eq(bus_poll(&w.bus, ticket), VSS_S_ASYNC_PENDING, "%s",
                     what);
        /* Whatever the writer does, the operation itself ends well (U03). */
        cr_expect_eq(wait_for(&w, ticket), VSS_S_ASYNC_FINISHED, "%s", what);
        cr_expect_eq(w.clock.now, outcomes[i].time, "%s: at %u", what,
                     (unsigned)w.clock.now);
        cr_assert(bus_answer(&w.bus, ticket, 0, &answer));
        cr_expect_not(answer.lost, "%s: is not lost", what);
        if (outcomes[i].behaviour.crash != CRASH_AFTER &&
            !outcomes[i].behaviour.no_status)
            cr_expect_eq(answer.failure, outcomes[i].failure,
                         "%s: its answer 0x%08X", what,
                         (unsigned)answer.failure);
        answer = status_of_a(&w);
        cr_expect_eq(answer.state, outcomes[i].state, "%s: state %d", what,
                     answer.state);
        cr_expect_eq(answer.failure, outcomes[i].failure, "%s: 0x%08X", what,
                     (unsigned)answer.failure);
        cr_expect_eq(answer.application_failure, outcomes[i].application,
                     "%s", what);
        cr_expect_eq(w.b->status.state, VSS_WS_STABLE, "%s: B", what);
        cr_expect_eq(w.b->deliveries[VSSIM_EVENT_PRE_RESTORE], 0, "%s: B", what);
        teardown(&w);
    }
}

/* All are told at once; the slowest decides; each keeps its own status. */
Test(bus, writers_work_side_by_side)
{
    struct world w;
    uint32_t ticket;

    setup(&w);
    w.a->behaviour[VSSIM_EVENT_PRE_RESTORE] = (struct behaviour){
        .present = true, .returns = -1, .after = 7000};
    w.b->behaviour[VSSIM_EVENT_PRE_RESTORE] = (struct behaviour){
        .present = true, .returns = -1, .after = 3000, .veto = true,
        .code = RETRYABLE};
    ticket = post(&w, VSSIM_EVENT_PRE_RESTORE, &guid_a, &guid_b);
    while (clock_step(&w.clock, 3000))
        ;
    cr_expect_eq(w.b->status.failure, RETRYABLE);
    cr_expect_eq(bus_poll(&w.bus, ticket), VSS_S_ASYNC_PENDING);
    cr_expect_eq(wait_for(&w, ticket), VSS_S_ASYNC_FINISHED);
    cr_expect_eq(w.clock.now, 7000);
    cr_expect_eq(w.a->status.state, VSS_WS_STABLE);
    cr_expect_eq(w.b->status.state, FAILED_PRE);
    teardown(&w);
}

Test(bus, behaves_badly_only_so_many_times)
{
    struct world w;

    setup(&w);
    w.a->behaviour[VSSIM_EVENT_PRE_RESTORE] = (struct behaviour){
        .present = true, .returns = -1, .veto = true, .code = RETRYABLE,
        .times = 2};
    for (int i = 1; i <= 3; i++) {
        wait_for(&w, post(&w, VSSIM_EVENT_PRE_RESTORE, &guid_a, NULL));
        cr_expect_eq(w.a->status.failure, i <= 2 ? RETRYABLE : S_OK,
                     "delivery %d", i);
    }
    teardown(&w);
}

Test(bus, behaves_well_under_a_condition)
{
    struct world w;

    setup(&w);
    w.a->behaviour[VSSIM_EVENT_PRE_RESTORE] = (struct behaviour){
        .present = true, .returns = 0,
        .unless = {.kind = CONDITION_FLAG, .text = "moved"}};
    wait_for(&w, post(&w, VSSIM_EVENT_PRE_RESTORE, &guid_a, NULL));
    cr_expect_eq(w.a->status.failure, NONRETRYABLE);
    w.flag = true;
    wait_for(&w, post(&w, VSSIM_EVENT_PRE_RESTORE, &guid_a, NULL));
    cr_expect_eq(w.a->status.failure, S_OK);
    teardown(&w);
}

/* A new instance has another id and is known after the next Identify only. */
Test(bus, a_process_that_restarts)
{
    struct vssim_answer answer;
    struct world w;
    uint32_t ticket;

    setup(&w);
    ticket = post(&w, VSSIM_EVENT_IDENTIFY, &guid_a, NULL);
    wait_for(&w, ticket);
    cr_expect_eq(bus_answers(&w.bus, ticket), 2);
    cr_assert(bus_answer(&w.bus, ticket, 0, &answer));
    cr_expect_gt(answer.metadata_size, 0);
    bus_forget(&w.bus, ticket);
    w.a->behaviour[VSSIM_EVENT_PRE_RESTORE] = (struct behaviour){
        .present = true, .returns = -1, .crash = CRASH_AFTER,
        .restarts = true};
    wait_for(&w, post(&w, VSSIM_EVENT_PRE_RESTORE, &guid_a, NULL));
    ticket = post(&w, VSSIM_EVENT_STATUS, &guid_a, NULL);
    wait_for(&w, ticket);
    cr_expect_eq(bus_answers(&w.bus, ticket), 2);
    cr_expect_eq(status_of_a(&w).failure, GONE);

    /* PostRestore for the one that is gone: lost (U17). */
    ticket = post(&w, VSSIM_EVENT_POST_RESTORE, &guid_a, &guid_b);
    cr_expect_eq(wait_for(&w, ticket), VSS_S_ASYNC_FINISHED);
    cr_assert(bus_answer(&w.bus, ticket, 0, &answer));
    cr_expect(answer.lost);
    cr_assert(bus_answer(&w.bus, ticket, 1, &answer));
    cr_expect_not(answer.lost);
    cr_expect_eq(w.a->deliveries[VSSIM_EVENT_POST_RESTORE], 0);

    ticket = post(&w, VSSIM_EVENT_IDENTIFY, &guid_a, NULL);
    wait_for(&w, ticket);
    cr_expect_eq(bus_answers(&w.bus, ticket), 2);
    cr_assert(bus_answer(&w.bus, ticket, 1, &answer));
    cr_expect_eq(answer.instance.Data1, 0x101);
    teardown(&w);
}

Test(bus, refused_at_identify)
{
    static const struct behaviour ways[] = {
        {.present = true, .returns = -1, .refuse = true},
        {.present = true, .returns = 0},
        {.present = true, .returns = -1, .crash = CRASH_DURING},
        {.present = true, .returns = -1, .hang = true}};

    for (unsigned i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
        struct vssim_answer answer;
        struct world w;
        uint32_t ticket;

        setup(&w);
        w.a->behaviour[VSSIM_EVENT_IDENTIFY] = ways[i];
        ticket = post(&w, VSSIM_EVENT_IDENTIFY, &guid_a, NULL);
        cr_expect_eq(wait_for(&w, ticket), VSS_S_ASYNC_FINISHED);
        cr_expect_eq(bus_answers(&w.bus, ticket), 1, "way %u", i);
        cr_assert(bus_answer(&w.bus, ticket, 0, &answer));
        cr_expect_eq(answer.instance.Data1, 0xB, "way %u", i);
        cr_expect_eq(status_of_a(&w).state, VSS_WS_COUNT,
                     "way %u: not in the status either", i);
        teardown(&w);
    }
}

/* VSS itself fails: the operation ends so, at that moment. */
Test(bus, vss_fails)
{
    struct world w;
    uint32_t ticket;

    setup(&w);
    w.a->behaviour[VSSIM_EVENT_PRE_RESTORE] = (struct behaviour){
        .present = true, .returns = -1, .after = 5000};
    w.fault = VSS_E_UNEXPECTED;
    ticket = post(&w, VSSIM_EVENT_PRE_RESTORE, &guid_a, NULL);
    cr_expect_eq(wait_for(&w, ticket), VSS_E_UNEXPECTED);
    cr_expect_eq(w.clock.now, 1000);
    run(&w); /* the handler comes to its end, and changes nothing */
    cr_expect_eq(bus_poll(&w.bus, ticket), VSS_E_UNEXPECTED);
    w.fault = S_OK;
    ticket = post(&w, VSSIM_EVENT_PRE_RESTORE, &guid_a, NULL);
    cr_expect_eq(bus_crash_service(&w.bus, VSS_E_UNEXPECTED), 1);
    cr_expect_eq(bus_poll(&w.bus, ticket), VSS_E_UNEXPECTED);
    cr_expect_eq(bus_crash_service(&w.bus, VSS_E_UNEXPECTED), 0);
    teardown(&w);
}

/* Cancelled: the handler runs to its end, then nothing of it is left. */
Test(bus, forgotten_while_pending)
{
    struct world w;
    uint64_t blocks;
    uint32_t ticket;

    setup(&w);
    w.a->behaviour[VSSIM_EVENT_PRE_RESTORE] = (struct behaviour){
        .present = true, .returns = -1, .after = 5000, .veto = true,
        .code = RETRYABLE};
    wait_for(&w, post(&w, VSSIM_EVENT_STATUS, &guid_a, NULL)); /* warms up */
    blocks = w.heap->live_blocks;
    ticket = post(&w, VSSIM_EVENT_PRE_RESTORE, &guid_a, NULL);
    bus_forget(&w.bus, ticket);
    bus_forget(&w.bus, ticket);
    run(&w);
    cr_expect_eq(w.clock.now, 5000);
    cr_expect_eq(w.a->status.failure, RETRYABLE);
    cr_expect_eq(bus_poll(&w.bus, ticket), E_INVALIDARG);
    cr_expect_eq(w.heap->live_blocks, blocks);
    teardown(&w);
}

/* Without a bound a hang has nothing that would ever happen. */
Test(bus, hangs_for_ever)
{
    struct world w;
    uint32_t ticket;

    setup(&w);
    w.bus.hung = UINT64_MAX;
    w.a->behaviour[VSSIM_EVENT_PRE_RESTORE] =
        (struct behaviour){.present = true, .returns = -1, .hang = true};
    ticket = post(&w, VSSIM_EVENT_PRE_RESTORE, &guid_a, NULL);
    cr_expect_eq(wait_for(&w, ticket), VSS_S_ASYNC_PENDING);
    cr_expect_eq(w.clock.now, 0);
    teardown(&w);
}
