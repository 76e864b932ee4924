/*
 * post_restore.c - PostRestore. Obtains everything before the event leaves,
 * as PreRestore does. How a writer that went away shows is async.c's (U17).
 */
#include "vss/participants.h"

HRESULT bc_PostRestore(BC *This, IVssAsync **out)
{
    struct vss_backup_components *self = bc_from(This);
    struct vss_participant *list = NULL;
    struct vss_async *async = NULL;
    uint32_t n = 0;
    HRESULT hr;

    OUT(out, NULL);
    hr = vss_check(self, VSS_METHOD_PostRestore, out != NULL);
    if (SUCCEEDED(hr))
        hr = participants_for_post_restore(self, &list, &n);
    if (SUCCEEDED(hr))
        hr = async_create(self->host, VSS_OPERATION_POST_RESTORE,
                          self->document, list, n, &async);
    if (SUCCEEDED(hr))
        hr = async_start(async, "PostRestore");
    if (SUCCEEDED(hr)) {
        self->post = async;
        self->phase = VSS_PHASE_POST_PENDING;
        *out = &async->iface;
    } else {
        async_discard(async);
    }
    return hr;
}
