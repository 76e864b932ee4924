/*
 * post_restore_pointer.c - another code for NULL, as many COM methods have it;
 * the page of PostRestore has E_INVALIDARG.
 *
 * Wrong: PostRestore answers a NULL ppAsync with E_POINTER
 * Rule: null-refused
 */
#include "mutant.h"

static HRESULT STDMETHODCALLTYPE post_restore(BC *This, IVssAsync **ppAsync)
{
    return ppAsync ? right(This)->PostRestore(This, ppAsync) : E_POINTER;
}

static void components(IVssBackupComponentsEx4Vtbl *vtable)
{
    vtable->PostRestore = post_restore;
}

static const struct mutation mutation = {.name = "post-restore-pointer",
                                         .components = components};
