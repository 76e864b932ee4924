/* explore.c - see explore.h: the search. */
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "search/explore_search.h"

#define SAVE_SECONDS 10

static volatile sig_atomic_t interrupted;

static void on_interrupt(int number)
{
    (void)number;
    interrupted = 1;
}

/* --- playing a path --- */

struct came_to {    /* where a path led */
    bool somewhere; /* not into a wait without end */
    struct play_place place;
};

/* From the beginning, in a process of its own. */
static bool play_worker(struct search *s, uint32_t at, uint32_t letter,
                        struct came_to *to)
{
    struct worker_trace t;

    explore_write(s, at, letter);
    if (!worker_start_text(s->e->worker, "explore", strbuf_str(&s->text),
                           s->text.len) ||
        !worker_wait(s->e->worker, &t))
        return false;
    for (const struct trace_rec *rec = trace_first(t.base, t.used); rec;
         rec = trace_next(t.base, t.used, rec))
        if (rec->kind == TRACE_DIGEST) {
            to->somewhere = true;
            to->place.digest =
                strtoull(trace_get_str(rec, KEY_STATE, "0"), NULL, 16);
            to->place.objects = (uint32_t)trace_get_int(rec, KEY_OBJECTS, 0);
            to->place.asyncs = (uint32_t)trace_get_int(rec, KEY_COUNT, 0);
            to->place.pending = (uint32_t)trace_get_int(rec, KEY_VALUE, 0);
        }
    if (!explore_judge(s, at, letter, t.base, t.used))
        return false;
    s->e->calls += s->e->judge->model.n_calls;
    return true;
}

static unsigned step_of(const struct search *s, uint32_t letter)
{
    return s->from->n_steps + letter;
}

/* Back to a state: its mark, or its path from the beginning. */
static void come_back(struct search *s, uint32_t at)
{
    if (at == 0 || (at < s->marks_room && s->marks[at].mark)) {
        rewind_return(s->rewind, at ? s->marks[at].mark : s->start);
        return;
    }
    come_back(s, s->table->met[at].parent);
    rewind_step(s->rewind, step_of(s, s->table->met[at].letter));
}

static bool play_rewind(struct search *s, uint32_t at, uint32_t letter,
                        struct came_to *to)
{
    const char *trace;
    uint64_t used;
    uint32_t calls;

    come_back(s, at);
    calls = rewind_calls(s->rewind);
    to->somewhere =
        letter == NO_LETTER || rewind_step(s->rewind, step_of(s, letter));
    s->e->calls += rewind_calls(s->rewind) - calls;
    if (to->somewhere)
        to->place = rewind_place(s->rewind);
    rewind_end(s->rewind, &trace, &used);
    return explore_judge(s, at, letter, trace, used);
}

static bool play(struct search *s, uint32_t at, uint32_t letter,
                 struct came_to *to)
{
    memset(to, 0, sizeof(*to));
    return s->rewind ? play_rewind(s, at, letter, to)
                     : play_worker(s, at, letter, to);
}

/* --- marks --- */

static void set_mark(struct search *s, uint32_t at)
{
    s->marks[at].mark = rewind_mark(s->rewind, &s->marks[at].size);
    s->marks_size += s->marks[at].mark ? s->marks[at].size : 0;
}

static void grow_marks(struct search *s, uint32_t at)
{
    uint32_t room = s->marks_room ? s->marks_room : 1024;

    while (room <= at)
        room *= 2;
    if (room == s->marks_room)
        return;
    s->marks = xrealloc(s->marks, room * sizeof(*s->marks));
    memset(s->marks + s->marks_room, 0,
           (room - s->marks_room) * sizeof(*s->marks));
    s->marks_room = room;
}

/* Of a new state, while there is memory. */
static void keep_mark(struct search *s, uint32_t at, uint32_t letter,
                      uint32_t new)
{
    if (!s->rewind || s->marks_size > s->e->memory)
        return;
    grow_marks(s, new);
    come_back(s, at);
    if (letter != NO_LETTER)
        rewind_step(s->rewind, step_of(s, letter));
    set_mark(s, new);
}

/* Of the state that is followed now, so that its path is played once. */
static void need_mark(struct search *s, uint32_t at)
{
    if (!s->rewind || at == 0)
        return;
    grow_marks(s, at);
    if (s->marks[at].mark)
        return;
    come_back(s, at);
    set_mark(s, at);
}

static void drop_mark(struct search *s, uint32_t at)
{
    if (at == 0 || at >= s->marks_room || !s->marks[at].mark)
        return;
    rewind_forget(s->marks[at].mark);
    s->marks[at].mark = NULL;
    s->marks_size -= s->marks[at].size;
}

/* --- the search --- */

static bool may_edit(const struct search *s, uint32_t at, uint32_t letter)
{
    unsigned edits = 0;

    for (; at; at = s->table->met[at].parent) {
        if (s->table->met[at].letter == letter)
            return false;
        edits +=
            (explore_letters[s->table->met[at].letter].needs & EDITS) != 0;
    }
    return edits < s->e->edits;
}

static bool can_follow(const struct search *s, uint32_t at, uint32_t letter)
{
    const struct met *met = &s->table->met[at];
    int needs = explore_letters[letter].needs;

    return !met->full && (met->has_object || !(needs & NEED_OBJECT)) &&
           (met->has_async || !(needs & NEED_ASYNC)) &&
           (!(needs & EDITS) || may_edit(s, at, letter));
}

static bool follow(struct search *s, uint32_t at, uint32_t letter)
{
    struct came_to to;
    struct met *met;

    if (!play(s, at, letter, &to))
        return false;
    s->e->transitions += letter != NO_LETTER;
    if (!to.somewhere)
        return true;
    met = met_add(s->table, to.place.digest);
    if (!met)
        return true;
    s->e->states++;
    met->parent = at;
    met->letter = (uint8_t)letter;
    met->depth =
        (uint8_t)(letter == NO_LETTER ? 0 : s->table->met[at].depth + 1);
    met->has_object = to.place.objects > 0;
    met->has_async = to.place.asyncs > 0;
    met->full =
        to.place.asyncs > MOST_ASYNCS || to.place.pending > s->e->pending;
    if (met->depth < s->e->depth)
        keep_mark(s, at, letter, s->table->n - 1);
    return true;
}

/* The methods outside the alphabet, once in each phase. */
static bool probe(struct search *s, uint32_t at)
{
    struct came_to to;
    int phase = s->phase;
    bool good = true;

    for (uint32_t m = 0; good && phase >= 0 && m < VSS_METHOD_COUNT; m++)
        if (!s->e->visited[m][phase])
            good = play(s, at, explore_n_letters + m, &to);
    return good;
}

/* The file is right about what was gone on from; so not in between. */
static bool look_up(struct search *s)
{
    time_t now = time(NULL);

    if (s->e->progress && now != s->told) {
        s->told = now;
        fprintf(stderr, "\r%s, from %s: depth %u, %u of %u states followed ",
                s->name, s->from->phase, s->table->met[s->table->at].depth,
                s->table->at, s->table->n);
    }
    if (s->e->save && (interrupted || now - s->saved >= SAVE_SECONDS)) {
        s->saved = now;
        if (!explore_save(s->e, s->table))
            return false;
    }
    if (interrupted)
        fprintf(stderr, "\nvssim explore: interrupted%s%s\n",
                s->e->save ? "; the same command goes on from " : "",
                s->e->save ? s->e->save : "");
    return !interrupted;
}

static bool search(struct search *s)
{
    struct met_table *t = s->table;
    bool good = t->n > 0 || follow(s, 0, NO_LETTER);

    for (; good && t->at < t->n && t->met[t->at].depth < s->e->depth;
         t->at++) {
        good = look_up(s);
        if (good)
            need_mark(s, t->at);
        s->phase = -1;
        for (uint32_t l = 0; good && l < explore_n_letters; l++)
            if (can_follow(s, t->at, l))
                good = follow(s, t->at, l);
        if (good && t->met[t->at].has_object && !s->e->foreign)
            good = probe(s, t->at);
        drop_mark(s, t->at);
    }
    if (good && t->at < t->n)
        s->e->open = true;
    return good;
}

static bool open_rewind(struct search *s)
{
    char error[1024];

    strbuf_reset(&s->text);
    explore_add_world(&s->text, s->name, s->world, s->from);
    explore_add_all(&s->text);
    s->rewind = rewind_open("explore", strbuf_str(&s->text), s->text.len,
                            s->e->overrides, error, sizeof(error));
    if (!s->rewind) {
        fprintf(stderr, "vssim explore: %s\n", error);
        return false;
    }
    for (unsigned i = 0; i < s->from->n_steps; i++)
        rewind_step(s->rewind, i);
    s->start = rewind_mark(s->rewind, NULL);
    return s->start != NULL;
}

bool explore_world(struct explorer *e, const char *name, const char *world,
                   const struct beginning *from)
{
    struct met_table table = {0};
    struct search s = {.e = e, .name = name, .world = world, .from = from,
                       .table = &table, .text = STRBUF_INIT,
                       .before = e->violations};
    bool good;

    if (e->worlds < e->resumed) { /* that run ended it */
        e->worlds++;
        return true;
    }
    if (e->begun.n > 0) {
        table = e->begun;
        memset(&e->begun, 0, sizeof(e->begun));
    }
    signal(SIGINT, on_interrupt);
    s.saved = time(NULL);
    good = e->worker || open_rewind(&s);
    good = good && search(&s);
    e->worlds += good;
    for (uint32_t i = 0; i < s.marks_room; i++)
        rewind_forget(s.marks[i].mark);
    free(s.marks);
    rewind_forget(s.start);
    rewind_close(s.rewind);
    good = explore_shrink(e, s.before) && good;
    met_release(&table);
    strbuf_release(&s.text);
    return good;
}
