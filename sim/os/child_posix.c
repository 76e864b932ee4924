/* child_posix.c - see child.h. */
#include <errno.h>
#include <semaphore.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "os/assert.h"
#include "os/child.h"

struct child_os { /* at the start of the memory that is shared */
    sem_t go, done;
    pid_t pid;
};

/* `shared` begins behind it, on a page of its own. */
#define AHEAD 4096u
_Static_assert(sizeof(struct child_os) <= AHEAD, "one page is enough");

bool child_open(struct child *c, uint64_t size)
{
    void *at = mmap(NULL, AHEAD + size, PROT_READ | PROT_WRITE,
                    MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

    memset(c, 0, sizeof(*c));
    if (at == MAP_FAILED) {
        fprintf(stderr, "vssim: cannot map memory: %s\n", strerror(errno));
        return false;
    }
    c->os = at;
    c->shared = (char *)at + AHEAD;
    c->size = size;
    sem_init(&c->os->go, 1, 0);
    sem_init(&c->os->done, 1, 0);
    return true;
}

void child_close(struct child *c)
{
    if (!c->os)
        return;
    child_kill(c);
    munmap(c->os, AHEAD + c->size);
    memset(c, 0, sizeof(*c));
}

bool child_start(struct child *c, const struct child_job *job)
{
    pid_t pid;

    assert(c->os && !c->running);
    fflush(NULL);
    pid = fork();
    if (pid < 0) {
        fprintf(stderr, "vssim: cannot start a process: %s\n",
                strerror(errno));
        return false;
    }
    if (pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        job->work(c);
        _exit(99);
    }
    c->os->pid = pid;
    c->running = true;
    return true;
}

void child_go(struct child *c)
{
    assert(c->os && c->running);
    sem_post(&c->os->go);
}

void child_kill(struct child *c)
{
    if (!c->running)
        return;
    kill(c->os->pid, SIGKILL);
    waitpid(c->os->pid, NULL, 0);
    c->running = false;
}

static void in_ms(struct timespec *at, unsigned ms)
{
    clock_gettime(CLOCK_REALTIME, at);
    at->tv_sec += ms / 1000;
    at->tv_nsec += (long)(ms % 1000) * 1000000L;
    at->tv_sec += at->tv_nsec / 1000000000L;
    at->tv_nsec %= 1000000000L;
}

static enum child_state ended(struct child *c, int status)
{
    c->running = false;
    if (WIFSIGNALED(status)) {
        c->code = WTERMSIG(status);
        snprintf(c->reason, sizeof(c->reason), "%s", strsignal(c->code));
        return CHILD_CRASHED;
    }
    c->code = WEXITSTATUS(status);
    return CHILD_EXITED;
}

enum child_state child_await(struct child *c, unsigned ms)
{
    struct timespec until;
    int status;

    in_ms(&until, ms);
    while (sem_timedwait(&c->os->done, &until) != 0) {
        if (errno == EINTR)
            continue;
        if (waitpid(c->os->pid, &status, WNOHANG) != c->os->pid)
            return CHILD_RUNNING;
        if (sem_trywait(&c->os->done) != 0)
            return ended(c, status);
        c->running = false; /* it had finished just before */
        return CHILD_DONE;
    }
    return CHILD_DONE;
}

void child_next(struct child *c)
{
    while (sem_wait(&c->os->go) != 0)
        ;
}

void child_done(struct child *c)
{
    sem_post(&c->os->done);
}

void child_main(int argc, char **argv, const struct child_job *const *jobs)
{
    (void)argc;
    (void)argv;
    (void)jobs;
}
