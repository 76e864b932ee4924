/* status_set.c - what VSS holds about a writer. */
#include "com/enums.h"
#include "writers/bus.h"

void status_set(struct bus *bus, struct writer *writer, VSS_WRITER_STATE state,
                HRESULT failure, HRESULT application, const char *message)
{
    struct writer_status *s = &writer->status;
    struct trace *t;

    s->state = state;
    s->failure = failure;
    s->application = application;
    s->message = message;
    t = record(bus->recorder, TRACE_STATUS, 0);
    trace_str(t, KEY_WRITER, writer->handle);
    trace_str(t, KEY_STATE, enum_name("VSS_WRITER_STATE", state));
    trace_hr(t, KEY_HR, failure);
    trace_hr(t, KEY_APPLICATION, application);
    if (message)
        trace_str(t, KEY_MESSAGE, message);
    trace_end(t);
}
