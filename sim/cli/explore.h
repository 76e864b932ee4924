/*
 * explore.h - every sequence of calls of the restore alphabet, breadth first,
 * with the same state met twice followed once.
 */
#ifndef CLI_EXPLORE_H
#define CLI_EXPLORE_H

#include "asserts/judge.h"
#include "base/strbuf.h"
#include "play/worker.h"
#include "vss/state.h"

struct explorer {
    struct worker *worker;
    struct judge *judge;
    unsigned depth;
    unsigned from; /* 0: a new object; 1: all selected; 2: pending */
    const char *output;   /* folder for violations; NULL: none is written */
    bool foreign;         /* not the reference: its phases are its own */
    unsigned long states, transitions, calls, violations;
    bool visited[VSS_METHOD_COUNT][VSS_PHASE_COUNT];
};

/* Explores from the beginning with these writers (YAML: world, writers,
 * faults). False when the harness failed. */
bool explore_world(struct explorer *explorer, const char *name,
                   const char *world);

#endif
