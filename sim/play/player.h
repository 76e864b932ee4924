/*
 * player.h - plays a scenario against a subject, into a trace.
 *
 * Nothing is judged here: what the scenario demands goes into the trace as
 * expect records, beside the calls they speak of.
 */
#ifndef PLAY_PLAYER_H
#define PLAY_PLAYER_H

#include "play/scenario.h"

/* Plays; the trace ends with an end record unless the subject never came
 * back. Uses the heap from scratch. */
void play_scenario(const struct scenario *scenario,
                   const struct vssim_subject *subject, struct heap *heap,
                   struct trace *trace);

/* The trace of a file that cannot be played: header, problems, end. */
void play_problems(const char *file, const char *topic, const char *subject,
                   const struct problems *problems, struct trace *trace);

#endif
