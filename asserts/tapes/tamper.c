/* tamper.c - see tamper.h. */
#include "asserts/tapes/tamper.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/heap.h"
#include "base/strbuf.h"
#include "com/hresult.h"
#include "play/play_trace.h"
#include "play/player.h"

#define TAPE_SIZE ((uint64_t)4 << 20)

/* As if the script had been a program that did what is expected of it. */
static void add_program(struct trace *t, const struct scenario *s)
{
    static const struct play_at whole_run;
    char code[24];

    trace_begin(t, TRACE_PROGRAM, 0, 0, 0, 0);
    trace_str(t, KEY_REASON, "exit");
    trace_int(t, KEY_CODE, s->exit);
    trace_end(t);
    snprintf(code, sizeof(code), "%lld", (long long)s->exit);
    play_expect(t, &whole_run, "exit", NULL, code, 1, 1);
    trace_end(t);
    for (const struct expected_text *e = s->output; e; e = e->next) {
        play_expect(t, &whole_run, "output", NULL, e->want, 1, 1);
        trace_int(t, KEY_COUNT, 1);
        trace_end(t);
    }
}

struct tape tape_play(const char *yaml)
{
    struct arena arena = ARENA_INIT;
    struct problems problems = {.arena = &arena};
    struct scenario_overrides overrides;
    struct heap *heap = heap_create((uint64_t)64 << 20);
    struct tape tape = {.base = aligned_alloc(8, TAPE_SIZE)};
    struct scenario *s;
    struct trace t;

    scenario_overrides_init(&overrides);
    s = scenario_parse(&arena, "t.yaml", yaml, strlen(yaml), &overrides,
                       &problems);
    cr_assert(s && !problems.count, "%s",
              problems.first ? problems.first->text : "?");
    trace_init(&t, tape.base, TAPE_SIZE, NULL);
    play_scenario(s, vssim_reference_subject(), heap, &t);
    if (s->has_exit)
        add_program(&t, s);
    tape.used = *t.used;
    heap_destroy(heap);
    arena_release(&arena);
    return tape;
}

void tape_free(struct tape *tape)
{
    free(tape->base);
    tape->base = NULL;
}

/* --- which record --- */

static const char *method_of(const struct tape *from, uint32_t call)
{
    const struct trace_rec *rec = trace_first(from->base, from->used);

    for (; rec; rec = trace_next(from->base, from->used, rec))
        if (rec->kind == TRACE_CALL && rec->call == call)
            return trace_get_str(rec, KEY_METHOD, "");
    return "";
}

static bool matches(const struct tape *from, const struct trace_rec *rec,
                    const struct tamper *c)
{
    const char *name;

    if (rec->kind != c->kind)
        return false;
    if (!c->method)
        return true;
    if (rec->kind == TRACE_RETURN)
        name = method_of(from, rec->call);
    else
        name = trace_get_str(rec, KEY_METHOD, NULL);
    if (!name)
        name = trace_get_str(rec, KEY_EVENT, NULL);
    if (!name)
        name = trace_get_str(rec, KEY_NAME, trace_get_str(rec, KEY_WHAT, ""));
    return strcmp(name, c->method) == 0 ||
           strcmp(trace_get_str(rec, KEY_WHAT, ""), c->method) == 0;
}

/* --- copying --- */

static void set_value(struct trace_field *f, const char *value)
{
    int32_t hr;

    f->str = NULL;
    if (strncmp(value, "hr:", 3) == 0) {
        if (strncmp(value, "hr:0x", 5) == 0) /* one that has no name */
            hr = (int32_t)strtoul(value + 3, NULL, 16);
        else
            cr_assert(hresult_of(value + 3, &hr), "no code %s", value);
        f->type = TRACE_HR;
        f->num = hr;
    } else if (strncmp(value, "int:", 4) == 0) {
        f->type = TRACE_INT;
        f->num = strtoll(value + 4, NULL, 0);
    } else if (strncmp(value, "bool:", 5) == 0) {
        f->type = TRACE_BOOL;
        f->num = value[5] == '1';
    } else if (strncmp(value, "obj:", 4) == 0) {
        f->type = TRACE_OBJ;
        f->num = strtoll(value + 4, NULL, 0);
    } else if (strcmp(value, "null") == 0) {
        f->type = TRACE_NULL;
    } else if (strcmp(value, "untouched") == 0) {
        f->type = TRACE_UNTOUCHED;
    } else {
        f->type = TRACE_STR;
        f->str = value;
    }
}

static void changed_field(struct trace *t, const struct tamper *c)
{
    struct trace_field f = {.group = c->op == T_SET_IN    ? TRACE_IN
                                     : c->op == T_SET_OUT ? TRACE_OUT
                                                          : TRACE_SELF,
                            .name = c->name};

    if (f.group == TRACE_SELF) {
        cr_assert(trace_key_of(c->name) >= 0, "no key %s", c->name);
        f.key = (enum trace_key)trace_key_of(c->name);
    }
    set_value(&f, c->value);
    trace_put(t, &f);
}

static bool is_changed(const struct trace_field *f, const struct tamper *c)
{
    enum trace_group group = c->op == T_SET_IN    ? TRACE_IN
                             : c->op == T_SET_OUT ? TRACE_OUT
                                                  : TRACE_SELF;

    return c->op <= T_SET_OUT && f->group == group &&
           strcmp(f->name, c->name) == 0;
}

static void copy(struct trace *t, const struct trace_rec *rec,
                 const struct tamper *c, uint64_t later)
{
    enum trace_kind kind = (enum trace_kind)rec->kind;
    struct trace_field f;
    uint32_t cursor = 0;
    bool done = false;

    if (c && c->op == T_KIND)
        kind = (enum trace_kind)trace_kind_of(c->value);
    trace_begin(t, kind, rec->time + later, rec->thread, rec->call,
                rec->object);
    while (trace_field_next(rec, &cursor, &f))
        if (c && is_changed(&f, c)) {
            changed_field(t, c);
            done = true;
        } else {
            trace_put(t, &f);
        }
    if (c && c->op <= T_SET_OUT && !done)
        changed_field(t, c);
    trace_end(t);
}

bool tape_tamper(const struct tape *from, const struct tamper *c,
                 struct tape *to)
{
    const struct trace_rec *rec = trace_first(from->base, from->used);
    uint64_t later = 0;
    struct trace t;
    bool hit = false;
    int n = 0;

    to->base = aligned_alloc(8, TAPE_SIZE);
    trace_init(&t, to->base, TAPE_SIZE, NULL);
    for (; rec; rec = trace_next(from->base, from->used, rec)) {
        bool here = matches(from, rec, c) && ++n == c->nth;

        hit |= here;
        if (here && c->op == T_CUT)
            break;
        if (here && c->op == T_LATER)
            later = strtoull(c->value, NULL, 10);
        if (here && c->op == T_DROP)
            continue;
        if (here && c->op == T_FAULT) {
            trace_begin(&t, TRACE_FAULT, rec->time, rec->thread, rec->call, 0);
            trace_end(&t);
        }
        copy(&t, rec, here ? c : NULL, later);
        if (here && c->op == T_DOUBLE)
            copy(&t, rec, NULL, later);
    }
    to->used = *t.used;
    return hit;
}

/* --- what was found --- */

static struct strbuf told = STRBUF_INIT;

void tell(const struct judge *j, const char *rule)
{
    strbuf_addf(&told, "%s\n", rule);
    for (uint32_t i = 0; i < j->n_findings; i++) {
        const struct finding *f = &j->findings[i];

        strbuf_addf(&told, "    %u/%u/%d:%d %s: %s%s%s%s%s\n", f->seq, f->call,
                    f->line, f->col, f->rule->id, f->message,
                    f->expected ? "; expected " : "",
                    f->expected ? f->expected : "",
                    f->actual ? "; actual " : "", f->actual ? f->actual : "");
    }
}

static char *read_kept(const char *file)
{
    FILE *in = fopen(file, "r");
    char *text = xcalloc(1, told.len + 2);

    if (in) {
        text[fread(text, 1, told.len + 1, in)] = '\0';
        fclose(in);
    }
    return text;
}

void told_as_kept(const char *name)
{
    char file[200], *kept;
    size_t same = 0, line = 0;

    snprintf(file, sizeof(file), "asserts/tapes/findings/%s", name);
    if (getenv("KEEP_FINDINGS")) {
        FILE *out = fopen(file, "w");

        cr_assert(out && fputs(strbuf_str(&told), out) >= 0);
        fclose(out);
    }
    kept = read_kept(file);
    while (kept[same] && kept[same] == strbuf_str(&told)[same])
        if (kept[same++] == '\n')
            line = same;
    cr_expect_str_eq(strbuf_str(&told), kept,
                     "%s: kept is\n%.*s\nand now it is\n%.*s\n"
                     "(KEEP_FINDINGS=1 ci/tests/unit build keeps that)",
                     file, (int)strcspn(kept + line, "\n"), kept + line,
                     (int)strcspn(strbuf_str(&told) + line, "\n"),
                     strbuf_str(&told) + line);
    free(kept);
    strbuf_reset(&told);
}

/* --- decisions --- */

static unsigned times_found(struct judge *j, const struct tape *tape,
                            const char *rule)
{
    unsigned n = 0;

    judge_trace(j, tape->base, tape->used);
    for (uint32_t i = 0; i < j->n_findings; i++)
        n += strcmp(j->findings[i].rule->id, rule) == 0;
    return n;
}

static void decide_one(const struct decision *d, unsigned nth, bool same)
{
    struct tape tape = tape_play(d->scenario), other;
    unsigned before = 0, after;
    struct judge j;

    cr_assert(rule_find(d->rule), "no rule %s", d->rule);
    judge_init(&j);
    after = times_found(&j, &tape, d->rule);
    for (unsigned i = 0; i < 5 && d->changes[i].nth; i++) {
        before = after;
        cr_assert(tape_tamper(&tape, &d->changes[i], &other),
                  "%s (%u): no record for change %u", d->rule, nth, i);
        tape_free(&tape);
        tape = other;
        after = times_found(&j, &tape, d->rule);
    }
    tell(&j, d->rule);
    cr_expect_eq(after, d->times, "%s (%u) is found %u times, not %u", d->rule,
                 nth, after, d->times);
    if (d->changes[0].nth)
        cr_expect_eq(before == after, same,
                     "%s (%u): found %u times before the last change", d->rule,
                     nth, before);
    judge_release(&j);
    tape_free(&tape);
}

void decide(const struct decision *decisions, unsigned n, bool same)
{
    for (unsigned i = 0; i < n; i++)
        decide_one(&decisions[i], i, same);
}
