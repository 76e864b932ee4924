/* full_test.c - what is left undone when the heap region is full. */
#include <criterion/criterion.h>

#include "writers/machine.h"
#include "writers/test/bus_world.h"

#define GIB ((uint64_t)1 << 30)

/* Whatever would still fit is taken. False where blocks come from malloc. */
static bool fill(struct world *w)
{
    if (!heap_has_checkpoints())
        return false;
    for (size_t size = 1 << 16; size >= 16; size -= 16)
        while (heap_alloc(w->heap, size))
            ;
    return true;
}

/* Nothing is sent; what an answer cannot hold is not there. */
Test(full, no_ticket_and_no_texts)
{
    struct vssim_target target = {.instance = guid_a};
    struct vssim_event event = {VSSIM_EVENT_PRE_RESTORE, &target, 1};
    struct vssim_answer answer;
    uint32_t ticket, none = 17;
    uint64_t used;
    struct world w;

    world_setup(&w);
    ticket = world_post(&w, VSSIM_EVENT_IDENTIFY, &guid_a, NULL);
    cr_expect_eq(world_wait(&w, ticket), VSS_S_ASYNC_FINISHED);
    used = *w.trace.used;
    if (fill(&w)) {
        cr_expect_eq(bus_post(&w.bus, &event, &none), E_OUTOFMEMORY);
        cr_expect_eq(none, 17);
        cr_expect_eq(*w.trace.used, used);
        cr_expect_not(clock_step(&w.clock, UINT64_MAX));
        cr_assert(bus_answer(&w.bus, ticket, 0, &answer));
        cr_expect_eq(answer.instance.Data1, 0xA);
        cr_expect_null(answer.name);
        cr_expect_null(answer.metadata);
        cr_expect_eq(answer.metadata_size, 0);
    }
    world_teardown(&w);
}

/* The process is gone, and no other takes its place. */
Test(full, no_restart)
{
    struct world w;
    uint32_t ticket;

    world_setup(&w);
    w.a->behaviour[VSSIM_EVENT_PRE_RESTORE] =
        (struct behaviour){.present = true,
                           .returns = -1,
                           .crash = CRASH_AFTER,
                           .restarts = true};
    ticket = world_post(&w, VSSIM_EVENT_PRE_RESTORE, &guid_a, NULL);
    if (fill(&w)) {
        cr_expect_eq(world_wait(&w, ticket), VSS_S_ASYNC_FINISHED);
        cr_expect_not(w.a->live);
        cr_expect_eq(w.a->status.failure, VSS_E_WRITER_NOT_RESPONDING);
        cr_expect_null(w.b->next, "no heir");
    }
    world_teardown(&w);
}

/* Without room for a plan the ASR writer leaves the disks alone; without the
 * requester's document it has one, without options. */
Test(full, no_plan)
{
    static const struct vss_writer_desc asr = {
        .writer = {0xbe000cbe, 0x11fe, 0x4426,
                   {0x9c, 0x58, 0x53, 0x1a, 0xa6, 0x35, 0x5f, 0xc4}},
        .instance = {0xD, 0, 0, {0}},
        .name = "ASR Writer"};

    for (int full = 0; full <= heap_has_checkpoints(); full++) {
        const struct machine_disk before = {
            .name = "data", .drive = "A", .style = MACHINE_MBR,
            .signature = 1, .size = GIB, .sector = 512, .backed_up = true};
        struct machine_disk now = before;
        struct machine m = {.disks = &now, .before = (void *)&before,
                            .format = 30000};
        struct writer *writer;
        struct world w;
        uint32_t ticket;

        now.signature = 2;
        world_setup(&w);
        w.bus.machine = &m;
        writer = world_add(&w, &asr);
        ticket = world_post(&w, VSSIM_EVENT_PRE_RESTORE, &asr.instance, NULL);
        if (full)
            fill(&w);
        cr_expect_eq(world_wait(&w, ticket), VSS_S_ASYNC_FINISHED);
        cr_expect_eq(writer->status.failure, S_OK);
        cr_expect_eq(w.clock.now, full ? 0 : 30000);
        cr_expect_eq(now.signature, full ? 2 : 1);
        cr_expect_eq(world_records(&w, TRACE_DISK, NULL), full ? 0 : 1);
        world_teardown(&w);
    }
}

/* A copy of the machine is whole, or there is none. */
Test(full, no_half_copy_of_a_machine)
{
    struct machine_disk disks[4] = {{.name = "0", .next = &disks[1]},
                                    {.name = "1"},
                                    {.name = "2", .next = &disks[3]},
                                    {.name = "3"}};
    const struct machine m = {.disks = &disks[0], .before = &disks[2]};
    int whole = 0, none = 0;

    for (uint64_t size = 416; size <= 4096 && heap_has_checkpoints();
         size += 32) {
        struct heap *heap = heap_create(size);
        const struct machine *copy = machine_copy(heap, &m);

        if (copy) {
            whole++;
            cr_expect_not_null(machine_find(copy->disks, "1"));
            cr_expect_not_null(machine_find(copy->before, "3"));
        } else {
            none++;
        }
        heap_destroy(heap);
    }
    cr_expect(!heap_has_checkpoints() || (whole > 0 && none > 0));
}
