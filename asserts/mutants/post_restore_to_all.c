/*
 * post_restore_to_all.c - PostRestore goes to whoever is there, also to
 * those that were not restored.
 */
#include "mutant.h"

static uint32_t identify; /* the ticket of the latest */

/* Adds to the targets every writer that identified itself. */
static HRESULT post_to_all(const struct vssim_event *event, uint32_t *ticket)
{
    struct vssim_target targets[64];
    struct vssim_event more = *event;
    struct vssim_answer answer;
    uint32_t n = right_host->answers(right_host, identify);

    if (event->n_targets)
        memcpy(targets, event->targets, event->n_targets * sizeof(*targets));
    for (uint32_t i = 0; i < n && more.n_targets < 64; i++) {
        bool there = false;

        if (!right_host->answer(right_host, identify, i, &answer))
            continue;
        for (uint32_t k = 0; k < more.n_targets; k++)
            there |= IsEqualGUID(&targets[k].instance, &answer.instance);
        if (there)
            continue;
        memset(&targets[more.n_targets], 0, sizeof(*targets));
        targets[more.n_targets].instance = answer.instance;
        targets[more.n_targets++].writer = answer.writer;
    }
    more.targets = targets;
    return right_host->post(right_host, &more, ticket);
}

static HRESULT post(const struct vssim_host *host,
                    const struct vssim_event *event, uint32_t *ticket)
{
    HRESULT hr;

    (void)host;
    if (event->kind == VSSIM_EVENT_POST_RESTORE && event->n_targets < 64)
        return post_to_all(event, ticket);
    hr = right_host->post(right_host, event, ticket);
    if (event->kind == VSSIM_EVENT_IDENTIFY)
        identify = *ticket;
    return hr;
}

static void wrap(struct vssim_host *host)
{
    host->post = post;
}

static const struct mutation mutation = {.name = "post-restore-to-all",
                                         .host = wrap};
