/*
 * bus_world.h - a bus with its clock and trace, without a subject: events are
 * posted as a subject would, and the clock is moved as the player would.
 */
#ifndef WRITERS_TEST_BUS_WORLD_H
#define WRITERS_TEST_BUS_WORLD_H

#include "writers/bus.h"

extern const GUID guid_a, guid_b;

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
    HRESULT fault;   /* VSS fails in the next event, after a second */
    uint32_t faults; /* that came about */
};

void world_setup(struct world *w); /* with the writers A and B */
void world_teardown(struct world *w);
struct writer *world_add(struct world *w, const struct vss_writer_desc *desc);
/* To one writer, or two. */
uint32_t world_post(struct world *w, enum vssim_event_kind kind,
                    const GUID *first, const GUID *second);
/* Until nothing is due any more. */
void world_run(struct world *w);
/* Until the ticket is done; gives its result. */
HRESULT world_wait(struct world *w, uint32_t ticket);
/* The status that VSS tells about writer A just now. */
struct vssim_answer world_status_of_a(struct world *w);
/* How many records of that kind there are; gives the last of them. */
uint32_t world_records(const struct world *w, enum trace_kind kind,
                       const struct trace_rec **last);

#endif
