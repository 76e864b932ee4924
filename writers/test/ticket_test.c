/*
 * ticket_test.c - tickets that are not there, are forgotten, fail or overtake
 * each other: what a subject other than the reference may do, too.
 */
#include <criterion/criterion.h>
#include <string.h>

#include "base/array.h"
#include "writers/test/bus_world.h"

static const GUID nobody = {0xC, 0, 0, {0}};

static struct behaviour late(uint64_t ms)
{
    return (struct behaviour){.present = true, .returns = -1, .after = ms};
}

static struct recorder *noted; /* whose site is looked at, or NULL */

static void count(void *context)
{
    ++*(int *)context;
    cr_expect(!noted || !noted->site, "no call of the requester's");
}

/* A number that no ticket has, an event that there is none of. */
Test(ticket, unknown)
{
    struct vssim_event event = {VSSIM_EVENT_COUNT, NULL, 0};
    struct vssim_answer answer;
    uint32_t ticket = 17;
    struct world w;
    int notes = 0;

    world_setup(&w);
    cr_expect_eq(bus_poll(&w.bus, 99), E_INVALIDARG);
    cr_expect_eq(bus_answers(&w.bus, 99), 0);
    cr_expect_not(bus_answer(&w.bus, 99, 0, &answer));
    bus_notify(&w.bus, 99, count, &notes);
    bus_forget(&w.bus, 99);
    cr_expect_eq(bus_post(&w.bus, &event, &ticket), E_INVALIDARG);
    cr_expect_eq(ticket, 17);
    world_run(&w);
    cr_expect_eq(notes, 0);
    cr_expect_eq(*w.trace.used, 0, "nothing happened");
    world_teardown(&w);
}

/* An event to an instance that never was is lost, and over. */
Test(ticket, to_nobody)
{
    const struct trace_rec *end = NULL;
    struct vssim_answer answer;
    struct world w;
    uint32_t ticket;

    world_setup(&w);
    ticket = world_post(&w, VSSIM_EVENT_PRE_RESTORE, &nobody, NULL);
    cr_expect_eq(world_wait(&w, ticket), VSS_S_ASYNC_FINISHED);
    cr_assert(bus_answer(&w.bus, ticket, 0, &answer));
    cr_expect(answer.lost);
    cr_expect_eq(answer.instance.Data1, 0xC);
    cr_expect_eq(answer.failure, VSS_E_WRITER_NOT_RESPONDING);
    cr_expect_null(answer.name);
    cr_expect_not(bus_answer(&w.bus, ticket, 1, &answer));
    cr_expect_eq(world_records(&w, TRACE_EVENT_BEGIN, NULL), 0);
    cr_assert_eq(world_records(&w, TRACE_EVENT_END, &end), 1);
    cr_expect_str_eq(trace_get_str(end, KEY_WRITER, ""), "?");
    cr_expect_str_eq(trace_get_str(end, KEY_OUTCOME, ""), "lost");
    world_teardown(&w);
}

/* To a class go as many as live, each under its own name; to one that has
 * none, nobody (U10). */
Test(ticket, to_a_class)
{
    const struct vss_writer_desc *desc;
    struct vssim_target targets[2] = {{.writer = {1, 0, 0, {0}}},
                                      {.writer = {9, 0, 0, {0}}}};
    struct vssim_event event = {VSSIM_EVENT_PRE_RESTORE, targets, 2};
    struct vssim_answer answer;
    struct world w;
    uint32_t ticket;

    world_setup(&w);
    desc = w.a->desc;
    world_add(&w, desc)->instance.Data1 = 0xA1;
    world_add(&w, desc)->live = false;
    cr_assert_eq(bus_post(&w.bus, &event, &ticket), S_OK);
    cr_expect_eq(world_wait(&w, ticket), VSS_S_ASYNC_FINISHED);
    cr_expect_eq(bus_answers(&w.bus, ticket), 3);
    for (uint32_t i = 0; i < 3; i++) {
        static const uint32_t instances[] = {0xA, 0xA1, 0};

        cr_assert(bus_answer(&w.bus, ticket, i, &answer));
        cr_expect_eq(answer.instance.Data1, instances[i], "target %u", i);
        cr_expect_eq(answer.writer.Data1, i < 2 ? 1 : 9, "target %u", i);
        cr_expect_eq(answer.lost, i == 2, "target %u", i);
    }
    world_teardown(&w);
}

/* Once, after the end; not when nobody wants to know any more. */
Test(ticket, notifies)
{
    static const struct {
        bool forgets, withdraws;
        int notes;
    } rows[] = {{false, false, 1}, {true, false, 0}, {false, true, 0}};

    for (unsigned i = 0; i < ARRAY_SIZE(rows); i++) {
        struct world w;
        uint32_t ticket;
        int notes = 0;

        world_setup(&w);
        w.a->behaviour[VSSIM_EVENT_PRE_RESTORE] = late(5000);
        w.fault = VSS_E_UNEXPECTED;
        noted = &w.recorder;
        w.recorder.site = "Wait";
        ticket = world_post(&w, VSSIM_EVENT_PRE_RESTORE, &guid_a, NULL);
        bus_notify(&w.bus, ticket, count, &notes);
        cr_expect_eq(world_wait(&w, ticket), VSS_E_UNEXPECTED);
        cr_expect_eq(notes, 0, "row %u: not while it is being ended", i);
        if (rows[i].forgets)
            bus_forget(&w.bus, ticket);
        if (rows[i].withdraws)
            bus_notify(&w.bus, ticket, NULL, NULL);
        world_run(&w);
        cr_expect_eq(w.clock.now, 5000, "row %u", i);
        cr_expect_eq(notes, rows[i].notes, "row %u", i);
        cr_expect_str_eq(w.recorder.site, "Wait");
        noted = NULL;
        world_teardown(&w);
    }
}

/* A failure to come does not when the event is over, or forgotten. */
Test(ticket, fails_too_late)
{
    struct world w;
    uint32_t ticket;

    world_setup(&w);
    w.fault = VSS_E_UNEXPECTED;
    ticket = world_post(&w, VSSIM_EVENT_PRE_RESTORE, &guid_a, NULL);
    cr_expect_eq(world_wait(&w, ticket), VSS_S_ASYNC_FINISHED);
    world_run(&w);
    cr_expect_eq(bus_poll(&w.bus, ticket), VSS_S_ASYNC_FINISHED);
    cr_expect_eq(w.clock.now, 0, "it is not waited for");
    ticket = world_post(&w, VSSIM_EVENT_STATUS, &guid_a, NULL);
    bus_forget(&w.bus, ticket);
    cr_expect_eq(bus_poll(&w.bus, ticket), E_INVALIDARG);
    world_run(&w);
    cr_expect_eq(w.faults, 0);
    world_teardown(&w);
}

/* The service takes along what is under way, but for what was forgotten. */
Test(ticket, forgotten_before_the_service_crashes)
{
    const struct trace_rec *done = NULL;
    struct world w;
    uint32_t ticket;

    world_setup(&w);
    w.a->behaviour[VSSIM_EVENT_PRE_RESTORE] = late(5000);
    ticket = world_post(&w, VSSIM_EVENT_PRE_RESTORE, &guid_a, NULL);
    bus_forget(&w.bus, ticket);
    cr_expect_eq(bus_crash_service(&w.bus, VSS_E_UNEXPECTED), 0);
    world_run(&w);
    cr_expect_eq(w.clock.now, 5000);
    cr_assert_eq(world_records(&w, TRACE_TICKET_DONE, &done), 1);
    cr_expect_eq(trace_get_int(done, KEY_HR, 0), VSS_S_ASYNC_FINISHED);
    world_teardown(&w);
}

static HRESULT count_components(IVssWriterComponents *This, UINT *out)
{
    (void)This;
    ++*out;
    cr_expect(false, "the subject may have freed it");
    return S_OK;
}

/* Handlers under way go on without what the subject may free now. */
Test(ticket, forgotten_with_components)
{
    static const IVssWriterComponentsVtbl vtable = {
        .GetComponentCount = count_components};
    static const struct {
        const IVssWriterComponentsVtbl *lpVtbl;
    } view = {&vtable};
    struct vssim_target targets[2] = {
        {.instance = guid_a, .components = (void *)&view},
        {.instance = guid_b, .components = (void *)&view}};
    struct vssim_event event = {VSSIM_EVENT_PRE_RESTORE, targets, 2};
    struct world w;
    uint32_t ticket;

    world_setup(&w);
    w.a->behaviour[VSSIM_EVENT_PRE_RESTORE] = late(5000);
    w.a->behaviour[VSSIM_EVENT_PRE_RESTORE].message = "too late";
    w.b->behaviour[VSSIM_EVENT_PRE_RESTORE] =
        w.a->behaviour[VSSIM_EVENT_PRE_RESTORE];
    cr_assert_eq(bus_post(&w.bus, &event, &ticket), S_OK);
    bus_forget(&w.bus, ticket);
    world_run(&w);
    cr_expect_eq(w.clock.now, 5000);
    cr_expect_eq(world_records(&w, TRACE_EVENT_END, NULL), 2);
    world_teardown(&w);
}

static struct recorder *edited; /* where a handler edits */
static const char *edits_in;

static HRESULT note_site(IVssWriterComponents *This, UINT *out)
{
    (void)This;
    edits_in = edited->site;
    *out = 0;
    return S_OK;
}

/* What fails in a handler's calls fails for its method. */
Test(ticket, handlers_have_names)
{
    static const struct {
        enum vssim_event_kind kind;
        const char *site;
    } rows[] = {{VSSIM_EVENT_PRE_RESTORE, "OnPreRestore"},
                {VSSIM_EVENT_POST_RESTORE, "OnPostRestore"},
                {VSSIM_EVENT_PREPARE_FOR_BACKUP, "OnPrepareBackup"},
                {VSSIM_EVENT_PREPARE_FOR_SNAPSHOT, "OnPrepareSnapshot"},
                {VSSIM_EVENT_FREEZE, "OnFreeze"},
                {VSSIM_EVENT_THAW, "OnThaw"},
                {VSSIM_EVENT_POST_SNAPSHOT, "OnPostSnapshot"},
                {VSSIM_EVENT_BACKUP_COMPLETE, "OnBackupComplete"},
                {VSSIM_EVENT_ABORT, "OnAbort"},
                {VSSIM_EVENT_BACKUP_SHUTDOWN, "OnBackupShutdown"}};
    static const IVssWriterComponentsVtbl vtable = {
        .GetComponentCount = note_site};
    static const struct {
        const IVssWriterComponentsVtbl *lpVtbl;
    } view = {&vtable};
    struct world w;

    world_setup(&w);
    edited = &w.recorder;
    w.recorder.site = "Wait";
    for (unsigned i = 0; i < ARRAY_SIZE(rows); i++) {
        struct vssim_target target = {.instance = guid_a,
                                      .components = (void *)&view};
        struct vssim_event event = {rows[i].kind, &target, 1};
        uint32_t ticket;

        w.a->behaviour[rows[i].kind] = late(1);
        w.a->behaviour[rows[i].kind].message = "edited";
        cr_assert_eq(bus_post(&w.bus, &event, &ticket), S_OK);
        world_wait(&w, ticket);
        cr_expect_str_eq(edits_in, rows[i].site);
        cr_expect_str_eq(w.recorder.site, "Wait");
    }
    world_teardown(&w);
}

/* Who has not answered yet is not listed; who died meanwhile never is. */
Test(ticket, answers_under_way)
{
    const struct trace_rec *last = NULL;
    struct world w;
    uint32_t ticket, other;

    world_setup(&w);
    w.a->behaviour[VSSIM_EVENT_IDENTIFY] = late(5000);
    ticket = world_post(&w, VSSIM_EVENT_IDENTIFY, &guid_a, NULL);
    cr_expect_eq(bus_answers(&w.bus, ticket), 0);
    cr_expect_not(bus_ticket(&w.bus, ticket)->targets[0].begun);
    while (clock_step(&w.clock, 0))
        ;
    cr_expect(bus_ticket(&w.bus, ticket)->targets[0].begun);
    cr_expect_eq(bus_answers(&w.bus, ticket), 1);
    cr_expect_eq(world_wait(&w, ticket), VSS_S_ASYNC_FINISHED);
    cr_expect_eq(bus_answers(&w.bus, ticket), 2);

    w.a->behaviour[VSSIM_EVENT_PRE_RESTORE] = late(1000);
    w.a->behaviour[VSSIM_EVENT_PRE_RESTORE].crash = CRASH_DURING;
    ticket = world_post(&w, VSSIM_EVENT_IDENTIFY, &guid_a, NULL);
    other = world_post(&w, VSSIM_EVENT_PRE_RESTORE, &guid_a, NULL);
    cr_expect_eq(world_wait(&w, other), VSS_S_ASYNC_FINISHED);
    cr_expect_eq(w.clock.now, 6000);
    cr_expect_eq(world_wait(&w, ticket), VSS_S_ASYNC_FINISHED);
    cr_expect_eq(w.clock.now, 10000);
    cr_expect_eq(bus_answers(&w.bus, ticket), 1, "B alone");
    world_records(&w, TRACE_EVENT_END, &last);
    cr_expect_str_eq(trace_get_str(last, KEY_OUTCOME, ""), "lost");
    cr_expect_eq(trace_get_int(last, KEY_HR, 0), VSS_E_WRITER_NOT_RESPONDING);
    cr_expect_eq(w.a->status.failure, VSS_E_WRITER_NOT_RESPONDING);
    world_teardown(&w);
}

/* The first of two gathers ends last; the status is of the second. */
Test(ticket, an_identify_overtakes_another)
{
    struct world w;
    uint32_t first, second;

    world_setup(&w);
    w.a->behaviour[VSSIM_EVENT_IDENTIFY] = late(5000);
    w.a->behaviour[VSSIM_EVENT_IDENTIFY].times = 1;
    first = world_post(&w, VSSIM_EVENT_IDENTIFY, &guid_a, NULL);
    second = world_post(&w, VSSIM_EVENT_IDENTIFY, &guid_a, NULL);
    cr_expect_eq(world_wait(&w, second), VSS_S_ASYNC_FINISHED);
    cr_expect_eq(w.clock.now, 0);
    cr_expect_eq(world_status_of_a(&w).state, VSS_WS_STABLE);
    cr_expect_eq(world_wait(&w, first), VSS_S_ASYNC_FINISHED);
    cr_expect_eq(w.clock.now, 5000);
    cr_expect_eq(w.bus.identify_over, second);
    cr_expect_eq(world_status_of_a(&w).state, VSS_WS_STABLE,
                 "A answered the second, too");
    world_teardown(&w);
}

/* Sessions are counted down to none, whatever order events come in. */
Test(ticket, sessions_are_never_less_than_none)
{
    static const enum vssim_event_kind kinds[] = {
        VSSIM_EVENT_PREPARE_FOR_BACKUP, VSSIM_EVENT_POST_RESTORE,
        VSSIM_EVENT_BACKUP_COMPLETE,    VSSIM_EVENT_POST_RESTORE,
        VSSIM_EVENT_PREPARE_FOR_BACKUP, VSSIM_EVENT_BACKUP_COMPLETE,
        VSSIM_EVENT_PREPARE_FOR_BACKUP, VSSIM_EVENT_ABORT,
        VSSIM_EVENT_PREPARE_FOR_BACKUP, VSSIM_EVENT_PRE_RESTORE,
        VSSIM_EVENT_BACKUP_SHUTDOWN,    VSSIM_EVENT_ABORT,
        VSSIM_EVENT_POST_RESTORE};
    static const uint32_t sessions[] = {1, 0, 0, 0, 1, 0, 1,
                                        0, 1, 2, 1, 1, 0};
    struct world w;

    world_setup(&w);
    for (unsigned i = 0; i < ARRAY_SIZE(kinds); i++) {
        world_wait(&w, world_post(&w, kinds[i], &guid_a, NULL));
        cr_expect_eq(w.a->sessions, sessions[i], "event %u", i);
    }
    cr_expect_not(w.a->in_backup);
    world_teardown(&w);
}

/* A writer has room for 64, those of earlier runs included. */
Test(ticket, sessions_have_an_end)
{
    for (uint32_t abandoned = 63; abandoned <= 64; abandoned++) {
        struct world w;

        world_setup(&w);
        w.a->abandoned = abandoned;
        world_wait(&w, world_post(&w, VSSIM_EVENT_PRE_RESTORE, &guid_a, NULL));
        cr_expect_eq(w.a->status.failure,
                     abandoned < 64 ? S_OK
                                    : VSS_E_WRITER_STATUS_NOT_AVAILABLE);
        world_teardown(&w);
    }
}

static GUID worked_on;

static HRESULT provider_work(void *context, enum vssim_event_kind kind,
                             const GUID *object, uint64_t *takes)
{
    (void)context;
    cr_expect_eq(kind, VSSIM_EVENT_COMMIT);
    worked_on = *object;
    *takes = 3000;
    return VSS_E_PROVIDER_VETO;
}

/* What VSS does by itself, or has providers do, reaches no writer. */
Test(ticket, what_writers_hear)
{
    for (int kind = 0; kind < VSSIM_EVENT_COUNT; kind++)
        cr_expect_eq(writer_hears((enum vssim_event_kind)kind),
                     kind != VSSIM_EVENT_STATUS &&
                         kind != VSSIM_EVENT_COMMIT &&
                         kind != VSSIM_EVENT_PROVIDER,
                     "%s", writer_event_name((enum vssim_event_kind)kind));
}

/* The providers work on what a Commit names, and on nothing else. */
Test(ticket, of_the_providers)
{
    struct vssim_event empty = {VSSIM_EVENT_COMMIT, NULL, 0};
    struct world w;
    uint32_t ticket;

    world_setup(&w);
    w.bus.provider_work = provider_work;
    cr_assert_eq(bus_post(&w.bus, &empty, &ticket), S_OK);
    cr_expect_eq(world_wait(&w, ticket), VSS_S_ASYNC_FINISHED);
    cr_expect_eq(w.clock.now, 0);
    cr_expect_eq(worked_on.Data1, 0);
    ticket = world_post(&w, VSSIM_EVENT_COMMIT, &nobody, NULL);
    cr_expect_eq(world_wait(&w, ticket), VSS_E_PROVIDER_VETO);
    cr_expect_eq(w.clock.now, 3000);
    cr_expect_eq(worked_on.Data1, 0xC);
    world_teardown(&w);
}

/* A code without a name goes into the event log as a number. */
Test(ticket, the_log_has_numbers_for_unknown_codes)
{
    const struct trace_rec *log = NULL;
    struct world w;

    world_setup(&w);
    w.policy[VSSIM_POLICY_WRITER_FAILURE_CODES] = 1;
    w.a->behaviour[VSSIM_EVENT_PRE_RESTORE] = late(0);
    w.a->behaviour[VSSIM_EVENT_PRE_RESTORE].veto = true;
    w.a->behaviour[VSSIM_EVENT_PRE_RESTORE].code = (HRESULT)0x80041234;
    world_wait(&w, world_post(&w, VSSIM_EVENT_PRE_RESTORE, &guid_a, NULL));
    cr_assert_eq(world_records(&w, TRACE_LOG, &log), 1);
    cr_expect_eq(trace_get_int(log, KEY_ID, 0), 8229);
    cr_expect(strstr(trace_get_str(log, KEY_TEXT, ""),
                     "with error 0x80041234, .\n"));
    world_teardown(&w);
}

/* A delay alone takes effect by beginning; one with an end, at its end. */
Test(ticket, when_a_delay_takes_effect)
{
    static const struct {
        bool refuse, no_status;
        int returns;
        uint32_t at_once;
    } rows[] = {{false, false, -1, 1},
                {true, false, -1, 0},
                {false, true, -1, 0},
                {false, false, 0, 0},
                {false, false, 1, 0}};
    struct world w;

    for (unsigned i = 0; i < ARRAY_SIZE(rows); i++) {
        world_setup(&w);
        w.a->behaviour[VSSIM_EVENT_IDENTIFY] = late(5000);
        w.a->behaviour[VSSIM_EVENT_IDENTIFY].refuse = rows[i].refuse;
        w.a->behaviour[VSSIM_EVENT_IDENTIFY].no_status = rows[i].no_status;
        w.a->behaviour[VSSIM_EVENT_IDENTIFY].returns = rows[i].returns;
        world_post(&w, VSSIM_EVENT_IDENTIFY, &guid_a, NULL);
        while (clock_step(&w.clock, 4999))
            ;
        cr_expect_eq(world_records(&w, TRACE_EFFECT, NULL), rows[i].at_once,
                     "row %u", i);
        world_run(&w);
        cr_expect_eq(world_records(&w, TRACE_EFFECT, NULL),
                     rows[i].at_once + 1, "row %u", i);
        world_teardown(&w);
    }
    world_setup(&w);
    w.a->behaviour[VSSIM_EVENT_IDENTIFY] = late(0);
    world_wait(&w, world_post(&w, VSSIM_EVENT_IDENTIFY, &guid_a, NULL));
    cr_expect_eq(world_records(&w, TRACE_EFFECT, NULL), 1, "no delay");
    w.a->behaviour[VSSIM_EVENT_IDENTIFY] = late(1);
    world_wait(&w, world_post(&w, VSSIM_EVENT_IDENTIFY, &guid_a, NULL));
    cr_expect_eq(world_records(&w, TRACE_EFFECT, NULL), 3, "a short one");
    world_teardown(&w);
}
