/*
 * vds.c - a requester's way to a disk's Clean, for the tests of vssim exec.
 *
 * vds DISK [force]: finds the disk by its friendly name through the virtual
 * disk service, cleans it and waits. It knows nothing of vssim.
 */
#include <stdio.h>
#include <string.h>

#include <vds.h>
#include <vsbackup.h>

#define RELEASE(p) ((p)->lpVtbl->Release(p))

static const char *wanted;

static int is_wanted(IVdsDisk *disk)
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
static IVdsDisk *pick(IEnumVdsObject *e)
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
            if (disk && !found && is_wanted(disk))
                found = disk;
            else if (disk)
                RELEASE(disk);
        }
    RELEASE(e);
    return found;
}

static IVdsDisk *in_packs(IVdsSwProvider *provider)
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
            found = pick(disks);
        RELEASE(pack);
    }
    RELEASE(packs);
    return found;
}

static IVdsDisk *find(IVdsService *service)
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
        found = in_packs(provider);
        RELEASE(provider);
    }
    RELEASE(providers);
    return found;
}

static void clean(IVdsDisk *disk, BOOL force)
{
    VDS_ASYNC_OUTPUT output;
    IVdsAdvancedDisk *advanced;
    IVdsAsync *async = NULL;
    HRESULT hr, result = 0;

    disk->lpVtbl->QueryInterface(disk, &IID_IVdsAdvancedDisk,
                                 (void **)&advanced);
    hr = advanced->lpVtbl->Clean(advanced, force, FALSE, FALSE, &async);
    printf("Clean: 0x%08X\n", (unsigned)hr);
    if (async) {
        async->lpVtbl->Wait(async, &result, &output);
        printf("cleaned: 0x%08X\n", (unsigned)result);
        RELEASE(async);
    }
    RELEASE(advanced);
    RELEASE(disk);
}

/* Some call of VSS: from then on the class is there, on Windows too. */
static void begin(void)
{
    IVssBackupComponents *bc = NULL;

    if (SUCCEEDED(CreateVssBackupComponents(&bc)))
        RELEASE(bc);
}

int main(int argc, char **argv)
{
    static const CLSID other = {1, 2, 3, {4}};
    IVdsServiceLoader *loader = NULL;
    IVdsService *service = NULL;
    IClassFactory *factory = NULL;
    IVdsDisk *disk;
    void *nothing = NULL;

    wanted = argc > 1 ? argv[1] : "disk0";
    CoInitializeEx(NULL, COINIT_MULTITHREADED);
    begin();
    printf("other class: 0x%08X\n",
           (unsigned)CoCreateInstance(&other, NULL, CLSCTX_LOCAL_SERVER,
                                      &IID_IUnknown, &nothing));
    if (FAILED(CoGetClassObject(&CLSID_VdsLoader, CLSCTX_LOCAL_SERVER, NULL,
                                &IID_IClassFactory, (void **)&factory)))
        return 1;
    factory->lpVtbl->CreateInstance(factory, NULL, &IID_IVdsServiceLoader,
                                    (void **)&loader);
    RELEASE(factory);
    RELEASE(loader);
    if (FAILED(CoCreateInstance(&CLSID_VdsLoader, NULL, CLSCTX_LOCAL_SERVER,
                                &IID_IVdsServiceLoader, (void **)&loader)) ||
        FAILED(loader->lpVtbl->LoadService(loader, NULL, &service)))
        return 1;
    RELEASE(loader);
    disk = find(service);
    RELEASE(service);
    if (!disk) {
        printf("no disk %s\n", wanted);
        return 2;
    }
    clean(disk, argc > 2 && strcmp(argv[2], "force") == 0);
    CoUninitialize();
    return 0;
}
