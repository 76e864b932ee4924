/*
 * rewind.h - a script that can be taken back to where it was.
 *
 * Subject, world and script lie in one heap, so a mark is a copy of it and of
 * the trace. Only for subjects that keep nothing elsewhere: the reference. The
 * steps of the scenario are made one at a time, in any order. One at a time in
 * a process: the heap lies at a fixed address.
 */
#ifndef PLAY_REWIND_H
#define PLAY_REWIND_H

#include "play/player.h"

struct rewind;
struct rewind_mark;

/* Of a scenario's text. NULL, with the reason in `error`: it is no scenario, or
 * memory is short. */
struct rewind *rewind_open(const char *name, const char *text, size_t size,
                           const struct scenario_overrides *overrides,
                           char *error, size_t room);
void rewind_close(struct rewind *rewind);
/* Begins again, with a new world and trace: also where there are no marks. */
bool rewind_restart(struct rewind *rewind);
/* Lets go of the world, until it is begun again. */
void rewind_stop(struct rewind *rewind);

/* Makes step number `i` of the scenario, from 0. False when it came to a wait
 * that can never end: the run can only be ended, or taken back. */
bool rewind_step(struct rewind *rewind, unsigned i);
/* Calls made since the beginning, and where the run has come to. The latter
 * asks asyncs for their status: mark before, or come back. */
uint32_t rewind_calls(const struct rewind *rewind);
struct play_place rewind_place(struct rewind *rewind);
/* Releases everything and ends the trace, which is the caller's to read until
 * the next step. */
void rewind_end(struct rewind *rewind, const char **trace, uint64_t *used);

/* NULL without memory. `size` (may be NULL): its bytes. */
struct rewind_mark *rewind_mark(const struct rewind *rewind, size_t *size);
void rewind_return(struct rewind *rewind, const struct rewind_mark *mark);
void rewind_forget(struct rewind_mark *mark); /* NULL is fine */

#endif
