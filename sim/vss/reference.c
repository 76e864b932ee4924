/*
 * reference.c - the reference subject, and the canonical form of its state.
 *
 * The form says what a later call could tell apart: the phase, the flags,
 * what was set, who is alive and how it fares, and the whole document. It
 * leaves out pointers, reference counts and ids that never change.
 */
#include "vss/reference.h"

#include "com/object.h"
#include "vss/backup_components.h"
#include "vss/examine_metadata.h"

struct out {
    void (*sink)(void *context, const void *bytes, size_t size);
    void *context;
};

static void put(const struct out *out, const void *bytes, size_t size)
{
    out->sink(out->context, bytes, size);
}

static void put_number(const struct out *out, uint32_t number)
{
    const unsigned char bytes[] = {
        (unsigned char)number, (unsigned char)(number >> 8),
        (unsigned char)(number >> 16), (unsigned char)(number >> 24)};

    put(out, bytes, sizeof(bytes));
}

static void put_guid(const struct out *out, const GUID *guid)
{
    put_number(out, guid->Data1);
    put_number(out, (uint32_t)guid->Data2 << 16 | guid->Data3);
    put(out, guid->Data4, sizeof(guid->Data4));
}

static void put_ids(const struct out *out, const struct vss_ids *ids)
{
    put_number(out, ids->n);
    for (uint32_t i = 0; i < ids->n; i++)
        put_guid(out, &ids->ids[i]);
}

static void put_xml(void *context, const char *bytes, size_t size)
{
    put(context, bytes, size);
}

static void put_status(const struct out *out,
                       const struct vss_backup_components *self)
{
    const struct vssim_host *host = self->host;
    struct vssim_answer answer;

    put_number(out, self->status);
    if (self->status != VSS_STATUS_READY)
        return;
    for (uint32_t i = 0;
         host->answer(host, self->status_async->ticket, i, &answer); i++) {
        put_guid(out, &answer.instance);
        put_number(out, (uint32_t)answer.state);
        put_number(out, (uint32_t)answer.failure);
        put_number(out, (uint32_t)answer.application_failure);
    }
}

static void state(IVssBackupComponents *object,
                  void (*sink)(void *context, const void *bytes, size_t size),
                  void *context)
{
    struct vss_backup_components *self = bc_from((BC *)(void *)object);
    const struct out out = {sink, context};
    struct vssim_answer answer;

    vss_follow(self);
    put_number(&out, self->phase);
    put_number(&out, self->metadata_freed);
    put_number(&out, (uint32_t)self->restore_type);
    put_number(&out, self->backup.set);
    put_number(&out, self->backup.select_components);
    put_number(&out, self->backup.bootable);
    put_number(&out, self->backup.partial);
    put_number(&out, (uint32_t)self->backup.type);
    put_number(&out, self->filters.only_enabled);
    put_ids(&out, &self->filters.classes);
    put_ids(&out, &self->filters.instances);
    for (uint32_t i = 0; bc_live(self, i, &answer); i++)
        put_guid(&out, &answer.instance);
    put_status(&out, self);
    put_number(&out, (uint32_t)self->context);
    put_number(&out, self->context_set);
    put_number(&out, self->set.started);
    put_number(&out, self->set.made);
    put_number(&out, self->set.n);
    put_number(&out, self->aborted);
    put_ids(&out, &self->recovery);
    if (!self->document)
        return;
    put_number(&out, self->document->generation);
    put_number(&out, self->document->asr_selected);
    tree_write(self->document->tree.root, put_xml, (void *)(uintptr_t)&out);
}

static const char *phase(IVssBackupComponents *object)
{
    struct vss_backup_components *self = bc_from((BC *)(void *)object);

    vss_follow(self);
    return vss_phase_name(self->phase);
}

const struct vssim_subject *vssim_reference_subject(void)
{
    static const struct vssim_subject subject = {
        VSSIM_ABI_VERSION,        sizeof(struct vssim_subject),
        "reference",              backup_components_create,
        examine_metadata_from_xml, state,
        phase,                    is_volume_snapshotted,
        should_block_revert,      free_snapshot_properties};

    return &subject;
}
