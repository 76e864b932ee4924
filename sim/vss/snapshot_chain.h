/*
 * snapshot_chain.h - the events of DoSnapshotSet, one after the other:
 * PrepareForSnapshot, Freeze, Commit, Thaw, PostSnapshot; Abort after a
 * failure in between (page "Aborting VSS Operations"). For
 * snapshot_set.c only.
 *
 * The chain lives in the async. It owns the set's shadow copies until they
 * are made: when it fails, is cancelled or goes away they go, too, and the
 * machine may begin another set. It posts events after the call is over, so
 * it may run short of memory then: the async ends with E_OUTOFMEMORY.
 */
#ifndef VSS_SNAPSHOT_CHAIN_H
#define VSS_SNAPSHOT_CHAIN_H

#include "vss/async.h"

/* For the async of DoSnapshotSet. */
extern const struct vss_steps chain_steps;

#endif
