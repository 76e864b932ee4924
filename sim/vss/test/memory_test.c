/*
 * memory_test.c - the Nth allocation fails, for N = 1, 2, 3 ... until a call
 * meets no fault: E_OUTOFMEMORY, outs NULL, state unchanged, nothing leaked,
 * nothing sent, and the same call succeeds afterwards (decision U45).
 */
#include <string.h>

#include "base/array.h"
#include "vss/test/calls.h"

typedef HRESULT (*attempt_fn)(struct world *world);

static unsigned heard(const struct world *w)
{
    unsigned n = 0;

    for (unsigned i = 0; i < w->mini.n_writers; i++)
        for (unsigned k = 0; k < VSSIM_EVENT_COUNT; k++)
            n += w->mini.writers[i].heard[k];
    return n;
}

/* Each attempt starts in the state that `prepare` makes. */
static unsigned sweep(void (*prepare)(struct world *), attempt_fn attempt)
{
    for (unsigned n = 1;; n++) {
        unsigned alive, faults, events;
        uint64_t state;
        struct world w;
        HRESULT hr;

        world_init(&w);
        prepare(&w);
        state = world_state(&w);
        events = heard(&w);
        alive = w.mini.alive;
        w.mini.allocations = 0;
        w.mini.fail_at = n;
        hr = attempt(&w);
        faults = w.mini.faults;
        w.mini.fail_at = 0;
        if (!faults) {
            cr_expect(SUCCEEDED(hr));
            world_done(&w);
            return n - 1;
        }
        cr_assert_eq(hr, E_OUTOFMEMORY, "allocation %u: 0x%08X", n,
                     (unsigned)hr);
        cr_assert_eq(world_state(&w), state, "allocation %u: state", n);
        /* New blocks of the document's tree stay with it. */
        cr_assert_leq(w.mini.alive, alive + 2, "allocation %u: leak", n);
        cr_assert_eq(heard(&w), events);
        hr = attempt(&w);
        cr_assert(SUCCEEDED(hr), "allocation %u: then 0x%08X", n,
                  (unsigned)hr);
        world_done(&w);
    }
}

static void nothing(struct world *w)
{
    (void)w;
}

static HRESULT attempt_restore(struct world *w)
{
    return w->bc->lpVtbl->InitializeForRestore(w->bc, w->document);
}

static HRESULT started(HRESULT hr, IVssAsync *async)
{
    cr_assert_eq(SUCCEEDED(hr), async != NULL);
    if (async)
        async->lpVtbl->Release(async);
    return hr;
}

static HRESULT attempt_gather(struct world *w)
{
    IVssAsync *async = (IVssAsync *)w;
    HRESULT hr = w->bc->lpVtbl->GatherWriterMetadata(w->bc, &async);

    return started(hr, async);
}

static HRESULT attempt_status(struct world *w)
{
    IVssAsync *async = (IVssAsync *)w;
    HRESULT hr = w->bc->lpVtbl->GatherWriterStatus(w->bc, &async);

    return started(hr, async);
}

static void selected(struct world *w)
{
    world_gather(w);
    world_select_all(w);
}

static HRESULT attempt_pre(struct world *w)
{
    IVssAsync *async = (IVssAsync *)w;
    HRESULT hr = w->bc->lpVtbl->PreRestore(w->bc, &async);

    return started(hr, async);
}

static HRESULT attempt_post(struct world *w)
{
    IVssAsync *async = (IVssAsync *)w;
    HRESULT hr = w->bc->lpVtbl->PostRestore(w->bc, &async);

    return started(hr, async);
}

Test(memory, initialize_for_restore)
{
    cr_expect_gt(sweep(nothing, attempt_restore), 5);
}

Test(memory, gathers)
{
    cr_expect_eq(sweep(world_restore, attempt_gather), 2);
    cr_expect_eq(sweep(world_gather, attempt_status), 2);
}

Test(memory, pre_and_post_restore)
{
    cr_expect_gt(sweep(selected, attempt_pre), 10);
    cr_expect_gt(sweep(world_pre_done, attempt_post), 3);
}

/* Every method, where it is allowed. */
static enum vss_method method_under_test;

static HRESULT attempt_method(struct world *w)
{
    bool can_be_bad;

    return call_method(w, method_under_test, true, &can_be_bad);
}

static void with_status(struct world *w)
{
    IVssAsync *async;

    w->mini.writers[0].message = u"why";
    world_gather(w);
    ok(w->bc->lpVtbl->GatherWriterStatus(w->bc, &async));
    world_finish(async, VSS_S_ASYNC_FINISHED);
}

Test(memory, every_other_method)
{
    static const enum vss_method methods[] = {
        VSS_METHOD_SaveAsXML,
        VSS_METHOD_GetWriterComponents,
        VSS_METHOD_GetWriterMetadata,
        VSS_METHOD_GetWriterMetadataEx,
        VSS_METHOD_GetWriterStatus,
        VSS_METHOD_GetWriterStatusEx,
        VSS_METHOD_SetSelectedForRestore,
        VSS_METHOD_SetSelectedForRestoreEx,
        VSS_METHOD_AddRestoreSubcomponent,
        VSS_METHOD_SetRestoreOptions,
        VSS_METHOD_AddNewTarget,
        VSS_METHOD_SetAdditionalRestores,
        VSS_METHOD_SetAuthoritativeRestore,
        VSS_METHOD_SetRollForward,
        VSS_METHOD_SetRestoreName,
        VSS_METHOD_AddAlternativeLocationMapping};

    for (unsigned i = 0; i < ARRAY_SIZE(methods); i++) {
        method_under_test = methods[i];
        sweep(with_status, attempt_method);
    }
    method_under_test = VSS_METHOD_EnableWriterClasses;
    cr_expect_eq(sweep(world_restore, attempt_method), 1);
}

/* The backup side. */
static HRESULT attempt_prepare(struct world *w)
{
    IVssAsync *async = (IVssAsync *)w;
    HRESULT hr = w->bc->lpVtbl->PrepareForBackup(w->bc, &async);

    return started(hr, async);
}

static HRESULT attempt_snapshots(struct world *w)
{
    IVssAsync *async = (IVssAsync *)w;
    HRESULT hr = w->bc->lpVtbl->DoSnapshotSet(w->bc, &async);

    return started(hr, async);
}

static void ready_to_prepare(struct world *w)
{
    world_backup_gather(w);
    world_add(w, true);
    world_set(w);
}

Test(memory, backup_events)
{
    cr_expect_gt(sweep(ready_to_prepare, attempt_prepare), 3);
    cr_expect_gt(sweep(world_prepared, attempt_snapshots), 4);
}

static void with_set(struct world *w)
{
    world_backup_gather(w);
    world_add(w, false);
    ok(w->bc->lpVtbl->StartSnapshotSet(w->bc, &w->set));
}

Test(memory, backup_methods)
{
    static const struct {
        enum vss_method method;
        void (*prepare)(struct world *);
    } cases[] = {{VSS_METHOD_InitializeForBackup, nothing},
                 {VSS_METHOD_AddComponent, world_backup_gather},
                 {VSS_METHOD_AddToSnapshotSet, with_set},
                 {VSS_METHOD_SaveAsXML, world_snapped},
                 {VSS_METHOD_GetSnapshotProperties, world_snapped},
                 {VSS_METHOD_Query, world_snapped},
                 {VSS_METHOD_ExposeSnapshot, world_snapped},
                 {VSS_METHOD_GetRootAndLogicalPrefixPaths, nothing},
                 {VSS_METHOD_QueryRevertStatus, world_snapped}};

    for (unsigned i = 0; i < ARRAY_SIZE(cases); i++) {
        method_under_test = cases[i].method;
        cr_expect_gt(sweep(cases[i].prepare, attempt_method), 0, "%s",
                     vss_method_name(cases[i].method));
    }
}

/* The other things a call may fail to obtain: same promises. */
Test(memory, thread_and_service)
{
    static const HRESULT codes[] = {E_OUTOFMEMORY, VSS_E_UNEXPECTED};
    struct world w;
    IVssAsync *async;

    for (int old = 0; old < 2; old++)
        for (int r = VSSIM_RESOURCE_THREAD; r <= VSSIM_RESOURCE_SERVICE; r++)
            for (int c = 0; c < 2; c++) {
                uint64_t state;

                world_init(&w);
                if (old)
                    w.mini.host.windows = VSSIM_WINDOWS_VISTA;
                selected(&w);
                state = world_state(&w);
                w.mini.acquire[r] = codes[c];
                async = (IVssAsync *)&w;
                gives(w.bc->lpVtbl->PreRestore(w.bc, &async),
                      c && old ? E_UNEXPECTED : codes[c]);
                cr_expect_null(async);
                cr_expect_eq(w.mini.logged, c ? 1u : 0u);
                cr_expect_eq(world_state(&w), state);
                w.mini.acquire[r] = S_OK;
                world_finish(world_pre(&w), VSS_S_ASYNC_FINISHED);
                world_done(&w);
            }
}

/* An event that cannot be sent, in the code of the version of Windows. */
Test(memory, event_not_sent)
{
    for (int old = 0; old < 2; old++) {
        IVssAsync *async = NULL;
        struct world w;

        world_init(&w);
        if (old)
            w.mini.host.windows = VSSIM_WINDOWS_VISTA;
        selected(&w);
        w.mini.post_result = VSS_E_UNEXPECTED;
        gives(w.bc->lpVtbl->PreRestore(w.bc, &async),
              old ? E_UNEXPECTED : VSS_E_UNEXPECTED);
        cr_expect_null(async);
        cr_expect_eq(w.mini.logged, 1);
        w.mini.post_result = S_OK;
        world_finish(world_pre(&w), VSS_S_ASYNC_FINISHED);
        world_done(&w);

        /* Nothing of it is left when nobody tries again. */
        world_init(&w);
        if (old)
            world_snapped(&w);
        else
            ready_to_prepare(&w);
        w.mini.post_result = E_OUTOFMEMORY;
        gives(old ? w.bc->lpVtbl->BackupComplete(w.bc, &async)
                  : w.bc->lpVtbl->PrepareForBackup(w.bc, &async),
              E_OUTOFMEMORY);
        w.mini.post_result = S_OK;
        world_done(&w);
    }
}

/* The readers of components and metadata. */
static HRESULT read_component(struct world *w)
{
    const struct vssim_host *host = &w->mini.host;
    IVssWriterComponentsExt *ext;
    IVssWriterComponents *first;
    IVssComponent *component = NULL;
    BSTR text = NULL;
    HRESULT hr;

    hr = w->bc->lpVtbl->GetWriterComponents(w->bc, 0, &ext);
    if (FAILED(hr))
        return hr;
    first = (IVssWriterComponents *)(void *)&ext->lpVtbl;
    hr = first->lpVtbl->GetComponent(first, 0, &component);
    if (SUCCEEDED(hr))
        hr = component->lpVtbl->GetLogicalPath(component, &text);
    cr_assert(SUCCEEDED(hr) || !text);
    host->bstr_free(host, text);
    if (component)
        component->lpVtbl->Release(component);
    ((IUnknown *)(void *)&ext->lpVtblUnknown)
        ->lpVtbl->Release((IUnknown *)(void *)&ext->lpVtblUnknown);
    return hr;
}

static HRESULT read_metadata(struct world *w)
{
    const struct vssim_host *host = &w->mini.host;
    IVssExamineWriterMetadata *m;
    VSS_RESTOREMETHOD_ENUM method;
    VSS_WRITERRESTORE_ENUM wants;
    IVssWMComponent *component = NULL;
    PVSSCOMPONENTINFO info = NULL;
    BSTR service = NULL, user = NULL;
    bool reboot;
    VSS_ID id;
    HRESULT hr;
    UINT n;

    hr = w->bc->lpVtbl->GetWriterMetadata(w->bc, 0, &id, &m);
    if (FAILED(hr))
        return hr;
    hr = m->lpVtbl->GetRestoreMethod(m, &method, &service, &user, &wants,
                                     &reboot, &n);
    if (SUCCEEDED(hr))
        hr = m->lpVtbl->GetComponent(m, 0, &component);
    if (SUCCEEDED(hr))
        hr = component->lpVtbl->GetComponentInfo(component, &info);
    if (info)
        component->lpVtbl->FreeComponentInfo(component, info);
    if (component)
        component->lpVtbl->Release(component);
    host->bstr_free(host, service);
    host->bstr_free(host, user);
    m->lpVtbl->Release(m);
    return hr;
}

Test(memory, readers)
{
    cr_expect_eq(sweep(world_gather, read_component), 3);
    cr_expect_gt(sweep(world_gather, read_metadata), 10);
}
