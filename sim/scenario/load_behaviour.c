/* load_behaviour.c - the key behaviour of a writer. */
#include <string.h>

#include "scenario/load.h"

static const struct {
    const char *name;
    enum condition_kind kind;
} conditions[] = {
    {"flag", CONDITION_FLAG},
    {"logical-path", CONDITION_LOGICAL_PATH},
    {"restore-options", CONDITION_RESTORE_OPTIONS},
    {"additional-restores", CONDITION_ADDITIONAL_RESTORES},
    {"file-restore-status", CONDITION_FILE_RESTORE_STATUS},
    {"new-target", CONDITION_NEW_TARGET},
};

static void load_own_unless(struct loader *l, struct writer *w,
                            struct behaviour *b, const struct node *map)
{
    struct writer_condition *c = &b->unless;
    const struct node *n;
    bool flag;

    (void)w;
    if (!node_map(l->problems, map))
        return;
    n = map->first;
    for (unsigned i = 0; n && !n->next && i < 6; i++) {
        if (strcmp(conditions[i].name, n->key) != 0)
            continue;
        c->kind = conditions[i].kind;
        if (c->kind == CONDITION_ADDITIONAL_RESTORES) {
            if (node_bool(l->problems, n, &flag))
                c->value = flag;
        } else if (c->kind == CONDITION_FILE_RESTORE_STATUS) {
            node_enum(l->problems, n, "VSS_FILE_RESTORE_STATUS", &c->value);
        } else {
            node_text(l->problems, n, &c->text);
        }
        return;
    }
    problem_at(l->problems, n ? n : map,
               "one condition is allowed: flag, logical-path, "
               "restore-options, additional-restores, file-restore-status or "
               "new-target");
}

static void load_own_crash(struct loader *l, struct writer *w,
                           struct behaviour *b, const struct node *n)
{
    static const char *const when[] = {"", "before", "during", "after"};
    const char *text = "";

    (void)w;
    if (!node_text(l->problems, n, &text))
        return;
    for (int i = CRASH_BEFORE; i <= CRASH_AFTER; i++)
        if (strcmp(text, when[i]) == 0)
            b->crash = (enum crash_when)i;
    if (b->crash == CRASH_NEVER)
        problem_at(l->problems, n,
                   "\"%s\": before, during or after is allowed", text);
}

static void load_own_veto(struct loader *l, struct writer *w,
                          struct behaviour *b, const struct node *n)
{
    (void)w;
    if (node_hresult(l->problems, n, &b->code))
        b->veto = true;
}

static void load_own_out_of_resources(struct loader *l, struct writer *w,
                                      struct behaviour *b,
                                      const struct node *n)
{
    bool flag = false;

    (void)w;
    if (node_bool(l->problems, n, &flag) && flag) {
        b->veto = true;
        b->code = VSS_E_WRITERERROR_OUTOFRESOURCES;
    }
}

static void load_own_returns(struct loader *l, struct writer *w,
                             struct behaviour *b, const struct node *n)
{
    bool flag = false;

    (void)w;
    if (node_bool(l->problems, n, &flag))
        b->returns = flag;
}

static void load_own_no_status(struct loader *l, struct writer *w,
                               struct behaviour *b, const struct node *n)
{
    (void)w;
    b->no_status =
        n->kind == NODE_SCALAR && strcmp(n->text, "not-available") == 0;
    if (!b->no_status)
        problem_at(l->problems, n, "not-available is allowed");
}

/* --- the kinds, and the table --- */

static void read_flag(struct loader *l, const struct node *n, bool *out)
{
    node_bool(l->problems, n, out);
}

static void read_time(struct loader *l, const struct node *n, uint64_t *out)
{
    node_time(l->problems, n, out);
}

static void read_text(struct loader *l, const struct node *n, const char **out)
{
    node_text(l->problems, n, out);
}

static void read_count(struct loader *l, const struct node *n, uint32_t *out)
{
    int64_t number;

    if (!node_int(l->problems, n, &number))
        return;
    if (number < 1 || number > 1000000)
        problem_at(l->problems, n, "1 to 1000000 is allowed");
    else
        *out = (uint32_t)number;
}

#define READ_FLAG(field) read_flag(l, n, &b->field)
#define READ_TIME(field) read_time(l, n, &b->field)
#define READ_TEXT(field) read_text(l, n, &b->field)
#define READ_COUNT(field) read_count(l, n, &b->field)
#define READ_OWN(field) load_own_##field(l, w, b, n)

static void check_bound(struct loader *l, const struct behaviour *b,
                        const struct node *n)
{
    if (b->after > l->scenario->hung && !l->scenario->hung_given)
        problem_at(l->problems, n,
                   "\"%s\" is longer than VSS waits for a writer (60s): set "
                   "world: { hung-writer: ... }",
                   n->text);
}

static void load_event(struct loader *l, struct writer *w, struct behaviour *b,
                       const struct node *map)
{
    static const char *const keys[] = {
#define BEHAVIOUR(field, key, kind, value, text) key,
#include "writers/behaviours.def"
#undef BEHAVIOUR
        NULL};
    const struct node *n;

    if (!node_keys(l->problems, map, keys))
        return;
    b->present = true;
    b->returns = -1;
    b->declared = load_declare(
        l, "behaviour",
        arena_printf(l->arena, "%s of %s", map->key, w->handle), map);
#define BEHAVIOUR(field, key, kind, value, text) \
    if ((n = node_get(map, key))) \
        READ_##kind(field);
#include "writers/behaviours.def"
#undef BEHAVIOUR
    n = node_get(map, "after");
    if (n && strcmp(map->key, "Freeze") != 0)
        check_bound(l, b, n);
}

void load_behaviour(struct loader *l, struct writer *w, const struct node *map)
{
    const char *keys[WRITER_EVENTS + 1];
    unsigned n_keys = 0;

    for (int i = 0; i < WRITER_EVENTS; i++)
        if (writer_hears((enum vssim_event_kind)i))
            keys[n_keys++] = writer_event_name((enum vssim_event_kind)i);
    keys[n_keys] = NULL;
    if (!node_keys(l->problems, map, keys))
        return;
    for (int i = 0; i < WRITER_EVENTS; i++) {
        const struct node *n =
            writer_hears((enum vssim_event_kind)i)
                ? node_get(map, writer_event_name((enum vssim_event_kind)i))
                : NULL;

        if (n)
            load_event(l, w, &w->behaviour[i], n);
    }
}
