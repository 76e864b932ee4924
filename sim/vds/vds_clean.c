/*
 * vds_clean.c - IVdsAdvancedDisk::Clean and its IVdsAsync.
 *
 * Page of IVdsAdvancedDisk::Clean: what needs bForce and bForceOEM, what is
 * always refused, the codes. U77: how the async ends.
 */
#include <string.h>

#include "com/object.h"
#include "vds/vds_object.h"
#include "writers/asr.h"

#define GEN_VDS
#include "api_gen.inc"

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

VDS_UNKNOWN(IVdsAsync, vds_of, async)

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

/* --- the async --- */

static HRESULT STDMETHODCALLTYPE async_Cancel(IVdsAsync *This)
{
    struct vds_object *self = vds_of(This);

    if (self->done)
        return VDS_E_CANCEL_TOO_LATE;
    clock_cancel(&self->world->clock, self->timer);
    self->timer = 0;
    finish(self, VDS_S_DISK_PARTIALLY_CLEANED);
    vds_Release(self);
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE async_Wait(IVdsAsync *This, HRESULT *result,
                                            VDS_ASYNC_OUTPUT *output)
{
    struct vds_object *self = vds_of(This);
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

static HRESULT STDMETHODCALLTYPE async_QueryStatus(IVdsAsync *This,
                                                   HRESULT *result,
                                                   ULONG *percent)
{
    struct vds_object *self = vds_of(This);
    uint64_t now = self->world->clock.now, all = self->until - self->from;

    if (!result || !percent)
        return E_INVALIDARG;
    *result = self->done ? self->result : VDS_E_OPERATION_PENDING;
    *percent =
        self->done || !all ? 100 : (ULONG)((now - self->from) * 100 / all);
    return S_OK;
}

static const IVdsAsyncVtbl async_vtbl = {VDS_HEAD(async), async_Cancel,
                                         async_Wait,
                                         async_QueryStatus};
static const struct vds_kind async_kind = {
    API_VDS_ASYNC, &async_vtbl, NULL,
    &IID_IVdsAsync, NULL};

HRESULT vds_clean(struct vds_object *self, BOOL force, BOOL force_oem,
                  BOOL full, IVdsAsync **out)
{
    struct world *w = self->world;
    struct vds_object *async;
    HRESULT hr;

    if (!out)
        return E_INVALIDARG;
    *out = NULL;
    hr = may_clean(w, self->disk, force, force_oem);
    if (FAILED(hr)) {
        record_clean(w, self->disk, hr, NEED_NONE);
        return hr;
    }
    async = vds_make(w, &async_kind);
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
