/*
 * status_of_the_first_gather.c - the writer status is cached: the first gather
 * is what every later one tells of.
 *
 * Wrong: a second GatherWriterStatus gathers nothing new
 * Rule: status-tells-the-failure
 */
#include "mutant.h"

static uint32_t status; /* the ticket of the first gather */

static HRESULT post(const struct vssim_host *host,
                    const struct vssim_event *event, uint32_t *ticket)
{
    (void)host;
    if (event->kind == VSSIM_EVENT_IDENTIFY)
        status = 0;
    if (event->kind == VSSIM_EVENT_STATUS && status) {
        uint32_t unused;
        HRESULT hr = right_host->post(right_host, event, &unused);

        *ticket = status;
        return hr;
    }
    if (event->kind == VSSIM_EVENT_STATUS) {
        HRESULT hr = right_host->post(right_host, event, ticket);

        status = *ticket;
        return hr;
    }
    return right_host->post(right_host, event, ticket);
}

static void forget(const struct vssim_host *host, uint32_t ticket)
{
    (void)host;
    if (ticket != status)
        right_host->forget(right_host, ticket);
}

static void wrap(struct vssim_host *host)
{
    host->post = post;
    host->forget = forget;
}

static const struct mutation mutation = {.name = "status-of-the-first-gather",
                                         .host = wrap};
