/*
 * event_sent_twice.c - a writer with several components is listed once for
 * each.
 *
 * Wrong: PreRestore goes out twice to one writer
 * Rule: selected-hears-once
 */
#include "mutant.h"

static HRESULT post(const struct vssim_host *host,
                    const struct vssim_event *event, uint32_t *ticket)
{
    struct vssim_target targets[65];
    struct vssim_event more = *event;

    (void)host;
    if (event->kind != VSSIM_EVENT_PRE_RESTORE || !event->n_targets ||
        event->n_targets > 64)
        return right_host->post(right_host, event, ticket);
    memcpy(targets, event->targets, event->n_targets * sizeof(*targets));
    targets[more.n_targets++] = event->targets[0];
    more.targets = targets;
    return right_host->post(right_host, &more, ticket);
}

static void wrap(struct vssim_host *host)
{
    host->post = post;
}

static const struct mutation mutation = {.name = "event-sent-twice",
                                         .host = wrap};
