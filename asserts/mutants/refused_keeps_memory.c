/*
 * refused_keeps_memory.c - the error path of PreRestore misses a free.
 *
 * Wrong: a refused PreRestore keeps what it had allocated
 * Rule: failure-leaks-nothing
 */
#include "mutant.h"

static HRESULT STDMETHODCALLTYPE pre_restore(BC *This, IVssAsync **ppAsync)
{
    const struct vssim_host *host = host_of(This);
    void *list = host->alloc(host, 64);
    HRESULT hr = right(This)->PreRestore(This, ppAsync);

    if (SUCCEEDED(hr))
        host->free(host, list);
    return hr;
}

static void components(IVssBackupComponentsEx4Vtbl *vtable)
{
    vtable->PreRestore = pre_restore;
}

static const struct mutation mutation = {.name = "refused-keeps-memory",
                                         .components = components};
