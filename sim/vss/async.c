/* async.c - IVssAsync, see async.h. */
#include "vss/async.h"

#include "base/array.h"
#include "com/object.h"
#include "os/assert.h"

typedef struct vss_async self_t;

COM_OBJECT(from, self_t, iface, IVssAsync)

static const char *site(const self_t *self)
{
    static const char *const names[] = {
        "GatherWriterMetadata (asynchronous part)",
        "GatherWriterStatus (asynchronous part)",
        "PreRestore (asynchronous part)",
        "PostRestore (asynchronous part)",
        "PrepareForBackup (asynchronous part)",
        "DoSnapshotSet (asynchronous part)",
        "BackupComplete (asynchronous part)",
        NULL};

    assert(self->operation < ARRAY_SIZE(names));
    return names[self->operation] ? names[self->operation] : self->name;
}

static void destroy(self_t *self)
{
    const struct vssim_host *host = self->host;

    if (self->posted)
        host->forget(host, self->ticket);
    vss_free(host, self->targets);
    document_unref(self->annex);
    participants_free(host, self->participants, self->n_participants);
    document_unref(self->document);
    vss_free(host, self);
}

static void unless_needed(self_t *self)
{
    assert(self->host);
    if (!self->refs && !self->held && !self->pins)
        destroy(self);
}

/* U17: what PostRestore makes of a writer that is gone. */
static HRESULT lost_result(const self_t *self)
{
    static const HRESULT results[] = {
        VSS_E_UNEXPECTED_WRITER_ERROR, VSS_E_UNEXPECTED,
        VSS_S_ASYNC_FINISHED};
    struct vssim_answer answer;

    for (uint32_t i = 0;
         self->host->answer(self->host, self->ticket, i, &answer); i++)
        if (answer.lost)
            return results[vss_policy(self->host, VSSIM_POLICY_LOST_WRITER)];
    return VSS_S_ASYNC_FINISHED;
}

/* Page of BackupComplete: a writer that failed in its handler (U65). */
static HRESULT complete_result(const self_t *self)
{
    struct vssim_answer answer;

    for (uint32_t i = 0;
         self->host->answer(self->host, self->ticket, i, &answer); i++)
        if (FAILED(answer.failure))
            return VSS_E_UNEXPECTED_WRITER_ERROR;
    return VSS_S_ASYNC_FINISHED;
}

/* What a ticket that finished means for the operation. */
static HRESULT result(self_t *self)
{
    switch (self->operation) {
    case VSS_OPERATION_POST_RESTORE:
        return lost_result(self);
    case VSS_OPERATION_BACKUP_COMPLETE:
        return complete_result(self);
    case VSS_OPERATION_PROVIDER:
        return self->finish ? self->finish(self) : VSS_S_ASYNC_FINISHED;
    default:
        return VSS_S_ASYNC_FINISHED;
    }
}

/* Handlers no longer run: their views are closed for edits. */
static void close_document(self_t *self)
{
    if (self->document && self->operation != VSS_OPERATION_PROVIDER)
        self->document->open = VSS_OPEN_NONE;
}

static void settle(self_t *self)
{
    HRESULT hr;

    while (self->outcome == VSS_S_ASYNC_PENDING) {
        hr = self->host->poll(self->host, self->ticket);
        if (hr == VSS_S_ASYNC_PENDING)
            return;
        if (self->steps)
            hr = self->steps->next(self, hr);
        else if (hr == VSS_S_ASYNC_FINISHED)
            hr = result(self);
        if (hr == VSS_S_ASYNC_PENDING)
            continue; /* the next event is out */
        self->outcome = vss_failure(self->host, hr, site(self));
        close_document(self);
    }
}

HRESULT async_outcome(struct vss_async *self)
{
    settle(self);
    return self->outcome;
}

static HRESULT query_interface(IVssAsync *This, REFIID riid, void **out)
{
    static const IID *const ids[] = {&IID_IVssAsync};

    return object_query(This, &from(This)->refs, riid, ids, 1, out);
}

static ULONG add_ref(IVssAsync *This)
{
    return ++from(This)->refs;
}

static ULONG release(IVssAsync *This)
{
    self_t *self = from(This);
    ULONG refs = --self->refs;

    unless_needed(self);
    return refs;
}

void async_stop(struct vss_async *self)
{
    if (self->steps)
        self->steps->stop(self); /* U62 */
    self->outcome = VSS_S_ASYNC_CANCELLED;
    if (self->host->size > offsetof(struct vssim_host, wake) &&
        self->host->wake)
        self->host->wake(self->host, self->ticket);
}

/* U06: pending goes to cancelled at once. Writers already told run to their
 * end; the ticket stays, so that their views stay open till then. */
static HRESULT cancel(IVssAsync *This)
{
    self_t *self = from(This);
    HRESULT hr = vss_acquire(self->host, VSSIM_RESOURCE_ACCESS, "Cancel");

    if (FAILED(hr))
        return hr;
    settle(self);
    /* Page of Cancel: FINISHED, CANCELLED or the failure, when over. */
    if (self->outcome != VSS_S_ASYNC_PENDING)
        return self->outcome;
    /* Page of QueryRevertStatus: it cannot be cancelled; the code: U67. */
    if (self->no_cancel)
        return vss_failure(self->host, VSS_E_UNEXPECTED, "Cancel");
    async_stop(self);
    return S_OK;
}

/* One ticket after the other, until the operation is over. */
static void wait_long(self_t *self, uint32_t ms)
{
    const struct vssim_host *host = self->host;
    uint64_t until = host->now(host) + ms;

    do {
        uint32_t left =
            ms == VSSIM_FOREVER ? ms : (uint32_t)(until - host->now(host));

        host->wait(host, self->ticket, left);
        settle(self);
    } while (self->outcome == VSS_S_ASYNC_PENDING &&
             (ms == VSSIM_FOREVER || host->now(host) < until));
}

static HRESULT wait_for(IVssAsync *This, DWORD ms)
{
    self_t *self = from(This);
    const struct vssim_host *host = self->host;
    int rule = vss_windows(host)->wait_rule;
    HRESULT hr = vss_acquire(host, VSSIM_RESOURCE_ACCESS, "Wait");

    if (FAILED(hr))
        return hr;
    /* Page of Wait: Server 2003 takes INFINITE only; XP takes nothing. */
    if (rule == 1 && ms != INFINITE)
        return E_INVALIDARG;
    settle(self);
    if (self->outcome == VSS_S_ASYNC_PENDING) {
        self->pins++;
        wait_long(self, rule == 0 ? VSSIM_FOREVER : ms);
        self->pins--;
    }
    /* U04, U05: S_OK also on failure and when time ran out. */
    if (FAILED(self->outcome) &&
        vss_policy(host, VSSIM_POLICY_WAIT_ON_FAILURE) == 1)
        hr = self->outcome;
    unless_needed(self);
    return hr;
}

static HRESULT query_status(IVssAsync *This, HRESULT *result, INT *reserved)
{
    self_t *self = from(This);
    HRESULT hr = vss_acquire(self->host, VSSIM_RESOURCE_ACCESS, "QueryStatus");

    OUT(reserved, 0);
    OUT(result, 0);
    if (FAILED(hr))
        return hr;
    if (!result)
        return E_INVALIDARG; /* page of QueryStatus */
    *result = async_outcome(self);
    return S_OK; /* U04: S_OK is about the query */
}

static const IVssAsyncVtbl vtable = {query_interface, add_ref, release,
                                     cancel, wait_for, query_status};

HRESULT async_create(const struct vssim_host *host,
                     enum vss_operation operation,
                     struct vss_document *document,
                     struct vss_participant *participants, uint32_t n,
                     struct vss_async **out)
{
    self_t *self = vss_alloc(host, sizeof(*self));

    *out = self;
    if (!self) {
        participants_free(host, participants, n);
        return E_OUTOFMEMORY;
    }
    self->iface.lpVtbl = &vtable;
    self->host = host;
    self->refs = 1;
    self->held = true;
    self->operation = operation;
    self->outcome = VSS_S_ASYNC_PENDING;
    self->document = document ? document_ref(document) : NULL;
    self->participants = participants;
    self->n_participants = n;
    return S_OK;
}

void async_follow(void *self)
{
    settle(self);
}

void async_discard(struct vss_async *self)
{
    if (self)
        destroy(self);
}

void async_leave(struct vss_async **async)
{
    struct vss_async *self = *async;

    *async = NULL;
    if (!self)
        return;
    self->held = false;
    unless_needed(self);
}
