/*
 * post_restore_alone.c - there was no PreRestore, so that there is nobody to
 * tell, and all is well.
 *
 * Wrong: PostRestore succeeds without PreRestore
 * Rule: postrestore-needs-prerestore
 */
#include "mutant.h"

static HRESULT STDMETHODCALLTYPE pre_restore(BC *This, IVssAsync **ppAsync)
{
    mutant_of(This)->n = 1;
    return right(This)->PreRestore(This, ppAsync);
}

static HRESULT STDMETHODCALLTYPE post_restore(BC *This, IVssAsync **ppAsync)
{
    HRESULT hr = right(This)->PostRestore(This, ppAsync);

    if (hr == VSS_E_BAD_STATE && !mutant_of(This)->n)
        hr = right(This)->GatherWriterStatus(This, ppAsync);
    return hr;
}

static void components(IVssBackupComponentsEx4Vtbl *vtable)
{
    vtable->PreRestore = pre_restore;
    vtable->PostRestore = post_restore;
}

static const struct mutation mutation = {.name = "post-restore-alone",
                                         .components = components};
