/* bus_answers.c - what writers gave to an event; see bus.h. */
#include <string.h>

#include "com/documents_write.h"
#include "com/text.h"
#include "writers/bus.h"

/* Identify: those that did not refuse or die. Else: every target. */
static bool answered(const struct ticket *ticket,
                     const struct ticket_target *target)
{
    if (ticket->kind != VSSIM_EVENT_IDENTIFY)
        return true;
    return target->ended && !target->refused && !target->lost;
}

uint32_t bus_answers(const struct bus *bus, uint32_t id)
{
    const struct ticket *ticket = bus_ticket(bus, id);
    uint32_t n = 0;

    for (uint32_t i = 0; ticket && i < ticket->n_targets; i++)
        n += answered(ticket, &ticket->targets[i]);
    return n;
}

/* The target whose answer has that index, or NULL. */
static struct ticket_target *answer_of(struct ticket *ticket, uint32_t index)
{
    for (uint32_t i = 0; ticket && i < ticket->n_targets; i++)
        if (answered(ticket, &ticket->targets[i]) && index-- == 0)
            return &ticket->targets[i];
    return NULL;
}

static void make_metadata(struct bus *bus, struct writer *w)
{
    struct vss_writer_desc desc = *w->desc;
    struct strbuf xml = STRBUF_INIT;

    if (w->metadata)
        return;
    desc.instance = w->instance;
    writer_metadata_write(&xml, &desc);
    w->metadata = heap_alloc(bus->heap, xml.len);
    if (w->metadata) {
        memcpy(w->metadata, xml.buf, xml.len);
        w->metadata_size = xml.len;
    }
    strbuf_release(&xml);
}

bool bus_answer(struct bus *bus, uint32_t id, uint32_t index,
                struct vssim_answer *answer)
{
    struct ticket *ticket = bus_ticket(bus, id);
    struct ticket_target *target = answer_of(ticket, index);
    struct writer *w;

    memset(answer, 0, sizeof(*answer));
    if (!target)
        return false;
    answer->instance = target->target.instance;
    answer->writer = target->target.writer;
    answer->lost = target->lost;
    answer->failure =
        target->failure; /* PRE_RESTORE: as the handler left it */
    w = target->writer;
    if (!w)
        return true;
    if (!w->wide_name)
        w->wide_name = utf8_in_heap(bus->heap, w->desc->name);
    if (!w->wide_instance_name)
        w->wide_instance_name =
            utf8_in_heap(bus->heap, w->desc->instance_name);
    answer->name = w->wide_name;
    answer->instance_name = w->wide_instance_name;
    if (ticket->kind == VSSIM_EVENT_IDENTIFY) {
        make_metadata(bus, w);
        answer->metadata = w->metadata;
        answer->metadata_size = w->metadata_size;
    } else if (ticket->kind == VSSIM_EVENT_STATUS) {
        heap_free(bus->heap, w->wide_message);
        w->wide_message = utf8_in_heap(bus->heap, target->status.message);
        answer->state = target->status.state;
        answer->failure = target->status.failure;
        answer->application_failure = target->status.application;
        answer->application_message = w->wide_message;
    }
    return true;
}
