/* vds_service.c - loader, service, providers and packs; see vds_service.h. */
#include "vds/vds_service.h"

#include <string.h>

#include "com/object.h"
#include "com/text.h"

#define GEN_VDS
#include "api_gen.inc"

/* --- what all are made of --- */

static struct vds_object *of(void *This)
{
    return OBJECT_OF(struct vds_object, vtbl, This);
}

static struct vds_object *of_more(void *This)
{
    return OBJECT_OF(struct vds_object, more, This);
}

/* IUnknown of the first and of the second interface. */
#define UNKNOWN(T, from, name) \
    static HRESULT STDMETHODCALLTYPE name##_QueryInterface( \
        T *This, REFIID riid, void **out) \
    { \
        return vds_QueryInterface(from(This), riid, out); \
    } \
    static ULONG STDMETHODCALLTYPE name##_AddRef(T *This) \
    { \
        return vds_AddRef(from(This)); \
    } \
    static ULONG STDMETHODCALLTYPE name##_Release(T *This) \
    { \
        return vds_Release(from(This)); \
    }

UNKNOWN(IVdsServiceLoader, of, loader)
UNKNOWN(IVdsService, of, service)
UNKNOWN(IVdsProvider, of, provider)
UNKNOWN(IVdsSwProvider, of_more, software)
UNKNOWN(IVdsPack, of, pack)
UNKNOWN(IVdsDisk, of, disk)
UNKNOWN(IVdsAdvancedDisk, of_more, advanced)
UNKNOWN(IEnumVdsObject, of, enumerator)
UNKNOWN(IVdsAsync, of, async)

LPWSTR vds_text(struct world *w, const char *text)
{
    size_t need = utf8_to_wide(text, strlen(text), NULL, 0) + 1;
    LPWSTR wide = w->host.task_alloc(&w->host, need * sizeof(*wide));

    if (wide)
        utf8_to_wide(text, strlen(text), wide, need);
    return wide;
}

GUID vds_id(const char *kind, const char *name)
{
    GUID id = {2166136261u, 0x5644, 0x4053, {0x80}};

    for (; *kind; kind++)
        id.Data1 = (id.Data1 ^ (unsigned char)*kind) * 16777619u;
    for (; *name; name++)
        id.Data1 = (id.Data1 ^ (unsigned char)*name) * 16777619u;
    return id;
}

/* --- loader and service --- */

static HRESULT STDMETHODCALLTYPE loader_LoadService(IVdsServiceLoader *This,
                                                    LPWSTR name,
                                                    IVdsService **out)
{
    if (!out)
        return E_INVALIDARG;
    *out = NULL;
    if (name && *name) /* other machines: RPC server unavailable */
        return (HRESULT)0x800706BAu;
    return vds_hand_out(vds_make(of(This)->world, API_VDS_SERVICE),
                        (void **)out);
}

static HRESULT STDMETHODCALLTYPE service_ready(IVdsService *This)
{
    (void)This;
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE service_GetProperties(IVdsService *This,
                                                       VDS_SERVICE_PROP *prop)
{
    if (!prop)
        return E_INVALIDARG;
    prop->pwszVersion = vds_text(of(This)->world, "3.0");
    prop->ulFlags = 0;
    return prop->pwszVersion ? S_OK : E_OUTOFMEMORY;
}

static HRESULT STDMETHODCALLTYPE service_QueryProviders(IVdsService *This,
                                                        DWORD masks,
                                                        IEnumVdsObject **out)
{
    struct world *w = of(This)->world;
    struct vds_list list = {.n = 0};

    if (!out)
        return E_INVALIDARG;
    *out = NULL;
    if (masks & VDS_QUERY_SOFTWARE_PROVIDERS) {
        vds_add(&list, vds_provider_object(w, false));
        vds_add(&list, vds_provider_object(w, true));
    }
    return vds_enumerate(w, &list, out);
}

static HRESULT STDMETHODCALLTYPE
service_QueryUnallocatedDisks(IVdsService *This, IEnumVdsObject **out)
{
    struct world *w = of(This)->world;
    struct vds_list list = {.n = 0};

    if (!out)
        return E_INVALIDARG;
    *out = NULL;
    for (struct machine_disk *d = vds_first_disk(w); d; d = d->next)
        if (d->style == MACHINE_RAW)
            vds_add(&list, vds_disk_object(w, d));
    return vds_enumerate(w, &list, out);
}

/* --- the vtables --- */

#define HEAD(name) name##_QueryInterface, name##_AddRef, name##_Release

static const IVdsServiceLoaderVtbl loader_vtbl = {HEAD(loader),
                                                  loader_LoadService};
static const IVdsServiceVtbl service_vtbl = {
    HEAD(service),
    service_ready,
    service_ready,
    service_GetProperties,
    service_QueryProviders,
    notimpl_IVdsService_QueryMaskedDisks,
    service_QueryUnallocatedDisks,
    notimpl_IVdsService_GetObject,
    notimpl_IVdsService_QueryDriveLetters,
    notimpl_IVdsService_QueryFileSystemTypes,
    service_ready, /* Reenumerate, Refresh: nothing was missed */
    service_ready,
    notimpl_IVdsService_CleanupObsoleteMountPoints,
    notimpl_IVdsService_Advise,
    notimpl_IVdsService_Unadvise,
    notimpl_IVdsService_Reboot,
    notimpl_IVdsService_SetFlags,
    notimpl_IVdsService_ClearFlags};
static const IVdsProviderVtbl provider_vtbl = {HEAD(provider),
                                               vds_provider_GetProperties};
static const IVdsSwProviderVtbl software_vtbl = {
    HEAD(software), vds_software_QueryPacks, notimpl_IVdsSwProvider_CreatePack};
static const IVdsPackVtbl pack_vtbl = {
    HEAD(pack),
    vds_pack_GetProperties,
    vds_pack_GetProvider,
    notimpl_IVdsPack_QueryVolumes,
    vds_pack_QueryDisks,
    notimpl_IVdsPack_CreateVolume,
    notimpl_IVdsPack_AddDisk,
    notimpl_IVdsPack_MigrateDisks,
    notimpl_IVdsPack_ReplaceDisk,
    notimpl_IVdsPack_RemoveMissingDisk,
    notimpl_IVdsPack_Recover};
static const IVdsDiskVtbl disk_vtbl = {HEAD(disk),
                                       vds_disk_GetProperties,
                                       vds_disk_GetPack,
                                       notimpl_IVdsDisk_GetIdentificationData,
                                       notimpl_IVdsDisk_QueryExtents,
                                       notimpl_IVdsDisk_ConvertStyle,
                                       notimpl_IVdsDisk_SetFlags,
                                       notimpl_IVdsDisk_ClearFlags};
static const IVdsAdvancedDiskVtbl advanced_vtbl = {
    HEAD(advanced),
    notimpl_IVdsAdvancedDisk_GetPartitionProperties,
    notimpl_IVdsAdvancedDisk_QueryPartitions,
    notimpl_IVdsAdvancedDisk_CreatePartition,
    notimpl_IVdsAdvancedDisk_DeletePartition,
    notimpl_IVdsAdvancedDisk_ChangeAttributes,
    notimpl_IVdsAdvancedDisk_AssignDriveLetter,
    notimpl_IVdsAdvancedDisk_DeleteDriveLetter,
    notimpl_IVdsAdvancedDisk_GetDriveLetter,
    notimpl_IVdsAdvancedDisk_FormatPartition,
    vds_disk_Clean};
static const IEnumVdsObjectVtbl enum_vtbl = {
    HEAD(enumerator), vds_enum_Next, vds_enum_Skip, vds_enum_Reset,
    vds_enum_Clone};
static const IVdsAsyncVtbl async_vtbl = {HEAD(async), vds_async_Cancel,
                                         vds_async_Wait,
                                         vds_async_QueryStatus};

static const struct {
    enum api_family family;
    const void *vtbl, *more;
    const IID *iid, *more_iid;
} kinds[] = {
    {API_VDS_LOADER, &loader_vtbl, NULL, &IID_IVdsServiceLoader, NULL},
    {API_VDS_SERVICE, &service_vtbl, NULL, &IID_IVdsService, NULL},
    {API_VDS_PROVIDER, &provider_vtbl, &software_vtbl, &IID_IVdsProvider,
     &IID_IVdsSwProvider},
    {API_VDS_PACK, &pack_vtbl, NULL, &IID_IVdsPack, NULL},
    {API_VDS_DISK, &disk_vtbl, &advanced_vtbl, &IID_IVdsDisk,
     &IID_IVdsAdvancedDisk},
    {API_VDS_ENUM, &enum_vtbl, NULL, &IID_IEnumVdsObject, NULL},
    {API_VDS_ASYNC, &async_vtbl, NULL, &IID_IVdsAsync, NULL},
};
#define KINDS (sizeof(kinds) / sizeof(kinds[0]))

struct vds_object *vds_make(struct world *w, enum api_family family)
{
    struct vds_object *o = heap_alloc(w->heap, sizeof(*o));

    if (!o)
        return NULL;
    memset(o, 0, sizeof(*o));
    for (unsigned i = 0; i < KINDS; i++)
        if (kinds[i].family == family) {
            o->vtbl = kinds[i].vtbl;
            o->more = kinds[i].more;
        }
    o->world = w;
    o->refs = 1;
    o->family = family;
    return o;
}

HRESULT vds_QueryInterface(struct vds_object *self, REFIID riid, void **out)
{
    if (!out)
        return E_POINTER;
    *out = NULL;
    for (unsigned i = 0; i < KINDS; i++) {
        if (kinds[i].family != self->family)
            continue;
        if (IsEqualGUID(riid, &IID_IUnknown) ||
            IsEqualGUID(riid, kinds[i].iid))
            *out = &self->vtbl;
        else if (kinds[i].more && IsEqualGUID(riid, kinds[i].more_iid))
            *out = &self->more;
    }
    if (!*out)
        return E_NOINTERFACE;
    vds_AddRef(self);
    return S_OK;
}

ULONG vds_AddRef(struct vds_object *self)
{
    return ++self->refs;
}

ULONG vds_Release(struct vds_object *self)
{
    struct world *w = self->world;

    if (--self->refs)
        return self->refs;
    for (uint32_t i = 0; i < self->n_items; i++)
        vds_Release(self->items[i]);
    heap_free(w->heap, self->items);
    heap_free(w->heap, self);
    return 0;
}

HRESULT vds_loader(struct world *w, IVdsServiceLoader **out)
{
    return vds_hand_out(vds_make(w, API_VDS_LOADER), (void **)out);
}
