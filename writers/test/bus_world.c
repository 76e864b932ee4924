/* bus_world.c - see bus_world.h. */
#include "writers/test/bus_world.h"

#include <criterion/criterion.h>
#include <string.h>

const GUID guid_a = {0xA, 0, 0, {0}}, guid_b = {0xB, 0, 0, {0}};
static const struct vss_writer_desc desc_a = {
    .writer = {1, 0, 0, {0}}, .instance = {0xA, 0, 0, {0}}, .name = "A"};
static const struct vss_writer_desc desc_b = {
    .writer = {2, 0, 0, {0}}, .instance = {0xB, 0, 0, {0}}, .name = "B"};

static bool flag(void *context, const char *name)
{
    struct world *w = context;

    return w->flag && strcmp(name, "moved") == 0;
}

static bool event_fault(void *context, enum vssim_event_kind kind, HRESULT *hr,
                        uint64_t *after, uint32_t *fault)
{
    struct world *w = context;

    (void)kind;
    *fault = 7;
    *hr = w->fault;
    *after = 1000;
    return FAILED(w->fault);
}

static void event_failed(void *context, uint32_t fault)
{
    struct world *w = context;

    cr_expect_eq(fault, 7);
    w->faults++;
}

static void new_guid(void *context, GUID *guid)
{
    struct world *w = context;

    memset(guid, 0, sizeof(*guid));
    guid->Data1 = 0x100 + ++w->guids;
}

struct writer *world_add(struct world *w, const struct vss_writer_desc *desc)
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

void world_setup(struct world *w)
{
    memset(w, 0, sizeof(*w));
    w->heap = heap_create(4 << 20);
    w->buffer = heap_alloc(w->heap, 1 << 18);
    trace_init(&w->trace, w->buffer, 1 << 18, NULL);
    clock_init(&w->clock, w->heap);
    w->recorder = (struct recorder){&w->trace, &w->clock, 1, 0, NULL};
    memset(&w->bus, 0x5A, sizeof(w->bus)); /* bus_init sets it all */
    bus_init(&w->bus, w->heap, &w->recorder);
    w->bus.policy = w->policy;
    w->bus.partial_failure = true;
    w->bus.flag = flag;
    w->bus.event_fault = event_fault;
    w->bus.event_failed = event_failed;
    w->bus.new_guid = new_guid;
    w->bus.context = w;
    w->a = world_add(w, &desc_a);
    w->b = world_add(w, &desc_b);
}

void world_teardown(struct world *w)
{
    cr_expect_not(w->trace.overflow);
    heap_destroy(w->heap);
}

uint32_t world_post(struct world *w, enum vssim_event_kind kind,
                    const GUID *first, const GUID *second)
{
    struct vssim_target targets[2] = {{.instance = *first},
                                      {.instance = second ? *second : *first}};
    struct vssim_event event = {kind, targets, second ? 2 : 1};
    uint32_t ticket = 0;

    cr_assert_eq(bus_post(&w->bus, &event, &ticket), S_OK);
    return ticket;
}

void world_run(struct world *w)
{
    while (clock_step(&w->clock, UINT64_MAX))
        ;
}

HRESULT world_wait(struct world *w, uint32_t ticket)
{
    while (bus_poll(&w->bus, ticket) == VSS_S_ASYNC_PENDING &&
           clock_step(&w->clock, UINT64_MAX))
        ;
    return bus_poll(&w->bus, ticket);
}

struct vssim_answer world_status_of_a(struct world *w)
{
    uint32_t ticket = world_post(w, VSSIM_EVENT_STATUS, &guid_a, NULL);
    struct vssim_answer answer, a = {.state = VSS_WS_COUNT};

    cr_expect_eq(world_wait(w, ticket), VSS_S_ASYNC_FINISHED);
    for (uint32_t i = 0; bus_answer(&w->bus, ticket, i, &answer); i++)
        if (memcmp(&answer.instance, &guid_a, sizeof(guid_a)) == 0)
            a = answer;
    bus_forget(&w->bus, ticket);
    return a;
}

uint32_t world_records(const struct world *w, enum trace_kind kind,
                       const struct trace_rec **last)
{
    const struct trace_rec *rec = trace_first(w->trace.base, *w->trace.used);
    uint32_t n = 0;

    for (; rec; rec = trace_next(w->trace.base, *w->trace.used, rec))
        if (rec->kind == (uint16_t)kind) {
            n++;
            if (last)
                *last = rec;
        }
    return n;
}
