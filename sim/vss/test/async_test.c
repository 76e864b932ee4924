/* async_test.c - IVssAsync in every state and order. */
#include "vss/test/mini_world.h"

static HRESULT status(IVssAsync *async)
{
    HRESULT hr = 0;

    ok(async->lpVtbl->QueryStatus(async, &hr, NULL));
    return hr;
}

static IVssAsync *pending(struct world *w)
{
    world_init(w);
    w->mini.writers[0].delay = 12000;
    world_gather(w);
    world_select_all(w);
    return world_pre(w);
}

Test(async, waits_and_finishes)
{
    struct world w;
    IVssAsync *async = pending(&w);
    uint64_t start = w.mini.now;
    INT reserved = 7;
    HRESULT hr;

    gives(status(async), VSS_S_ASYNC_PENDING);
    gives(async->lpVtbl->QueryStatus(async, NULL, NULL), E_INVALIDARG);
    w.mini.acquire[VSSIM_RESOURCE_ACCESS] = E_ACCESSDENIED;
    hr = 7;
    gives(async->lpVtbl->QueryStatus(async, &hr, &reserved), E_ACCESSDENIED);
    cr_expect(!hr && !reserved);
    gives(async->lpVtbl->Wait(async, INFINITE), E_ACCESSDENIED);
    gives(async->lpVtbl->Cancel(async), E_ACCESSDENIED);
    cr_expect_eq(w.mini.now, start);
    w.mini.acquire[VSSIM_RESOURCE_ACCESS] = S_OK;
    reserved = 7;
    /* U05: time ran out: S_OK, still pending. */
    ok(async->lpVtbl->Wait(async, 5000));
    cr_expect_eq(w.mini.now - start, 5000);
    gives(status(async), VSS_S_ASYNC_PENDING);
    ok(async->lpVtbl->Wait(async, 0));
    gives(status(async), VSS_S_ASYNC_PENDING);
    ok(async->lpVtbl->Wait(async, INFINITE));
    cr_expect_eq(w.mini.now - start, 12000);
    ok(async->lpVtbl->QueryStatus(async, &hr, &reserved));
    cr_expect_eq(hr, VSS_S_ASYNC_FINISHED);
    ok(async->lpVtbl->Wait(async, INFINITE));
    cr_expect_eq(w.mini.now - start, 12000);
    gives(async->lpVtbl->Cancel(async), VSS_S_ASYNC_FINISHED);
    gives(status(async), VSS_S_ASYNC_FINISHED);
    cr_expect_eq(async->lpVtbl->AddRef(async), 2);
    cr_expect_eq(async->lpVtbl->Release(async), 1);
    cr_expect_eq(async->lpVtbl->Release(async), 0);
    world_done(&w);
}

/* U06: cancelled at once; writers already told run to their end. */
Test(async, cancel)
{
    struct world w;
    IVssAsync *async = pending(&w);
    uint64_t start = w.mini.now;

    ok(async->lpVtbl->Cancel(async));
    gives(status(async), VSS_S_ASYNC_CANCELLED);
    gives(async->lpVtbl->Cancel(async), VSS_S_ASYNC_CANCELLED);
    ok(async->lpVtbl->Wait(async, INFINITE));
    cr_expect_eq(w.mini.now, start);
    cr_expect_str_eq(world_phase(&w), "pre-cancelled");
    w.mini.now += 20000;
    gives(status(async), VSS_S_ASYNC_CANCELLED);
    async->lpVtbl->Release(async);
    world_done(&w);
}

static void cancel_now(void *context)
{
    IVssAsync *async = context;

    async->lpVtbl->Cancel(async);
}

static void release_now(void *context)
{
    IVssAsync *async = context;

    async->lpVtbl->Release(async);
}

/* Things that happen inside a wait: cancel, or the last release. */
Test(async, races)
{
    struct world w;
    IVssAsync *async = pending(&w);
    uint64_t start = w.mini.now;

    w.mini.during_wait = cancel_now;
    w.mini.during_context = async;
    ok(async->lpVtbl->Wait(async, INFINITE));
    cr_expect_eq(w.mini.now, start);
    gives(status(async), VSS_S_ASYNC_CANCELLED);
    async->lpVtbl->Release(async);
    world_done(&w);

    async = pending(&w);
    w.mini.during_wait = release_now;
    w.mini.during_context = async;
    w.bc->lpVtbl->Release(w.bc);
    w.bc = NULL;
    ok(async->lpVtbl->Wait(async, INFINITE));
    world_done(&w);
}

/* U42: works after its parent is gone; released while pending is fine. */
Test(async, lifetimes)
{
    struct world w;
    IVssAsync *async = pending(&w);

    w.bc->lpVtbl->Release(w.bc);
    w.bc = NULL;
    gives(status(async), VSS_S_ASYNC_PENDING);
    world_finish(async, VSS_S_ASYNC_FINISHED);
    cr_expect_eq(w.mini.writers[0].heard[VSSIM_EVENT_PRE_RESTORE], 1);
    world_done(&w);

    async = pending(&w);
    cr_expect_eq(async->lpVtbl->Release(async), 0);
    cr_expect_str_eq(world_phase(&w), "pre-pending");
    w.mini.now += 20000;
    cr_expect_str_eq(world_phase(&w), "pre-done");
    world_done(&w);

    async = pending(&w);
    async->lpVtbl->Release(async);
    world_done(&w); /* the object while pending */
}

/* U04: the failure is in pHrResult; Wait's S_OK is about waiting, unless
 * policy says otherwise. Logged once, named by the version of Windows. */
Test(async, failure)
{
    for (int policy = 0; policy < 2; policy++)
        for (int old = 0; old < 2; old++) {
            HRESULT code = old ? E_UNEXPECTED : VSS_E_UNEXPECTED;
            struct world w;
            IVssAsync *async;

            world_init(&w);
            w.mini.host.windows = old ? VSSIM_SERVER_2008 : VSSIM_SERVER_2022;
            w.mini.policy[VSSIM_POLICY_WAIT_ON_FAILURE] = policy;
            world_gather(&w);
            w.mini.poll_result = VSS_E_UNEXPECTED;
            async = world_pre(&w);
            gives(async->lpVtbl->Wait(async, INFINITE), policy ? code : S_OK);
            gives(status(async), code);
            gives(async->lpVtbl->Cancel(async), code);
            gives(status(async), code);
            cr_expect_eq(w.mini.logged, 1);
            cr_expect_str_eq(world_phase(&w), "pre-failed");
            async->lpVtbl->Release(async);
            world_done(&w);
        }
}

/* Page of Wait: Server 2003 takes INFINITE only, XP no time at all. */
Test(async, wait_by_version)
{
    struct world w;
    IVssAsync *async = pending(&w);

    w.mini.host.windows = VSSIM_SERVER_2003;
    gives(async->lpVtbl->Wait(async, 10), E_INVALIDARG);
    gives(status(async), VSS_S_ASYNC_PENDING);
    w.mini.host.windows = VSSIM_WINDOWS_XP;
    ok(async->lpVtbl->Wait(async, 10));
    gives(status(async), VSS_S_ASYNC_FINISHED);
    async->lpVtbl->Release(async);
    world_done(&w);
}

/* A gather that failed or was cancelled counts as never made. */
Test(async, gather_again)
{
    IVssAsync *async;
    struct world w;

    world_init(&w);
    world_restore(&w);
    w.mini.poll_result = VSS_E_WRITER_INFRASTRUCTURE;
    ok(w.bc->lpVtbl->GatherWriterMetadata(w.bc, &async));
    world_finish(async, VSS_E_WRITER_INFRASTRUCTURE);
    cr_expect_str_eq(world_phase(&w), "restore");
    w.mini.poll_result = S_OK;
    ok(w.bc->lpVtbl->GatherWriterMetadata(w.bc, &async));
    ok(async->lpVtbl->Cancel(async));
    cr_expect_str_eq(world_phase(&w), "restore");
    gives(status(async), VSS_S_ASYNC_CANCELLED);
    async->lpVtbl->Release(async);
    ok(w.bc->lpVtbl->GatherWriterMetadata(w.bc, &async));
    world_finish(async, VSS_S_ASYNC_FINISHED);
    cr_expect_str_eq(world_phase(&w), "metadata");
    world_done(&w);
}

/* Nothing of it allocates (U45). */
Test(async, never_allocates)
{
    struct world w;
    IVssAsync *async = pending(&w);
    unsigned before = w.mini.allocations;

    status(async);
    async->lpVtbl->Wait(async, 10);
    async->lpVtbl->Wait(async, INFINITE);
    status(async);
    async->lpVtbl->Cancel(async);
    async->lpVtbl->Release(async);
    w.bc->lpVtbl->FreeWriterMetadata(w.bc);
    w.bc->lpVtbl->FreeWriterStatus(w.bc);
    w.bc->lpVtbl->Release(w.bc);
    w.bc = NULL;
    cr_expect_eq(w.mini.allocations, before);
    world_done(&w);
}
