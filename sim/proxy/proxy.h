/*
 * proxy.h - what a client holds instead of a subject's objects.
 *
 * A proxy records every call (arguments, out-parameters, state before and
 * after), hands the subject poisoned out-parameters so that an untouched one
 * shows, and stays behind as a tombstone when its object is gone, so that use
 * after release is a record and not a crash.
 *
 * Proxies live in the heap region of their world. `refs` is the client's
 * share: the subject may hold references of its own.
 */
#ifndef PROXY_PROXY_H
#define PROXY_PROXY_H

#include "com/api.h"
#include "world/world.h"

struct proxy {
    const void *vtbl;         /* what the client calls */
    const void *vtbl_unknown; /* IVssWriterComponentsExt: its second base */
    struct world *world;
    void *real;         /* the subject's object */
    void *real_unknown; /* where its IUnknown is */
    enum api_family family;
    enum api_family identity; /* of the interface that is its IUnknown */
    uint32_t object;          /* number in the trace */
    uint32_t refs;
    bool dead;
    struct proxy *next;
};

/* The client's pointer for a pointer that a subject handed out with one
 * reference: an existing proxy of the same object, or a new one. */
struct proxy *proxy_wrap(struct world *world, enum api_family family,
                         const char *iface, void *real);
struct proxy *proxy_find(struct world *world, uint32_t object);

/* The exported functions, as a client calls them. */
HRESULT proxy_CreateVssBackupComponents(struct world *world,
                                        IVssBackupComponents **ppBackup);
HRESULT proxy_CreateVssExamineWriterMetadata(
    struct world *world, const WCHAR *xml,
    IVssExamineWriterMetadata **ppMetadata);

/* proxy_vds.c: for CLSID_VdsLoader; others: REGDB_E_CLASSNOTREG. */
HRESULT proxy_CoCreateInstance(struct world *world, const GUID *rclsid,
                               DWORD context, const GUID *riid, void **out);

/* proxy_snapshot.c */
HRESULT proxy_IsVolumeSnapshotted(struct world *world, const WCHAR *volume,
                                  BOOL *present, LONG *capability);
HRESULT proxy_ShouldBlockRevert(struct world *world, const WCHAR *volume,
                                bool *block);
void proxy_VssFreeSnapshotProperties(struct world *world,
                                     VSS_SNAPSHOT_PROP *prop);

HRESULT proxy_QueryInterface(struct proxy *self, REFIID riid, void **out);
ULONG proxy_AddRef(struct proxy *self);
ULONG proxy_Release(struct proxy *self);

#endif
