/* load_expect.c - the key expect: what is demanded of the whole run. */

#include "scenario/load.h"

static void load_expected_events(struct loader *l, const struct node *map)
{
    if (!node_map(l->problems, map))
        return;
    for (const struct node *n = map->first; n; n = n->next) {
        struct expected_events *e = arena_alloc(l->arena, sizeof(*e));
        struct expected_events **at = &l->scenario->events;
        struct node key = *n;
        const struct scenario_writer *w;

        key.kind = NODE_SCALAR;
        key.text = n->key;
        key.line = n->key_line;
        key.col = n->key_col;
        w = load_find_writer(l, &key);
        if (!w || !node_list(l->problems, n))
            continue;
        for (const struct node *i = n->first; i; i = i->next)
            if (i->kind == NODE_SCALAR && !load_event_known(i->text))
                problem_at(l->problems, i,
                           "\"%s\" is no event: allowed are %s", i->text,
                           load_all_events(l));
        e->writer = &w->writer;
        e->events = load_words(l, n);
        e->line = n->key_line;
        e->col = n->key_col;
        while (*at)
            at = &(*at)->next;
        *at = e;
    }
}

static void load_texts(struct loader *l, const struct node *list,
                       struct expected_text **at)
{
    if (!node_list(l->problems, list))
        return;
    for (const struct node *i = list->first; i; i = i->next) {
        struct expected_text *e = arena_alloc(l->arena, sizeof(*e));

        if (!node_text(l->problems, i, &e->want))
            continue;
        e->line = i->line;
        e->col = i->col;
        *at = e;
        at = &e->next;
    }
}

void load_expect(struct loader *l, const struct node *map)
{
    static const char *const keys[] = {"events", "log",    "findings", "disks",
                                       "exit",   "output", NULL};
    struct scenario *s = l->scenario;
    const struct node *n;

    if (!node_keys(l->problems, map, keys))
        return;
    if ((n = node_get(map, "events")))
        load_expected_events(l, n);
    if ((n = node_get(map, "disks")))
        load_expected_disks(l, n);
    if ((n = node_get(map, "findings")))
        s->findings = load_words(l, n);
    if ((n = node_get(map, "log")))
        load_texts(l, n, &s->log);
    if ((n = node_get(map, "output")))
        load_texts(l, n, &s->output);
    if ((n = node_get(map, "exit"))) {
        s->has_exit = node_int(l->problems, n, &s->exit);
        s->exit_line = n->line;
        s->exit_col = n->col;
    }
}
