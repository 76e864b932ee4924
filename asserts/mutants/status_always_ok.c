/*
 * status_always_ok.c - phResultFailure is taken for whether the call went
 * well.
 *
 * Wrong: GetWriterStatus gives S_OK for writers that failed
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

    if (SUCCEEDED(hr))
        *phResultFailure = S_OK;
    return hr;
}

static void components(IVssBackupComponentsEx4Vtbl *vtable)
{
    vtable->GetWriterStatus = get_writer_status;
}

static const struct mutation mutation = {.name = "status-always-ok",
                                         .components = components};
