/*
 * events.h - what an event is to a writer: the table is vssim/events.def.
 */
#ifndef WRITERS_EVENTS_H
#define WRITERS_EVENTS_H

#include <vssim/subject.h>

enum event_hears { HEARS_WRITERS, HEARS_PROVIDERS, HEARS_VSS };

struct writer_event {
    const char *name;
    enum event_hears hears;
    const char *handler;           /* the writer's method; "": none */
    VSS_WRITER_STATE well, failed; /* what a writer is after it */
    bool of_backup;                /* its PART is BACKUP or BACKUP_END */
};

const struct writer_event *writer_event(enum vssim_event_kind kind);
const char *writer_event_name(enum vssim_event_kind kind);
/* Does a writer hear it? */
bool writer_hears(enum vssim_event_kind kind);
/* The event whose failure leaves a writer in that state, or NULL. */
const char *writer_event_failed(int state);

#endif
