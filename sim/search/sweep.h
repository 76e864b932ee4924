/*
 * sweep.h - vssim run --sweep: a scenario again and again, its first, second,
 * third ... occasion of a kind failing, until a run meets no fault.
 */
#ifndef SEARCH_SWEEP_H
#define SEARCH_SWEEP_H

#include "asserts/rules/judge.h"
#include "play/worker.h"

struct sweeper {
    struct worker *worker;
    struct judge *judge;
    const char *text; /* of the scenario, instead of the file's; or NULL */
    size_t size;
    unsigned long runs, faults, retried;
    unsigned scenarios, failed;
    bool broken; /* vssim itself failed: what the judge has is older */
};

/* The kinds that --sweep names: alloc, thread, service, access, all; false
 * when it is none of these. A bit for each enum sweep_kind. */
bool sweep_kinds(const char *name, unsigned *kinds);
/* Sweeps one scenario, single-shot and persistent. True when all went well;
 * else the judge has what went wrong, its reason telling which occasion, or
 * `broken` is set. */
bool sweep_scenario(struct sweeper *sweeper, const char *file, unsigned kinds);

#endif
