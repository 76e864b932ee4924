/*
 * bus.h - carries events to writers and holds what they answer.
 *
 * All target writers of an event are told at the same moment; each handler
 * takes its own time. A ticket stands for one event until the subject forgets
 * it. The bus lives in the heap region and moves only when the clock does.
 *
 * Provenance: decisions U03, U05, U17, U18, U19, U22, U46; that handlers run in
 * parallel is our reading, no page says it.
 */
#ifndef WRITERS_BUS_H
#define WRITERS_BUS_H

#include "base/recorder.h"
#include "writers/writer.h"

struct asr_plan;
struct machine;

struct ticket_target {
    struct writer *writer; /* NULL: no such instance ever */
    struct vssim_target target;
    bool begun;
    bool ended;
    bool lost;
    bool refused;
    uint32_t timer;
    HRESULT failure;       /* that the handler, or its end, left */
    struct asr_plan *plan; /* of the ASR writer, while it handles PreRestore */
    struct writer_status status; /* STATUS: as held when it was answered */
};

struct ticket {
    uint32_t id;
    enum vssim_event_kind kind;
    uint32_t n_targets;
    uint32_t open; /* targets that have not ended */
    bool done;
    bool forgotten;
    HRESULT hr; /* once done; PROVIDER, COMMIT: what it will be */
    void (*notify)(void *context); /* the subject's */
    void *notify_context;
    uint32_t fail_timer, fault; /* of a failure to come; 0: none */
    struct ticket *next;
    struct ticket_target targets[];
};

struct bus {
    struct heap *heap;
    struct recorder *recorder;
    const int *policy;
    struct machine *machine; /* for ASR; NULL: none declared */
    bool partial_failure;    /* the Windows version has it */
    uint64_t hung;   /* VSS gives up a writer after this; or UINT64_MAX */
    uint64_t freeze; /* from Freeze to Thaw (page of Initialize) */
    uint32_t slots;  /* sessions that a writer has room for */
    struct writer *writers;
    struct ticket *tickets;
    uint32_t last_ticket;
    uint32_t identify_over; /* ticket of the latest Identify over; 0: none */
    /* The player's: is this flag of the scenario set? */
    bool (*flag)(void *context, const char *name);
    /* The player's: does VSS fail during this event, with what and when? */
    bool (*event_fault)(void *context, enum vssim_event_kind kind, HRESULT *hr,
                        uint64_t *after, uint32_t *fault);
    /* That failure came about. */
    void (*event_failed)(void *context, uint32_t fault);
    /* The player's: what the providers need for COMMIT or PROVIDER: how
     * long, and what it comes to (VSS_S_ASYNC_FINISHED or a failure). */
    HRESULT (*provider_work)(void *context, enum vssim_event_kind kind,
                             const GUID *object, uint64_t *takes);
    void (*new_guid)(void *context, GUID *guid);
    /* Frees a BSTR that the subject handed out, or NULL. */
    void (*bstr_free)(void *context, BSTR text);
    void *context;
};

void bus_init(struct bus *bus, struct heap *heap, struct recorder *recorder);
/* Adds at the end of the list. The struct must live in the heap region. */
void bus_add(struct bus *bus, struct writer *writer);

/* The host's post, poll, forget, answers, answer: see subject.h. A kind that is
 * none is E_INVALIDARG. */
HRESULT bus_post(struct bus *bus, const struct vssim_event *event,
                 uint32_t *ticket);
HRESULT bus_poll(const struct bus *bus, uint32_t ticket);
void bus_forget(struct bus *bus, uint32_t ticket);
void bus_notify(struct bus *bus, uint32_t ticket, void (*done)(void *context),
                void *context);
uint32_t bus_answers(const struct bus *bus, uint32_t ticket);
bool bus_answer(struct bus *bus, uint32_t ticket, uint32_t index,
                struct vssim_answer *answer);
/* VSS fails: every event under way ends with `hr`. How many there were. */
uint32_t bus_crash_service(struct bus *bus, HRESULT hr);

/* For handler.c and bus_post.c. */
/* The event is over, as a whole; handlers under way go on. */
void bus_ticket_done(struct bus *bus, struct ticket *ticket, HRESULT hr);
void bus_target_ended(struct bus *bus, struct ticket *ticket,
                      struct ticket_target *target);
struct ticket *bus_ticket(const struct bus *bus, uint32_t id);

/* handler.c: the clock's callbacks for one target of a ticket. */
void handler_begin(void *bus, uint32_t ticket, uint32_t target);

/* status_set.c */
void status_set(struct bus *bus, struct writer *writer, VSS_WRITER_STATE state,
                HRESULT failure, HRESULT application, const char *message);

#endif
