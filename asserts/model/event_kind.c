/* event_kind.c - see event_kind.h. */
#include "asserts/model/event_kind.h"

#include <stddef.h>
#include <string.h>

#include "base/array.h"

#define FOR_WRITERS true
#define FOR_PROVIDERS false
#define FOR_VSS false

static const struct event_kind kinds[] = {
#define EVENT(id, name, hears, handler, well, failed, part, method) \
    {name, method, EVENT_##part, FOR_##hears},
#include <vssim/events.def>
#undef EVENT
};

#define EACH_KIND(k) \
    for (const struct event_kind *k = kinds; \
         k < kinds + ARRAY_SIZE(kinds); k++)

const struct event_kind *event_kind(const char *name)
{
    EACH_KIND(k)
    if (strcmp(k->name, name) == 0)
        return k;
    return NULL;
}

bool event_sent_by(const char *name, const char *method)
{
    const struct event_kind *kind = event_kind(name);

    return kind && kind->writers && strcmp(kind->method, method) == 0;
}

bool event_is_first(const struct event_kind *kind)
{
    const struct event_kind *k = kinds;

    while (strcmp(k->method, kind->method) != 0)
        k++;
    return k == kind;
}

const char *event_of_call(const char *method)
{
    EACH_KIND(k)
    if ((k->part == EVENT_GATHER || k->part == EVENT_RESTORE) &&
        strcmp(k->method, method) == 0)
        return k->name;
    return NULL;
}

unsigned event_place(const char *name)
{
    unsigned place = 0;

    EACH_KIND(k)
    {
        bool counts = k->part == EVENT_BACKUP && k->writers;

        place += counts;
        if (counts && strcmp(k->name, name) == 0)
            return place;
    }
    return 0;
}

const char *event_log_level(int64_t id)
{
#define EVENT_LOG(name, number, level, text) \
    if (id == number) \
        return level;
#include "com/event_log.def"
#undef EVENT_LOG
    return "Error";
}

bool event_log_about_writer(int64_t id)
{
#define EVENT_LOG(name, number, level, text) \
    if (id == number) \
        return true;
#include "com/event_log.def"
#undef EVENT_LOG
    return false;
}
