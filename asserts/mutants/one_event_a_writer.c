/*
 * one_event_a_writer.c - the writers are told one by one, and only the last is
 * followed.
 *
 * Wrong: PreRestore sends an event of its own to each writer
 * Rule: success-sends-one-event
 */
#include "mutant.h"

static HRESULT post(const struct vssim_host *host,
                    const struct vssim_event *event, uint32_t *ticket)
{
    (void)host;
    for (uint32_t i = 0;
         event->kind == VSSIM_EVENT_PRE_RESTORE && i + 1 < event->n_targets;
         i++) {
        struct vssim_event one = *event;

        one.targets += i;
        one.n_targets = 1;
        right_host->post(right_host, &one, ticket);
    }
    if (event->kind == VSSIM_EVENT_PRE_RESTORE && event->n_targets > 1) {
        struct vssim_event last = *event;

        last.targets += event->n_targets - 1;
        last.n_targets = 1;
        return right_host->post(right_host, &last, ticket);
    }
    return right_host->post(right_host, event, ticket);
}

static void wrap(struct vssim_host *host)
{
    host->post = post;
}

static const struct mutation mutation = {.name = "one-event-a-writer",
                                         .host = wrap};
