/*
 * thaw_after_post_snapshot.c - two events of DoSnapshotSet have changed
 * places.
 *
 * Wrong: Thaw comes after PostSnapshot
 * Rule: backup-events-in-order
 */
#include "mutant.h"

static HRESULT post(const struct vssim_host *host,
                    const struct vssim_event *event, uint32_t *ticket)
{
    struct vssim_event other = *event;

    (void)host;
    if (event->kind == VSSIM_EVENT_THAW)
        other.kind = VSSIM_EVENT_POST_SNAPSHOT;
    else if (event->kind == VSSIM_EVENT_POST_SNAPSHOT)
        other.kind = VSSIM_EVENT_THAW;
    return right_host->post(right_host, &other, ticket);
}

static void wrap(struct vssim_host *host)
{
    host->post = post;
}

static const struct mutation mutation = {.name = "thaw-after-post-snapshot",
                                         .host = wrap};
