/*
 * player.h - plays a scenario against a subject, into a trace.
 *
 * Nothing is judged here: what the scenario demands goes into the trace as
 * expect records, beside the calls they speak of.
 */
#ifndef PLAY_PLAYER_H
#define PLAY_PLAYER_H

#include "scenario/scenario.h"

/* Plays; the trace ends with an end record unless the subject never came
 * back. Uses the heap from scratch. */
void play_scenario(const struct scenario *scenario,
                   const struct vssim_subject *subject, struct heap *heap,
                   struct trace *trace);

/* A world with the scenario's writers and faults; NULL without memory. */
struct world *play_world(const struct scenario *scenario,
                         const struct vssim_subject *subject,
                         struct heap *heap, struct trace *trace);
/* Where a run has come to: two with the same digest behave alike from then on.
 * Asks asyncs for their status past the proxies. digest.c */
struct play_place {
    uint64_t digest;
    uint32_t objects, asyncs; /* alive: backup components, asyncs */
    uint32_t pending;         /* what is bound to happen when time passes */
};
struct play_place play_place(const struct world *world);
/* explore: the same as a record. */
void play_digest(struct world *world);
#endif
