/*
 * vds_win32.c - the simulated virtual disk service in vssapi.dll: its loader's
 * class object is registered in the process, so that CoCreateInstance finds it
 * and not the machine's real service, which must never be reached (design:
 * Safety). Done by the first function of VSS that a thread calls; without COM
 * on that thread CoCreateInstance cannot work either, and it is tried again.
 */
#include <windows.h>

#include <objbase.h>
#include <stdbool.h>
#include <stdio.h>

/* {9c38ed61-d565-4728-aeee-c80952f0ecde} */
static const CLSID clsid_vds_loader = {
    0x9c38ed61, 0xd565, 0x4728,
    {0xae, 0xee, 0xc8, 0x09, 0x52, 0xf0, 0xec, 0xde}};
static __thread DWORD registered;

HRESULT vds_create(const GUID *clsid, DWORD context, const GUID *iid,
                   void **out);
bool runtime_guarded(void);

static HRESULT STDMETHODCALLTYPE factory_QueryInterface(IClassFactory *This,
                                                        REFIID riid,
                                                        void **out)
{
    if (!out)
        return E_POINTER;
    *out = IsEqualGUID(riid, &IID_IUnknown) ||
                   IsEqualGUID(riid, &IID_IClassFactory)
               ? This
               : NULL;
    return *out ? S_OK : E_NOINTERFACE;
}

static ULONG STDMETHODCALLTYPE factory_AddRef(IClassFactory *This)
{
    (void)This;
    return 2;
}

static ULONG STDMETHODCALLTYPE factory_Release(IClassFactory *This)
{
    (void)This;
    return 1;
}

static HRESULT STDMETHODCALLTYPE factory_CreateInstance(IClassFactory *This,
                                                        IUnknown *outer,
                                                        REFIID riid,
                                                        void **out)
{
    (void)This;
    if (out)
        *out = NULL;
    return outer
               ? CLASS_E_NOAGGREGATION
               : vds_create(&clsid_vds_loader, CLSCTX_LOCAL_SERVER, riid, out);
}

static HRESULT STDMETHODCALLTYPE factory_LockServer(IClassFactory *This,
                                                    BOOL lock)
{
    (void)This;
    (void)lock;
    return S_OK;
}

static IClassFactoryVtbl factory_vtbl = {
    factory_QueryInterface, factory_AddRef, factory_Release,
    factory_CreateInstance, factory_LockServer};
static IClassFactory factory = {&factory_vtbl};

/* False, and said, when the real service could be reached. */
bool runtime_guarded(void)
{
    HRESULT hr;

    if (registered)
        return true;
    hr = CoRegisterClassObject(&clsid_vds_loader, (IUnknown *)&factory,
                               CLSCTX_INPROC_SERVER | CLSCTX_LOCAL_SERVER,
                               REGCLS_MULTIPLEUSE, &registered);
    if (SUCCEEDED(hr) || hr == CO_E_NOTINITIALIZED)
        return true;
    registered = 0;
    fprintf(stderr,
            "vssim: the simulated virtual disk service cannot be registered "
            "(0x%08lX), and the machine's own must not be reached: refused\n",
            (unsigned long)hr);
    return false;
}
