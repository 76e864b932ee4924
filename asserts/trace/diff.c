/* diff.c - see diff.h. */
#include "asserts/trace/diff.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "com/hresult.h"

/* How far a call that only one side made is looked past. */
#define WINDOW 64

/* --- what is compared --- */

struct call {
    const struct trace_rec *enter, *leave; /* leave may be NULL */
    uint64_t step; /* line and column; steps in between: their own */
    int line, col;
};

struct calls {
    struct call *list;
    uint32_t n, room;
};

static void add_call(struct calls *c, const struct trace_rec *rec,
                     const struct trace_rec *step)
{
    struct call *call;

    c->list = array_grown(c->list, c->n, &c->room, sizeof(*c->list));
    call = &c->list[c->n++];
    memset(call, 0, sizeof(*call));
    call->enter = rec;
    call->line = step ? (int)trace_get_int(step, KEY_LINE, 0) : 0;
    call->col = step ? (int)trace_get_int(step, KEY_COL, 0) : 0;
    call->step = (uint64_t)call->line << 32 | (uint32_t)call->col;
}

/* Returns come in nearly the order of the calls: the latest first. */
static void add_return(struct calls *c, const struct trace_rec *rec)
{
    for (uint32_t i = c->n; i-- > 0;)
        if (c->list[i].enter->call == rec->call &&
            c->list[i].enter->kind == TRACE_CALL) {
            c->list[i].leave = rec;
            return;
        }
}

static void read_calls(struct calls *c, const struct diff_side *side)
{
    const struct trace_rec *rec = trace_first(side->base, side->used);
    const struct trace_rec *step = NULL;

    for (; rec; rec = trace_next(side->base, side->used, rec))
        if (rec->kind == TRACE_STEP)
            step = rec;
        else if (rec->kind == TRACE_CALL || rec->kind == TRACE_DEAD_CALL)
            add_call(c, rec, step);
        else if (rec->kind == TRACE_RETURN)
            add_return(c, rec);
}

static const char *method_of(const struct call *c)
{
    return trace_get_str(c->enter, KEY_METHOD, "?");
}

static bool same_method(const struct call *a, const struct call *b)
{
    return strcmp(method_of(a), method_of(b)) == 0;
}

/* --- values in words --- */

static bool is_hex(const char *at, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!isxdigit((unsigned char)at[i]))
            return false;
    return true;
}

/* xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx */
static bool is_id(const char *at)
{
    static const unsigned char parts[] = {8, 4, 4, 4, 12};

    for (unsigned i = 0; i < 5; i++) {
        if (!is_hex(at, parts[i]))
            return false;
        at += parts[i];
        if (i < 4 && *at++ != '-')
            return false;
    }
    return true;
}

void diff_without_ids(struct strbuf *out, const char *text)
{
    while (*text)
        if (is_id(text)) {
            strbuf_adds(out, "{id}");
            text += 36;
        } else {
            strbuf_addc(out, *text++);
        }
}

static void put_hr(struct strbuf *out, int32_t hr)
{
    const char *name = hresult_name(hr);

    if (name)
        strbuf_adds(out, name);
    else
        strbuf_addf(out, "0x%08X", (unsigned)hr);
}

static void put_value(struct strbuf *out, const struct trace_field *f)
{
    switch (f->type) {
    case TRACE_INT:
        strbuf_addf(out, "%lld", (long long)f->num);
        break;
    case TRACE_HR:
        put_hr(out, (int32_t)f->num);
        break;
    case TRACE_BOOL:
        strbuf_adds(out, f->num ? "true" : "false");
        break;
    case TRACE_STR:
        strbuf_addc(out, '"');
        diff_without_ids(out, f->str);
        strbuf_addc(out, '"');
        break;
    case TRACE_NULL:
        strbuf_adds(out, "null");
        break;
    case TRACE_OBJ:
        strbuf_adds(out, "an object");
        break;
    default:
        strbuf_adds(out, "untouched");
    }
}

static void put_result(struct strbuf *out, const struct call *c)
{
    struct trace_field f;

    if (c->enter->kind == TRACE_DEAD_CALL)
        strbuf_adds(out, "a call on a released object");
    else if (!c->leave)
        strbuf_adds(out, "did not return");
    else if (trace_find(c->leave, KEY_HR, &f))
        put_hr(out, (int32_t)f.num);
    else
        strbuf_addf(out, "%lld",
                    (long long)trace_get_int(c->leave, KEY_COUNT, 0));
}

static void put_out(struct strbuf *out, const struct call *c, const char *name)
{
    struct trace_field f;

    if (c->leave && trace_find_param(c->leave, TRACE_OUT, name, &f))
        put_value(out, &f);
    else
        strbuf_adds(out, "not told");
}

/* --- two calls --- */

struct diff {
    struct strbuf *out;
    const char *file;
    bool times;
    unsigned n;
};

static void put_place(struct diff *d, const struct call *c)
{
    strbuf_addf(d->out, "    %s", d->file);
    if (c->line)
        strbuf_addf(d->out, ":%d:%d", c->line, c->col);
    strbuf_addf(d->out, ": %s", method_of(c));
}

/* What one thing is on either side, when that differs. */
static void compare(struct diff *d, const struct call *a, const struct call *b,
                    const char *what, const struct strbuf *left,
                    const struct strbuf *right)
{
    if (strcmp(strbuf_str(left), strbuf_str(right)) == 0)
        return;
    d->n++;
    put_place(d, a);
    strbuf_addf(d->out, " (call %u, %u): %s\n", a->enter->call, b->enter->call,
                what);
    strbuf_addf(d->out, "        A  %s\n        B  %s\n", strbuf_str(left),
                strbuf_str(right));
}

/* Every out-parameter that either side has. */
static void compare_outs(struct diff *d, const struct call *a,
                         const struct call *b)
{
    const struct call *sides[] = {a, b};

    for (unsigned i = 0; i < 2; i++) {
        struct trace_field f, other;
        uint32_t cursor = 0;

        while (sides[i]->leave &&
               trace_field_next(sides[i]->leave, &cursor, &f)) {
            struct strbuf left = STRBUF_INIT, right = STRBUF_INIT;

            if (f.group != TRACE_OUT ||
                (i == 1 && a->leave &&
                 trace_find_param(a->leave, TRACE_OUT, f.name, &other)))
                continue;
            put_out(&left, a, f.name);
            put_out(&right, b, f.name);
            compare(d, a, b, f.name, &left, &right);
            strbuf_release(&left);
            strbuf_release(&right);
        }
    }
}

static void compare_times(struct diff *d, const struct call *a,
                          const struct call *b)
{
    struct strbuf left = STRBUF_INIT, right = STRBUF_INIT;

    if (a->leave && b->leave) {
        strbuf_addf(&left, "%llu ms",
                    (unsigned long long)(a->leave->time - a->enter->time));
        strbuf_addf(&right, "%llu ms",
                    (unsigned long long)(b->leave->time - b->enter->time));
        compare(d, a, b, "time taken", &left, &right);
    }
    strbuf_release(&left);
    strbuf_release(&right);
}

static void compare_calls(struct diff *d, const struct call *a,
                          const struct call *b)
{
    struct strbuf left = STRBUF_INIT, right = STRBUF_INIT;

    put_result(&left, a);
    put_result(&right, b);
    compare(d, a, b, "returned", &left, &right);
    compare_outs(d, a, b);
    if (d->times)
        compare_times(d, a, b);
    strbuf_release(&left);
    strbuf_release(&right);
}

/* --- pairing them --- */

static void only(struct diff *d, char side, const struct call *c)
{
    d->n++;
    put_place(d, c);
    strbuf_addf(d->out, " (call %u): only in %c: ", c->enter->call, side);
    put_result(d->out, c);
    strbuf_addc(d->out, '\n');
}

/* How many to leave out on each side up to the nearest pair of the same
 * method; as they were when there is none. */
static void resume(const struct call *a, uint32_t na, const struct call *b,
                   uint32_t nb, uint32_t *skip_a, uint32_t *skip_b)
{
    for (uint32_t sum = 1; sum < WINDOW; sum++)
        for (uint32_t i = 0; i <= sum; i++)
            if (i < na && sum - i < nb && same_method(&a[i], &b[sum - i])) {
                *skip_a = i;
                *skip_b = sum - i;
                return;
            }
}

/* Some of the calls of one side; none: `list` may be NULL. */
struct span {
    const struct call *list;
    uint32_t n;
};

static const struct span none = {NULL, 0};

static void leave_out(struct diff *d, char side, struct span *s, uint32_t n)
{
    for (; n > 0; n--, s->list++, s->n--)
        only(d, side, s->list);
}

static void pair(struct diff *d, struct span a, struct span b)
{
    while (a.n || b.n) {
        uint32_t skip_a = a.n, skip_b = b.n;

        if (a.n && b.n && same_method(a.list, b.list)) {
            compare_calls(d, a.list, b.list);
            a.list++, a.n--;
            b.list++, b.n--;
            continue;
        }
        resume(a.list, a.n, b.list, b.n, &skip_a, &skip_b);
        leave_out(d, 'A', &a, skip_a);
        leave_out(d, 'B', &b, skip_b);
    }
}

static struct span span(const struct calls *c, uint32_t from, uint32_t n)
{
    return n ? (struct span){c->list + from, n} : none;
}

static uint32_t in_step(const struct calls *c, uint32_t from, uint64_t step)
{
    uint32_t n = 0;

    while (from + n < c->n && c->list[from + n].step == step)
        n++;
    return n;
}

/* Where the step begins that A is at, on B's side; B's length: not at all. */
static uint32_t find_step(const struct calls *c, uint32_t from, uint64_t step)
{
    while (from < c->n && c->list[from].step != step)
        from++;
    return from;
}

static void pair_steps(struct diff *d, const struct calls *a,
                       const struct calls *b)
{
    uint32_t i = 0, k = 0;

    while (i < a->n || k < b->n) {
        uint64_t step = i < a->n ? a->list[i].step : b->list[k].step;
        uint32_t na = in_step(a, i, step), at = find_step(b, k, step), nb;

        if (at == b->n) { /* A alone made calls there */
            pair(d, span(a, i, na), none);
            i += na;
            continue;
        }
        pair(d, none, span(b, k, at - k)); /* B alone before it */
        nb = in_step(b, at, step);
        pair(d, span(a, i, na), span(b, at, nb));
        i += na;
        k = at + nb;
    }
}

unsigned diff_traces(struct strbuf *out, const struct diff_side *a,
                     const struct diff_side *b, bool times)
{
    const struct trace_rec *header = trace_first(a->base, a->used);
    struct diff d = {out, trace_get_str(header, KEY_FILE, "?"), times, 0};
    struct calls left = {NULL, 0, 0}, right = {NULL, 0, 0};

    read_calls(&left, a);
    read_calls(&right, b);
    pair_steps(&d, &left, &right);
    free(left.list);
    free(right.list);
    return d.n;
}
