/* state.c - see state.h. */
#include "vss/state.h"

#include "vss/async.h"
#include "vss/backup_components.h"

enum need { NEED_NOTHING, NEED_GATHERED, NEED_METADATA, NEED_STATUS,
            NEED_IDLE, NEED_BSTATE, NEED_SET, NEED_FILLED, NEED_NOSET };

#define RESTORE_PHASES VSS_PHASE_BACKUP_GATHERING
#define BACKUP_PHASES (VSS_PHASE_COUNT - RESTORE_PHASES)

static const struct {
    const char *name;
    unsigned char cells[RESTORE_PHASES];
} table[] = {
#define STATE(method, un, bk, rs, ga, me, pp, pd, pf, pc, op, od, of, source) \
    {#method, {VSS_CELL_##un, VSS_CELL_##bk, VSS_CELL_##rs, VSS_CELL_##ga, \
               VSS_CELL_##me, VSS_CELL_##pp, VSS_CELL_##pd, VSS_CELL_##pf, \
               VSS_CELL_##pc, VSS_CELL_##op, VSS_CELL_##od, VSS_CELL_##of}},
#include "vss/state.def"
};

static const struct {
    bool has;
    unsigned char cells[BACKUP_PHASES];
} backup_table[VSS_METHOD_COUNT] = {
#define STATE_BACKUP(method, bg, bm, ep, er, sp, sd, bf, cp, cd, source) \
    [VSS_METHOD_##method] = \
        {true, {VSS_CELL_##bg, VSS_CELL_##bm, VSS_CELL_##ep, VSS_CELL_##er, \
                VSS_CELL_##sp, VSS_CELL_##sd, VSS_CELL_##bf, VSS_CELL_##cp, \
                VSS_CELL_##cd}},
#include "vss/state.def"
};

static const unsigned char needs[VSS_METHOD_COUNT] = {
#define STATE_NEEDS(method, flag, source) \
    [VSS_METHOD_##method] = NEED_##flag,
#include "vss/state.def"
};

static const struct {
    signed char policy; /* -1: none */
    HRESULT codes[3];
} cells[] = {
#define CELL(id, text) [VSS_CELL_##id] = {-1, {0, 0, 0}},
#define CELL_POLICY(id, policy, code0, code1, code2) \
    [VSS_CELL_##id] = {VSSIM_POLICY_##policy, {code0, code1, code2}},
#include "vss/state.def"
};

const char *vss_phase_name(enum vss_phase phase)
{
    static const char *const names[] = {
#define PHASE(id, name, text) name,
#include "vss/state.def"
    };

    return names[phase];
}

const char *vss_method_name(enum vss_method method)
{
    return table[method].name;
}

enum vss_cell vss_cell(enum vss_method method, enum vss_phase phase)
{
    if (phase < RESTORE_PHASES)
        return table[method].cells[phase];
    return backup_table[method].has
               ? backup_table[method].cells[phase - RESTORE_PHASES]
               : VSS_CELL_BAD;
}

static bool has(const struct vss_backup_components *self, enum need need)
{
    switch (need) {
    case NEED_GATHERED:
        return self->gather != NULL;
    case NEED_METADATA:
        return self->gather && !self->metadata_freed;
    case NEED_STATUS:
        return self->status == VSS_STATUS_READY;
    case NEED_IDLE:
        return self->status != VSS_STATUS_PENDING;
    case NEED_BSTATE:
        return self->backup.set;
    case NEED_SET:
        return self->set.started;
    case NEED_FILLED:
        return self->set.started && self->set.n;
    case NEED_NOSET:
        return !self->set.started && !self->context_set;
    default:
        return true;
    }
}

static HRESULT check_state(struct vss_backup_components *self,
                           enum vss_method method)
{
    enum vss_cell cell = vss_cell(method, self->phase);
    HRESULT hr = S_OK;

    if (cell == VSS_CELL_BAD)
        hr = VSS_E_BAD_STATE;
    else if (cell == VSS_CELL_RSV)
        hr = E_NOTIMPL;
    else if (cell == VSS_CELL_NOWR)
        hr = bc_has_writers(self) ? VSS_E_BAD_STATE : S_OK;
    else if (cells[cell].policy >= 0)
        hr = cells[cell].codes[self->host->policy[cells[cell].policy]];
    /* U10: with ASR components in the document no gather is needed. */
    if (hr == S_FALSE)
        hr = document_has_asr(self->document) ? S_OK : VSS_E_BAD_STATE;
    if (hr == S_OK && !has(self, needs[method]))
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
