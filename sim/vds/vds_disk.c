/*
 * vds_disk.c - a disk of the virtual disk service, and its Clean.
 *
 * Page of IVdsAdvancedDisk::Clean: what needs bForce and bForceOEM, what is
 * always refused, the codes. U77: how the async ends.
 */
#include <stdio.h>
#include <string.h>

#include "com/object.h"
#include "vds/vds_service.h"
#include "writers/asr.h"

/* VDS's numbers collide with VSS's (U31): here they are VDS's. */
#define VDS_E_NOT_SUPPORTED ((HRESULT)0x80042400u)
#define VDS_E_OPERATION_PENDING ((HRESULT)0x80042409u)
#define VDS_E_OPERATION_DENIED ((HRESULT)0x8004240Au)
#define VDS_E_NO_MEDIA ((HRESULT)0x80042412u)
#define VDS_E_MISSING_DISK ((HRESULT)0x80042454u)
#define VDS_E_CANCEL_TOO_LATE ((HRESULT)0x8004240Cu)
#define VDS_S_DISK_PARTIALLY_CLEANED ((HRESULT)0x0004241Au)

#define QUICK_TAKES 1000u
#define BYTES_A_MS ((uint64_t)128 << 10) /* a full clean */

static struct vds_object *of_disk(IVdsDisk *This)
{
    return OBJECT_OF(struct vds_object, vtbl, This);
}

static struct vds_object *of_advanced(IVdsAdvancedDisk *This)
{
    return OBJECT_OF(struct vds_object, more, This);
}

static struct vds_object *of_async(IVdsAsync *This)
{
    return OBJECT_OF(struct vds_object, vtbl, This);
}

struct vds_object *vds_disk_object(struct world *w, struct machine_disk *disk)
{
    struct vds_object *o = vds_make(w, API_VDS_DISK);

    if (o)
        o->disk = disk;
    return o;
}

HRESULT STDMETHODCALLTYPE vds_disk_GetProperties(IVdsDisk *This,
                                                 VDS_DISK_PROP *prop)
{
    static const DWORD styles[] = {VDS_PST_UNKNOWN, VDS_PST_MBR, VDS_PST_GPT};
    struct vds_object *self = of_disk(This);
    const struct machine_disk *d = self->disk;
    char name[64];

    if (!prop)
        return E_INVALIDARG;
    memset(prop, 0, sizeof(*prop));
    prop->id = vds_id("disk", d->name);
    prop->status = d->missing    ? VDS_DS_MISSING
                   : d->no_media ? VDS_DS_NO_MEDIA
                                 : VDS_DS_ONLINE;
    prop->health = VDS_H_HEALTHY;
    prop->dwDeviceType = 7;
    prop->dwMediaType = d->removable ? VDS_MEDIA_REMOVABLE : VDS_MEDIA_FIXED;
    prop->ullSize = d->size;
    prop->ulBytesPerSector = d->sector;
    prop->ulFlags = d->booted_from ? VDS_DF_BOOT_DISK | VDS_DF_SYSTEM_DISK : 0;
    prop->PartitionStyle = styles[d->style];
    if (d->style == MACHINE_MBR)
        prop->u.dwSignature = d->signature;
    else if (d->style == MACHINE_GPT)
        prop->u.DiskGuid = d->id;
    snprintf(name, sizeof(name), "\\\\?\\PhysicalDrive%u", d->number);
    prop->pwszName = vds_text(self->world, name);
    prop->pwszFriendlyName = vds_text(self->world, d->name);
    if (prop->pwszName && prop->pwszFriendlyName)
        return S_OK;
    self->world->host.task_free(&self->world->host, prop->pwszName);
    self->world->host.task_free(&self->world->host, prop->pwszFriendlyName);
    prop->pwszName = prop->pwszFriendlyName = NULL;
    return E_OUTOFMEMORY;
}

HRESULT STDMETHODCALLTYPE vds_disk_GetPack(IVdsDisk *This, IVdsPack **out)
{
    struct vds_object *self = of_disk(This), *pack;

    if (!out)
        return E_INVALIDARG;
    *out = NULL;
    if (self->disk->style == MACHINE_RAW)
        return (HRESULT)0x80042417u; /* VDS_E_DISK_NOT_INITIALIZED */
    pack = vds_pack_object(self->world, self->disk);
    *out = (IVdsPack *)(void *)pack;
    return pack ? S_OK : E_OUTOFMEMORY;
}

/* --- Clean --- */

static HRESULT may_clean(const struct world *w, const struct machine_disk *d,
                         BOOL force, BOOL force_oem)
{
    if (d->missing)
        return VDS_E_MISSING_DISK;
    if (d->no_media)
        return VDS_E_NO_MEDIA;
    if (d->removable && w->host.windows == VSSIM_SERVER_2003)
        return VDS_E_NOT_SUPPORTED;
    if (d->booted_from || ((d->esp || d->volumes) && !force) ||
        (d->oem && !force_oem))
        return VDS_E_OPERATION_DENIED;
    return S_OK;
}

static void record_clean(struct world *w, const struct machine_disk *d,
                         HRESULT hr, enum machine_need need)
{
    struct trace *t = record(&w->recorder, TRACE_DISK, 0);

    trace_str(t, KEY_NAME, d->name);
    trace_str(t, KEY_WHAT, "clean");
    trace_str(t, KEY_IFACE, "IVdsAdvancedDisk");
    trace_hr(t, KEY_HR, hr);
    if (need != NEED_NONE)
        trace_str(t, KEY_REASON, machine_need_name(need));
    trace_end(t);
}

static void finish(struct vds_object *self, HRESULT hr)
{
    struct world *w = self->world;
    enum machine_need need = self->disk->cleaned
                                 ? self->disk->need
                                 : asr_need(w->bus.machine, self->disk);

    self->done = true;
    self->until = w->clock.now;
    self->result = hr;
    machine_clean(self->disk, need);
    record_clean(w, self->disk, hr, need);
}

static void cleaned(void *context, uint32_t unused, uint32_t unused_too)
{
    struct vds_object *self = context;

    (void)unused;
    (void)unused_too;
    self->timer = 0;
    finish(self, self->full ? S_OK : VDS_S_DISK_PARTIALLY_CLEANED);
    vds_Release(self); /* the operation's own reference */
}

HRESULT STDMETHODCALLTYPE vds_disk_Clean(IVdsAdvancedDisk *This, BOOL force,
                                         BOOL force_oem, BOOL full,
                                         IVdsAsync **out)
{
    struct vds_object *self = of_advanced(This), *async;
    struct world *w = self->world;
    HRESULT hr;

    if (!out)
        return E_INVALIDARG;
    *out = NULL;
    hr = may_clean(w, self->disk, force, force_oem);
    if (FAILED(hr)) {
        record_clean(w, self->disk, hr, NEED_NONE);
        return hr;
    }
    async = vds_make(w, API_VDS_ASYNC);
    if (!async)
        return E_OUTOFMEMORY;
    async->disk = self->disk;
    async->full = full != 0;
    async->from = w->clock.now;
    async->until =
        w->clock.now + (full ? self->disk->size / BYTES_A_MS : QUICK_TAKES);
    vds_AddRef(async);
    async->timer =
        clock_schedule(&w->clock, async->until, cleaned, async, 0, 0);
    *out = (IVdsAsync *)(void *)async;
    return S_OK;
}

/* --- the async --- */

HRESULT STDMETHODCALLTYPE vds_async_Cancel(IVdsAsync *This)
{
    struct vds_object *self = of_async(This);

    if (self->done)
        return VDS_E_CANCEL_TOO_LATE;
    clock_cancel(&self->world->clock, self->timer);
    self->timer = 0;
    finish(self, VDS_S_DISK_PARTIALLY_CLEANED);
    vds_Release(self);
    return S_OK;
}

HRESULT STDMETHODCALLTYPE vds_async_Wait(IVdsAsync *This, HRESULT *result,
                                         VDS_ASYNC_OUTPUT *output)
{
    struct vds_object *self = of_async(This);
    struct vds_object *held = self;

    if (!result)
        return E_INVALIDARG;
    vds_AddRef(held);
    if (!self->done)
        world_advance(self->world, self->until);
    *result = self->result;
    if (output) {
        memset(output, 0, sizeof(*output));
        output->type = VDS_ASYNCOUT_CLEAN;
    }
    vds_Release(held);
    return S_OK;
}

HRESULT STDMETHODCALLTYPE vds_async_QueryStatus(IVdsAsync *This,
                                                HRESULT *result,
                                                ULONG *percent)
{
    struct vds_object *self = of_async(This);
    uint64_t now = self->world->clock.now, all = self->until - self->from;

    if (!result || !percent)
        return E_INVALIDARG;
    *result = self->done ? self->result : VDS_E_OPERATION_PENDING;
    *percent =
        self->done || !all ? 100 : (ULONG)((now - self->from) * 100 / all);
    return S_OK;
}
