/*
 * vds_posix.c - CoCreateInstance and CoGetClassObject for natively compiled
 * requesters: they know one class, the loader of the virtual disk service.
 */
#include "com/text.h"
#include "vssapi/runtime.h"
#include <vssim/win32/vds.h>

#define CLASS_E_NOAGGREGATION ((HRESULT)0x80040110u)
#define REGDB_E_CLASSNOTREG ((HRESULT)0x80040154u)

HRESULT vds_create(const GUID *clsid, DWORD context, const GUID *iid,
                   void **out);

bool runtime_guarded(void)
{
    return true; /* there is none */
}

HRESULT CoCreateInstance(const CLSID *clsid, IUnknown *outer, DWORD context,
                         const IID *iid, void **out)
{
    if (out)
        *out = NULL;
    if (outer)
        return CLASS_E_NOAGGREGATION;
    return vds_create(clsid, context, iid, out);
}

/* --- the class object: one, for ever --- */

static HRESULT factory_QueryInterface(IClassFactory *This, REFIID riid,
                                      void **out)
{
    if (!out)
        return E_POINTER;
    *out =
        guid_equal(riid, &IID_IUnknown) || guid_equal(riid, &IID_IClassFactory)
            ? This
            : NULL;
    return *out ? S_OK : E_NOINTERFACE;
}

static ULONG factory_AddRef(IClassFactory *This)
{
    (void)This;
    return 2;
}

static ULONG factory_Release(IClassFactory *This)
{
    (void)This;
    return 1;
}

static HRESULT factory_CreateInstance(IClassFactory *This, IUnknown *outer,
                                      REFIID riid, void **out)
{
    (void)This;
    return CoCreateInstance(&CLSID_VdsLoader, outer, 4, riid, out);
}

static HRESULT factory_LockServer(IClassFactory *This, BOOL lock)
{
    (void)This;
    (void)lock;
    return S_OK;
}

static const IClassFactoryVtbl factory_vtbl = {
    factory_QueryInterface, factory_AddRef, factory_Release,
    factory_CreateInstance, factory_LockServer};
static IClassFactory factory = {&factory_vtbl};

HRESULT CoGetClassObject(const CLSID *clsid, DWORD context, void *server,
                         const IID *iid, void **out)
{
    (void)context;
    (void)server;
    if (!out)
        return E_POINTER;
    *out = NULL;
    if (!guid_equal(clsid, &CLSID_VdsLoader))
        return REGDB_E_CLASSNOTREG;
    return factory_QueryInterface(&factory, iid, out);
}
