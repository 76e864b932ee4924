/*
 * mutant.h - what all seeded bugs share: the reference, wrapped.
 *
 * A mutant is a subject that is the reference but for one bug. Its file
 * includes this header, writes the methods that are wrong, and ends with
 * `mutation`, which says where they go. The rest is as in overlay.h: objects
 * keep their memory, and their vtable is turned to a copy.
 *
 * A mutant that has to remember something per object does so in the last
 * fields of struct mutant or struct mutant_async, which are zero at first.
 * What a wrapped host remembers is static and set anew by each restore.
 */
#ifndef MUTANTS_MUTANT_H
#define MUTANTS_MUTANT_H

#include <string.h>
#include <vssim/overlay.h>

typedef IVssBackupComponentsEx4 BC;

struct mutation {
    const char *name;
    /* Each may be absent, and replaces entries of what it is given. */
    void (*components)(IVssBackupComponentsEx4Vtbl *vtable);
    void (*async)(IVssAsyncVtbl *vtable);
    void (*host)(struct vssim_host *host);
};

/* Defined at the end of each mutant. */
static const struct mutation mutation;

struct mutant {
    struct vssim_overlay overlay;
    unsigned n;
    IVssAsync *kept; /* released with the object */
    BSTR text;       /* freed with the object */
};

struct mutant_async {
    IVssAsyncVtbl vtable;
    const IVssAsyncVtbl *reference;
    const struct vssim_host *host;
    unsigned n;
};

static inline struct mutant *mutant_of(BC *This)
{
    return (struct mutant *)(void *)vssim_overlay_of(This);
}

static inline struct mutant_async *mutant_async_of(IVssAsync *This)
{
    return (struct mutant_async *)(uintptr_t)This->lpVtbl;
}

/* The methods of the reference. */
static inline const IVssBackupComponentsEx4Vtbl *right(BC *This)
{
    return vssim_overlay_of(This)->reference;
}

static inline const IVssAsyncVtbl *right_async(IVssAsync *This)
{
    return mutant_async_of(This)->reference;
}

static inline const struct vssim_host *host_of(BC *This)
{
    return vssim_overlay_of(This)->host;
}

/* How an async stands, whoever made it. */
static inline HRESULT outcome_of(IVssAsync *async)
{
    HRESULT result = E_FAIL;

    async->lpVtbl->QueryStatus(async, &result, NULL);
    return result;
}

/* --- asyncs --- */

static inline ULONG STDMETHODCALLTYPE mutant_async_release(IVssAsync *This)
{
    struct mutant_async *mutant = mutant_async_of(This);
    const struct vssim_host *host = mutant->host;
    ULONG left = mutant->reference->Release(This);

    if (left == 0)
        host->free(host, mutant);
    return left;
}

static inline void mutant_async_turn(struct mutant_async *mutant,
                                     const struct vssim_host *host,
                                     IVssAsync *async)
{
    mutant->reference = async->lpVtbl;
    mutant->host = host;
    mutant->vtable = *async->lpVtbl;
    mutant->vtable.Release = mutant_async_release;
    mutation.async(&mutant->vtable);
    async->lpVtbl = &mutant->vtable;
}

typedef HRESULT(STDMETHODCALLTYPE *starts_fn)(BC *This, IVssAsync **out);

/* Memory comes first, so that a failure changes nothing. */
static inline HRESULT mutant_starts(BC *This, starts_fn starts,
                                    IVssAsync **out)
{
    const struct vssim_host *host = host_of(This);
    struct mutant_async *mutant;
    HRESULT hr;

    if (!out)
        return starts(This, out);
    *out = NULL;
    mutant = (struct mutant_async *)host->alloc(host, sizeof(*mutant));
    hr = mutant ? starts(This, out) : E_OUTOFMEMORY;
    if (mutant && SUCCEEDED(hr))
        mutant_async_turn(mutant, host, *out);
    else if (mutant)
        host->free(host, mutant);
    return hr;
}

#define MUTANT_STARTS(method) \
    static inline HRESULT STDMETHODCALLTYPE mutant_##method( \
        BC *This, IVssAsync **out) \
    { \
        return mutant_starts(This, right(This)->method, out); \
    }

MUTANT_STARTS(GatherWriterMetadata)
MUTANT_STARTS(GatherWriterStatus)
MUTANT_STARTS(PreRestore)
MUTANT_STARTS(PostRestore)
MUTANT_STARTS(DoSnapshotSet)

/* --- backup components --- */

static inline ULONG STDMETHODCALLTYPE mutant_release(BC *This)
{
    const struct vssim_host *host = host_of(This);
    IVssAsync *kept = mutant_of(This)->kept;
    BSTR text = mutant_of(This)->text;
    ULONG left = vssim_overlay_release(This);

    if (left == 0 && kept)
        kept->lpVtbl->Release(kept);
    if (left == 0)
        host->bstr_free(host, text);
    return left;
}

static inline void mutant_patch(IVssBackupComponentsEx4Vtbl *vtable)
{
    vtable->Release = mutant_release;
    if (mutation.async) {
        vtable->GatherWriterMetadata = mutant_GatherWriterMetadata;
        vtable->GatherWriterStatus = mutant_GatherWriterStatus;
        vtable->PreRestore = mutant_PreRestore;
        vtable->PostRestore = mutant_PostRestore;
        vtable->DoSnapshotSet = mutant_DoSnapshotSet;
    }
    if (mutation.components)
        mutation.components(vtable);
}

/* --- the host, and the entry --- */

static const struct vssim_subject *mutant_base;
static struct vssim_subject mutant_subject;
static const struct vssim_host *right_host;
static struct vssim_host wrong_host;

static inline HRESULT mutant_create(const struct vssim_host *host,
                                    IVssBackupComponents **out)
{
    if (mutation.host) {
        right_host = host;
        memcpy(&wrong_host, host,
               host->size < sizeof(wrong_host) ? host->size
                                               : sizeof(wrong_host));
        mutation.host(&wrong_host);
        host = &wrong_host;
    }
    return vssim_overlay_create(mutant_base, host, sizeof(struct mutant),
                                mutant_patch, out);
}

const struct vssim_subject *vssim_subject_open(
    uint32_t abi, const struct vssim_subject *reference)
{
    if (abi != VSSIM_ABI_VERSION)
        return NULL;
    mutant_base = reference;
    mutant_subject = *reference;
    mutant_subject.name = mutation.name;
    mutant_subject.create_backup_components = mutant_create;
    return &mutant_subject;
}

#endif
