/*
 * pre_restore_while_gathering.c - PreRestore before the gather has finished is
 * not refused: it waits.
 *
 * Wrong: PreRestore waits for a gather that is under way
 * Rule: prerestore-after-gather
 */
#include "mutant.h"

static HRESULT STDMETHODCALLTYPE gather_writer_metadata(BC *This,
                                                        IVssAsync **pAsync)
{
    struct mutant *mutant = mutant_of(This);
    HRESULT hr = right(This)->GatherWriterMetadata(This, pAsync);

    if (hr == S_OK && !mutant->kept) {
        mutant->kept = *pAsync;
        mutant->kept->lpVtbl->AddRef(mutant->kept);
    }
    return hr;
}

static HRESULT STDMETHODCALLTYPE pre_restore(BC *This, IVssAsync **ppAsync)
{
    IVssAsync *gather = mutant_of(This)->kept;

    if (ppAsync && gather && outcome_of(gather) == VSS_S_ASYNC_PENDING)
        gather->lpVtbl->Wait(gather, INFINITE);
    return right(This)->PreRestore(This, ppAsync);
}

static void components(IVssBackupComponentsEx4Vtbl *vtable)
{
    vtable->GatherWriterMetadata = gather_writer_metadata;
    vtable->PreRestore = pre_restore;
}

static const struct mutation mutation = {.name = "pre-restore-while-gathering",
                                         .components = components};
