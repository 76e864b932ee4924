/*
 * load_disks.c - `world: { machine: ... }`: the disks of a disaster recovery,
 * now and as the ASR backup recorded them.
 */
#include <string.h>

#include "base/array.h"
#include "com/text.h"
#include "scenario/load.h"
#include "writers/asr.h"

#define MIB ((uint64_t)1 << 20)
#define GIB ((uint64_t)1 << 30)

/* 512, 100M, 64G, 4T; bytes. */
static bool load_size(struct loader *l, const struct node *n, uint64_t *out)
{
    static const char units[] = "KMGT";
    const char *at = n->kind == NODE_SCALAR ? n->text : "";
    const char *unit = NULL;
    uint64_t value = 0;
    bool digits = false;

    for (; *at >= '0' && *at <= '9' && value < (uint64_t)1 << 40; at++) {
        value = value * 10 + (uint64_t)(*at - '0');
        digits = true;
    }
    if (*at && (unit = strchr(units, *at)))
        at++;
    if (!digits || *at || value >= (uint64_t)1 << 40) {
        problem_at(l->problems, n,
                   "\"%s\" is no size: 512, 100M, 64G or 2T is allowed",
                   n->kind == NODE_SCALAR ? n->text : "this");
        return false;
    }
    *out = unit ? value << (10 * (unit - units + 1)) : value;
    return true;
}

/* A GUID or signature for what was given none: made from a name. */
static GUID made_up(const char *name, uint32_t salt)
{
    GUID id = {2166136261u ^ salt, 0, 0x4000, {0x80}};

    for (; *name; name++)
        id.Data1 = (id.Data1 ^ (unsigned char)*name) * 16777619u;
    id.Data2 = (uint16_t)(id.Data1 >> 7);
    id.Data4[7] = (uint8_t)salt;
    return id;
}

/* --- volumes --- */

static const char *volume_name(struct loader *l, const char *disk,
                               uint32_t number)
{
    GUID id = made_up(disk, number + 1);
    char text[GUID_TEXT];

    return arena_strdup(l->arena, guid_text(&id, text));
}

static void load_guid_name(struct loader *l, const char **name,
                           const struct node *n)
{
    char room[GUID_TEXT];
    const char *text;
    GUID guid;

    if (!node_text(l->problems, n, &text))
        return;
    if (guid_parse(text, &guid))
        *name = arena_strdup(l->arena, guid_text(&guid, room));
    else
        problem_at(l->problems, n, "\"%s\" is no GUID", text);
}

static void check_volume(struct loader *l, const struct machine_disk *d,
                         const struct machine_volume *v,
                         const struct node *map)
{
    if (v->offset + v->size > d->size)
        problem_at(l->problems, map,
                   "the volume ends beyond its disk: up to the %llu bytes of "
                   "%s is allowed",
                   (unsigned long long)d->size, d->name);
    for (const struct machine_volume *o = d->volumes; o != v; o = o->next)
        if (o->offset < v->offset + v->size && v->offset < o->offset + o->size)
            problem_at(l->problems, map,
                       "the volume lies over an earlier one of %s: an offset "
                       "of its own is allowed",
                       d->name);
}

static void load_disk_volumes(struct loader *l, struct machine_disk *d,
                              const struct node *list)
{
    static const char *const keys[] = {"guid", "offset", "size", "critical",
                                       NULL};
    struct machine_volume **at = &d->volumes;
    uint64_t offset = MIB;
    uint32_t number = 0;
    const struct node *n;

    d->volumes = NULL;
    if (!node_list(l->problems, list))
        return;
    for (const struct node *map = list->first; map; map = map->next) {
        struct machine_volume *v = arena_alloc(l->arena, sizeof(*v));

        v->name = volume_name(l, d->name, number++);
        v->offset = offset;
        v->size = GIB;
        if (!node_keys(l->problems, map, keys))
            continue;
        if ((n = node_get(map, "guid")))
            load_guid_name(l, &v->name, n);
        if ((n = node_get(map, "offset")))
            load_size(l, n, &v->offset);
        if ((n = node_get(map, "size")))
            load_size(l, n, &v->size);
        if ((n = node_get(map, "critical")))
            node_bool(l->problems, n, &v->critical);
        offset = v->offset + v->size;
        *at = v;
        at = &v->next;
        check_volume(l, d, v, map);
    }
}

static void default_volumes(struct loader *l, struct machine_disk *d)
{
    struct machine_volume **at = &d->volumes;
    uint64_t offset = MIB;

    if (d->style == MACHINE_RAW)
        return;
    for (uint32_t i = d->esp ? 0 : 1; i < 2; i++) {
        struct machine_volume *v = arena_alloc(l->arena, sizeof(*v));

        v->name = volume_name(l, d->name, i);
        v->offset = offset;
        v->size = i == 0 ? 100 * MIB : d->size / 2;
        v->critical = i == 0 || d->boot;
        offset += v->size;
        *at = v;
        at = &v->next;
    }
}

/* --- disks --- */

static void load_like(struct loader *l, struct machine_disk *d,
                      const struct machine *m, const struct node *n)
{
    const struct machine_disk *like;
    const char *name;

    if (!node_text(l->problems, n, &name))
        return;
    like = machine_find(m->disks, name);
    if (!like) {
        problem_at(l->problems, n,
                   "no disk \"%s\": one of the machine's own is allowed",
                   name);
        return;
    }
    *d = *like;
    d->next = NULL;
}

static void load_style(struct loader *l, struct machine_disk *d,
                       const struct node *n)
{
    static const char *const styles[] = {"raw", "mbr", "gpt"};

    for (int i = 0; i < 3; i++)
        if (n->kind == NODE_SCALAR && strcmp(n->text, styles[i]) == 0) {
            d->style = (enum machine_style)i;
            return;
        }
    problem_at(l->problems, n,
               "no partition style: raw, mbr or gpt is "
               "allowed");
}

static void load_ids(struct loader *l, struct machine_disk *d,
                     const struct node *map)
{
    const struct node *n;
    const char *text;
    int64_t number;

    if ((n = node_get(map, "number")) && node_int(l->problems, n, &number))
        d->number = (uint32_t)number;
    if ((n = node_get(map, "drive")))
        node_text(l->problems, n, &d->drive);
    if ((n = node_get(map, "pack")))
        node_text(l->problems, n, &d->pack);
    if ((n = node_get(map, "signature")) && node_int(l->problems, n, &number))
        d->signature = (uint32_t)number;
    if ((n = node_get(map, "id")) && node_text(l->problems, n, &text) &&
        !guid_parse(text, &d->id))
        problem_at(l->problems, n, "\"%s\" is no GUID", text);
}

static void load_flags(struct loader *l, struct machine_disk *d,
                       const struct node *map)
{
    const struct {
        const char *key;
        bool *flag;
    } flags[] = {{"removable", &d->removable},
                 {"boot", &d->boot},
                 {"esp", &d->esp},
                 {"oem", &d->oem},
                 {"missing", &d->missing},
                 {"no-media", &d->no_media},
                 {"backed-up", &d->backed_up},
                 {"booted-from", &d->booted_from}};
    const struct node *n;

    for (unsigned i = 0; i < ARRAY_SIZE(flags); i++)
        if ((n = node_get(map, flags[i].key)))
            node_bool(l->problems, n, flags[i].flag);
}

static void check_disk(struct loader *l, const struct machine_disk *list,
                       const struct machine_disk *d, const struct node *map)
{
    for (const struct machine_disk *o = list; o != d; o = o->next)
        if (strcmp(o->name, d->name) == 0 || o->number == d->number)
            problem_at(l->problems, map,
                       "two disks are called %s or have the number %u: a name "
                       "and a number of its own is allowed",
                       d->name, d->number);
    if (d->esp && d->style != MACHINE_GPT)
        problem_at(l->problems, map,
                   "an EFI system partition on a disk that is not GPT: "
                   "style: gpt is allowed");
}

static void load_disk(struct loader *l, const struct machine *m,
                      struct machine_disk *list, struct machine_disk *d,
                      const struct node *map, uint32_t number)
{
    static const char *const keys[] = {
        "name",   "like",      "number", "drive", "style", "signature",
        "id",     "size",      "sector-size", "removable", "boot", "esp",
        "oem",    "missing",   "no-media", "backed-up", "booted-from", "pack", "volumes",
        NULL};
    const struct node *n, *like = node_get(map, "like");
    uint64_t sector;

    d->name = arena_printf(l->arena, "disk%u", number);
    d->number = number;
    d->style = m->efi ? MACHINE_GPT : MACHINE_MBR;
    d->size = 64 * GIB;
    d->sector = 512;
    d->backed_up = true;
    if (!node_keys(l->problems, map, keys))
        return;
    if (like)
        load_like(l, d, m, like);
    if ((n = node_get(map, "name")))
        node_text(l->problems, n, &d->name);
    if (!like) {
        d->drive = d->name;
        d->id = made_up(d->name, 0);
        d->signature = d->id.Data1;
    }
    load_ids(l, d, map);
    load_flags(l, d, map);
    if ((n = node_get(map, "style")))
        load_style(l, d, n);
    if ((n = node_get(map, "size")))
        load_size(l, n, &d->size);
    if ((n = node_get(map, "sector-size")) && load_size(l, n, &sector))
        d->sector = (uint32_t)sector;
    if ((n = node_get(map, "volumes")))
        load_disk_volumes(l, d, n);
    else if (!like)
        default_volumes(l, d);
    check_disk(l, list, d, map);
}

static void load_disks(struct loader *l, const struct machine *m,
                       struct machine_disk **at, const struct node *list)
{
    struct machine_disk **first = at;
    uint32_t number = 0;

    if (!node_list(l->problems, list))
        return;
    for (const struct node *n = list->first; n; n = n->next) {
        if (number == ASR_MOST_DISKS) {
            problem_at(l->problems, n, "too many disks: %d are allowed",
                       ASR_MOST_DISKS);
            return;
        }
        *at = arena_alloc(l->arena, sizeof(**at));
        load_disk(l, m, *first, *at, n, number++);
        at = &(*at)->next;
    }
}

static void load_firmware(struct loader *l, struct machine *m,
                          const struct node *n)
{
    m->efi = n->kind == NODE_SCALAR && strcmp(n->text, "efi") == 0;
    if (!m->efi && !(n->kind == NODE_SCALAR && strcmp(n->text, "bios") == 0))
        problem_at(l->problems, n, "no firmware: efi or bios is allowed");
}

void load_disk_machine(struct loader *l, const struct node *map)
{
    static const char *const keys[] = {"firmware", "disks", "at-backup",
                                       "format", "quick-format", NULL};
    static const char *const backup_keys[] = {"disks", NULL};
    struct machine *m = arena_alloc(l->arena, sizeof(*m));
    const struct node *n, *disks;

    if (!node_keys(l->problems, map, keys))
        return;
    if ((n = node_get(map, "firmware")))
        load_firmware(l, m, n);
    if ((n = node_get(map, "format")))
        node_time(l->problems, n, &m->format);
    if ((n = node_get(map, "quick-format")))
        node_time(l->problems, n, &m->quick_format);
    if ((disks = node_get(map, "disks")))
        load_disks(l, m, &m->disks, disks);
    else
        problem_at(l->problems, map, "no \"disks\" of the machine");
    m->before = m->disks;
    if ((n = node_get(map, "at-backup")) &&
        node_keys(l->problems, n, backup_keys)) {
        m->before = NULL;
        if ((disks = node_get(n, "disks")))
            load_disks(l, m, &m->before, disks);
    }
    l->scenario->machine = m;
}
