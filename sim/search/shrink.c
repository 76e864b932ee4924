/*
 * shrink.c - see shrink.h: tries without each part, the large ones first, until
 * nothing can go any more.
 */
#include "search/shrink.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "search/sweep.h"

/* --- how it fails --- */

struct failures { /* how each failing finding reads, numbers left out */
    const char **texts;
    uint32_t n;
};

struct state {
    struct shrinker *s;
    const char *name;
    struct arena arena;
    struct piece *root;
    struct failures before; /* the first is the one to keep */
    struct strbuf text, *removed;
    bool broken; /* vssim itself failed */
};

static void add_words(struct strbuf *out, const char *text)
{
    for (; text && *text; text++)
        if (!isdigit((unsigned char)*text))
            strbuf_addc(out, *text);
        else if (!isdigit((unsigned char)text[1]))
            strbuf_addc(out, '#');
    strbuf_addc(out, '\n');
}

static struct failures failures_of(struct arena *arena, const struct judge *j)
{
    struct failures f = {arena_alloc(arena, (j->n_findings + 1) *
                                                sizeof(*f.texts)),
                         0};
    struct strbuf text = STRBUF_INIT;

    for (uint32_t i = 0; i < j->n_findings; i++) {
        const struct finding *one = &j->findings[i];

        if (one->rule->severity != SEVERITY_ERROR || one->expected_finding)
            continue;
        strbuf_reset(&text);
        strbuf_addf(&text, "%s\n", one->rule->id);
        add_words(&text, one->message);
        add_words(&text, one->expected);
        add_words(&text, one->actual);
        f.texts[f.n++] = arena_strdup(arena, strbuf_str(&text));
    }
    strbuf_release(&text);
    return f;
}

static bool has(const struct failures *f, const char *text)
{
    for (uint32_t i = 0; i < f->n; i++)
        if (strcmp(f->texts[i], text) == 0)
            return true;
    return false;
}

/* --- one run --- */

static bool play(struct state *st, const char *text, size_t size)
{
    struct sweeper sweep = {.worker = st->s->worker, .judge = st->s->judge,
                            .text = text, .size = size};
    struct worker_trace t;

    st->s->runs++;
    if (st->s->sweep) {
        if (sweep_scenario(&sweep, st->name, st->s->sweep)) {
            st->s->judge->verdict = VERDICT_PASS;
            st->s->judge->n_findings = 0;
        }
        st->broken |= sweep.broken;
        return !sweep.broken;
    }
    if (!worker_start_text(st->s->worker, st->name, text, size) ||
        !worker_wait(st->s->worker, &t)) {
        st->broken = true;
        return false;
    }
    judge_trace(st->s->judge, t.base, t.used);
    return true;
}

/* It fails as before, and in no way that it did not fail before. */
static bool still_fails(struct state *st)
{
    struct arena arena = ARENA_INIT;
    struct failures now;
    bool same;

    strbuf_reset(&st->text);
    piece_write(&st->text, st->root);
    if (!play(st, strbuf_str(&st->text), st->text.len))
        return false;
    if (st->s->judge->verdict != VERDICT_FAIL)
        return false;
    now = failures_of(&arena, st->s->judge);
    same = has(&now, st->before.texts[0]);
    for (uint32_t i = 0; same && i < now.n; i++)
        same = has(&st->before, now.texts[i]);
    arena_release(&arena);
    return same;
}

/* --- taking out --- */

static struct piece *child_at(const struct piece *p, unsigned i)
{
    struct piece *c = p->first;

    while (i-- > 0)
        c = c->next;
    return c;
}

static void tell(struct state *st, const struct piece *p, const char *what)
{
    strbuf_addf(st->removed, "line %d: %s ", p->node->line, what);
    piece_name(st->removed, st->root, p);
    strbuf_addc(st->removed, '\n');
}

/* What makes it a scenario at all. */
static bool is_fixed(const struct state *st, const struct piece *parent,
                     const struct piece *p)
{
    return parent == st->root && (strcmp(p->node->key, "vssim") == 0 ||
                                  strcmp(p->node->key, "scenario") == 0 ||
                                  strcmp(p->node->key, "requester") == 0);
}

/* Children [from, from + n) at once. */
static bool without(struct state *st, struct piece *p, unsigned from,
                    unsigned n)
{
    bool tried = false, good;

    for (unsigned i = from; i < from + n && i < p->n; i++) {
        struct piece *c = child_at(p, i);

        if (c->gone || is_fixed(st, p, c))
            continue;
        c->gone = c->trying = tried = true;
    }
    good = tried && still_fails(st);
    for (unsigned i = from; i < from + n && i < p->n; i++) {
        struct piece *c = child_at(p, i);

        if (!c->trying)
            continue;
        c->trying = false;
        c->gone = good;
        if (good)
            tell(st, c, "without");
    }
    return good;
}

static bool shorter(struct state *st, struct piece *p)
{
    static const char *const times[] = {"0", "1s"};
    const char *text = p->node->text, *old = p->instead;
    size_t digits = strspn(text, "0123456789");

    if (!p->node->plain || old || !digits || !text[digits] ||
        !strchr("smhd", text[digits]) || strcmp(text, "1s") == 0)
        return false;
    for (unsigned i = 0; i < 2; i++) {
        p->instead = times[i];
        if (still_fails(st)) {
            tell(st, p, i ? "1s instead of" : "0 instead of");
            return true;
        }
    }
    p->instead = old;
    return false;
}

static bool reduce(struct state *st, struct piece *p)
{
    bool any = false;

    if (p->gone || st->broken)
        return false;
    if (p->node->kind == NODE_SCALAR)
        return shorter(st, p);
    for (unsigned n = p->n > 1 ? p->n / 2 : p->n; n > 0; n /= 2)
        for (unsigned from = 0; from < p->n; from += n)
            any |= without(st, p, from, n);
    for (struct piece *c = p->first; c; c = c->next)
        any |= reduce(st, c);
    return any;
}

/* --- the whole --- */

static const struct rule *rule_of(const char *failure)
{
    char id[64];

    snprintf(id, sizeof(id), "%.*s", (int)strcspn(failure, "\n"), failure);
    return rule_find(id);
}

/* The one to keep comes first: by the rule that was asked for, else by an
 * invariant, which says more than a missed expectation does. */
static bool choose(struct state *st)
{
    struct failures *f = &st->before;
    uint32_t best = f->n;

    for (uint32_t i = f->n; i-- > 0;) {
        const struct rule *rule = rule_of(f->texts[i]);

        if (st->s->rule ? strcmp(rule->id, st->s->rule) == 0
                        : best == f->n || rule->kind == RULE_INVARIANT ||
                              rule_of(f->texts[best])->kind != RULE_INVARIANT)
            best = i;
    }
    if (best == f->n)
        return false;
    st->s->kept_rule = rule_of(f->texts[best])->id;
    if (best > 0) {
        const char *first = f->texts[0];

        f->texts[0] = f->texts[best];
        f->texts[best] = first;
    }
    return true;
}

static enum shrink_result begin(struct state *st, const char *text,
                                size_t size)
{
    struct problems problems = {.arena = &st->arena};
    const struct node *node = node_read(&problems, st->name, text, size);

    if (!play(st, text, size))
        return SHRINK_HARNESS;
    if (!node || st->s->judge->verdict == VERDICT_ERROR)
        return SHRINK_BAD;
    st->before = failures_of(&st->arena, st->s->judge);
    if (st->s->judge->verdict != VERDICT_FAIL || !choose(st))
        return SHRINK_PASSES;
    st->root = piece_tree(&st->arena, node);
    /* Its text is now made anew: that alone may change nothing. */
    return still_fails(st) ? SHRINK_DONE
           : st->broken    ? SHRINK_HARNESS
                           : SHRINK_PASSES;
}

enum shrink_result shrink(struct shrinker *s, const char *name,
                          const char *text, size_t size, struct strbuf *out,
                          struct strbuf *removed)
{
    struct state st = {.s = s, .name = name, .removed = removed,
                       .text = STRBUF_INIT, .arena = ARENA_INIT};
    enum shrink_result result = begin(&st, text, size);

    while (result == SHRINK_DONE && !st.broken && reduce(&st, st.root))
        ;
    if (st.broken)
        result = SHRINK_HARNESS;
    if (result == SHRINK_DONE)
        piece_write(out, st.root);
    strbuf_release(&st.text);
    arena_release(&st.arena);
    return result;
}
