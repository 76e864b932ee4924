/*
 * query_interface_no_addref.c - QueryInterface forgets AddRef, so that one
 * Release too many ends the object.
 *
 * Wrong: QueryInterface hands over no reference
 * Rule: reference-is-kept
 */
#include "mutant.h"

static HRESULT STDMETHODCALLTYPE query_interface(BC *This, REFIID riid,
                                                 void **ppvObject)
{
    HRESULT hr = right(This)->QueryInterface(This, riid, ppvObject);

    if (SUCCEEDED(hr))
        right(This)->Release(This);
    return hr;
}

static void components(IVssBackupComponentsEx4Vtbl *vtable)
{
    vtable->QueryInterface = query_interface;
}

static const struct mutation mutation = {.name = "query-interface-no-addref",
                                         .components = components};
