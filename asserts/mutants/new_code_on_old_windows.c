/*
 * new_code_on_old_windows.c - the code is not mapped by Windows version.
 *
 * Wrong: PreRestore gives VSS_E_UNEXPECTED also where it did not exist
 * Rule: unexpected-by-version
 */
#include "mutant.h"

static HRESULT STDMETHODCALLTYPE pre_restore(BC *This, IVssAsync **ppAsync)
{
    HRESULT hr = right(This)->PreRestore(This, ppAsync);

    return hr == E_UNEXPECTED ? VSS_E_UNEXPECTED : hr;
}

static void components(IVssBackupComponentsEx4Vtbl *vtable)
{
    vtable->PreRestore = pre_restore;
}

static const struct mutation mutation = {.name = "new-code-on-old-windows",
                                         .components = components};
