/* check.c - see check.h. */
#include "vss/check.h"

#include "vss/async.h"
#include "vss/backup_components.h"

static bool has(const struct vss_backup_components *self, enum vss_need need)
{
    switch (need) {
    case VSS_NEED_GATHERED:
        return self->gather != NULL;
    case VSS_NEED_METADATA:
        return self->gather && !self->metadata_freed;
    case VSS_NEED_STATUS:
        return self->status == VSS_STATUS_READY;
    case VSS_NEED_IDLE:
        return self->status != VSS_STATUS_PENDING;
    case VSS_NEED_BSTATE:
        return self->backup.set;
    case VSS_NEED_SET:
        return self->set.started;
    case VSS_NEED_FILLED:
        return self->set.started && self->set.n;
    case VSS_NEED_NOSET:
        return !self->set.started && !self->context_set;
    default:
        return true;
    }
}

static HRESULT check_state(struct vss_backup_components *self,
                           enum vss_method method)
{
    enum vss_cell cell = vss_cell(method, self->phase);
    HRESULT hr = vss_cell_code(cell, self->host);

    if (cell == VSS_CELL_NOWR && bc_has_writers(self))
        hr = VSS_E_BAD_STATE;
    /* U10: with ASR components in the document no gather is needed. */
    if (hr == S_FALSE)
        hr = document_has_asr(self->document) ? S_OK : VSS_E_BAD_STATE;
    if (hr == S_OK && !has(self, vss_need(method)))
        hr = VSS_E_BAD_STATE;
    return hr;
}

HRESULT vss_check_as(struct vss_backup_components *self,
                     enum vss_method method, bool arguments, HRESULT bad)
{
    bool state_first = vss_policy(self->host, VSSIM_POLICY_CHECK_ORDER) == 1;
    HRESULT hr;

    /* COM rejects a wrong account before the method sees anything (page
     * "Security Considerations for Requesters", U32). */
    hr = vss_acquire(self->host, VSSIM_RESOURCE_ACCESS,
                     vss_method_name(method));
    if (FAILED(hr))
        return hr;
    vss_follow(self);
    /* U21: arguments, then state, then what the document holds. */
    if (!state_first && !arguments)
        return bad;
    hr = check_state(self, method);
    if (hr == S_OK && !arguments)
        hr = bad;
    return hr;
}

HRESULT vss_check(struct vss_backup_components *self, enum vss_method method,
                  bool arguments)
{
    return vss_check_as(self, method, arguments, E_INVALIDARG);
}

static void follow_gather(struct vss_backup_components *self)
{
    HRESULT outcome = async_outcome(self->gather);
    bool restore = self->phase == VSS_PHASE_GATHERING;

    if (outcome == VSS_S_ASYNC_PENDING)
        return;
    if (outcome == VSS_S_ASYNC_FINISHED) {
        self->phase = restore ? VSS_PHASE_METADATA : VSS_PHASE_BACKUP_METADATA;
        return;
    }
    /* Failed or cancelled: as if it had not been called. */
    self->phase = restore ? VSS_PHASE_RESTORE : VSS_PHASE_BACKUP;
    async_leave(&self->gather);
}

static void follow_status(struct vss_backup_components *self)
{
    HRESULT outcome = async_outcome(self->status_async);

    if (outcome == VSS_S_ASYNC_PENDING)
        return;
    if (outcome == VSS_S_ASYNC_FINISHED) {
        self->status = VSS_STATUS_READY;
        return;
    }
    self->status = VSS_STATUS_NONE;
    async_leave(&self->status_async);
}

static void follow_restore(struct vss_backup_components *self)
{
    HRESULT outcome;

    if (self->phase == VSS_PHASE_PRE_PENDING) {
        outcome = async_outcome(self->pre);
        if (outcome == VSS_S_ASYNC_FINISHED)
            self->phase = VSS_PHASE_PRE_DONE;
        else if (outcome == VSS_S_ASYNC_CANCELLED)
            self->phase = VSS_PHASE_PRE_CANCELLED; /* U06 */
        else if (outcome != VSS_S_ASYNC_PENDING)
            self->phase = VSS_PHASE_PRE_FAILED; /* U07 */
    }
    if (self->phase == VSS_PHASE_POST_PENDING) {
        outcome = async_outcome(self->post);
        if (outcome == VSS_S_ASYNC_FINISHED)
            self->phase = VSS_PHASE_POST_DONE;
        else if (outcome != VSS_S_ASYNC_PENDING)
            self->phase = VSS_PHASE_POST_FAILED;
    }
}

static void follow_backup(struct vss_backup_components *self)
{
    HRESULT outcome;

    if (self->phase == VSS_PHASE_PREPARE_PENDING) {
        outcome = async_outcome(self->prepare);
        if (outcome == VSS_S_ASYNC_FINISHED)
            self->phase = VSS_PHASE_PREPARED;
        else if (outcome != VSS_S_ASYNC_PENDING)
            self->phase = VSS_PHASE_BACKUP_FAILED;
    }
    if (self->phase == VSS_PHASE_SNAPSHOT_PENDING) {
        outcome = async_outcome(self->make_set);
        if (outcome == VSS_S_ASYNC_PENDING)
            return;
        self->set.made = outcome == VSS_S_ASYNC_FINISHED;
        self->set.started = self->set.made;
        self->phase =
            self->set.made ? VSS_PHASE_SNAPSHOT_DONE : VSS_PHASE_BACKUP_FAILED;
    }
    if (self->phase == VSS_PHASE_COMPLETE_PENDING &&
        async_outcome(self->complete) != VSS_S_ASYNC_PENDING)
        self->phase = VSS_PHASE_COMPLETE_DONE;
}

void vss_follow(struct vss_backup_components *self)
{
    if (bc_gathering(self))
        follow_gather(self);
    if (self->status == VSS_STATUS_PENDING)
        follow_status(self);
    if (self->phase < VSS_PHASE_BACKUP_GATHERING)
        follow_restore(self);
    else
        follow_backup(self);
}
