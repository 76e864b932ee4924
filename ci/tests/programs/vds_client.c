/*
 * vds_client.c - a requester's way to a disk's Clean, for the tests of vssim
 * exec.
 *
 * vds DISK [force]: finds the disk by its friendly name through the virtual
 * disk service, cleans it and waits. It knows nothing of vssim.
 */
#include <stdio.h>
#include <string.h>

#include "../../requesters/clean.h"

#define RELEASE(p) ((p)->lpVtbl->Release(p))

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
    IClassFactory *factory = NULL;
    const char *wanted = argc > 1 ? argv[1] : "disk0";
    HRESULT hr, result;
    void *nothing = NULL;

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
    hr =
        clean_disk(wanted, argc > 2 && strcmp(argv[2], "force") == 0, &result);
    if (hr == S_FALSE) {
        printf("no disk %s\n", wanted);
        return 2;
    }
    printf("Clean: 0x%08X\n", (unsigned)hr);
    if (hr == S_OK)
        printf("cleaned: 0x%08X\n", (unsigned)result);
    CoUninitialize();
    return 0;
}
