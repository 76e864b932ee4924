/*
 * nobody_no_async.c - PreRestore finds nobody to notify and leaves ppAsync
 * NULL.
 *
 * Wrong: PreRestore gives S_OK and no async when no writer takes part
 * Rule: success-hands-over
 */
#include "mutant.h"

static bool nobody; /* among the targets of the last PreRestore */

static HRESULT STDMETHODCALLTYPE pre_restore(BC *This, IVssAsync **ppAsync)
{
    HRESULT hr = right(This)->PreRestore(This, ppAsync);

    if (hr == S_OK && nobody) {
        (*ppAsync)->lpVtbl->Release(*ppAsync);
        *ppAsync = NULL;
    }
    return hr;
}

static void components(IVssBackupComponentsEx4Vtbl *vtable)
{
    vtable->PreRestore = pre_restore;
}

static HRESULT post(const struct vssim_host *host,
                    const struct vssim_event *event, uint32_t *ticket)
{
    HRESULT hr = right_host->post(right_host, event, ticket);

    (void)host;
    if (event->kind == VSSIM_EVENT_PRE_RESTORE)
        nobody = !event->n_targets;
    return hr;
}

static void wrap(struct vssim_host *host)
{
    host->post = post;
}

static const struct mutation mutation = {
    .name = "nobody-no-async", .components = components, .host = wrap};
