/*
 * status_retryable.c - all failures of writers are one.
 *
 * Wrong: GetWriterStatus gives RETRYABLE for every failure
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

    if (SUCCEEDED(hr) && FAILED(*phResultFailure))
        *phResultFailure = VSS_E_WRITERERROR_RETRYABLE;
    return hr;
}

static void components(IVssBackupComponentsEx4Vtbl *vtable)
{
    vtable->GetWriterStatus = get_writer_status;
}

static const struct mutation mutation = {.name = "status-retryable",
                                         .components = components};
