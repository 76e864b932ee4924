/*
 * mini_host.h - a world just large enough for the unit tests of sim/vss.
 *
 * Memory is malloc's, counted, and its Nth allocation can be made to fail.
 * Writers are scripted: each answers an event after its delay. Time moves
 * inside wait only. One host a test: mini_init, then mini_done, which checks
 * that nothing is left.
 */
#ifndef VSS_TEST_MINI_HOST_H
#define VSS_TEST_MINI_HOST_H

#include <vssim/subject.h>

#define MINI_WRITERS 8
#define MINI_TICKETS 64
#define MINI_SNAPSHOTS 72

/* The volume "C:\" of every mini host, and its provider. */
extern const GUID mini_provider;
#define MINI_VOLUME u"\\\\?\\Volume{1}\\"

struct mini_host;
struct mini_block;

struct mini_writer {
    GUID writer, instance;
    const WCHAR *name, *instance_name;
    char *metadata; /* malloc'ed */
    size_t metadata_size;
    uint32_t delay;  /* of its handlers */
    bool dead;       /* gone: loses restore events */
    HRESULT failure; /* what its PreRestore handler sets */
    VSS_WRITER_STATE state;
    HRESULT application;
    const WCHAR *message;
    /* Called when its restore handler runs. */
    void (*handler)(struct mini_writer *self, enum vssim_event_kind kind,
                    IVssWriterComponents *components);
    void *context;
    unsigned heard[VSSIM_EVENT_COUNT];
};

struct mini_ticket {
    bool used, forgotten, woken;
    enum vssim_event_kind kind;
    uint64_t due;
    HRESULT result; /* once due */
    struct vssim_target targets[MINI_WRITERS];
    uint64_t target_due[MINI_WRITERS];
    bool target_done[MINI_WRITERS];
    uint32_t n;
    struct vssim_answer answers[MINI_WRITERS];
    uint32_t n_answers;
};

struct mini_host {
    struct vssim_host host;
    int policy[VSSIM_POLICY_COUNT];
    struct mini_writer writers[MINI_WRITERS];
    unsigned n_writers;
    struct mini_ticket tickets[MINI_TICKETS + 1];
    uint32_t n_tickets;
    uint64_t now;
    unsigned alive, allocations, fail_at, faults;
    struct mini_block *freed; /* kept until mini_done */
    HRESULT acquire[VSSIM_RESOURCE_COUNT];
    const char *site;                 /* of the latest host->acquire */
    HRESULT post_result, poll_result; /* of the next ticket; S_OK: none */
    unsigned logged, guids, open_tickets;
    char log[400]; /* the latest text */
    struct vssim_snapshot snapshots[MINI_SNAPSHOTS];
    uint32_t n_snapshots;
    bool in_progress, hardware, reverting;
    uint32_t provider_delay;     /* of a provider's work */
    struct vssim_volume *volume; /* found for any other path; may be NULL */
    GUID in_progress_set;
    struct { /* host->notify */
        uint32_t ticket;
        void (*done)(void *context);
        void *context;
    } notify;
    /* Called once inside the next wait. */
    void (*during_wait)(void *context);
    void *during_context;
};

void mini_init(struct mini_host *mini);
/* Everything must have been released. */
void mini_done(struct mini_host *mini);

#endif
