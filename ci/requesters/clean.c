/* clean.c - see clean.h. */
#include "clean.h"

#define RELEASE(p) ((p)->lpVtbl->Release(p))

static int is_wanted(IVdsDisk *disk, const char *wanted)
{
    VDS_DISK_PROP prop;
    size_t i = 0;

    if (FAILED(disk->lpVtbl->GetProperties(disk, &prop)))
        return 0;
    while (wanted[i] &&
           prop.pwszFriendlyName[i] == (WCHAR)(unsigned char)wanted[i])
        i++;
    i = !wanted[i] && !prop.pwszFriendlyName[i];
    CoTaskMemFree(prop.pwszName);
    CoTaskMemFree(prop.pwszFriendlyName);
    return (int)i;
}

/* The wanted one among the disks of an enumerator. */
static IVdsDisk *pick(IEnumVdsObject *e, const char *wanted)
{
    IVdsDisk *found = NULL;
    IUnknown *two[2];
    ULONG n, i;

    while (SUCCEEDED(e->lpVtbl->Next(e, 2, two, &n)) && n)
        for (i = 0; i < n; i++) {
            IVdsDisk *disk = NULL;

            two[i]->lpVtbl->QueryInterface(two[i], &IID_IVdsDisk,
                                           (void **)&disk);
            RELEASE(two[i]);
            if (disk && !found && is_wanted(disk, wanted))
                found = disk;
            else if (disk)
                RELEASE(disk);
        }
    RELEASE(e);
    return found;
}

static IVdsDisk *in_packs(IVdsSwProvider *provider, const char *wanted)
{
    IEnumVdsObject *packs, *disks;
    IVdsDisk *found = NULL;
    IUnknown *unknown;
    IVdsPack *pack;
    ULONG n;

    if (FAILED(provider->lpVtbl->QueryPacks(provider, &packs)))
        return NULL;
    while (!found && packs->lpVtbl->Next(packs, 1, &unknown, &n) == S_OK) {
        unknown->lpVtbl->QueryInterface(unknown, &IID_IVdsPack,
                                        (void **)&pack);
        RELEASE(unknown);
        if (SUCCEEDED(pack->lpVtbl->QueryDisks(pack, &disks)))
            found = pick(disks, wanted);
        RELEASE(pack);
    }
    RELEASE(packs);
    return found;
}

static IVdsDisk *find(IVdsService *service, const char *wanted)
{
    IEnumVdsObject *providers;
    IVdsDisk *found = NULL;
    IVdsSwProvider *provider;
    IUnknown *unknown;
    ULONG n;

    service->lpVtbl->WaitForServiceReady(service);
    if (FAILED(service->lpVtbl->QueryProviders(
            service, VDS_QUERY_SOFTWARE_PROVIDERS, &providers)))
        return NULL;
    while (!found &&
           providers->lpVtbl->Next(providers, 1, &unknown, &n) == S_OK) {
        unknown->lpVtbl->QueryInterface(unknown, &IID_IVdsSwProvider,
                                        (void **)&provider);
        RELEASE(unknown);
        found = in_packs(provider, wanted);
        RELEASE(provider);
    }
    RELEASE(providers);
    return found;
}

HRESULT clean_disk(const char *wanted, BOOL force, HRESULT *result)
{
    IVdsServiceLoader *loader = NULL;
    IVdsService *service = NULL;
    IVdsAdvancedDisk *advanced = NULL;
    IVdsAsync *async = NULL;
    VDS_ASYNC_OUTPUT output;
    IVdsDisk *disk;
    HRESULT hr;

    *result = S_FALSE;
    hr = CoCreateInstance(&CLSID_VdsLoader, NULL, CLSCTX_LOCAL_SERVER,
                          &IID_IVdsServiceLoader, (void **)&loader);
    if (FAILED(hr))
        return hr;
    hr = loader->lpVtbl->LoadService(loader, NULL, &service);
    RELEASE(loader);
    if (FAILED(hr))
        return hr;
    disk = find(service, wanted);
    RELEASE(service);
    if (!disk)
        return S_FALSE;
    hr = disk->lpVtbl->QueryInterface(disk, &IID_IVdsAdvancedDisk,
                                      (void **)&advanced);
    RELEASE(disk);
    if (FAILED(hr))
        return hr;
    hr = advanced->lpVtbl->Clean(advanced, force, FALSE, FALSE, &async);
    if (async) {
        async->lpVtbl->Wait(async, result, &output);
        RELEASE(async);
    }
    RELEASE(advanced);
    return hr;
}
