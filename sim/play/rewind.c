/* rewind.c - see rewind.h. */
#include "play/rewind.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "play/play_trace.h"
#include "play/script.h"
#include "subjects/subject_load.h"

#define HEAP_SIZE ((uint64_t)256 * 1024 * 1024)
#define TRACE_SIZE ((uint64_t)16 * 1024 * 1024)

struct rewind {
    struct arena arena; /* of the scenario */
    const struct scenario *scenario;
    const struct step **steps;
    unsigned n_steps;
    const struct vssim_subject *subject;
    struct heap *heap;
    struct script *script; /* in the heap */
    struct trace trace;
    uint64_t used; /* of the trace */
    char *buffer;
};

struct rewind_mark {
    void *heap;
    uint64_t used;
    uint32_t seq;
    char trace[];
};

static bool prepare(struct rewind *r, const struct scenario *s)
{
    const struct step *step;

    r->scenario = s;
    for (step = s->steps; step; step = step->next)
        r->n_steps++;
    r->steps = arena_alloc(&r->arena, (r->n_steps + 1) * sizeof(*r->steps));
    r->n_steps = 0;
    for (step = s->steps; step; step = step->next)
        r->steps[r->n_steps++] = step;
    r->buffer = malloc(TRACE_SIZE);
    r->heap = heap_create(HEAP_SIZE);
    return r->buffer && r->heap;
}

bool rewind_restart(struct rewind *r)
{
    const struct vssim_subject *subject = r->subject;
    struct world *world;

    r->used = 0;
    trace_init(&r->trace, r->buffer, TRACE_SIZE, &r->used);
    play_header(&r->trace, r->scenario, subject->name, "script");
    play_declare(&r->trace, r->scenario, false);
    world = play_world(r->scenario, subject, r->heap, &r->trace);
    if (world) {
        r->script = heap_alloc(r->heap, sizeof(*r->script));
        r->script->scenario = r->scenario;
        r->script->trace = &r->trace;
        r->script->world = world;
    }
    return world != NULL;
}

struct rewind *rewind_open(const char *name, const char *text, size_t size,
                           const struct scenario_overrides *overrides,
                           char *error, size_t room)
{
    struct rewind *r = calloc(1, sizeof(*r));
    struct problems problems = {.arena = r ? &r->arena : NULL};
    const struct vssim_subject *subject = subject_load(NULL, error, room);
    const struct scenario *s;

    if (!r || !subject) {
        free(r);
        return NULL;
    }
    r->subject = subject;
    s = scenario_parse(&r->arena, name, text, size, overrides, &problems);
    if (!s || problems.count)
        snprintf(error, room, "%s:%d:%d: %s", name, problems.first->line,
                 problems.first->col, problems.first->text);
    else if (!prepare(r, s) || !rewind_restart(r))
        snprintf(error, room, "memory is short");
    else
        return r;
    rewind_close(r);
    return NULL;
}

void rewind_close(struct rewind *r)
{
    if (!r)
        return;
    heap_destroy(r->heap);
    free(r->buffer);
    arena_release(&r->arena);
    free(r);
}

void rewind_stop(struct rewind *r)
{
    r->script = NULL;
    heap_reset(r->heap);
}

bool rewind_step(struct rewind *r, unsigned i)
{
    struct world *w = r->script->world;
    jmp_buf stuck;
    volatile bool came_back = false;

    w->stuck = &stuck;
    if (setjmp(stuck) == 0) {
        script_step(r->script, r->steps[i]);
        came_back = true;
    }
    w->recorder.call = 0;
    w->recorder.thread = 1;
    w->recorder.site = NULL;
    w->stuck = NULL;
    return came_back;
}

uint32_t rewind_calls(const struct rewind *r)
{
    return r->script->world->last_call;
}

/* What asking moves the subject to do is recorded: it happened. */
struct play_place rewind_place(struct rewind *r)
{
    return play_place(r->script->world);
}

void rewind_end(struct rewind *r, const char **trace, uint64_t *used)
{
    struct world *w = r->script->world;

    if (!w->is_stuck)
        script_release_all(r->script);
    play_demands(&r->trace, w->clock.now, r->scenario);
    play_balance(w);
    play_end(&r->trace, w->clock.now);
    *trace = r->buffer;
    *used = r->used;
}

struct rewind_mark *rewind_mark(const struct rewind *r, size_t *size)
{
    struct rewind_mark *mark = malloc(sizeof(*mark) + r->used);
    size_t heap = 0;

    if (!mark)
        return NULL;
    mark->heap = heap_save(r->heap, &heap);
    if (!mark->heap) {
        free(mark);
        return NULL;
    }
    mark->used = r->used;
    mark->seq = r->trace.seq;
    memcpy(mark->trace, r->buffer, r->used);
    if (size)
        *size = heap + sizeof(*mark) + r->used;
    return mark;
}

void rewind_return(struct rewind *r, const struct rewind_mark *mark)
{
    heap_restore(r->heap, mark->heap);
    memcpy(r->buffer, mark->trace, mark->used);
    r->used = mark->used;
    r->trace.seq = mark->seq;
    r->trace.open = 0;
}

void rewind_forget(struct rewind_mark *mark)
{
    if (!mark)
        return;
    free(mark->heap);
    free(mark);
}
