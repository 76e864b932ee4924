/*
 * async_start.c - obtains what an operation needs, and sends its event: the
 * targets, a thread, the service, the ticket. On failure nothing was sent.
 */
#include "vss/async.h"

uint32_t async_targets(const struct vss_async *self,
                       struct vssim_target *targets)
{
    uint32_t n = 0;

    for (uint32_t i = 0; i < self->n_participants; i++) {
        const struct vss_participant *one = &self->participants[i];

        if (!one->sent)
            continue;
        if (targets) {
            targets[n].instance = one->instance;
            targets[n].writer = one->writer;
            targets[n].components =
                one->view ? writer_components_interface(one->view) : NULL;
        }
        n++;
    }
    return n;
}

static HRESULT make_targets(struct vss_async *self, struct vssim_event *event)
{
    struct vssim_target *targets;
    uint32_t n = async_targets(self, NULL);

    if (self->operation == VSS_OPERATION_PROVIDER)
        n = 1;
    if (!n)
        return S_OK;
    targets = vss_alloc(self->host, n * sizeof(*targets));
    if (!targets)
        return E_OUTOFMEMORY;
    event->targets = targets;
    event->n_targets = n;
    if (self->operation == VSS_OPERATION_PROVIDER)
        targets->instance = self->object;
    else
        async_targets(self, targets);
    return S_OK;
}

/* The views that go out must be as fresh as the event itself. */
static void open_document(struct vss_async *self)
{
    static const enum vss_open opens[] = {
        [VSS_OPERATION_PRE_RESTORE] = VSS_OPEN_PRE_RESTORE,
        [VSS_OPERATION_POST_RESTORE] = VSS_OPEN_POST_RESTORE,
        [VSS_OPERATION_PREPARE_BACKUP] = VSS_OPEN_PREPARE_BACKUP,
        [VSS_OPERATION_SNAPSHOT_SET] = VSS_OPEN_NONE, /* later: the chain */
        [VSS_OPERATION_BACKUP_COMPLETE] = VSS_OPEN_BACKUP_COMPLETE};
    struct vss_document *document = self->document;

    /* No writer hears of a provider's work: those that edit go on. */
    if (!document || self->operation == VSS_OPERATION_PROVIDER)
        return;
    /* U12 speaks of restores: pointers of a backup do not go stale. */
    if (self->operation <= VSS_OPERATION_POST_RESTORE)
        document->generation++;
    document->open = opens[self->operation];
    for (uint32_t i = 0; i < self->n_participants; i++)
        if (self->participants[i].view)
            self->participants[i].view->generation = document->generation;
}

HRESULT async_start(struct vss_async *self, const char *name)
{
    static const enum vssim_event_kind kinds[] = {
        [VSS_OPERATION_GATHER] = VSSIM_EVENT_IDENTIFY,
        [VSS_OPERATION_STATUS] = VSSIM_EVENT_STATUS,
        [VSS_OPERATION_PRE_RESTORE] = VSSIM_EVENT_PRE_RESTORE,
        [VSS_OPERATION_POST_RESTORE] = VSSIM_EVENT_POST_RESTORE,
        [VSS_OPERATION_PREPARE_BACKUP] = VSSIM_EVENT_PREPARE_FOR_BACKUP,
        [VSS_OPERATION_SNAPSHOT_SET] = VSSIM_EVENT_PREPARE_FOR_SNAPSHOT,
        [VSS_OPERATION_BACKUP_COMPLETE] = VSSIM_EVENT_BACKUP_COMPLETE,
        [VSS_OPERATION_PROVIDER] = VSSIM_EVENT_PROVIDER};
    const struct vssim_host *host = self->host;
    struct vssim_event event = {.kind = kinds[self->operation]};
    HRESULT hr = make_targets(self, &event);

    self->name = name;
    self->targets = (struct vssim_target *)(uintptr_t)event.targets;
    self->n_targets = event.n_targets;
    if (SUCCEEDED(hr))
        hr = vss_acquire(host, VSSIM_RESOURCE_THREAD, name);
    if (SUCCEEDED(hr))
        hr = vss_acquire(host, VSSIM_RESOURCE_SERVICE, name);
    if (SUCCEEDED(hr)) {
        hr = self->steps ? self->steps->start(self)
                         : host->post(host, &event, &self->ticket);
        hr = vss_failure(host, hr, name);
    }
    /* Further steps send to them again and again; Abort and BackupShutdown go
     * to those that heard PrepareForBackup. */
    if (!self->steps && self->operation != VSS_OPERATION_PREPARE_BACKUP) {
        vss_free(host, self->targets);
        self->targets = NULL;
    }
    if (SUCCEEDED(hr)) {
        self->posted = true;
        open_document(self);
    }
    return hr;
}
