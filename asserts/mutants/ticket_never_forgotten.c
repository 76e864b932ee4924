/*
 * ticket_never_forgotten.c - the destructor of the async misses host->forget.
 *
 * Wrong: the event of an async is never given back
 * Rule: released-means-gone
 */
#include "mutant.h"

static void forget(const struct vssim_host *host, uint32_t ticket)
{
    (void)host;
    (void)ticket;
}

static void wrap(struct vssim_host *host)
{
    host->forget = forget;
}

static const struct mutation mutation = {.name = "ticket-never-forgotten",
                                         .host = wrap};
