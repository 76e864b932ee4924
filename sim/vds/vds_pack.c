/* vds_pack.c - providers and packs, and what enumerators are made of. */
#include <string.h>

#include "com/object.h"
#include "vds/vds_service.h"

static struct vds_object *of(void *This)
{
    return OBJECT_OF(struct vds_object, vtbl, This);
}

static struct vds_object *of_more(void *This)
{
    return OBJECT_OF(struct vds_object, more, This);
}

HRESULT vds_hand_out(struct vds_object *o, void **out)
{
    *out = o;
    return o ? S_OK : E_OUTOFMEMORY;
}

void vds_add(struct vds_list *list, struct vds_object *o)
{
    if (o && list->n < 64)
        list->items[list->n++] = o;
}

HRESULT vds_enumerate(struct world *w, struct vds_list *list,
                      IEnumVdsObject **out)
{
    struct vds_object *e = vds_enum_object(w, list->items, list->n);

    if (!e)
        for (uint32_t i = 0; i < list->n; i++)
            vds_Release(list->items[i]);
    return vds_hand_out(e, (void **)out);
}

struct machine_disk *vds_first_disk(const struct world *w)
{
    return w->bus.machine ? w->bus.machine->disks : NULL;
}

/* --- providers --- */

struct vds_object *vds_provider_object(struct world *w, bool dynamic)
{
    struct vds_object *o = vds_make(w, API_VDS_PROVIDER);

    if (o)
        o->dynamic = dynamic;
    return o;
}

HRESULT STDMETHODCALLTYPE vds_provider_GetProperties(IVdsProvider *This,
                                                     VDS_PROVIDER_PROP *prop)
{
    struct vds_object *self = of(This);

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

HRESULT STDMETHODCALLTYPE vds_software_QueryPacks(IVdsSwProvider *This,
                                                  IEnumVdsObject **out)
{
    struct vds_object *self = of_more(This);
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

/* --- packs: a basic disk has its own, dynamic disks share one --- */

struct vds_object *vds_pack_object(struct world *w, struct machine_disk *disk)
{
    struct vds_object *o = vds_make(w, API_VDS_PACK);

    if (o) {
        o->disk = disk;
        o->dynamic = disk->pack != NULL;
    }
    return o;
}

HRESULT STDMETHODCALLTYPE vds_pack_GetProperties(IVdsPack *This,
                                                 VDS_PACK_PROP *prop)
{
    struct vds_object *self = of(This);
    const char *name = self->dynamic ? self->disk->pack : "";

    if (!prop)
        return E_INVALIDARG;
    memset(prop, 0, sizeof(*prop));
    prop->id = vds_id("pack", self->dynamic && name ? name : self->disk->name);
    prop->status = 1; /* online */
    prop->pwszName = vds_text(self->world, name ? name : "");
    return prop->pwszName ? S_OK : E_OUTOFMEMORY;
}

HRESULT STDMETHODCALLTYPE vds_pack_GetProvider(IVdsPack *This,
                                               IVdsProvider **out)
{
    struct vds_object *self = of(This);

    if (!out)
        return E_INVALIDARG;
    return vds_hand_out(vds_provider_object(self->world, self->dynamic),
                        (void **)out);
}

HRESULT STDMETHODCALLTYPE vds_pack_QueryDisks(IVdsPack *This,
                                              IEnumVdsObject **out)
{
    struct vds_object *self = of(This);
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
