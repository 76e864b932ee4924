/* event_log.c - see event_log.h. */
#include "writers/event_log.h"

#include "base/strbuf.h"
#include "com/hresult.h"
#include "com/text.h"

static const char *what_happened(uint32_t id)
{
    switch (id) {
    case EVENT_LOG_REJECTED:
        return "A VSS writer has rejected an event with error";
    case EVENT_LOG_NO_STATUS:
        return "Volume Shadow Copy Service error: the status of a writer is "
               "not available";
    default:
        return "Volume Shadow Copy Service error: a writer did not answer in "
               "time";
    }
}

static const char *meaning_of(HRESULT hr)
{
    const char *name, *meaning;
    int32_t code;

    for (unsigned i = 0; hresult_entry(i, &name, &code, &meaning); i++)
        if (code == hr)
            return meaning;
    return "";
}

void event_log_writer(struct bus *bus, const struct writer *w,
                      enum vssim_event_kind kind, uint32_t id, HRESULT hr)
{
    struct strbuf text = STRBUF_INIT;
    char guid[GUID_TEXT];
    struct trace *t;

    strbuf_addf(&text,
                "%s 0x%08x, %s.\n\nOperation:\n   %s Event\n\n"
                "Context:\n   Execution Context: Writer\n",
                what_happened(id), (unsigned)hr, meaning_of(hr),
                writer_event_name(kind));
    strbuf_addf(&text, "   Writer Class Id: {%s}\n",
                guid_text(&w->desc->writer, guid));
    strbuf_addf(&text, "   Writer Name: %s\n", w->desc->name);
    if (w->desc->instance_name)
        strbuf_addf(&text, "   Writer Instance Name: %s\n",
                    w->desc->instance_name);
    strbuf_addf(&text, "   Writer Instance ID: {%s}",
                guid_text(&w->instance, guid));
    t = record(bus->recorder, TRACE_LOG, 0);
    trace_str(t, KEY_SOURCE, "VSS");
    trace_int(t, KEY_ID, id);
    trace_str(t, KEY_TEXT, strbuf_str(&text));
    trace_end(t);
    strbuf_release(&text);
}
