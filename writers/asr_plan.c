/*
 * asr_plan.c - which present disk takes which disk of the backup, and what is
 * done to it; see asr.h.
 *
 * The ASR page gives the conditions under which a disk is left as it is; who
 * takes the place of a disk that is gone, and which code tells what, is ours:
 * U72 to U76.
 */
#include <string.h>

#include "writers/asr.h"

static bool listed(const uint32_t *list, uint32_t n, uint32_t number)
{
    for (uint32_t i = 0; i < n; i++)
        if (list[i] == number)
            return true;
    return false;
}

static bool excluded(const struct asr_options *o, uint32_t number)
{
    return listed(o->exclude, o->n_exclude, number);
}

/* "A disk counts as excluded if it was no component of the backup or if
 * ExcludeDisk names it"; IncludeDisk takes in what was left out. */
static bool left_out(const struct asr_options *o, const struct machine_disk *b)
{
    return excluded(o, b->number) ||
           (!b->backed_up && !listed(o->include, o->n_include, b->number));
}

static bool present(const struct machine_disk *d)
{
    return !d->missing && !d->no_media && !d->removable;
}

/* Does it belong to another disk of the backup? */
static bool is_anothers(const struct machine *m, const struct machine_disk *d,
                        const struct machine_disk *b)
{
    for (const struct machine_disk *o = m->before; o; o = o->next)
        if (o != b && (machine_same_id(o, d) ||
                       (d->cleaned && strcmp(o->drive, d->drive) == 0)))
            return true;
    return false;
}

static bool fits(const struct machine_disk *d, const struct machine_disk *b)
{
    return d->sector == b->sector && d->size >= machine_needs_bytes(b);
}

static struct machine_disk *by_id(struct machine *m,
                                  const struct machine_disk *b)
{
    struct machine_disk *d = m->disks;

    while (d && !(present(d) && !d->taken && machine_same_id(d, b)))
        d = d->next;
    return d;
}

/* The same hardware first, then the order of the disks. */
static struct machine_disk *instead(struct machine *m,
                                    const struct machine_disk *b,
                                    const struct asr_options *o)
{
    struct machine_disk *found = NULL;

    for (struct machine_disk *d = m->disks; d; d = d->next) {
        if (!present(d) || d->taken || excluded(o, d->number) || !fits(d, b) ||
            is_anothers(m, d, b))
            continue;
        if (strcmp(d->drive, b->drive) == 0)
            return d;
        found = found ? found : d;
    }
    return found;
}

/* U74: what tells why there is no disk. */
static HRESULT why_none(const struct machine *m, const struct machine_disk *b,
                        const struct asr_options *o)
{
    bool small = false, other = false, kept_out = false;

    for (const struct machine_disk *d = m->disks; d; d = d->next) {
        if (!present(d) || d->taken || is_anothers(m, d, b))
            continue;
        kept_out |= excluded(o, d->number);
        other |= d->sector != b->sector;
        small |= d->sector == b->sector; /* or it would have been taken */
    }
    if (kept_out)
        return VSS_E_ASRERROR_FIXED_PHYSICAL_DISK_AVAILABLE_AFTER_DISK_EXCLUSION;
    if (small)
        return b->boot ? VSS_E_ASRERROR_RDISK0_TOOSMALL
                       : VSS_E_ASRERROR_CRITICAL_DISKS_TOO_SMALL;
    if (other)
        return VSS_E_ASRERROR_DISK_ASSIGNMENT_FAILED;
    return b->pack ? VSS_E_ASRERROR_MISSING_DYNDISK
                   : VSS_E_ASRERROR_NO_PHYSICAL_DISK_AVAILABLE;
}

static void impossible(struct asr_plan *plan, struct asr_choice *c,
                       HRESULT why)
{
    c->outcome =
        machine_disk_critical(c->before) ? ASR_IMPOSSIBLE : ASR_SKIPPED;
    if (c->outcome != ASR_IMPOSSIBLE)
        return;
    c->why = why;
    if (plan->failure == S_OK)
        plan->failure = why;
}

static void choose(struct asr_plan *plan, struct asr_choice *c,
                   struct machine *m, const struct asr_options *o)
{
    const struct machine_disk *b = c->before;
    struct machine_disk *d;

    if (left_out(o, b)) {
        c->outcome = ASR_EXCLUDED;
        if (machine_disk_critical(b))
            impossible(plan, c,
                       VSS_E_ASRERROR_CRITICAL_DISK_CANNOT_BE_EXCLUDED);
        return;
    }
    if (b->removable) {
        impossible(plan, c, VSS_E_CRITICAL_VOLUME_ON_INVALID_DISK);
        return;
    }
    d = by_id(m, b);
    if (d && !fits(d, b))
        d = NULL;
    if (!d)
        d = instead(m, b, o);
    if (!d) {
        impossible(plan, c, why_none(m, b, o));
        return;
    }
    d->taken = true;
    c->target = d;
    c->outcome = machine_intact(b, d) && !(b->pack && m->dynamic_anew)
                     ? ASR_KEPT
                     : ASR_RECREATED;
}

/* `b` is in a pack. */
static bool same_pack(const struct machine_disk *a,
                      const struct machine_disk *b)
{
    return a->pack && strcmp(a->pack, b->pack) == 0;
}

static uint32_t members(const struct machine_disk *list,
                        const struct machine_disk *of)
{
    uint32_t n = 0;

    for (; list; list = list->next)
        n += same_pack(list, of);
    return n;
}

/* A dynamic pack is kept as a whole or not at all: every member as recorded,
 * and as many of them. */
static void keep_packs_together(struct asr_plan *plan, const struct machine *m)
{
    for (uint32_t i = 0; i < plan->n; i++) {
        const struct asr_choice *c = &plan->choices[i];
        bool broken = c->before->pack && (c->outcome != ASR_KEPT ||
                                          members(m->disks, c->before) !=
                                              members(m->before, c->before));

        for (uint32_t k = 0; broken && k < plan->n; k++)
            if (same_pack(plan->choices[k].before, c->before) &&
                plan->choices[k].outcome == ASR_KEPT)
                plan->choices[k].outcome = ASR_RECREATED;
    }
}

/* The two cases of the page; U72: a disk without a partition table has
 * nothing that could be cleaned, U73: one that has only grown counts as
 * unchanged. */
static void cleaning(struct asr_plan *plan, struct asr_choice *c,
                     const struct machine *m)
{
    const struct machine_disk *d = c->target;

    if (!m->efi || !c->before->esp || !d || c->outcome != ASR_RECREATED)
        return;
    if (d->cleaned) {
        c->need = d->need;
        c->cleaned = true;
    } else if (d->style != MACHINE_RAW) {
        c->need = strcmp(d->drive, c->before->drive) != 0 ||
                          !machine_same_id(d, c->before)
                      ? NEED_OTHER_DRIVE
                      : NEED_CHANGED;
        plan->unclean = true;
    }
}

void asr_plan_make(struct asr_plan *plan, struct machine *m,
                   const struct asr_options *options)
{
    memset(plan, 0, sizeof(*plan));
    for (struct machine_disk *d = m->disks; d; d = d->next)
        d->taken = false;
    for (const struct machine_disk *b = m->before;
         b && plan->n < ASR_MOST_DISKS; b = b->next) {
        struct asr_choice *c = &plan->choices[plan->n++];

        c->before = b;
        choose(plan, c, m, options);
    }
    keep_packs_together(plan, m);
    for (uint32_t i = 0; i < plan->n; i++)
        cleaning(plan, &plan->choices[i], m);
}

enum machine_need asr_need(struct machine *m, const struct machine_disk *disk)
{
    static const struct asr_options none;
    struct asr_plan plan;

    asr_plan_make(&plan, m, &none);
    for (uint32_t i = 0; i < plan.n; i++)
        if (plan.choices[i].target == disk)
            return plan.choices[i].need;
    return NEED_NONE;
}
