/*
 * thread_after_event.c - PreRestore tells the writers first and starts its
 * thread then; when there is none it fails, and they have been told.
 *
 * Wrong: PreRestore starts its thread after the event has gone out
 * Rule: failure-tells-no-writer
 */
#include "mutant.h"

static HRESULT STDMETHODCALLTYPE pre_restore(BC *This, IVssAsync **ppAsync)
{
    HRESULT hr = right(This)->PreRestore(This, ppAsync);

    if (hr != S_OK)
        return hr;
    hr = right_host->acquire(right_host, VSSIM_RESOURCE_THREAD, "PreRestore");
    if (FAILED(hr)) {
        (*ppAsync)->lpVtbl->Release(*ppAsync);
        *ppAsync = NULL;
    }
    return hr;
}

static void components(IVssBackupComponentsEx4Vtbl *vtable)
{
    vtable->PreRestore = pre_restore;
}

static HRESULT acquire(const struct vssim_host *host,
                       enum vssim_resource resource, const char *site)
{
    (void)host;
    return resource == VSSIM_RESOURCE_THREAD
               ? S_OK
               : right_host->acquire(right_host, resource, site);
}

static void wrap(struct vssim_host *host)
{
    host->acquire = acquire;
}

static const struct mutation mutation = {
    .name = "thread-after-event", .components = components, .host = wrap};
