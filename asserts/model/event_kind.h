/*
 * event_kind.h - what is known of an event by its name, as a trace gives it.
 *
 * The tables are vssim/events.def and com/event_log.def. A name that is none
 * of theirs (a damaged trace, another version's) has no kind.
 */
#ifndef MODEL_EVENT_KIND_H
#define MODEL_EVENT_KIND_H

#include <stdbool.h>
#include <stdint.h>

enum event_part {
    EVENT_GATHER,
    EVENT_RESTORE,
    EVENT_BACKUP,
    EVENT_BACKUP_END,
    EVENT_ANY_TIME
};

struct event_kind {
    const char *name;
    const char *method; /* that sends it; "": several do */
    enum event_part part;
    bool writers; /* they hear it */
};

/* NULL when there is none of that name. */
const struct event_kind *event_kind(const char *name);
/* Do writers hear it because of that method? */
bool event_sent_by(const char *name, const char *method);
/* Does the call of its method itself send it, rather than what follows? */
bool event_is_first(const struct event_kind *kind);
/* The one event that a call of the method sends, of a gather or a restore; or
 * NULL. */
const char *event_of_call(const char *method);
/* The place among those of a backup that writers hear, from 1; else 0. */
unsigned event_place(const char *name);

/* The level of an entry in the Application log. */
const char *event_log_level(int64_t id);
/* Is it one that speaks of a writer? */
bool event_log_about_writer(int64_t id);

#endif
