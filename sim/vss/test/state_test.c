/* state_test.c - every cell of state.def, against the object itself. */
#include <string.h>

#include "base/array.h"
#include "vss/test/calls.h"

static IVssAsync *post(struct world *world)
{
    IVssAsync *async;

    ok(world->bc->lpVtbl->PostRestore(world->bc, &async));
    return async;
}

static void leave(IVssAsync *async)
{
    async->lpVtbl->Release(async);
}

/* The phases of a backup after the first. */
static void enter_backup(struct world *w, enum vss_phase phase)
{
    IVssAsync *async;

    if (phase <= VSS_PHASE_BACKUP_METADATA) {
        world_backup(w);
        ok(w->bc->lpVtbl->GatherWriterMetadata(w->bc, &async));
        if (phase == VSS_PHASE_BACKUP_METADATA)
            ok(async->lpVtbl->Wait(async, INFINITE));
        leave(async);
        return;
    }
    async = world_prepare(w);
    if (phase == VSS_PHASE_BACKUP_FAILED)
        ok(async->lpVtbl->Cancel(async));
    else if (phase != VSS_PHASE_PREPARE_PENDING)
        ok(async->lpVtbl->Wait(async, INFINITE));
    leave(async);
    if (phase <= VSS_PHASE_PREPARED || phase == VSS_PHASE_BACKUP_FAILED)
        return;
    async = world_snap(w);
    if (phase != VSS_PHASE_SNAPSHOT_PENDING)
        ok(async->lpVtbl->Wait(async, INFINITE));
    leave(async);
    if (phase <= VSS_PHASE_SNAPSHOT_DONE)
        return;
    ok(w->bc->lpVtbl->BackupComplete(w->bc, &async));
    if (phase == VSS_PHASE_COMPLETE_DONE)
        ok(async->lpVtbl->Wait(async, INFINITE));
    leave(async);
}

/* Brings a new object into a phase; false: there is no way. */
static void enter(struct world *w, enum vss_phase phase)
{
    IVssAsync *async;

    w->mini.poll_result = S_OK;
    w->mini.writers[0].delay = 1000;
    world_new_object(w);
    if (phase >= VSS_PHASE_BACKUP_GATHERING) {
        enter_backup(w, phase);
        return;
    }
    switch (phase) {
    case VSS_PHASE_UNINITIALISED:
        return;
    case VSS_PHASE_BACKUP:
        ok(w->bc->lpVtbl->InitializeForBackup(w->bc, NULL));
        return;
    case VSS_PHASE_RESTORE:
        world_restore(w);
        return;
    case VSS_PHASE_GATHERING:
        world_restore(w);
        ok(w->bc->lpVtbl->GatherWriterMetadata(w->bc, &async));
        async->lpVtbl->Release(async);
        return;
    default:
        break;
    }
    world_gather(w);
    if (phase == VSS_PHASE_METADATA)
        return;
    world_select_all(w);
    if (phase == VSS_PHASE_PRE_FAILED)
        w->mini.poll_result = E_OUTOFMEMORY;
    async = world_pre(w);
    w->mini.poll_result = S_OK;
    if (phase == VSS_PHASE_PRE_CANCELLED)
        ok(async->lpVtbl->Cancel(async));
    else if (phase != VSS_PHASE_PRE_PENDING)
        ok(async->lpVtbl->Wait(async, INFINITE));
    async->lpVtbl->Release(async);
    if (phase <= VSS_PHASE_PRE_CANCELLED)
        return;
    if (phase == VSS_PHASE_POST_FAILED)
        w->mini.poll_result = VSS_E_UNEXPECTED;
    async = post(w);
    w->mini.poll_result = S_OK;
    if (phase != VSS_PHASE_POST_PENDING)
        ok(async->lpVtbl->Wait(async, INFINITE));
    async->lpVtbl->Release(async);
}

static bool needs_flag(enum vss_method method)
{
    static const enum vss_method list[] = {
#define STATE_NEEDS(method, flag, source) VSS_METHOD_##method,
#include "vss/state.def"
    };

    for (unsigned i = 0; i < ARRAY_SIZE(list); i++)
        if (list[i] == method)
            return true;
    return false;
}

/* What a call that is in order may still meet here. */
static bool beyond(enum vss_method method, HRESULT hr)
{
    switch (method) {
    case VSS_METHOD_StartSnapshotSet: /* this object's own set */
        return hr == VSS_E_SNAPSHOT_SET_IN_PROGRESS;
    case VSS_METHOD_AddToSnapshotSet: /* U55 */
        return hr == E_INVALIDARG;
    case VSS_METHOD_AddComponent:
        return hr == VSS_E_OBJECT_ALREADY_EXISTS;
    case VSS_METHOD_RevertToSnapshot: /* no shadow copy; not persistent */
        return hr == E_INVALIDARG || hr == VSS_E_UNSUPPORTED_CONTEXT;
    case VSS_METHOD_ImportSnapshots: /* nothing described */
    case VSS_METHOD_RecoverSet:
    case VSS_METHOD_AddSnapshotToRecoverySet:
        return hr == VSS_E_BAD_STATE;
    default:
        return false;
    }
}

static void check_cell(struct world *w, enum vss_method method,
                       enum vss_phase phase, int policy)
{
    enum vss_cell cell = vss_cell(method, phase);
    HRESULT expected[3] = {S_OK, S_OK, S_OK}, hr, code;
    bool can_be_bad;
    uint64_t before;

    switch (cell) {
    case VSS_CELL_BAD:
        expected[0] = expected[1] = expected[2] = VSS_E_BAD_STATE;
        break;
    case VSS_CELL_NOWR: /* the context is VSS_CTX_BACKUP */
        expected[0] = expected[1] = expected[2] = VSS_E_BAD_STATE;
        break;
    case VSS_CELL_RSV:
        expected[0] = expected[1] = expected[2] = E_NOTIMPL;
        break;
#define CELL_POLICY(id, policy_id, code0, code1, code2) \
    case VSS_CELL_##id: \
        memset(w->mini.policy, 0, sizeof(w->mini.policy)); \
        w->mini.policy[VSSIM_POLICY_##policy_id] = policy; \
        expected[0] = code0, expected[1] = code1, expected[2] = code2; \
        break;
#include "vss/state.def"
    default:
        break;
    }
    code = expected[policy];
    if (code == S_FALSE)
        code = VSS_E_BAD_STATE; /* no ASR here */
    before = world_state(w);
    hr = call_method(w, method, true, &can_be_bad);
    if (code == S_OK && hr == VSS_E_BAD_STATE && needs_flag(method))
        return;
    if (code == S_OK) /* it got past the table */
        cr_expect(hr == S_OK || hr == VSS_E_OBJECT_NOT_FOUND ||
                      beyond(method, hr),
                  "%s in %s gave 0x%08X", vss_method_name(method),
                  vss_phase_name(phase), (unsigned)hr);
    else
        cr_expect_eq(hr, code, "%s in %s gave 0x%08X, not 0x%08X",
                     vss_method_name(method), vss_phase_name(phase),
                     (unsigned)hr, (unsigned)code);
    if (FAILED(hr))
        cr_expect_eq(world_state(w), before, "%s in %s changed the state",
                     vss_method_name(method), vss_phase_name(phase));
}

Test(state, every_cell)
{
    for (int phase = 0; phase < VSS_PHASE_COUNT; phase++)
        for (int method = 0; method < VSS_METHOD_COUNT; method++) {
            enum vss_cell cell =
                vss_cell((enum vss_method)method, (enum vss_phase)phase);
            int alternatives = cell > VSS_CELL_NOWR ? 2 : 1;

            if (cell == VSS_CELL_PRE)
                alternatives = 3;
            for (int policy = 0; policy < alternatives; policy++) {
                struct world w;

                world_init(&w);
                enter(&w, (enum vss_phase)phase);
                cr_assert_str_eq(world_phase(&w),
                                 vss_phase_name((enum vss_phase)phase));
                check_cell(&w, (enum vss_method)method, (enum vss_phase)phase,
                           policy);
                world_done(&w);
            }
        }
}

/* U21: which check wins, and that a bad argument changes nothing. */
Test(state, argument_before_state)
{
    for (int order = 0; order < 2; order++)
        for (int method = 0; method < VSS_METHOD_COUNT; method++) {
            bool can_be_bad;
            struct world w;
            HRESULT hr, state;

            world_init(&w);
            w.mini.policy[VSSIM_POLICY_CHECK_ORDER] = order;
            state =
                call_method(&w, (enum vss_method)method, true, &can_be_bad);
            world_new_object(&w);
            hr = call_method(&w, (enum vss_method)method, false, &can_be_bad);
            if (!can_be_bad)
                cr_expect_eq(hr, state);
            else if (method == VSS_METHOD_QueryRevertStatus)
                cr_expect_eq(hr, E_POINTER); /* its page */
            else if (order == 0 || SUCCEEDED(state) ||
                     state == VSS_E_OBJECT_NOT_FOUND)
                cr_expect_eq(hr, E_INVALIDARG, "%s gave 0x%08X",
                             vss_method_name((enum vss_method)method),
                             (unsigned)hr);
            else
                cr_expect_eq(hr, state, "%s",
                             vss_method_name((enum vss_method)method));
            cr_expect_str_eq(world_phase(&w),
                             method == VSS_METHOD_InitializeForBackup
                                 ? "backup"
                                 : "uninitialised");
            world_done(&w);
        }
}

/* U32: COM rejects before the method sees anything, NULL or not. */
Test(state, access_first)
{
    for (int method = 0; method < VSS_METHOD_COUNT; method++) {
        bool can_be_bad;
        struct world w;

        world_init(&w);
        w.mini.acquire[VSSIM_RESOURCE_ACCESS] = E_ACCESSDENIED;
        gives(call_method(&w, (enum vss_method)method, true, &can_be_bad),
              E_ACCESSDENIED);
        cr_expect_str_eq(w.mini.site,
                         vss_method_name((enum vss_method)method));
        gives(call_method(&w, (enum vss_method)method, false, &can_be_bad),
              E_ACCESSDENIED);
        world_done(&w);
    }
}

/* The flags beside the phases (U14, U41). */
Test(state, flags)
{
    IVssExamineWriterMetadata *metadata;
    IVssAsync *async, *second;
    struct world w;
    object_t *bc;
    VSS_ID id;
    UINT n;

    world_init(&w);
    bc = w.bc;
    world_restore(&w);
    gives(bc->lpVtbl->GetWriterStatusCount(bc, &n), VSS_E_BAD_STATE);
    ok(bc->lpVtbl->FreeWriterStatus(bc));
    /* U41: status before the gather is legal, and lists everybody. */
    ok(bc->lpVtbl->GatherWriterStatus(bc, &async));
    gives(bc->lpVtbl->GetWriterStatusCount(bc, &n), VSS_E_BAD_STATE);
    gives(bc->lpVtbl->GatherWriterStatus(bc, &second), VSS_E_BAD_STATE);
    gives(bc->lpVtbl->FreeWriterStatus(bc), VSS_E_BAD_STATE);
    cr_expect_null(second);
    world_finish(async, VSS_S_ASYNC_FINISHED);
    ok(bc->lpVtbl->GetWriterStatusCount(bc, &n));
    cr_expect_eq(n, 3);
    ok(bc->lpVtbl->FreeWriterStatus(bc));
    gives(bc->lpVtbl->GetWriterStatusCount(bc, &n), VSS_E_BAD_STATE);
    ok(bc->lpVtbl->GatherWriterMetadata(bc, &async));
    world_finish(async, VSS_S_ASYNC_FINISHED);
    ok(bc->lpVtbl->GetWriterMetadataCount(bc, &n));
    cr_expect_eq(n, 3);
    ok(bc->lpVtbl->FreeWriterMetadata(bc));
    gives(bc->lpVtbl->GetWriterMetadataCount(bc, &n), VSS_E_BAD_STATE);
    gives(bc->lpVtbl->GetWriterMetadata(bc, 0, &id, &metadata),
          VSS_E_BAD_STATE);
    gives(bc->lpVtbl->GatherWriterMetadata(bc, &async), VSS_E_BAD_STATE);
    /* U14: freeing releases documents only. */
    world_select_all(&w);
    world_finish(world_pre(&w), VSS_S_ASYNC_FINISHED);
    cr_expect_eq(w.mini.writers[0].heard[VSSIM_EVENT_PRE_RESTORE], 1);
    world_done(&w);
}
