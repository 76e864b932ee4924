/* state.c - see state.h. */
#include "vss/state.h"

#include "vss/async.h"
#include "vss/backup_components.h"

enum need { NEED_NOTHING, NEED_GATHERED, NEED_METADATA, NEED_STATUS,
            NEED_IDLE };

static const struct {
    const char *name;
    unsigned char cells[VSS_PHASE_COUNT];
} table[] = {
#define STATE(method, un, bk, rs, ga, me, pp, pd, pf, pc, op, od, of, source) \
    {#method, {VSS_CELL_##un, VSS_CELL_##bk, VSS_CELL_##rs, VSS_CELL_##ga, \
               VSS_CELL_##me, VSS_CELL_##pp, VSS_CELL_##pd, VSS_CELL_##pf, \
               VSS_CELL_##pc, VSS_CELL_##op, VSS_CELL_##od, VSS_CELL_##of}},
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
    return table[method].cells[phase];
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
    else if (cell == VSS_CELL_GAP)
        hr = E_NOTIMPL;
    else if (cells[cell].policy >= 0)
        hr = cells[cell].codes[self->host->policy[cells[cell].policy]];
    /* U10: with ASR components in the document no gather is needed. */
    if (hr == S_FALSE)
        hr = document_has_asr(self->document) ? S_OK : VSS_E_BAD_STATE;
    if (hr == S_OK && !has(self, needs[method]))
        hr = VSS_E_BAD_STATE;
    return hr;
}

HRESULT vss_check(struct vss_backup_components *self, enum vss_method method,
                  bool arguments)
{
    bool state_first =
        vss_policy(self->host, VSSIM_POLICY_CHECK_ORDER) == 1;
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
        return E_INVALIDARG;
    hr = check_state(self, method);
    if (hr == S_OK && !arguments)
        hr = E_INVALIDARG;
    return hr;
}

static void follow_gather(struct vss_backup_components *self)
{
    HRESULT outcome = async_outcome(self->gather);

    if (outcome == VSS_S_ASYNC_PENDING)
        return;
    if (outcome == VSS_S_ASYNC_FINISHED) {
        self->phase = VSS_PHASE_METADATA;
        return;
    }
    /* Failed or cancelled: as if it had not been called. */
    self->phase = VSS_PHASE_RESTORE;
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

void vss_follow(struct vss_backup_components *self)
{
    HRESULT outcome;

    if (self->phase == VSS_PHASE_GATHERING)
        follow_gather(self);
    if (self->status == VSS_STATUS_PENDING)
        follow_status(self);
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
