/*
 * load_clean.c - what a script does to the disks of a disaster recovery, and
 * what it expects of them: the steps Clean and registry, expect: disks.
 */
#include <string.h>

#include "base/array.h"
#include "scenario/load.h"

/* --- expect: disks: { NAME: OUTCOME } --- */

void load_expected_disks(struct loader *l, const struct node *map)
{
    static const char *const outcomes[] = {
        "kept",       "recreated",    "excluded", "skipped",
        "impossible", "inconsistent", "failed"};
    const struct machine *m = l->scenario->machine;
    struct expected_disk **at = &l->scenario->disks;

    if (!node_map(l->problems, map))
        return;
    for (const struct node *n = map->first; n; n = n->next) {
        struct expected_disk *e = arena_alloc(l->arena, sizeof(*e));
        bool known = false;

        if (!m || !machine_find(m->before, n->key))
            problem_at_key(l->problems, n,
                           "no disk \"%s\": one of the backup is allowed",
                           n->key);
        if (!node_text(l->problems, n, &e->want))
            continue;
        for (unsigned i = 0; i < ARRAY_SIZE(outcomes); i++)
            known |= strcmp(outcomes[i], e->want) == 0;
        if (!known)
            problem_at(l->problems, n,
                       "\"%s\" is no outcome: kept, recreated, excluded, "
                       "skipped, impossible, inconsistent or failed is "
                       "allowed",
                       e->want);
        e->name = n->key;
        e->line = n->key_line;
        e->col = n->key_col;
        *at = e;
        at = &e->next;
    }
}

/* --- steps --- */

/* Clean: { disk: NAME, bForce, bForceOEM, bFullClean } */
void load_clean_step(struct loader *l, struct step *s, const struct node *map)
{
    static const char *const keys[] = {"disk", "bForce", "bForceOEM",
                                       "bFullClean", "returns", "ends",
                                       "takes", "at", NULL};
    const struct machine *m = l->scenario->machine;
    const struct node *n;
    int32_t hr;

    s->clean.disk = "";
    if (map->kind == NODE_MAP && !node_keys(l->problems, map, keys))
        return;
    if (!(n = node_get(map, "disk")))
        problem_at(l->problems, map, "no \"disk\": which is to be cleaned?");
    else if (node_text(l->problems, n, &s->clean.disk) &&
             (!m || !machine_find(m->disks, s->clean.disk)))
        problem_at(l->problems, n,
                   "no disk \"%s\": one of world: { machine: { disks: ... } } "
                   "is allowed",
                   s->clean.disk);
    if ((n = node_get(map, "bForce")))
        node_bool(l->problems, n, &s->clean.force);
    if ((n = node_get(map, "bForceOEM")))
        node_bool(l->problems, n, &s->clean.force_oem);
    if ((n = node_get(map, "bFullClean")))
        node_bool(l->problems, n, &s->clean.full);
    if ((n = node_get(map, "ends")) && node_hresult(l->problems, n, &hr))
        s->ends = n->text;
}

void load_registry_step(struct loader *l, struct step *s,
                        const struct node *map)
{
    static const char *const keys[] = {"LastInstance", "RestoredVolumes",
                                       "QuickFormat", NULL};
    const struct node *n;
    int64_t number;

    if (!node_keys(l->problems, map, keys))
        return;
    if ((n = node_get(map, "LastInstance")))
        node_text(l->problems, n, &s->registry.last_instance);
    if ((n = node_get(map, "RestoredVolumes")))
        s->registry.restored = load_words(l, n);
    if ((n = node_get(map, "QuickFormat")) &&
        node_int(l->problems, n, &number)) {
        s->registry.has_quick = true;
        s->registry.quick = number == 1;
    }
}
