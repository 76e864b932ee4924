/*
 * edit.h - what a handler does to the document, and what it reads there.
 *
 * Everything goes through the IVssComponent that the subject gave to the
 * writer, as a real writer's would: the subject decides what it accepts, and
 * the trace holds the answer.
 */
#ifndef WRITERS_EDIT_H
#define WRITERS_EDIT_H

#include "writers/bus.h"

/* `components` may be NULL (the requester lost interest): nothing happens. */
void edit_apply(struct bus *bus, enum vssim_event_kind kind, struct writer *w,
                IVssWriterComponents *components, const struct behaviour *b);
/* `value`: a code, recorded by name. */
void edit_record(struct bus *bus, const struct writer *w, const char *method,
                 const char *component, HRESULT value, HRESULT hr);
bool condition_holds(struct bus *bus, const struct writer_condition *condition,
                     IVssWriterComponents *components);

#endif
