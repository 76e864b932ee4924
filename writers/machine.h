/*
 * machine.h - the machine that a disaster recovery (ASR) runs on: its disks
 * now, and those that the ASR backup recorded.
 *
 * The scenario's machine is never changed; each world copies it into its heap
 * region, where Clean and the ASR writer's PreRestore change the disks.
 * Strings are UTF-8 and belong to the scenario. Sizes are bytes, times
 * virtual milliseconds. Decisions U28, U29, U72 to U77.
 */
#ifndef WRITERS_MACHINE_H
#define WRITERS_MACHINE_H

#include <vssim/subject.h>

#include "base/heap.h"

enum machine_style { MACHINE_RAW, MACHINE_MBR, MACHINE_GPT };

/* Why an EFI disk is to be cleaned first (page of PreRestore). */
enum machine_need { NEED_NONE, NEED_CHANGED, NEED_OTHER_DRIVE };

struct machine_volume {
    const char *name; /* the GUID, as in \\?\Volume{...} */
    uint64_t offset, size;
    bool critical;
    struct machine_volume *next;
};

struct machine_disk {
    const char *name;
    const char *drive; /* which piece of hardware it is */
    uint32_t number;
    enum machine_style style;
    uint32_t signature; /* MBR */
    GUID id;            /* GPT */
    uint64_t size;
    uint32_t sector;
    bool removable, boot, esp, oem, no_media, missing;
    bool booted_from; /* the running system did; cannot be cleaned */
    bool backed_up;   /* a component of the backup */
    const char *pack; /* dynamic; NULL: basic */
    struct machine_volume *volumes;
    /* what has become of it */
    bool cleaned;
    enum machine_need need; /* when it was cleaned */
    bool taken;             /* the plan uses it */
    struct machine_disk *next;
};

struct machine {
    bool efi;
    bool dynamic_anew; /* this Windows re-creates every dynamic disk */
    struct machine_disk *disks;    /* now */
    struct machine_disk *before;   /* as the ASR backup recorded them */
    uint64_t format, quick_format; /* per re-created disk */
    /* the registry key ASR\RestoreSession */
    bool quick;
    bool last_instance;
    uint32_t restored; /* volumes in RestoredVolumes */
};

/* A copy in the heap; NULL when that is full. */
struct machine *machine_copy(struct heap *heap, const struct machine *machine);
/* The disk of that name, or NULL. */
const struct machine_disk *machine_find(const struct machine_disk *list,
                                        const char *name);
/* Does it hold something that the system cannot do without? */
bool machine_disk_critical(const struct machine_disk *disk);
/* The same disk, by signature or GPT id? Raw disks are the same as none. */
bool machine_same_id(const struct machine_disk *a,
                     const struct machine_disk *b);
/* Does `now`, which has sectors of the same size, hold all that was recorded,
 * or more (U29: not fewer)? */
bool machine_intact(const struct machine_disk *before,
                    const struct machine_disk *now);
/* How many bytes its volumes need. */
uint64_t machine_needs_bytes(const struct machine_disk *disk);
/* No partition table, no volumes. */
void machine_clean(struct machine_disk *disk, enum machine_need need);
/* The layout of `before` on `now`. */
void machine_recreate(struct machine_disk *now,
                      const struct machine_disk *before);
const char *machine_need_name(enum machine_need need);

#endif
