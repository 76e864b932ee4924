/*
 * asr.h - what the ASR writer does with the machine's disks in PreRestore.
 *
 * A plan is made when its handler begins (from the options that the requester
 * set, through the IVssComponent as a writer would) and carried out when the
 * handler ends. Without a machine in the scenario the ASR writer is like any
 * other. Called by handler.c and, for a policy of U28, before the event goes.
 */
#ifndef WRITERS_ASR_H
#define WRITERS_ASR_H

#include "writers/bus.h"
#include "writers/machine.h"

#define ASR_MOST_DISKS 32

struct asr_options {
    uint32_t include[ASR_MOST_DISKS], exclude[ASR_MOST_DISKS];
    uint32_t n_include, n_exclude;
};

/* The text of SetRestoreOptions, added to what earlier texts said. Pairs that
 * are none of the three known options are left alone. */
void asr_options_add(struct asr_options *options, const WCHAR *text);

enum asr_outcome {
    ASR_KEPT,      /* intact, or only grown */
    ASR_RECREATED,
    ASR_EXCLUDED,  /* left out by the requester, or at the backup */
    ASR_SKIPPED,   /* no disk for it, and nothing critical on it */
    ASR_IMPOSSIBLE /* no disk for it, or it may not be left out */
};

struct asr_choice {
    const struct machine_disk *before;
    struct machine_disk *target; /* NULL: none */
    enum asr_outcome outcome;
    HRESULT why;            /* IMPOSSIBLE */
    enum machine_need need; /* Clean was due ... */
    bool cleaned;           /* ... and done */
};

struct asr_plan {
    struct asr_choice choices[ASR_MOST_DISKS];
    uint32_t n;
    HRESULT failure; /* the first IMPOSSIBLE's, or S_OK */
    bool unclean;    /* an EFI disk should have been cleaned */
};

void asr_plan_make(struct asr_plan *plan, struct machine *machine,
                   const struct asr_options *options);
/* Why the disk would have to be cleaned as things are now. */
enum machine_need asr_need(struct machine *machine,
                           const struct machine_disk *disk);

bool asr_is(const struct writer *writer);
/* The handler begins: makes the plan, gives how much longer it takes. */
uint64_t asr_begin(struct bus *bus, struct ticket_target *target);
/* The handler ends, and there is a plan: carries it out. Gives the writer's
 * failure, S_OK when there is none, and what the async is to end with. */
HRESULT asr_end(struct bus *bus, struct ticket_target *target, HRESULT *async);
/* PostRestore: takes note of what the requester left in the registry. */
void asr_closing(struct bus *bus);
/* U28, method-fails: what PreRestore itself is to return. */
HRESULT asr_refuses(struct bus *bus, const struct vssim_event *event);

#endif
