/* vds_pack.c - providers and packs of the virtual disk service. */
#include <string.h>

#include "com/object.h"
#include "vds/vds_object.h"

#define GEN_VDS
#include "api_gen.inc"

/* --- providers --- */

VDS_UNKNOWN(IVdsProvider, vds_of, provider)
VDS_UNKNOWN(IVdsSwProvider, vds_of_more, software)

static HRESULT STDMETHODCALLTYPE
provider_GetProperties(IVdsProvider *This, VDS_PROVIDER_PROP *prop)
{
    struct vds_object *self = vds_of(This);

    if (!prop)
        return E_INVALIDARG;
    memset(prop, 0, sizeof(*prop));
    prop->id = vds_id("provider", self->dynamic ? "dynamic" : "basic");
    prop->type = 1; /* software */
    prop->pwszName =
        vds_text(self->world, self->dynamic ? "Dynamic" : "Basic");
    prop->pwszVersion = vds_text(self->world, "1.0");
    return prop->pwszName && prop->pwszVersion ? S_OK : E_OUTOFMEMORY;
}

/* Is an earlier disk in the same pack? */
static bool in_earlier(const struct world *w, const struct machine_disk *disk)
{
    for (const struct machine_disk *d = vds_first_disk(w); d != disk;
         d = d->next)
        if (d->pack && disk->pack && strcmp(d->pack, disk->pack) == 0)
            return true;
    return false;
}

static HRESULT STDMETHODCALLTYPE software_QueryPacks(IVdsSwProvider *This,
                                                     IEnumVdsObject **out)
{
    struct vds_object *self = vds_of_more(This);
    struct vds_list list = {.n = 0};

    if (!out)
        return E_INVALIDARG;
    *out = NULL;
    for (struct machine_disk *d = vds_first_disk(self->world); d; d = d->next)
        if (d->style != MACHINE_RAW && (d->pack != NULL) == self->dynamic &&
            !in_earlier(self->world, d))
            vds_add(&list, vds_pack_object(self->world, d));
    return vds_enumerate(self->world, &list, out);
}

static const IVdsProviderVtbl provider_vtbl = {VDS_HEAD(provider),
                                               provider_GetProperties};
static const IVdsSwProviderVtbl software_vtbl = {
    VDS_HEAD(software), software_QueryPacks, notimpl_IVdsSwProvider_CreatePack};
static const struct vds_kind provider_kind = {
    API_VDS_PROVIDER, &provider_vtbl, &software_vtbl,
    &IID_IVdsProvider, &IID_IVdsSwProvider};

struct vds_object *vds_provider_object(struct world *w, bool dynamic)
{
    struct vds_object *o = vds_make(w, &provider_kind);

    if (o)
        o->dynamic = dynamic;
    return o;
}

/* --- packs: a basic disk has its own, dynamic disks share one --- */

VDS_UNKNOWN(IVdsPack, vds_of, pack)

static HRESULT STDMETHODCALLTYPE pack_GetProperties(IVdsPack *This,
                                                    VDS_PACK_PROP *prop)
{
    struct vds_object *self = vds_of(This);
    const char *name = self->dynamic ? self->disk->pack : "";

    if (!prop)
        return E_INVALIDARG;
    memset(prop, 0, sizeof(*prop));
    prop->id = vds_id("pack", self->dynamic && name ? name : self->disk->name);
    prop->status = 1; /* online */
    prop->pwszName = vds_text(self->world, name ? name : "");
    return prop->pwszName ? S_OK : E_OUTOFMEMORY;
}

static HRESULT STDMETHODCALLTYPE pack_GetProvider(IVdsPack *This,
                                                  IVdsProvider **out)
{
    struct vds_object *self = vds_of(This);

    if (!out)
        return E_INVALIDARG;
    return vds_hand_out(vds_provider_object(self->world, self->dynamic),
                        (void **)out);
}

static HRESULT STDMETHODCALLTYPE pack_QueryDisks(IVdsPack *This,
                                                 IEnumVdsObject **out)
{
    struct vds_object *self = vds_of(This);
    struct vds_list list = {.n = 0};

    if (!out)
        return E_INVALIDARG;
    *out = NULL;
    for (struct machine_disk *d = vds_first_disk(self->world); d; d = d->next)
        if (d->style != MACHINE_RAW &&
            (d == self->disk || (d->pack && self->disk->pack &&
                                 strcmp(d->pack, self->disk->pack) == 0)))
            vds_add(&list, vds_disk_object(self->world, d));
    return vds_enumerate(self->world, &list, out);
}

static const IVdsPackVtbl pack_vtbl = {
    VDS_HEAD(pack),
    pack_GetProperties,
    pack_GetProvider,
    notimpl_IVdsPack_QueryVolumes,
    pack_QueryDisks,
    notimpl_IVdsPack_CreateVolume,
    notimpl_IVdsPack_AddDisk,
    notimpl_IVdsPack_MigrateDisks,
    notimpl_IVdsPack_ReplaceDisk,
    notimpl_IVdsPack_RemoveMissingDisk,
    notimpl_IVdsPack_Recover};
static const struct vds_kind pack_kind = {
    API_VDS_PACK, &pack_vtbl, NULL,
    &IID_IVdsPack, NULL};

struct vds_object *vds_pack_object(struct world *w, struct machine_disk *disk)
{
    struct vds_object *o = vds_make(w, &pack_kind);

    if (o) {
        o->disk = disk;
        o->dynamic = disk->pack != NULL;
    }
    return o;
}
