/* enum_object.c - see enum_object.h. */
#include "vss/enum_object.h"

#include <string.h>

#include "com/object.h"
#include "vss/volumes.h"

typedef struct vss_enum_object {
    IVssEnumObject iface;
    const struct vssim_host *host;
    ULONG refs;
    struct vss_objects *list;
    uint32_t at;
} self_t;

COM_OBJECT(from, self_t, iface, IVssEnumObject)

struct vss_objects *objects_create(const struct vssim_host *host,
                                   uint32_t room)
{
    struct vss_objects *list =
        vss_alloc(host, sizeof(*list) + room * sizeof(list->items[0]));

    if (list)
        list->refs = 1;
    return list;
}

static void free_item(const struct vssim_host *host, VSS_OBJECT_PROP *item)
{
    if (item->Type == VSS_OBJECT_SNAPSHOT) {
        storage_free(host, &item->Obj.Snap);
        return;
    }
    if (item->Obj.Prov.m_pwszProviderName)
        host->task_free(host, item->Obj.Prov.m_pwszProviderName);
    if (item->Obj.Prov.m_pwszProviderVersion)
        host->task_free(host, item->Obj.Prov.m_pwszProviderVersion);
}

void objects_unref(const struct vssim_host *host, struct vss_objects *list)
{
    if (--list->refs)
        return;
    for (uint32_t i = 0; i < list->n; i++)
        free_item(host, &list->items[i]);
    vss_free(host, list);
}

/* The strings of `item` are another's: replaces them by copies. */
static bool own_strings(const struct vssim_host *host, VSS_OBJECT_PROP *item)
{
    VSS_SNAPSHOT_PROP *s = &item->Obj.Snap;
    VSS_PROVIDER_PROP *p = &item->Obj.Prov;
    VSS_PWSZ *const snapshot[] = {
        &s->m_pwszSnapshotDeviceObject, &s->m_pwszOriginalVolumeName,
        &s->m_pwszOriginatingMachine,   &s->m_pwszServiceMachine,
        &s->m_pwszExposedName,          &s->m_pwszExposedPath};
    VSS_PWSZ *const provider[] = {&p->m_pwszProviderName,
                                  &p->m_pwszProviderVersion};
    bool is_snapshot = item->Type == VSS_OBJECT_SNAPSHOT;
    unsigned n = is_snapshot ? 6 : 2;
    bool good = true;

    for (unsigned i = 0; i < n; i++) {
        VSS_PWSZ *text = is_snapshot ? snapshot[i] : provider[i];
        const WCHAR *shared = *text;

        *text = NULL;
        if (good)
            good = storage_text(host, shared, text);
    }
    if (!good)
        free_item(host, item);
    return good;
}

static HRESULT query_interface(IVssEnumObject *This, REFIID riid, void **out)
{
    static const IID *const ids[] = {&IID_IVssEnumObject};

    return object_query(This, &from(This)->refs, riid, ids, 1, out);
}

static ULONG add_ref(IVssEnumObject *This)
{
    return ++from(This)->refs;
}

static ULONG release(IVssEnumObject *This)
{
    self_t *self = from(This);
    ULONG refs = --self->refs;

    if (!refs) {
        objects_unref(self->host, self->list);
        vss_free(self->host, self);
    }
    return refs;
}

/* Page: S_FALSE when there are fewer than asked for. All are given or none;
 * short of memory: E_FAIL, since the page has no better code (U68). */
static HRESULT next(IVssEnumObject *This, ULONG celt, VSS_OBJECT_PROP *rgelt,
                    ULONG *fetched)
{
    self_t *self = from(This);
    uint32_t left = self->list->n - self->at;
    uint32_t n = celt < left ? celt : left;
    HRESULT hr = vss_acquire(self->host, VSSIM_RESOURCE_ACCESS, "Next");

    OUT(fetched, 0);
    if (FAILED(hr))
        return hr;
    if (!rgelt || !fetched)
        return E_POINTER;
    memset(rgelt, 0, celt * sizeof(*rgelt));
    for (uint32_t i = 0; i < n; i++) {
        rgelt[i] = self->list->items[self->at + i];
        if (own_strings(self->host, &rgelt[i]))
            continue;
        while (i--)
            free_item(self->host, &rgelt[i]);
        memset(rgelt, 0, celt * sizeof(*rgelt));
        return E_FAIL;
    }
    self->at += n;
    *fetched = n;
    return n == celt ? S_OK : S_FALSE;
}

static HRESULT skip(IVssEnumObject *This, ULONG celt)
{
    self_t *self = from(This);
    uint32_t left = self->list->n - self->at;
    HRESULT hr = vss_acquire(self->host, VSSIM_RESOURCE_ACCESS, "Skip");

    if (FAILED(hr))
        return hr;
    self->at += celt < left ? celt : left;
    return celt <= left ? S_OK : S_FALSE;
}

static HRESULT reset(IVssEnumObject *This)
{
    self_t *self = from(This);
    HRESULT hr = vss_acquire(self->host, VSSIM_RESOURCE_ACCESS, "Reset");

    if (SUCCEEDED(hr))
        self->at = 0;
    return hr;
}

static HRESULT clone(IVssEnumObject *This, IVssEnumObject **out)
{
    self_t *self = from(This);
    HRESULT hr = vss_acquire(self->host, VSSIM_RESOURCE_ACCESS, "Clone");

    OUT(out, NULL);
    if (FAILED(hr))
        return hr;
    if (!out)
        return E_POINTER;
    self->list->refs++;
    hr = enum_object_create(self->host, self->list, out);
    if (SUCCEEDED(hr))
        from(*out)->at = self->at;
    return hr;
}

static const IVssEnumObjectVtbl vtable = {query_interface, add_ref, release,
                                          next, skip, reset, clone};

HRESULT enum_object_create(const struct vssim_host *host,
                           struct vss_objects *list, IVssEnumObject **out)
{
    self_t *self = vss_alloc(host, sizeof(*self));

    if (!self) {
        objects_unref(host, list);
        return E_OUTOFMEMORY;
    }
    self->iface.lpVtbl = &vtable;
    self->host = host;
    self->refs = 1;
    self->list = list;
    *out = &self->iface;
    return S_OK;
}
