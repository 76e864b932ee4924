/*
 * old_code_on_new_windows.c - the code is mapped for the oldest Windows and
 * for no other.
 *
 * Wrong: an async ends with E_UNEXPECTED on every Windows
 * Rule: unexpected-by-version
 */
#include "mutant.h"

static HRESULT STDMETHODCALLTYPE query_status(IVssAsync *This,
                                              HRESULT *pHrResult,
                                              INT *pReserved)
{
    HRESULT hr = right_async(This)->QueryStatus(This, pHrResult, pReserved);

    if (SUCCEEDED(hr) && *pHrResult == VSS_E_UNEXPECTED)
        *pHrResult = E_UNEXPECTED;
    return hr;
}

static void async(IVssAsyncVtbl *vtable)
{
    vtable->QueryStatus = query_status;
}

static const struct mutation mutation = {.name = "old-code-on-new-windows",
                                         .async = async};
