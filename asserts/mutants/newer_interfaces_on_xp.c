/*
 * newer_interfaces_on_xp.c - QueryInterface does not look at the Windows
 * version.
 *
 * Wrong: QueryInterface gives interfaces that this Windows does not have
 * Rule: interface-by-version
 */
#include "mutant.h"

static HRESULT STDMETHODCALLTYPE query_interface(BC *This, REFIID riid,
                                                 void **ppvObject)
{
    HRESULT hr = right(This)->QueryInterface(This, riid, ppvObject);

    if (hr == E_NOINTERFACE && ppvObject &&
        IsEqualGUID(riid, &IID_IVssBackupComponentsEx3)) {
        right(This)->AddRef(This);
        *ppvObject = This;
        return S_OK;
    }
    return hr;
}

static void components(IVssBackupComponentsEx4Vtbl *vtable)
{
    vtable->QueryInterface = query_interface;
}

static const struct mutation mutation = {.name = "newer-interfaces-on-xp",
                                         .components = components};
