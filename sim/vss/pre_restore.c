/*
 * pre_restore.c - PreRestore.
 *
 * Decision U45: everything is obtained before the first event leaves, in
 * this order: the list of participants with the writers' views (their
 * metadata is parsed for it, and given back), the async, the target list, a
 * thread, the service, the ticket. So a failure means that no writer heard
 * anything; nothing of this object has changed, and the same call succeeds
 * once the cause is gone.
 */
#include "vss/participants.h"

static HRESULT choose(struct vss_backup_components *self,
                      struct vss_participant **list, uint32_t *n)
{
    HRESULT hr = participants_for_pre_restore(self, list, n);

    /* U09: nobody selected is no error: the event goes to nobody. */
    if (SUCCEEDED(hr) && !*n &&
        vss_policy(self->host, VSSIM_POLICY_PRERESTORE_NOTHING_SELECTED) ==
            1) {
        participants_free(self->host, *list, *n);
        hr = VSS_E_BAD_STATE;
    }
    return hr;
}

HRESULT bc_PreRestore(BC *This, IVssAsync **out)
{
    struct vss_backup_components *self = bc_from(This);
    struct vss_participant *list = NULL;
    struct vss_async *async = NULL;
    uint32_t n = 0;
    HRESULT hr;

    OUT(out, NULL);
    /* Page: E_INVALIDARG for a NULL ppAsync; U01 for what the state rows
     * mean. */
    hr = vss_check(self, VSS_METHOD_PreRestore, out != NULL);
    if (SUCCEEDED(hr))
        hr = choose(self, &list, &n);
    if (SUCCEEDED(hr))
        hr = async_create(self->host, VSS_OPERATION_PRE_RESTORE,
                          self->document, list, n, &async);
    if (SUCCEEDED(hr))
        hr = async_start(async, "PreRestore");
    if (SUCCEEDED(hr)) {
        self->document->asr_selected = !self->gather;
        self->pre = async;
        self->phase = VSS_PHASE_PRE_PENDING;
        *out = &async->iface;
    } else {
        async_discard(async);
    }
    return hr;
}
