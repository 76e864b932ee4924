/*
 * event_log.h - what VSS writes about a writer into the Application log.
 *
 * Source VSS, with an operation and a context as machines show them. Observed
 * (public event log excerpts), not documented: docs/decisions.md, U71.
 */
#ifndef WRITERS_EVENT_LOG_H
#define WRITERS_EVENT_LOG_H

#include "writers/bus.h"

#define EVENT_LOG_REJECTED 8229u   /* a writer has rejected an event */
#define EVENT_LOG_NO_STATUS 12289u /* no session left for its status */
#define EVENT_LOG_TIMED_OUT 12297u /* a writer did not answer in time */

void event_log_writer(struct bus *bus, const struct writer *writer,
                      enum vssim_event_kind kind, uint32_t id, HRESULT hr);

#endif
