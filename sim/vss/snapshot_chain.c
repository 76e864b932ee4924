/* snapshot_chain.c - see snapshot_chain.h. */
#include "vss/snapshot_chain.h"

#include "com/text.h"
#include "vss/volumes.h"

/* Sends an event to the async's targets, or, for the commit, to no writer. */
static HRESULT post(const struct vss_async *self, enum vssim_event_kind kind,
                    uint32_t *ticket)
{
    const struct vssim_target set = {.instance = self->object};
    struct vssim_event event = {kind, self->targets, self->n_targets};

    if (kind == VSSIM_EVENT_COMMIT) {
        event.targets = &set;
        event.n_targets = 1;
    }
    return self->host->post(self->host, &event, ticket);
}

/* Sends one that nobody waits for. */
static void tell(const struct vss_async *self, enum vssim_event_kind kind,
                 const struct vssim_target *targets, uint32_t n)
{
    const struct vssim_event event = {kind, targets, n};
    uint32_t ticket;

    if (n && SUCCEEDED(self->host->post(self->host, &event, &ticket)))
        self->host->forget(self->host, ticket);
}

/* Only PostSnapshot's handlers see the components (pages of the handlers). */
static void show_components(struct vss_async *self)
{
    uint32_t n = 0;

    for (uint32_t i = 0; i < self->n_participants; i++) {
        const struct vss_participant *one = &self->participants[i];

        while (n < self->n_targets &&
               guid_equal(&self->targets[n].instance, &one->instance)) {
            self->targets[n].components =
                one->view ? writer_components_interface(one->view) : NULL;
            n++;
        }
    }
    self->document->open = VSS_OPEN_POST_SNAPSHOT;
}

static HRESULT enter(struct vss_async *self, enum vssim_event_kind kind)
{
    const struct vssim_host *host = self->host;
    uint32_t ticket;
    HRESULT hr;

    if (kind == VSSIM_EVENT_POST_SNAPSHOT)
        show_components(self);
    hr = post(self, kind, &ticket);
    if (FAILED(hr))
        return hr;
    if (self->posted)
        host->forget(host, self->ticket);
    self->ticket = ticket;
    self->stage = kind;
    host->notify(host, ticket, async_follow, self);
    return VSS_S_ASYNC_PENDING;
}

static HRESULT chain_start(struct vss_async *self)
{
    HRESULT hr;

    for (uint32_t i = 0; i < self->n_targets; i++)
        self->targets[i].components = NULL;
    hr = enter(self, VSSIM_EVENT_PREPARE_FOR_SNAPSHOT);
    return FAILED(hr) ? hr : S_OK;
}

/* Ends with `failure`, once the writers have heard Abort. */
static HRESULT abort_with(struct vss_async *self, HRESULT failure)
{
    HRESULT hr;

    storage_drop_set(self->host, &self->object);
    self->failure = failure;
    hr = enter(self, VSSIM_EVENT_ABORT);
    return FAILED(hr) ? failure : hr;
}

static bool failed_at(const struct vss_async *self, const GUID *instance)
{
    struct vssim_answer answer;

    for (uint32_t i = 0;
         self->host->answer(self->host, self->ticket, i, &answer); i++)
        if (guid_equal(&answer.instance, instance))
            return answer.lost || FAILED(answer.failure);
    return false;
}

/* U50: those that failed Freeze or Thaw hear Abort and nothing more. */
static void leave_out_failed(struct vss_async *self)
{
    uint32_t n = 0;

    for (uint32_t i = 0; i < self->n_targets; i++) {
        if (failed_at(self, &self->targets[i].instance))
            tell(self, VSSIM_EVENT_ABORT, &self->targets[i], 1);
        else
            self->targets[n++] = self->targets[i];
    }
    self->n_targets = n;
}

static bool some_failed(const struct vss_async *self)
{
    for (uint32_t i = 0; i < self->n_targets; i++)
        if (failed_at(self, &self->targets[i].instance))
            return true;
    return false;
}

/* The shadow copies are there: none of this can fail. */
static void made(struct vss_async *self)
{
    const struct vssim_host *host = self->host;
    struct vssim_snapshot one;

    for (uint32_t i = 0; host->snapshot(host, i, &one); i++)
        if (guid_equal(&one.set, &self->object)) {
            one.state = VSS_SS_CREATED;
            host->change_snapshot(host, &one);
        }
    host->end_set(host, &self->object);
    document_annex(self->document, self->annex);
    self->annex = NULL;
}

static HRESULT next_of(struct vss_async *self)
{
    bool goes_on =
        vss_policy(self->host, VSSIM_POLICY_WRITER_FAILURE_IN_SNAPSHOT) == 0;

    switch (self->stage) {
    case VSSIM_EVENT_PREPARE_FOR_SNAPSHOT:
        /* Page "Aborting VSS Operations": a failure here, or in PostSnapshot,
         * generates no Abort. No writers: nothing to freeze. */
        return enter(self, self->n_targets ? VSSIM_EVENT_FREEZE
                                           : VSSIM_EVENT_COMMIT);
    case VSSIM_EVENT_FREEZE:
        if (!goes_on && some_failed(self))
            return abort_with(self, VSS_E_UNEXPECTED);
        leave_out_failed(self);
        return enter(self, VSSIM_EVENT_COMMIT);
    case VSSIM_EVENT_COMMIT:
        made(self);
        return self->n_targets ? enter(self, VSSIM_EVENT_THAW)
                               : VSS_S_ASYNC_FINISHED;
    case VSSIM_EVENT_THAW:
        leave_out_failed(self);
        return self->n_targets ? enter(self, VSSIM_EVENT_POST_SNAPSHOT)
                               : VSS_S_ASYNC_FINISHED;
    default:
        return VSS_S_ASYNC_FINISHED;
    }
}

static HRESULT chain_next(struct vss_async *self, HRESULT hr)
{
    if (self->stage == VSSIM_EVENT_ABORT)
        return self->failure;
    if (SUCCEEDED(hr)) {
        hr = next_of(self);
        if (SUCCEEDED(hr))
            return hr;
    }
    return abort_with(self, hr);
}

static void chain_break(struct vss_async *self)
{
    storage_drop_set(self->host, &self->object);
    if (self->stage == VSSIM_EVENT_ABORT)
        return;
    for (uint32_t i = 0; i < self->n_targets; i++)
        self->targets[i].components = NULL;
    tell(self, VSSIM_EVENT_ABORT, self->targets, self->n_targets);
}

const struct vss_steps chain_steps = {chain_start, chain_next, chain_break};
