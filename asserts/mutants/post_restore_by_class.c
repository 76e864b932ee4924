/*
 * post_restore_by_class.c - a writer that was restarted meanwhile hears
 * PostRestore, and never heard PreRestore.
 *
 * Wrong: PostRestore goes to the class of a writer, not to its instance
 * Rule: postrestore-after-prerestore
 */
#include "mutant.h"

static HRESULT post(const struct vssim_host *host,
                    const struct vssim_event *event, uint32_t *ticket)
{
    struct vssim_target targets[64];
    struct vssim_event other = *event;

    (void)host;
    if (event->kind != VSSIM_EVENT_POST_RESTORE || !event->n_targets ||
        event->n_targets > 64)
        return right_host->post(right_host, event, ticket);
    memcpy(targets, event->targets, event->n_targets * sizeof(*targets));
    for (uint32_t i = 0; i < event->n_targets; i++)
        memset(&targets[i].instance, 0, sizeof(targets[i].instance));
    other.targets = targets;
    return right_host->post(right_host, &other, ticket);
}

static void wrap(struct vssim_host *host)
{
    host->post = post;
}

static const struct mutation mutation = {.name = "post-restore-by-class",
                                         .host = wrap};
