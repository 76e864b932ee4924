/*
 * subject_load.h - opens a subject: the reference, or a shared library.
 */
#ifndef SUBJECTS_SUBJECT_LOAD_H
#define SUBJECTS_SUBJECT_LOAD_H

#include <vssim/subject.h>

#include "os/child.h"

/* `path` NULL or "reference": the reference; "system": the machine's own
 * library (system.h). Else a shared library that
 * exports vssim_subject_open. NULL, with the reason in `error`, when it cannot
 * be used: no such file, no entry point, another ABI version. */
const struct vssim_subject *subject_load(const char *path, char *error,
                                         size_t room);

/* What the child does that tries a library first, for child_main. */
extern const struct child_job subject_job;

/* Tries the same in a child process first, so that a library that crashes or
 * hangs while loading is told, not suffered. True when it is usable. */
bool subject_probe(const char *path, char *error, size_t room);
/* ... where loading may take so many real milliseconds. */
bool subject_probe_within(const char *path, int ms, char *error, size_t room);

#endif
