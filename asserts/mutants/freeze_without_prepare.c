/*
 * freeze_without_prepare.c - DoSnapshotSet begins with Freeze, twice.
 *
 * Wrong: Freeze comes without PrepareForSnapshot
 * Rule: backup-events-in-order
 */
#include "mutant.h"

static HRESULT post(const struct vssim_host *host,
                    const struct vssim_event *event, uint32_t *ticket)
{
    struct vssim_event other = *event;

    (void)host;
    if (event->kind == VSSIM_EVENT_PREPARE_FOR_SNAPSHOT)
        other.kind = VSSIM_EVENT_FREEZE;
    return right_host->post(right_host, &other, ticket);
}

static void wrap(struct vssim_host *host)
{
    host->post = post;
}

static const struct mutation mutation = {.name = "freeze-without-prepare",
                                         .host = wrap};
