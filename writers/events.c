/* events.c - see events.h. */
#include "writers/events.h"

/* The PARTs of the table: is it one of a backup? */
#define PART_GATHER false
#define PART_RESTORE false
#define PART_BACKUP true
#define PART_BACKUP_END true
#define PART_ANY_TIME false

static const struct writer_event events[VSSIM_EVENT_COUNT] = {
#define EVENT(id, name, hears, handler, well, failed, part, method) \
    {name,           HEARS_##hears,    handler, \
     VSS_WS_##well, VSS_WS_##failed, PART_##part},
#include <vssim/events.def>
#undef EVENT
};

const struct writer_event *writer_event(enum vssim_event_kind kind)
{
    return &events[kind];
}

const char *writer_event_name(enum vssim_event_kind kind)
{
    return events[kind].name;
}

bool writer_hears(enum vssim_event_kind kind)
{
    return events[kind].hears == HEARS_WRITERS;
}

/* From the end: a failed Abort has the state of BackupShutdown. */
const char *writer_event_failed(int state)
{
    for (unsigned i = VSSIM_EVENT_COUNT; state != VSS_WS_UNKNOWN && i--;)
        if ((int)events[i].failed == state)
            return events[i].name;
    return NULL;
}
