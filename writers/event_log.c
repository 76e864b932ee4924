/* event_log.c - see event_log.h. */
#include "writers/event_log.h"

#include "base/array.h"
#include "base/strbuf.h"
#include "com/hresult.h"
#include "com/text.h"
#include "os/assert.h"

static const char *what_happened(enum event_log_id id)
{
    static const struct {
        enum event_log_id id;
        const char *text;
    } happened[] = {
#define EVENT_LOG(name, number, level, text) {EVENT_LOG_##name, text},
#include "com/event_log.def"
#undef EVENT_LOG
    };
    unsigned i = 0;

    for (; happened[i].id != id; i++)
        assert(i + 1 < ARRAY_SIZE(happened)); /* these are all */
    return happened[i].text;
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
                      enum vssim_event_kind kind, enum event_log_id id,
                      HRESULT hr)
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
