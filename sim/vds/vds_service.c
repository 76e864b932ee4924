/* vds_service.c - the loader and the service; see vds_service.h. */
#include "vds/vds_service.h"

#include "com/object.h"
#include "vds/vds_object.h"

#define GEN_VDS
#include "api_gen.inc"

/* --- the service --- */

VDS_UNKNOWN(IVdsService, vds_of, service)

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
    prop->pwszVersion = vds_text(vds_of(This)->world, "3.0");
    prop->ulFlags = 0;
    return prop->pwszVersion ? S_OK : E_OUTOFMEMORY;
}

static HRESULT STDMETHODCALLTYPE service_QueryProviders(IVdsService *This,
                                                        DWORD masks,
                                                        IEnumVdsObject **out)
{
    struct world *w = vds_of(This)->world;
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
    struct world *w = vds_of(This)->world;
    struct vds_list list = {.n = 0};

    if (!out)
        return E_INVALIDARG;
    *out = NULL;
    for (struct machine_disk *d = vds_first_disk(w); d; d = d->next)
        if (d->style == MACHINE_RAW)
            vds_add(&list, vds_disk_object(w, d));
    return vds_enumerate(w, &list, out);
}

static const IVdsServiceVtbl service_vtbl = {
    VDS_HEAD(service),
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
static const struct vds_kind service_kind = {
    API_VDS_SERVICE, &service_vtbl, NULL,
    &IID_IVdsService, NULL};

/* --- the loader --- */

VDS_UNKNOWN(IVdsServiceLoader, vds_of, loader)

static HRESULT STDMETHODCALLTYPE loader_LoadService(IVdsServiceLoader *This,
                                                    LPWSTR name,
                                                    IVdsService **out)
{
    if (!out)
        return E_INVALIDARG;
    *out = NULL;
    if (name && *name) /* other machines: RPC server unavailable */
        return (HRESULT)0x800706BAu;
    return vds_hand_out(vds_make(vds_of(This)->world, &service_kind),
                        (void **)out);
}

static const IVdsServiceLoaderVtbl loader_vtbl = {VDS_HEAD(loader),
                                                  loader_LoadService};
static const struct vds_kind loader_kind = {
    API_VDS_LOADER, &loader_vtbl, NULL,
    &IID_IVdsServiceLoader, NULL};

HRESULT vds_loader(struct world *w, IVdsServiceLoader **out)
{
    return vds_hand_out(vds_make(w, &loader_kind), (void **)out);
}
