/*
 * pre_restore_retries.c - a failed PreRestore may be repeated on the same
 * object, without the full sequence.
 *
 * Wrong: PreRestore after a failed PreRestore succeeds
 * Rule: prerestore-once
 */
#include "mutant.h"

static HRESULT STDMETHODCALLTYPE pre_restore(BC *This, IVssAsync **ppAsync)
{
    struct mutant *mutant = mutant_of(This);
    HRESULT hr;

    if (mutant->kept && ppAsync && FAILED(outcome_of(mutant->kept))) {
        *ppAsync = mutant->kept;
        mutant->kept->lpVtbl->AddRef(mutant->kept);
        return S_OK;
    }
    hr = right(This)->PreRestore(This, ppAsync);
    if (hr == S_OK && !mutant->kept) {
        mutant->kept = *ppAsync;
        mutant->kept->lpVtbl->AddRef(mutant->kept);
    }
    return hr;
}

static void components(IVssBackupComponentsEx4Vtbl *vtable)
{
    vtable->PreRestore = pre_restore;
}

static const struct mutation mutation = {.name = "pre-restore-retries",
                                         .components = components};
