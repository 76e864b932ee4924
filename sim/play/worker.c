/* worker.c - see worker.h. */
#include "play/worker.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "os/assert.h"
#include "os/os.h"
#include "play/play_trace.h"
#include "play/player.h"
#include "subjects/subject_load.h"

#define TRACE_SIZE ((uint64_t)256 * 1024 * 1024)
#define EXIT_ROOM 65536 /* kept for the parent's last record */
#define HEAP_SIZE ((uint64_t)256 * 1024 * 1024)
#define LOOK_MS 20 /* how often a silent worker is looked after */

/* What a worker must know, and what it tells. The trace lies behind it. */
struct worker_shared {
    volatile uint64_t used;
    char ours[400]; /* an assertion of ours that failed; empty: none */
    uint32_t overflow;
    bool has_subject, has_root;
    struct scenario_overrides overrides;
    char subject[OS_PATH_MAX];
    char root[OS_PATH_MAX];
    char file[OS_PATH_MAX];
    bool has_text; /* instead of the file's */
    uint64_t text_size;
    char text[NODE_MAX_SIZE];
};

/* The shared memory as this process sees it. */
static void look(struct worker *w, void *shared)
{
    w->shared = shared;
    w->buffer = (char *)shared + ((sizeof(*w->shared) + 63) & ~(size_t)63);
}

static void tell(struct worker_shared *s, const struct worker_setup *setup)
{
    s->overrides = *setup->overrides;
    s->overrides.root = NULL;
    s->has_root = setup->overrides->root != NULL;
    s->has_subject = setup->subject != NULL;
    snprintf(s->root, sizeof(s->root), "%s",
             s->has_root ? setup->overrides->root : "");
    snprintf(s->subject, sizeof(s->subject), "%s",
             s->has_subject ? setup->subject : "");
}

bool worker_init(struct worker *w, const struct worker_setup *setup)
{
    memset(w, 0, sizeof(*w));
    w->timeout = setup->timeout;
    w->no_fork = setup->no_fork;
    if (!child_open(&w->child, sizeof(*w->shared) + 64 + TRACE_SIZE))
        return false;
    look(w, w->child.shared);
    tell(w->shared, setup);
    return true;
}

void worker_release(struct worker *w)
{
    heap_destroy(w->heap);
    child_close(&w->child);
    memset(w, 0, sizeof(*w));
}

/* --- in the worker --- */

static void play_file(struct worker *w, const char *file)
{
    struct scenario_overrides overrides = w->shared->overrides;
    struct arena arena = ARENA_INIT;
    struct problems problems = {.arena = &arena};
    struct scenario *s;
    struct trace trace;

    if (w->shared->has_root)
        overrides.root = w->shared->root;
    trace_init(&trace, w->buffer, TRACE_SIZE - EXIT_ROOM, &w->shared->used);
    s = w->shared->has_text
            ? scenario_parse(&arena, file, w->shared->text,
                             w->shared->text_size, &overrides, &problems)
            : scenario_load(&arena, file, &overrides, &problems);
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
        w->subject =
            subject_load(w->shared->has_subject ? w->shared->subject : NULL,
                         error, sizeof(error));
    return w->heap && w->subject;
}

/* The worker of this process, for an assertion that fails. */
static struct worker_shared *told;

static void tell_parent(const char *message)
{
    snprintf(told->ours, sizeof(told->ours), "%s", message);
}

static void play_next(struct child *child)
{
    struct worker w = {.child = *child};

    look(&w, child->shared);
    told = w.shared;
    assert_told = tell_parent;
    if (!make_ready(&w))
        vssim_failed("a worker has no memory, or does not load the subject");
    for (;;) {
        child_next(child);
        play_file(&w, w.shared->file);
        child_done(child);
    }
}

const struct child_job worker_job = {"play", play_next};

/* --- in the parent --- */

static bool start(struct worker *w, const char *file)
{
    assert(w->shared->text_size <= NODE_MAX_SIZE);
    w->shared->used = 0;
    w->shared->overflow = 0;
    snprintf(w->shared->file, sizeof(w->shared->file), "%s", file);
    if (w->no_fork) {
        if (!make_ready(w))
            return false;
        play_file(w, file);
        return true;
    }
    if (!w->child.running && !child_start(&w->child, &worker_job))
        return false;
    child_go(&w->child);
    return true;
}

void worker_sweep(struct worker *w, const struct sweep *sweep)
{
    w->shared->overrides.sweep = *sweep;
}

bool worker_start_text(struct worker *w, const char *name, const char *text,
                       size_t size)
{
    if (size > NODE_MAX_SIZE)
        size = NODE_MAX_SIZE; /* the loader says that it is too large */
    memcpy(w->shared->text, text, size);
    w->shared->text_size = size;
    w->shared->has_text = true;
    return start(w, name);
}

bool worker_start(struct worker *w, const char *file)
{
    w->shared->has_text = false;
    return start(w, file);
}

/* The parent's word on how the worker ended, after all that it did. */
static void append_exit(struct worker *w, const char *reason, int code,
                        const char *text)
{
    struct trace t = {.base = w->buffer,
                      .size = TRACE_SIZE,
                      .used = &w->shared->used};
    const struct trace_rec *rec = trace_first(w->buffer, *t.used),
                           *last = NULL;

    for (; rec; rec = trace_next(w->buffer, *t.used, rec))
        last = rec;
    if (!last) /* it died before its first record */
        play_no_scenario(&t, NULL, w->shared->file, "scenarios", NULL);
    t.seq = last ? last->seq : 1;
    trace_begin(&t, TRACE_EXIT, last ? last->time : 0, 0, 0, 0);
    trace_str(&t, KEY_REASON, reason);
    trace_int(&t, KEY_CODE, code);
    trace_str(&t, KEY_TEXT, text);
    trace_end(&t);
}

static void worker_crashed(struct worker *w)
{
    char text[128];

    snprintf(text, sizeof(text), "the subject crashed: %s", w->child.reason);
    append_exit(w, "signal", w->child.code, text);
}

static void worker_exited(struct worker *w)
{
    char text[128];

    snprintf(text, sizeof(text), "the subject ended the process with code %d",
             w->child.code);
    append_exit(w, "exit", w->child.code, text);
}

static void worker_hangs(struct worker *w)
{
    char text[128];

    child_kill(&w->child);
    snprintf(text, sizeof(text),
             "the subject did not come back within %u s of real time",
             w->timeout);
    append_exit(w, "timeout", (int)w->timeout, text);
}

static void await(struct worker *w)
{
    enum child_state state = CHILD_RUNNING;

    for (unsigned waited = 0;
         state == CHILD_RUNNING && waited < w->timeout * 1000;
         waited += LOOK_MS)
        state = child_await(&w->child, LOOK_MS);
    if (state == CHILD_CRASHED)
        worker_crashed(w);
    else if (state == CHILD_EXITED)
        worker_exited(w);
    else if (state == CHILD_RUNNING)
        worker_hangs(w);
}

void worker_override(struct worker *w,
                     const struct scenario_overrides *overrides)
{
    struct scenario_overrides *mine = &w->shared->overrides;

    mine->windows = overrides->windows;
    mine->lenient = overrides->lenient;
    memcpy(mine->policy, overrides->policy, sizeof(mine->policy));
}

bool worker_wait(struct worker *w, struct worker_trace *trace)
{
    if (!w->no_fork)
        await(w);
    if (w->shared->ours[0])
        return false; /* it has said so itself */
    trace->base = w->buffer;
    trace->used = w->shared->used;
    return true;
}
