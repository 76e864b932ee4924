/* worker.c - see worker.h. */
#include "play/worker.h"

#include <errno.h>
#include <limits.h>
#include <semaphore.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "play/player.h"
#include "play/subject_load.h"

#define TRACE_SIZE ((uint64_t)256 * 1024 * 1024)
#define EXIT_ROOM 65536 /* kept for the parent's last record */
#define HEAP_SIZE ((uint64_t)256 * 1024 * 1024)

struct worker_shared {
    sem_t go, done;
    volatile uint64_t used;
    uint32_t overflow;
    char file[PATH_MAX];
};

static void *map_shared(uint64_t size)
{
    void *at = mmap(NULL, size, PROT_READ | PROT_WRITE,
                    MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

    return at == MAP_FAILED ? NULL : at;
}

bool worker_init(struct worker *w, const struct worker_setup *setup)
{
    memset(w, 0, sizeof(*w));
    w->setup = setup;
    w->shared = map_shared(sizeof(*w->shared));
    w->buffer = map_shared(TRACE_SIZE);
    if (!w->shared || !w->buffer || sem_init(&w->shared->go, 1, 0) != 0 ||
        sem_init(&w->shared->done, 1, 0) != 0) {
        fprintf(stderr, "vssim: cannot map memory: %s\n", strerror(errno));
        return false;
    }
    return true;
}

static void reap(struct worker *w)
{
    if (w->pid <= 0)
        return;
    kill(w->pid, SIGKILL);
    waitpid(w->pid, NULL, 0);
    w->pid = 0;
}

void worker_release(struct worker *w)
{
    reap(w);
    heap_destroy(w->heap);
    if (w->shared)
        munmap(w->shared, sizeof(*w->shared));
    if (w->buffer)
        munmap(w->buffer, TRACE_SIZE);
    memset(w, 0, sizeof(*w));
}

/* --- in the worker --- */

static void play_file(struct worker *w, const char *file)
{
    struct arena arena = ARENA_INIT;
    struct problems problems = {.arena = &arena};
    struct scenario *s;
    struct trace trace;

    trace_init(&trace, w->buffer, TRACE_SIZE - EXIT_ROOM, &w->shared->used);
    s = scenario_load(&arena, file, w->setup->overrides, &problems);
    if (s && !s->has_requester)
        problem_in(&problems, file, 1, 1,
                   "no \"requester\": vssim run plays scenarios that bring "
                   "their own; this one is for vssim exec");
    if (!s || problems.count)
        play_problems(file, "scenarios", w->subject->name, &problems, &trace);
    else
        play_scenario(s, w->subject, w->heap, &trace);
    w->shared->overflow = trace.overflow;
    arena_release(&arena);
}

static bool make_ready(struct worker *w)
{
    char error[1024];

    if (!w->heap)
        w->heap = heap_create(HEAP_SIZE);
    if (!w->subject)
        w->subject = subject_load(w->setup->subject, error, sizeof(error));
    return w->heap && w->subject;
}

static _Noreturn void worker_main(struct worker *w)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (!make_ready(w))
        _exit(99);
    for (;;) {
        while (sem_wait(&w->shared->go) != 0)
            ;
        play_file(w, w->shared->file);
        sem_post(&w->shared->done);
    }
}

/* --- in the parent --- */

static bool launch(struct worker *w)
{
    fflush(NULL);
    w->pid = fork();
    if (w->pid < 0) {
        fprintf(stderr, "vssim: cannot start a process: %s\n",
                strerror(errno));
        return false;
    }
    if (w->pid == 0)
        worker_main(w);
    return true;
}

bool worker_start(struct worker *w, const char *file)
{
    w->shared->used = 0;
    w->shared->overflow = 0;
    snprintf(w->shared->file, sizeof(w->shared->file), "%s", file);
    if (w->setup->no_fork) {
        if (!make_ready(w))
            return false;
        play_file(w, file);
        return true;
    }
    if (w->pid == 0 && !launch(w))
        return false;
    sem_post(&w->shared->go);
    return true;
}

/* The parent's word on how the worker ended, after all that it did. */
static void append_exit(struct worker *w, const char *reason, int code,
                        const char *text)
{
    struct trace t = {.base = w->buffer,
                      .size = TRACE_SIZE,
                      .used = &w->shared->used};
    const struct trace_rec *rec = trace_first(w->buffer, *t.used), *last = NULL;

    for (; rec; rec = trace_next(w->buffer, *t.used, rec))
        last = rec;
    if (!last) { /* it died before its first record */
        trace_begin(&t, TRACE_HEADER, 0, 0, 0, 0);
        trace_int(&t, KEY_SCHEMA, TRACE_SCHEMA);
        trace_str(&t, KEY_FILE, w->shared->file);
        trace_str(&t, KEY_TOPIC, "scenarios");
        trace_end(&t);
    }
    t.seq = last ? last->seq : 1;
    trace_begin(&t, TRACE_EXIT, last ? last->time : 0, 0, 0, 0);
    trace_str(&t, KEY_REASON, reason);
    trace_int(&t, KEY_CODE, code);
    trace_str(&t, KEY_TEXT, text);
    trace_end(&t);
}

static void worker_died(struct worker *w, int status)
{
    char text[128];

    w->pid = 0;
    if (WIFSIGNALED(status)) {
        snprintf(text, sizeof(text), "the subject crashed: %s",
                 strsignal(WTERMSIG(status)));
        append_exit(w, "signal", WTERMSIG(status), text);
    } else {
        snprintf(text, sizeof(text),
                 "the subject ended the process with code %d",
                 WEXITSTATUS(status));
        append_exit(w, "exit", WEXITSTATUS(status), text);
    }
}

static void worker_hangs(struct worker *w)
{
    char text[128];

    reap(w);
    snprintf(text, sizeof(text),
             "the subject did not come back within %u s of real time",
             w->setup->timeout);
    append_exit(w, "timeout", (int)w->setup->timeout, text);
}

static void in_ms(struct timespec *at, long ms)
{
    clock_gettime(CLOCK_REALTIME, at);
    at->tv_nsec += ms * 1000000L;
    at->tv_sec += at->tv_nsec / 1000000000L;
    at->tv_nsec %= 1000000000L;
}

static bool await(struct worker *w)
{
    unsigned waited = 0;

    for (;;) {
        struct timespec until;
        int status;

        in_ms(&until, 20);
        if (sem_timedwait(&w->shared->done, &until) == 0)
            return true;
        if (errno == EINTR)
            continue;
        if (waitpid(w->pid, &status, WNOHANG) == w->pid) {
            /* it may have finished just before */
            if (sem_trywait(&w->shared->done) == 0) {
                w->pid = 0;
                return true;
            }
            worker_died(w, status);
            return true;
        }
        waited += 20;
        if (waited >= w->setup->timeout * 1000) {
            worker_hangs(w);
            return true;
        }
    }
}

bool worker_wait(struct worker *w, struct worker_trace *trace)
{
    if (!w->setup->no_fork && !await(w))
        return false;
    if (w->shared->overflow)
        append_exit(w, "overflow", 0,
                    "the trace is full: too many calls or events");
    trace->base = w->buffer;
    trace->used = w->shared->used;
    return true;
}
