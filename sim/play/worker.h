/*
 * worker.h - plays scenarios in a process of their own.
 *
 * The worker writes each trace into memory shared with its parent, which
 * judges it. When the worker dies or stops moving, the parent has all that
 * happened until then, notes the end in the trace and starts a new worker at
 * the next scenario.
 */
#ifndef PLAY_WORKER_H
#define PLAY_WORKER_H

#include "os/child.h"
#include "scenario/scenario.h"

struct worker_setup {
    const char *subject; /* NULL: the reference */
    const struct scenario_overrides *overrides;
    unsigned timeout; /* real seconds that one scenario may take */
    bool no_fork;     /* play in this process: for debuggers, valgrind */
};

/* What the worker's process does, for child_main. */
extern const struct child_job worker_job;

struct worker_shared;

struct worker {
    unsigned timeout;
    bool no_fork;
    struct child child;
    struct worker_shared *shared; /* in the child's memory */
    char *buffer;                 /* behind it */
    struct heap *heap;            /* of the process that plays */
    const struct vssim_subject *subject;
};

/* A finished trace: lies in the worker's memory until the next start. */
struct worker_trace {
    const char *base;
    uint64_t used;
};

/* False, with a message on stderr, when memory or processes are short. */
bool worker_init(struct worker *worker, const struct worker_setup *setup);
void worker_release(struct worker *worker);
/* Starts playing `file`; then wait for the trace. */
bool worker_start(struct worker *worker, const char *file);
/* Likewise a scenario's text, under the name `name`. */
bool worker_start_text(struct worker *worker, const char *name,
                       const char *text, size_t size);
/* Which occasion fails in the scenarios started from now on. */
void worker_sweep(struct worker *worker, const struct sweep *sweep);
/* Another Windows and other policies for those; no other folder or root. */
void worker_override(struct worker *worker,
                     const struct scenario_overrides *overrides);
/* False when an assertion of ours failed: that is no finding. */
bool worker_wait(struct worker *worker, struct worker_trace *trace);

#endif
