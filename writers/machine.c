/* machine.c - see machine.h. */
#include "writers/machine.h"

#include <string.h>

#include "com/text.h"

static bool copy_disks(struct heap *heap, struct machine_disk **at)
{
    for (const struct machine_disk *disk = *at; disk; disk = disk->next) {
        *at = heap_alloc(heap, sizeof(**at));
        if (!*at)
            return false;
        **at = *disk;
        at = &(*at)->next;
    }
    return true;
}

struct machine *machine_copy(struct heap *heap, const struct machine *machine)
{
    struct machine *copy = heap_alloc(heap, sizeof(*copy));

    if (!copy)
        return NULL;
    *copy = *machine;
    return copy_disks(heap, &copy->disks) && copy_disks(heap, &copy->before)
               ? copy
               : NULL;
}

const struct machine_disk *machine_find(const struct machine_disk *list,
                                        const char *name)
{
    while (list && strcmp(list->name, name) != 0)
        list = list->next;
    return list;
}

bool machine_disk_critical(const struct machine_disk *disk)
{
    for (const struct machine_volume *v = disk->volumes; v; v = v->next)
        if (v->critical)
            return true;
    return disk->boot || disk->esp;
}

bool machine_same_id(const struct machine_disk *a,
                     const struct machine_disk *b)
{
    if (a->style != b->style || a->style == MACHINE_RAW)
        return false;
    return a->style == MACHINE_MBR ? a->signature == b->signature
                                   : guid_equal(&a->id, &b->id);
}

static const struct machine_volume *at_offset(const struct machine_disk *disk,
                                              uint64_t offset)
{
    const struct machine_volume *v = disk->volumes;

    while (v && v->offset != offset)
        v = v->next;
    return v;
}

bool machine_intact(const struct machine_disk *before,
                    const struct machine_disk *now)
{
    if (!machine_same_id(before, now))
        return false;
    for (const struct machine_volume *v = before->volumes; v; v = v->next) {
        const struct machine_volume *here = at_offset(now, v->offset);

        if (!here || here->size < v->size)
            return false;
        /* "GPT: partition identifier unchanged" */
        if (now->style == MACHINE_GPT && strcmp(here->name, v->name) != 0)
            return false;
    }
    return true;
}

uint64_t machine_needs_bytes(const struct machine_disk *disk)
{
    uint64_t end = 0;

    for (const struct machine_volume *v = disk->volumes; v; v = v->next)
        if (v->offset + v->size > end)
            end = v->offset + v->size;
    return end;
}

void machine_clean(struct machine_disk *disk, enum machine_need need)
{
    disk->style = MACHINE_RAW;
    disk->volumes = NULL;
    disk->pack = NULL;
    disk->esp = disk->oem = false;
    disk->cleaned = true;
    disk->need = need;
}

void machine_recreate(struct machine_disk *now,
                      const struct machine_disk *before)
{
    now->style = before->style;
    now->signature = before->signature;
    now->id = before->id;
    now->volumes = before->volumes;
    now->pack = before->pack;
    now->esp = before->esp;
}

const char *machine_need_name(enum machine_need need)
{
    static const char *const names[] = {"", "partitioning-changed",
                                        "other-drive"};

    return names[need];
}
