/*
 * post_restore_sends_pre_restore.c - copied from pre_restore.c, and one line
 * was not changed.
 *
 * Wrong: PostRestore sends the event PreRestore
 * Rule: event-from-its-method
 */
#include "mutant.h"

static HRESULT post(const struct vssim_host *host,
                    const struct vssim_event *event, uint32_t *ticket)
{
    struct vssim_event other = *event;

    (void)host;
    if (event->kind == VSSIM_EVENT_POST_RESTORE)
        other.kind = VSSIM_EVENT_PRE_RESTORE;
    return right_host->post(right_host, &other, ticket);
}

static void wrap(struct vssim_host *host)
{
    host->post = post;
}

static const struct mutation mutation = {
    .name = "post-restore-sends-pre-restore", .host = wrap};
