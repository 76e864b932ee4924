/*
 * last_writer_left_out.c - off by one.
 *
 * Wrong: PreRestore does not go to the last of several writers
 * Rule: selected-hears-once
 */
#include "mutant.h"

static HRESULT post(const struct vssim_host *host,
                    const struct vssim_event *event, uint32_t *ticket)
{
    struct vssim_event fewer = *event;

    (void)host;
    if (event->kind == VSSIM_EVENT_PRE_RESTORE && event->n_targets > 1)
        fewer.n_targets--;
    return right_host->post(right_host, &fewer, ticket);
}

static void wrap(struct vssim_host *host)
{
    host->post = post;
}

static const struct mutation mutation = {.name = "last-writer-left-out",
                                         .host = wrap};
