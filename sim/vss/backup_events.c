/*
 * backup_events.c - the calls that tell writers about a backup as a whole:
 * PrepareForBackup, BackupComplete, AbortBackup, and BackupShutdown, which
 * goes out when the object goes (page "Handling BackupShutdown Events").
 *
 * Those who heard PrepareForBackup are known from its async: they hear Abort
 * and BackupShutdown, too.
 */
#include "com/text.h"
#include "vss/backup_components.h"
#include "vss/participants.h"
#include "vss/volumes.h"

static HRESULT start(struct vss_backup_components *self,
                     enum vss_operation operation, enum vss_open event,
                     const char *name, struct vss_async **out)
{
    struct vss_participant *list = NULL;
    uint32_t n = 0;
    HRESULT hr = participants_for_backup(self, event, &list, &n);

    if (SUCCEEDED(hr))
        hr = async_create(self->host, operation, self->document, list, n, out);
    if (SUCCEEDED(hr))
        hr = async_start(*out, name);
    if (FAILED(hr)) {
        async_discard(*out);
        *out = NULL;
    }
    return hr;
}

HRESULT bc_PrepareForBackup(BC *This, IVssAsync **out)
{
    struct vss_backup_components *self = bc_from(This);
    HRESULT hr;

    OUT(out, NULL);
    hr = vss_check(self, VSS_METHOD_PrepareForBackup, out != NULL);
    if (SUCCEEDED(hr))
        hr = start(self, VSS_OPERATION_PREPARE_BACKUP, VSS_OPEN_PREPARE_BACKUP,
                   "PrepareForBackup", &self->prepare);
    if (SUCCEEDED(hr)) {
        self->phase = VSS_PHASE_PREPARE_PENDING;
        *out = &self->prepare->iface;
    }
    return hr;
}

HRESULT bc_BackupComplete(BC *This, IVssAsync **out)
{
    struct vss_backup_components *self = bc_from(This);
    HRESULT hr;

    OUT(out, NULL);
    hr = vss_check(self, VSS_METHOD_BackupComplete, out != NULL);
    if (SUCCEEDED(hr))
        hr =
            start(self, VSS_OPERATION_BACKUP_COMPLETE,
                  VSS_OPEN_BACKUP_COMPLETE, "BackupComplete", &self->complete);
    if (SUCCEEDED(hr)) {
        self->phase = VSS_PHASE_COMPLETE_PENDING;
        *out = &self->complete->iface;
    }
    return hr;
}

/* Sends an event that nobody waits for to those who heard PrepareForBackup.
 * The targets come from its async; a failure to send is no failure of the
 * call: the writers will learn by BackupShutdown. */
static void tell(struct vss_backup_components *self,
                 enum vssim_event_kind kind)
{
    const struct vssim_host *host = self->host;
    struct vssim_event event = {.kind = kind};
    uint32_t ticket;

    if (!self->prepare || !self->prepare->targets)
        return;
    event.targets = self->prepare->targets;
    event.n_targets = self->prepare->n_targets;
    if (SUCCEEDED(host->post(host, &event, &ticket)))
        host->forget(host, ticket);
}

/* Has DoSnapshotSet told the writers itself? */
static bool told_already(const struct vss_backup_components *self)
{
    return self->aborted ||
           (self->make_set && self->phase == VSS_PHASE_BACKUP_FAILED);
}

/* Page: ignored when nothing is under way; U16, U56. */
HRESULT bc_AbortBackup(BC *This)
{
    struct vss_backup_components *self = bc_from(This);
    HRESULT hr = vss_check(self, VSS_METHOD_AbortBackup, true);

    if (FAILED(hr) || (self->phase != VSS_PHASE_BACKUP &&
                       self->phase < VSS_PHASE_BACKUP_GATHERING))
        return hr;
    if (self->phase == VSS_PHASE_SNAPSHOT_PENDING) {
        /* Its own chain tells the writers. */
        async_stop(self->make_set);
        vss_follow(self);
    }
    if (self->set.started && !self->set.made) {
        storage_drop_set(self->host, &self->set.id);
        self->set.started = false;
        self->set.n = 0;
    }
    if (self->phase < VSS_PHASE_PREPARE_PENDING ||
        self->phase == VSS_PHASE_COMPLETE_DONE)
        return S_OK;
    if (!told_already(self))
        tell(self, VSSIM_EVENT_ABORT);
    self->aborted = true;
    self->phase = VSS_PHASE_BACKUP_FAILED;
    return S_OK;
}

/* Page of SetContext: shadow copies are released with the object unless the
 * context says otherwise. */
static void release_snapshots(struct vss_backup_components *self)
{
    const struct vssim_host *host = self->host;
    struct vssim_snapshot one;

    for (uint32_t i = 0; host->snapshot(host, i, &one);)
        if (guid_equal(&one.set, &self->set.id) &&
            !(one.attributes & VSS_VOLSNAP_ATTR_NO_AUTO_RELEASE))
            host->delete_snapshot(host, &one.id);
        else
            i++;
}

void bc_end_backup(struct vss_backup_components *self)
{
    vss_follow(self);
    if (self->phase == VSS_PHASE_SNAPSHOT_PENDING)
        async_stop(self->make_set);
    else if (self->set.started && !self->set.made)
        storage_drop_set(self->host, &self->set.id);
    else if (self->set.made)
        release_snapshots(self);
    tell(self, VSSIM_EVENT_BACKUP_SHUTDOWN); /* U39, U63 */
}
