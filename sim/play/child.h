/*
 * child.h - a process of our own that does a job on memory shared with us.
 *
 * One file an operating system: child_posix.c forks; child_win32.c starts the
 * same program again, which child_main turns into the child. So a job finds
 * all that it needs in the shared memory, which holds no pointers.
 *
 * The parent: child_open, fills `shared`, child_start; then child_go and
 * child_await in turns; child_close ends the child, too. The job: child_next
 * and child_done in turns. A child does not outlive its parent.
 */
#ifndef PLAY_CHILD_H
#define PLAY_CHILD_H

#include <stdbool.h>
#include <stdint.h>

enum child_job {
    CHILD_PLAY,
    CHILD_PROBE
};

enum child_state {
    CHILD_RUNNING, /* still, after the time that was given */
    CHILD_DONE,    /* said so */
    CHILD_CRASHED, /* `code`: the signal, numbered and named as POSIX does */
    CHILD_EXITED   /* `code`: its exit code */
};

struct child_os;

struct child {
    void *shared; /* zero-filled at first; not committed before it is used */
    uint64_t size;
    bool running;
    int code;
    char reason[64]; /* of a crash, in words */
    struct child_os *os;
};

/* False, with a message on stderr, when memory is short. */
bool child_open(struct child *child, uint64_t size);
void child_close(struct child *child);
/* False, with a message on stderr, when processes are short. */
bool child_start(struct child *child, enum child_job job);
void child_go(struct child *child);
enum child_state child_await(struct child *child, unsigned ms);
void child_kill(struct child *child);

/* --- in the child --- */
void child_next(struct child *child);
void child_done(struct child *child);
/* Does the job and never comes back. */
_Noreturn void child_work(struct child *child, enum child_job job);
_Noreturn void child_play(struct child *child);  /* worker.c */
_Noreturn void child_probe(struct child *child); /* subject_load.c */
/* First thing in main: comes back only when this process is no child. */
void child_main(int argc, char **argv);

#endif
