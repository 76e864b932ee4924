/*
 * vds_service.h - the virtual disk service of the simulated machine, as far
 * as the way to IVdsAdvancedDisk::Clean goes.
 *
 * Part of the world, not of a subject: its objects live in the world's heap
 * region, work on the world's machine, and are reached through proxies like a
 * subject's, so that the trace shows each call. Methods off that way answer
 * E_NOTIMPL. Never the real machine's: nothing here leaves the world.
 */
#ifndef VDS_VDS_SERVICE_H
#define VDS_VDS_SERVICE_H

#include <vssim/win32/vds.h>

#include "com/api.h"
#include "world/world.h"

struct vds_object {
    const void *vtbl; /* the first interface: its identity */
    const void *more; /* the second, or NULL */
    struct world *world;
    uint32_t refs;
    enum api_family family; /* of the first interface */
    /* what it stands for; the rest is NULL */
    struct machine_disk *disk; /* disk; pack: its only or first member */
    bool dynamic;              /* provider, pack */
    struct vds_object **items; /* enumerator */
    uint32_t n_items, at;
    uint64_t from, until; /* async */
    uint32_t timer;
    bool done, full;
    HRESULT result;
};

/* What CoCreateInstance(CLSID_VdsLoader) gives: with one reference. */
HRESULT vds_loader(struct world *world, IVdsServiceLoader **loader);

/* --- for its files --- */

struct vds_object *vds_make(struct world *world, enum api_family family);
HRESULT vds_QueryInterface(struct vds_object *self, REFIID riid, void **out);
ULONG vds_AddRef(struct vds_object *self);
ULONG vds_Release(struct vds_object *self);
/* A text for CoTaskMemFree. */
LPWSTR vds_text(struct world *world, const char *text);
struct vds_object *vds_disk_object(struct world *world,
                                   struct machine_disk *disk);
struct vds_object *vds_pack_object(struct world *world,
                                   struct machine_disk *disk);
struct vds_object *vds_provider_object(struct world *world, bool dynamic);
/* An enumerator over `n` objects, whose references it takes over. */
struct vds_object *vds_enum_object(struct world *world,
                                   struct vds_object **items, uint32_t n);
GUID vds_id(const char *kind, const char *name);

/* Collects objects for an enumerator. */
struct vds_list {
    struct vds_object *items[64];
    uint32_t n;
};
/* Takes over the reference; NULL is left out. */
void vds_add(struct vds_list *list, struct vds_object *object);
HRESULT vds_enumerate(struct world *world, struct vds_list *list,
                      IEnumVdsObject **out);
/* The reference, or E_OUTOFMEMORY. */
HRESULT vds_hand_out(struct vds_object *object, void **out);
struct machine_disk *vds_first_disk(const struct world *world);

HRESULT STDMETHODCALLTYPE vds_provider_GetProperties(IVdsProvider *This,
                                                     VDS_PROVIDER_PROP *prop);
HRESULT STDMETHODCALLTYPE vds_software_QueryPacks(IVdsSwProvider *This,
                                                  IEnumVdsObject **out);
HRESULT STDMETHODCALLTYPE vds_pack_GetProperties(IVdsPack *This,
                                                 VDS_PACK_PROP *prop);
HRESULT STDMETHODCALLTYPE vds_pack_GetProvider(IVdsPack *This,
                                               IVdsProvider **out);
HRESULT STDMETHODCALLTYPE vds_pack_QueryDisks(IVdsPack *This,
                                              IEnumVdsObject **out);
HRESULT STDMETHODCALLTYPE vds_enum_Next(IEnumVdsObject *This, ULONG celt,
                                        IUnknown **out, ULONG *fetched);
HRESULT STDMETHODCALLTYPE vds_enum_Skip(IEnumVdsObject *This, ULONG celt);
HRESULT STDMETHODCALLTYPE vds_enum_Reset(IEnumVdsObject *This);
HRESULT STDMETHODCALLTYPE vds_enum_Clone(IEnumVdsObject *This,
                                         IEnumVdsObject **out);

HRESULT STDMETHODCALLTYPE vds_disk_GetProperties(IVdsDisk *This,
                                                 VDS_DISK_PROP *prop);
HRESULT STDMETHODCALLTYPE vds_disk_GetPack(IVdsDisk *This, IVdsPack **out);
HRESULT STDMETHODCALLTYPE vds_disk_Clean(IVdsAdvancedDisk *This, BOOL force,
                                         BOOL force_oem, BOOL full,
                                         IVdsAsync **out);
HRESULT STDMETHODCALLTYPE vds_async_Cancel(IVdsAsync *This);
HRESULT STDMETHODCALLTYPE vds_async_Wait(IVdsAsync *This, HRESULT *result,
                                         VDS_ASYNC_OUTPUT *output);
HRESULT STDMETHODCALLTYPE vds_async_QueryStatus(IVdsAsync *This,
                                                HRESULT *result,
                                                ULONG *percent);

#endif
