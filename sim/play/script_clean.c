/*
 * script_clean.c - the steps Clean and registry of a disaster recovery.
 *
 * Clean goes all the way that a requester goes: loader, service, providers,
 * packs, disks, IVdsAdvancedDisk, and waits for the async. A disk without a
 * partition table is in no pack: QueryUnallocatedDisks has it.
 */
#include <string.h>

#include "com/text.h"
#include "play/script.h"

#define RELEASE(p) ((p)->lpVtbl->Release(p))

static bool is_disk(struct script *s, IVdsDisk *disk, const char *want)
{
    const struct vssim_host *host = &s->world->host;
    VDS_DISK_PROP prop;
    WCHAR wide[256];
    bool same;

    HRESULT hr = disk->lpVtbl->GetProperties(disk, &prop);

    if (hr == E_OUTOFMEMORY) /* a fault: a second time it has the memory */
        hr = disk->lpVtbl->GetProperties(disk, &prop);
    if (FAILED(hr))
        return false;
    utf8_to_wide(want, strlen(want), wide, 256);
    same = wide_equal(prop.pwszFriendlyName, wide);
    host->task_free(host, prop.pwszName);
    host->task_free(host, prop.pwszFriendlyName);
    return same;
}

/* The next object, as that interface, or NULL. */
static void *next(IEnumVdsObject *e, const IID *iid)
{
    IUnknown *unknown = NULL;
    void *out = NULL;
    ULONG n = 0;

    if (e->lpVtbl->Next(e, 1, &unknown, &n) != S_OK || n != 1)
        return NULL;
    unknown->lpVtbl->QueryInterface(unknown, iid, &out);
    RELEASE(unknown);
    return out;
}

static IVdsDisk *among(struct script *s, IEnumVdsObject *e, const char *want)
{
    IVdsDisk *disk;

    while ((disk = next(e, &IID_IVdsDisk))) {
        if (is_disk(s, disk, want))
            break;
        RELEASE(disk);
    }
    RELEASE(e);
    return disk;
}

static IVdsDisk *in_packs(struct script *s, IEnumVdsObject *packs,
                          const char *want)
{
    IVdsDisk *disk = NULL;
    IEnumVdsObject *e;
    IVdsPack *pack;

    while (!disk && (pack = next(packs, &IID_IVdsPack))) {
        if (SUCCEEDED(pack->lpVtbl->QueryDisks(pack, &e)))
            disk = among(s, e, want);
        RELEASE(pack);
    }
    RELEASE(packs);
    return disk;
}

static IVdsDisk *in_service(struct script *s, IVdsService *service,
                            const char *want)
{
    IEnumVdsObject *e, *packs;
    IVdsSwProvider *provider;
    IVdsDisk *disk = NULL;

    if (FAILED(service->lpVtbl->WaitForServiceReady(service)) ||
        FAILED(service->lpVtbl->QueryProviders(
            service, VDS_QUERY_SOFTWARE_PROVIDERS, &e)))
        return NULL;
    while (!disk && (provider = next(e, &IID_IVdsSwProvider))) {
        if (SUCCEEDED(provider->lpVtbl->QueryPacks(provider, &packs)))
            disk = in_packs(s, packs, want);
        RELEASE(provider);
    }
    RELEASE(e);
    if (!disk &&
        SUCCEEDED(service->lpVtbl->QueryUnallocatedDisks(service, &e)))
        disk = among(s, e, want);
    return disk;
}

static IVdsDisk *find(struct script *s, const char *want)
{
    IVdsServiceLoader *loader = NULL;
    IVdsService *service = NULL;
    IVdsDisk *disk = NULL;

    if (FAILED(proxy_CoCreateInstance(s->world, &CLSID_VdsLoader, 4,
                                      &IID_IVdsServiceLoader,
                                      (void **)&loader)))
        return NULL;
    if (SUCCEEDED(loader->lpVtbl->LoadService(loader, NULL, &service))) {
        disk = in_service(s, service, want);
        RELEASE(service);
    }
    RELEASE(loader);
    return disk;
}

static void wait_for(struct script *s, const struct step *step,
                     IVdsAsync *async)
{
    VDS_ASYNC_OUTPUT output;
    HRESULT hr = S_OK;
    const struct step_clean *c = &step->clean;

    s->last_call = s->world->last_call + 1;
    async->lpVtbl->Wait(async, &hr, &output);
    script_expect(s, "out", "pHrResult",
                  step->ends ? step->ends
                  : c->full  ? "S_OK"
                             : "VDS_S_DISK_PARTIALLY_CLEANED",
                  s->last_call, step->line, step->col);
    if (step->has_takes)
        script_expect_ms(s, "takes", step->takes, s->last_call, step->line,
                         step->col);
}

void script_step_clean(struct script *s, const struct step *step)
{
    const struct step_clean *c = &step->clean;
    IVdsDisk *disk = find(s, c->disk);
    IVdsAdvancedDisk *advanced = NULL;
    IVdsAsync *async = NULL;
    HRESULT hr;

    if (disk)
        disk->lpVtbl->QueryInterface(disk, &IID_IVdsAdvancedDisk,
                                     (void **)&advanced);
    script_expect(s, "found", "the disk", "true",
                  advanced ? s->world->last_call : 0, step->line, step->col);
    if (advanced) {
        s->last_call = s->world->last_call + 1;
        hr = advanced->lpVtbl->Clean(advanced, c->force, c->force_oem, c->full,
                                     &async);
        script_expect(s, "returns", NULL,
                      step->returns ? step->returns : "S_OK", s->last_call,
                      step->line, step->col);
        if (SUCCEEDED(hr) && async) {
            wait_for(s, step, async);
            RELEASE(async);
        }
        RELEASE(advanced);
    }
    if (disk)
        RELEASE(disk);
}

static void note(struct script *s, const char *name, const char *value)
{
    struct trace *t = record(&s->world->recorder, TRACE_REGISTRY, 0);

    trace_str(t, KEY_WHAT, "set");
    trace_str(t, KEY_NAME, name);
    trace_str(t, KEY_VALUE, value);
    trace_end(t);
}

void script_step_registry(struct script *s, const struct step *step)
{
    const struct step_registry *r = &step->registry;
    struct machine *m = s->world->bus.machine;

    if (r->last_instance)
        note(s, "LastInstance", r->last_instance);
    if (r->restored)
        note(s, "RestoredVolumes", r->restored);
    if (r->has_quick)
        note(s, "QuickFormat", r->quick ? "1" : "0");
    if (!m)
        return;
    if (r->last_instance)
        m->last_instance = true;
    if (r->has_quick)
        m->quick = r->quick;
    if (r->restored) {
        m->restored = 0;
        for (const char *at = r->restored; *at; at += *at == ' ') {
            m->restored++;
            at += strcspn(at, " ");
        }
    }
}
