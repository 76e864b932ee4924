/*
 * snapshot_chain.h - the events of DoSnapshotSet, one after the other:
 * PrepareForSnapshot, Freeze, Commit, Thaw, PostSnapshot; Abort after a
 * failure in between (page "Aborting VSS Operations"). For async.c only.
 *
 * The chain lives in the async. It owns the set's shadow copies until they
 * are made: when it fails, is cancelled or goes away they go, too, and the
 * machine may begin another set. It posts events after the call is over, so
 * it may run short of memory then: the async ends with E_OUTOFMEMORY.
 */
#ifndef VSS_SNAPSHOT_CHAIN_H
#define VSS_SNAPSHOT_CHAIN_H

#include "vss/async.h"

/* Sends the first event; the targets are set. */
HRESULT chain_start(struct vss_async *async);
/* The present stage's ticket ended with `hr`. VSS_S_ASYNC_PENDING: the next
 * event is out; else what the operation ends with. */
HRESULT chain_next(struct vss_async *async, HRESULT hr);
/* Stops a chain, which is pending, and tells its writers. */
void chain_break(struct vss_async *async);

#endif
