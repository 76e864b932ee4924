/*
 * system.h - the subject that is the machine's own vssapi: --subject system.
 *
 * An opaque subject: it knows no host. Its writers, memory and time are the
 * machine's and cannot be imposed, so scenarios that need that are skipped;
 * its strings are freed the system's way; nothing is known of its state. On a
 * real Windows playing against it can do harm: see cli/run_command.c for who
 * may.
 */
#ifndef SUBJECTS_SYSTEM_H
#define SUBJECTS_SYSTEM_H

#include "scenario/scenario.h"

/* NULL, with the reason in `error`, when the machine has none. */
const struct vssim_subject *system_subject(char *error, size_t room);
bool system_named(const char *subject); /* as given to --subject */
bool system_is(const struct vssim_subject *subject);

/* Why the scenario cannot be played against it, or NULL. */
const char *system_skips(const struct scenario *scenario);
/* What the header says of the observation. */
void system_header(struct trace *trace);
/* Makes the world that of an opaque subject, in real time. */
void system_attach(struct world *world);

#endif
