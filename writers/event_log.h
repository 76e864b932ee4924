/*
 * event_log.h - what VSS writes about a writer into the Application log.
 *
 * With an operation and a context as machines show them; com/event_log.def
 * says where that is known from.
 */
#ifndef WRITERS_EVENT_LOG_H
#define WRITERS_EVENT_LOG_H

#include "writers/bus.h"

enum event_log_id {
#define EVENT_LOG(id, number, level, text) EVENT_LOG_##id = number,
#include "com/event_log.def"
#undef EVENT_LOG
};

void event_log_writer(struct bus *bus, const struct writer *writer,
                      enum vssim_event_kind kind, enum event_log_id id,
                      HRESULT hr);

#endif
