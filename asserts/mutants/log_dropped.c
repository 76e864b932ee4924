/*
 * log_dropped.c - nothing is written to the event log.
 *
 * Wrong: VSS_E_UNEXPECTED comes without an entry in the error log
 * Rule: unexpected-is-logged
 */
#include "mutant.h"

static void wrong_log(const struct vssim_host *host, const char *source,
                      uint32_t event_id, const char *text)
{
    (void)host;
    (void)source;
    (void)event_id;
    (void)text;
}

static void wrap(struct vssim_host *host)
{
    host->log = wrong_log;
}

static const struct mutation mutation = {.name = "log-dropped", .host = wrap};
