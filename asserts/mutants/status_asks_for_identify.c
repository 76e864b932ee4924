/*
 * status_asks_for_identify.c - the status is asked for by an Identify event.
 *
 * Wrong: GatherWriterStatus makes writers identify themselves again
 * Rule: event-from-its-method
 */
#include "mutant.h"

static HRESULT post(const struct vssim_host *host,
                    const struct vssim_event *event, uint32_t *ticket)
{
    struct vssim_event other = *event;

    (void)host;
    if (event->kind == VSSIM_EVENT_STATUS)
        other.kind = VSSIM_EVENT_IDENTIFY;
    return right_host->post(right_host, &other, ticket);
}

static void wrap(struct vssim_host *host)
{
    host->post = post;
}

static const struct mutation mutation = {.name = "status-asks-for-identify",
                                         .host = wrap};
