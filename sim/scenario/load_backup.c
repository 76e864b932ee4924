/*
 * load_backup.c - what a scenario says about backups: volumes and providers
 * of the world, contexts by name, the step backup.
 */
#include <stdlib.h>
#include <string.h>

#include "com/enums.h"
#include "com/text.h"
#include "scenario/load.h"

/* --- world: providers --- */

static void load_provider(struct loader *l, struct storage_provider *p,
                          const struct node *map)
{
    static const char *const keys[] = {"id", "name", "type", "version", NULL};
    const struct node *n;
    int64_t type = VSS_PROV_HARDWARE;
    const char *text;

    p->version = "1.0";
    p->name = "";
    if (!node_keys(l->problems, map, keys))
        return;
    if ((n = node_get(map, "name")))
        node_text(l->problems, n, &p->name);
    else
        problem_at(l->problems, map, "no \"name\" of the provider");
    if ((n = node_get(map, "version")))
        node_text(l->problems, n, &p->version);
    if ((n = node_get(map, "type")))
        node_enum(l->problems, n, "VSS_PROVIDER_TYPE", &type);
    p->type = (VSS_PROVIDER_TYPE)type;
    if ((n = node_get(map, "id"))) {
        if (node_text(l->problems, n, &text) && !guid_parse(text, &p->id))
            problem_at(l->problems, n, "\"%s\" is no GUID", text);
    } else { /* made from the name */
        for (const char *at = p->name; *at; at++)
            p->id.Data1 = p->id.Data1 * 33u + (unsigned char)*at;
        p->id.Data3 = 0x4000;
        p->id.Data4[0] = 0x80;
    }
}

void load_providers(struct loader *l, const struct node *list)
{
    struct storage_provider **at = &l->scenario->providers;

    if (!node_list(l->problems, list))
        return;
    if (!*at) { /* the system's own is always there */
        *at = arena_alloc(l->arena, sizeof(**at));
        **at = storage_default_provider;
    }
    while (*at)
        at = &(*at)->next;
    for (const struct node *n = list->first; n; n = n->next) {
        *at = arena_alloc(l->arena, sizeof(**at));
        load_provider(l, *at, n);
        at = &(*at)->next;
    }
}

static void volume_provider(struct loader *l, struct storage_volume *v,
                            const struct node *n)
{
    const char *text;

    if (!node_text(l->problems, n, &text))
        return;
    for (const struct storage_provider *p = l->scenario->providers; p;
         p = p->next)
        if (strcmp(p->name, text) == 0) {
            v->provider = p->id;
            return;
        }
    problem_at(l->problems, n,
               "no provider \"%s\": world: { providers: [ { name: ... } ] } "
               "must declare it",
               text);
}

/* --- world: volumes --- */

static const char *with_backslash(struct loader *l, const char *text)
{
    size_t n = strlen(text);

    return n && text[n - 1] == '\\' ? text
                                    : arena_printf(l->arena, "%s\\", text);
}

static void volume_flags(struct loader *l, struct storage_volume *v,
                         const struct node *map)
{
    const struct node *n;
    bool flag = true;
    int32_t hr;

    if ((n = node_get(map, "supported"))) {
        if (n->kind == NODE_SCALAR && n->plain &&
            (strcmp(n->text, "true") == 0 || strcmp(n->text, "false") == 0)) {
            node_bool(l->problems, n, &flag);
            v->support = flag ? S_OK : VSS_E_VOLUME_NOT_SUPPORTED;
        } else if (node_hresult(l->problems, n, &hr)) {
            v->support = hr;
        }
    }
    if ((n = node_get(map, "revert")))
        node_bool(l->problems, n, &v->revert);
    if ((n = node_get(map, "in-use")))
        node_bool(l->problems, n, &v->in_use);
    if ((n = node_get(map, "system-files")))
        node_bool(l->problems, n, &v->block_revert);
}

static void load_volume(struct loader *l, struct storage_volume *v,
                        const struct node *map, unsigned number)
{
    static const char *const keys[] = {
        "path",   "volume", "device",       "provider", "supported",
        "revert", "in-use", "system-files", "max-snapshots", "flush",
        "hold",   "revert-takes", NULL};
    const struct node *n;
    int64_t most;

    *v = storage_default_volume;
    v->in_use = v->block_revert = false;
    v->next = NULL;
    v->name = arena_printf(
        l->arena, "\\\\?\\Volume{c0000000-0000-4000-8000-%012u}\\", number);
    if (!node_keys(l->problems, map, keys))
        return;
    if (!(n = node_get(map, "path")))
        problem_at(l->problems, map,
                   "no \"path\": where is the volume "
                   "mounted?");
    else if (node_text(l->problems, n, &v->path))
        v->path = with_backslash(l, v->path);
    if ((n = node_get(map, "volume")) && node_text(l->problems, n, &v->name)) {
        v->name = with_backslash(l, v->name);
        if (strncmp(v->name, "\\\\?\\Volume{", 11) != 0)
            problem_at(l->problems, n,
                       "\"%s\" is no volume GUID path: "
                       "'\\\\?\\Volume{GUID}\\' is allowed",
                       n->text);
    }
    if ((n = node_get(map, "device")))
        node_text(l->problems, n, &v->device);
    if ((n = node_get(map, "provider")))
        volume_provider(l, v, n);
    if ((n = node_get(map, "max-snapshots")) &&
        node_int(l->problems, n, &most))
        v->max_snapshots = most < 0 ? 0 : (uint32_t)most;
    if ((n = node_get(map, "flush")))
        node_time(l->problems, n, &v->flush);
    if ((n = node_get(map, "hold")))
        node_time(l->problems, n, &v->hold);
    if ((n = node_get(map, "revert-takes")))
        node_time(l->problems, n, &v->revert_takes);
    volume_flags(l, v, map);
}

void load_volumes(struct loader *l, const struct node *list)
{
    struct storage_volume **at = &l->scenario->volumes;
    unsigned number = 0;

    if (!node_list(l->problems, list))
        return;
    for (; *at; at = &(*at)->next)
        number++;
    for (const struct node *n = list->first; n; n = n->next) {
        *at = arena_alloc(l->arena, sizeof(**at));
        load_volume(l, *at, n, number++);
        at = &(*at)->next;
    }
}

/* --- contexts and attributes --- */

static bool one_bit(struct loader *l, const struct node *n, int64_t *value)
{
    int64_t bits, number;

    if (n->kind == NODE_SCALAR &&
        (enum_value("VSS_SNAPSHOT_CONTEXT", n->text, &bits) ||
         enum_value("VSS_SNAPSHOT_ATTRIBUTES", n->text, &bits))) {
        *value |= bits;
        return true;
    }
    if (n->kind == NODE_SCALAR && n->plain && n->text[0] >= '0' &&
        n->text[0] <= '9' && node_int(l->problems, n, &number)) {
        *value |= number; /* out of range on purpose */
        return true;
    }
    problem_at(l->problems, n,
               "\"%s\" is neither a VSS_CTX_ nor a "
               "VSS_VOLSNAP_ATTR_ name",
               n->kind == NODE_SCALAR ? n->text : "this");
    return false;
}

bool load_bits(struct loader *l, const struct node *n, int64_t *value)
{
    bool good = true;

    if (n->kind != NODE_LIST)
        return one_bit(l, n, value);
    for (const struct node *i = n->first; i; i = i->next)
        good &= one_bit(l, i, value);
    return good;
}

/* --- the step backup --- */

bool load_select(struct loader *l, struct step *s, const struct node *list)
{
    uint32_t i = 0;

    if (!node_list(l->problems, list))
        return false;
    s->has_select = true;
    for (const struct node *c = list->first; c; c = c->next)
        s->n_select++;
    s->select = arena_alloc(l->arena, (s->n_select + 1) * sizeof(*s->select));
    for (const struct node *c = list->first; c; c = c->next) {
        const struct scenario_writer *w = load_find_writer(l, c);

        if (w)
            s->select[i++] = &w->writer;
    }
    s->n_select = i;
    return true;
}

static void load_backup_volumes(struct loader *l, struct step *s,
                                const struct node *list)
{
    if (!node_list(l->problems, list))
        return;
    for (const struct node *c = list->first; c; c = c->next)
        s->n_volumes++;
    s->volumes =
        arena_alloc(l->arena, (s->n_volumes + 1) * sizeof(*s->volumes));
    s->n_volumes = 0;
    for (const struct node *c = list->first; c; c = c->next)
        if (node_text(l->problems, c, &s->volumes[s->n_volumes]))
            s->n_volumes++;
}

void load_backup_step(struct loader *l, struct step *s, const struct node *map)
{
    static const char *const keys[] = {"select", "as", "keep", "volumes",
                                       NULL};
    const struct node *n;

    l->families |= 1u << API_BACKUP_COMPONENTS;
    if (!map || !node_keys(l->problems, map, keys))
        return;
    if ((n = node_get(map, "as")) && node_text(l->problems, n, &s->as))
        load_give_name(l, s->as, NAMED_DOCUMENT);
    if ((n = node_get(map, "keep")))
        node_bool(l->problems, n, &s->keep);
    if ((n = node_get(map, "volumes")))
        load_backup_volumes(l, s, n);
    if ((n = node_get(map, "select")))
        load_select(l, s, n);
}
