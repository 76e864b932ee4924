/*
 * state_of_post_restore.c - the state names the wrong event.
 *
 * Wrong: a failure at PreRestore shows as one at PostRestore
 * Rule: status-tells-the-failure
 */
#include "mutant.h"

static HRESULT STDMETHODCALLTYPE get_writer_status(
    BC *This, UINT iWriter, VSS_ID *pidInstance, VSS_ID *pidWriter,
    BSTR *pbstrWriter, VSS_WRITER_STATE *pnStatus, HRESULT *phResultFailure)
{
    HRESULT hr =
        right(This)->GetWriterStatus(This, iWriter, pidInstance, pidWriter,
                                     pbstrWriter, pnStatus, phResultFailure);

    if (SUCCEEDED(hr) && *pnStatus == VSS_WS_FAILED_AT_PRE_RESTORE)
        *pnStatus = VSS_WS_FAILED_AT_POST_RESTORE;
    return hr;
}

static void components(IVssBackupComponentsEx4Vtbl *vtable)
{
    vtable->GetWriterStatus = get_writer_status;
}

static const struct mutation mutation = {.name = "state-of-post-restore",
                                         .components = components};
