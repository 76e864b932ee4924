/*
 * frozen_for_ever.c - off by one.
 *
 * Wrong: the last writer is not thawed
 * Rule: frozen-is-thawed
 */
#include "mutant.h"

static HRESULT post(const struct vssim_host *host,
                    const struct vssim_event *event, uint32_t *ticket)
{
    struct vssim_event fewer = *event;

    (void)host;
    if (event->kind == VSSIM_EVENT_THAW && event->n_targets > 0)
        fewer.n_targets--;
    return right_host->post(right_host, &fewer, ticket);
}

static void wrap(struct vssim_host *host)
{
    host->post = post;
}

static const struct mutation mutation = {.name = "frozen-for-ever",
                                         .host = wrap};
