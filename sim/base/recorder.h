/*
 * recorder.h - who is doing what just now, for every record and allocation.
 *
 * The player keeps it up to date; writers/ and the player write records
 * through it, so that each carries time, thread and the call it happened in.
 */
#ifndef BASE_RECORDER_H
#define BASE_RECORDER_H

#include "base/clock.h"
#include "base/trace.h"

struct recorder {
    struct trace *trace;
    struct clock *clock;
    uint32_t thread;  /* 1: the script; 2: timed actions */
    uint32_t call;    /* the innermost call under way, or 0 */
    const char *site; /* its method, or On<Event> in a writer's handler */
};

static inline struct trace *record(struct recorder *r, enum trace_kind kind,
                                   uint32_t object)
{
    trace_begin(r->trace, kind, r->clock->now, r->thread, r->call, object);
    return r->trace;
}

#endif
