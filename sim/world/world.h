/*
 * world.h - everything around a subject while a scenario plays: memory,
 * clock, writers, faults, trace, and the host that the subject sees of it.
 *
 * One world a scenario. It lives in the heap region, which is emptied before
 * the next one. Strings of the scenario are not copied and outlive it.
 */
#ifndef WORLD_WORLD_H
#define WORLD_WORLD_H

#include <setjmp.h>

#include "base/recorder.h"
#include "world/storage.h"
#include "writers/bus.h"
#include "writers/machine.h"

enum fault_kind {
    FAULT_ALLOC,
    FAULT_THREAD,
    FAULT_SERVICE,
    FAULT_ACCESS,
    FAULT_PROVIDER,
    FAULT_ASYNC,         /* VSS fails during an event */
    FAULT_SERVICE_CRASH, /* everything under way fails at a time */
    FAULT_ARGUMENT       /* an argument is garbled on its way */
};

struct fault {
    enum fault_kind kind;
    const char *point;  /* as written */
    const char *method; /* or event; "*": any */
    const char *param;  /* ARGUMENT */
    int64_t value;      /* ARGUMENT */
    uint32_t nth;       /* ALLOC: which allocation; else which occasion */
    bool persistent;
    HRESULT code;
    uint64_t after;
    uint32_t declared;
    uint32_t seen;
    bool fired;
    struct fault *next;
};

struct proxy;
struct world;

/* Who drives the world when a real program makes the calls (sim/vssapi), or
 * when the subject is the system's own (system.h). Other scripts have none:
 * they are one thread, and time is virtual. */
struct world_driver {
    /* Before the call of a method is recorded, and after its return was: the
     * lock, the thread's number, time that passed meanwhile. */
    void (*enter)(struct world *world, const char *method);
    void (*leave)(struct world *world);
    /* Optional. The subject has come back; its return is recorded next. */
    void (*returned)(struct world *world);
    /* The host's wait. */
    void (*wait)(struct world *world, uint32_t ticket, uint32_t ms);
    /* The BSTRs that the program frees itself. `text` may be NULL. */
    BSTR (*bstr_alloc)(struct world *world, const WCHAR *text,
                       uint32_t length);
    void (*bstr_free)(struct world *world, BSTR text);
    /* Memory that the program may free by CoTaskMemFree. */
    void *(*task_alloc)(struct world *world, size_t size);
    void (*task_free)(struct world *world, void *memory);
};

/* vssim run --sweep: the nth occasion of a kind, wherever it is, fails. */
enum sweep_kind { SWEEP_NONE, SWEEP_ALLOC, SWEEP_THREAD, SWEEP_SERVICE,
                  SWEEP_ACCESS };

struct sweep {
    enum sweep_kind kind;
    uint32_t nth;
    bool persistent;
};

struct world {
    struct heap *heap;
    struct trace *trace;
    struct recorder recorder;
    struct clock clock;
    struct bus bus;
    struct storage storage;
    struct vssim_host host;
    const struct vssim_subject *subject;
    int policy[VSSIM_POLICY_COUNT];
    struct fault *faults;
    struct {
        const char *method; /* each-alloc: NULL when off */
        uint32_t nth, seen;
        bool fired;
    } each;
    struct sweep sweep;
    uint32_t sweep_seen;
    uint32_t sweep_call; /* in which it fired last; 0: not since */
    bool swept;          /* it fired */
    const char **flags;
    uint32_t n_flags;
    struct proxy *proxies;
    uint32_t last_object;
    uint32_t last_call;
    uint64_t live, bytes, bstrs, allocations; /* the subject's */
    uint64_t prng;
    const struct world_driver *driver; /* NULL in scripts */
    bool opaque;    /* the subject does not live on our host */
    uint32_t woken; /* a ticket whose async was cancelled */
    jmp_buf *stuck; /* where a wait that can never end goes */
    bool is_stuck;
};

/* Whose host it is. */
static inline struct world *world_of(const struct vssim_host *host)
{
    return host->context;
}

/* What a world is made of; see the scenario for where it comes from. */
struct world_setup {
    enum vssim_windows windows;
    const int *policy;
    uint64_t hung;   /* UINT64_MAX: never */
    uint64_t freeze; /* 0: the default, as with the next */
    uint32_t slots;  /* sessions of a writer */
    uint64_t seed;
    struct sweep sweep;
    const struct machine *machine;            /* NULL: none */
    const struct storage_volume *volumes;     /* NULL: the default */
    const struct storage_provider *providers; /* NULL: the default */
};

/* Empties the heap and makes a world in it that writes to `trace`. */
struct world *world_create(struct heap *heap, struct trace *trace,
                           const struct vssim_subject *subject,
                           const struct world_setup *setup);
/* Copies the writer into the world. */
struct writer *world_add_writer(struct world *world, const struct writer *w);
void world_set_flag(struct world *world, const char *flag);
/* Moves the clock to `until`, firing what is due on the way. */
void world_advance(struct world *world, uint64_t until);
/* Lets time pass without waiting for anything. */
void world_sleep(struct world *world, uint64_t ms);

/* --- faults.c --- */
/* A behaviour, fault or action took effect. */
void world_effect(struct world *world, uint32_t declared);
/* Lets the world's writers and providers meet its faults. */
void world_faults_init(struct world *world);
void world_add_fault(struct world *world, const struct fault *fault);
/* An integer argument on its way into the subject. */
int64_t world_argument(struct world *world, const char *method,
                       const char *param, int64_t value);
/* Does a fault decide that the present call is short of memory? */
bool world_alloc_fails(struct world *world);
/* ... or of a thread, a service, an access: with which code? S_OK: no. */
HRESULT world_acquire_fails(struct world *world, enum vssim_resource resource,
                            const char *site);

/* --- world_memory.c --- */
BSTR world_bstr(struct world *world, const WCHAR *text, uint32_t length);
void world_bstr_free(struct world *world, BSTR text);

#endif
