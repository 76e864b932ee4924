/*
 * log_not_for_asyncs.c - only failures that a method returns are logged.
 *
 * Wrong: a failure that shows in the async is not logged
 * Rule: unexpected-is-logged
 */
#include "mutant.h"

static void wrong_log(const struct vssim_host *host, const char *source,
                      uint32_t event_id, const char *text)
{
    (void)host;
    if (!strstr(text, "asynchronous"))
        right_host->log(right_host, source, event_id, text);
}

static void wrap(struct vssim_host *host)
{
    host->log = wrong_log;
}

static const struct mutation mutation = {.name = "log-not-for-asyncs",
                                         .host = wrap};
