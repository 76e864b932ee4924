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

/* The trace of a file that cannot be played: header, problems, end. */
void play_problems(const char *file, const char *topic, const char *subject,
                   const struct problems *problems, struct trace *trace);

/* --- parts, for whoever plays a program instead of a script --- */

/* The header record. */
void play_header(struct trace *trace, const struct scenario *scenario,
                 const char *subject, const char *mode);
/* The writers, and what must take effect. */
void play_declare(struct trace *trace, const struct scenario *scenario,
                  bool program);
/* A world with the scenario's writers and faults; NULL without memory. */
struct world *play_world(const struct scenario *scenario,
                         const struct vssim_subject *subject,
                         struct heap *heap, struct trace *trace);
/* An expect record of the whole run; the caller may add fields and ends it. */
void play_expect(struct trace *trace, uint64_t time, const char *what,
                 const char *name, const char *want, int line, int col);
/* What the scenario demands of the whole run, whoever makes the calls. */
void play_demands(struct trace *trace, uint64_t time,
                  const struct scenario *scenario);
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
/* What is still held. */
void play_balance(struct world *world);
/* The last record. */
void play_end(struct trace *trace, uint64_t time);

#endif
