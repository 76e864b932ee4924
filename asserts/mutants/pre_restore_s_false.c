/*
 * pre_restore_s_false.c - PreRestore wants to tell that there was nobody to
 * notify, and invents a success code for it.
 *
 * Wrong: PreRestore answers S_FALSE when no writer takes part
 * Rule: allowed-code
 */
#include "mutant.h"

static bool nobody; /* among the targets of the last PreRestore */

static HRESULT STDMETHODCALLTYPE pre_restore(BC *This, IVssAsync **ppAsync)
{
    HRESULT hr = right(This)->PreRestore(This, ppAsync);

    return hr == S_OK && nobody ? S_FALSE : hr;
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
    .name = "pre-restore-s-false", .components = components, .host = wrap};
