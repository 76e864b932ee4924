/*
 * async.h - IVssAsync: one object for the operation and its watcher.
 *
 * It is alive while the caller holds a reference, while the backup
 * components object that started it needs its answers (`held`), or while a
 * call is inside it (`pins`: things may happen during host->wait). Only then
 * is the ticket forgotten. Its public reference count is the caller's alone.
 *
 * Invariants: the outcome leaves VSS_S_ASYNC_PENDING once and stays; after
 * async_create nothing here allocates (decision U45).
 */
#ifndef VSS_ASYNC_H
#define VSS_ASYNC_H

#include "vss/document.h"
#include "vss/participant.h"

/* What it sends and whom it opens the document for: async_start.c; what its end
 * means: result() in async.c. Restores stand before backups. */
enum vss_operation {
    VSS_OPERATION_GATHER,
    VSS_OPERATION_STATUS,
    VSS_OPERATION_PRE_RESTORE,
    VSS_OPERATION_POST_RESTORE,
    VSS_OPERATION_PREPARE_BACKUP,
    VSS_OPERATION_SNAPSHOT_SET, /* with steps: snapshot_chain.h */
    VSS_OPERATION_BACKUP_COMPLETE,
    VSS_OPERATION_PROVIDER /* what a provider does; see `finish` */
};

struct vss_async;

/* How an operation of several events goes on. */
struct vss_steps {
    /* Sends the first event; the targets are set. */
    HRESULT (*start)(struct vss_async *async);
    /* The ticket of the last one ended with `hr`. VSS_S_ASYNC_PENDING: the
     * next event is out; else what the operation ends with. */
    HRESULT (*next)(struct vss_async *async, HRESULT hr);
    /* Stops it while it is pending, and tells its writers. */
    void (*stop)(struct vss_async *async);
};

struct vss_async {
    IVssAsync iface;
    const struct vssim_host *host;
    ULONG refs;
    unsigned pins;
    bool held;
    bool no_cancel; /* a revert goes on, whatever happens */
    enum vss_operation operation;
    const struct vss_steps *steps; /* NULL: it is one event */
    HRESULT outcome;
    bool posted;
    uint32_t ticket;
    struct vss_document *document;
    struct vss_participant *participants;
    uint32_t n_participants;
    /* SNAPSHOT_SET and PROVIDER: the shadow copy set, or what else the
     * provider works on. */
    GUID object;
    /* SNAPSHOT_SET: where it stands, whom its events go to, how it will end
     * once Abort is over, and what the document will say of the set. */
    enum vssim_event_kind stage;
    struct vssim_target *targets;
    uint32_t n_targets;
    HRESULT failure;
    struct vss_document *annex;
    /* PROVIDER: what the work comes to; NULL: it just finishes. Never
     * allocates. */
    HRESULT (*finish)(struct vss_async *async);
    const char *name; /* the method */
};

/* One reference and held; takes over `participants`, also on failure. */
HRESULT async_create(const struct vssim_host *host,
                     enum vss_operation operation,
                     struct vss_document *document,
                     struct vss_participant *participants, uint32_t n,
                     struct vss_async **out);
/* Writes `targets` for those that the event goes to; NULL counts them. */
uint32_t async_targets(const struct vss_async *async,
                       struct vssim_target *targets);
/* Obtains the rest and sends the event; on failure nothing was sent and the
 * async is still whole. */
HRESULT async_start(struct vss_async *async, const char *site);
/* Cancels it; it is pending. */
void async_stop(struct vss_async *async);
/* For host->notify: brings it up to date. */
void async_follow(void *async);
/* Gives up an async that nobody but its maker knows. */
void async_discard(struct vss_async *async);
/* The backup components object has no more use for it; sets NULL. */
void async_leave(struct vss_async **async);
/* The present outcome, as QueryStatus would give it. */
HRESULT async_outcome(struct vss_async *async);

#endif
