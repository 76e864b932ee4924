/*
 * child.h - a process of our own that does a job on memory shared with us.
 *
 * One file an operating system: child_posix.c forks; child_win32.c starts the
 * same program again, which child_main turns into the child by the job's
 * name. So a job finds all that it needs in the shared memory, which holds no
 * pointers.
 *
 * The parent: child_open, fills `shared`, child_start; then child_go and
 * child_await in turns; child_close ends the child, too. The job: child_next
 * and child_done in turns. A child does not outlive its parent.
 */
#ifndef OS_CHILD_H
#define OS_CHILD_H

#include <stdbool.h>
#include <stdint.h>

enum child_state {
    CHILD_RUNNING, /* still, after the time that was given */
    CHILD_DONE,    /* said so */
    CHILD_CRASHED, /* `code`: the signal, numbered and named as POSIX does */
    CHILD_EXITED   /* `code`: its exit code */
};

struct child_os;
struct child;

/* What a child does: never comes back. Names are the program's own. */
struct child_job {
    const char *name;
    void (*work)(struct child *child);
};

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
bool child_start(struct child *child, const struct child_job *job);
void child_go(struct child *child);
enum child_state child_await(struct child *child, unsigned ms);
void child_kill(struct child *child);

/* --- in the child --- */
void child_next(struct child *child);
void child_done(struct child *child);
/* First thing in main: comes back only when this process is no child. `jobs`
 * are all that a child of this program may be given; the last is NULL. */
void child_main(int argc, char **argv, const struct child_job *const *jobs);

#endif
