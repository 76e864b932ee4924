/* proxy_vds.c - how a client comes by the simulated virtual disk service. */
#include "com/text.h"
#include "proxy/proxy_call.h"
#include "vds/vds_service.h"

#define REGDB_E_CLASSNOTREG ((HRESULT)0x80040154u)

HRESULT proxy_CoCreateInstance(struct world *w, const GUID *rclsid,
                               DWORD context, const GUID *riid, void **out)
{
    struct proxy_call c;
    struct proxy none;
    void *got = NULL;
    HRESULT hr = REGDB_E_CLASSNOTREG;

    proxy_function_enter(&c, &none, w, "CoCreateInstance");
    proxy_in_guid(&c, "rclsid", rclsid);
    proxy_in_number(&c, 1, context);
    proxy_in_guid(&c, "riid", riid);
    proxy_in_pointer(&c, "ppv", out != NULL);
    proxy_ready(&c);
    if (!out)
        hr = E_POINTER;
    else if (guid_equal(rclsid, &CLSID_VdsLoader))
        hr = guid_equal(riid, &IID_IVdsServiceLoader) ||
                     guid_equal(riid, &IID_IUnknown)
                 ? vds_loader(w, (IVdsServiceLoader **)&got)
                 : E_NOINTERFACE;
    if (out)
        proxy_wrap_out(&c, "IVdsServiceLoader", &got);
    proxy_returned(&c, hr);
    if (out && proxy_out_object(&c, "ppv", got))
        *out = got;
    proxy_leave(&c);
    return hr;
}
