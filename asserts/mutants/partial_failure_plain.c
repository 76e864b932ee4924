/*
 * partial_failure_plain.c - the Ex form shows the code of the plain form.
 *
 * Wrong: GetWriterStatusEx hides that a failure was partial
 * Rule: status-tells-the-failure
 */
#include "mutant.h"

static HRESULT STDMETHODCALLTYPE get_writer_status_ex(
    BC *This, UINT iWriter, VSS_ID *pidInstance, VSS_ID *pidWriter,
    BSTR *pbstrWriter, VSS_WRITER_STATE *pnStatus, HRESULT *phrFailureWriter,
    HRESULT *phrApplication, BSTR *pbstrApplicationMessage)
{
    HRESULT hr = right(This)->GetWriterStatusEx(
        This, iWriter, pidInstance, pidWriter, pbstrWriter, pnStatus,
        phrFailureWriter, phrApplication, pbstrApplicationMessage);

    if (SUCCEEDED(hr) &&
        *phrFailureWriter == VSS_E_WRITERERROR_PARTIAL_FAILURE)
        *phrFailureWriter = VSS_E_WRITERERROR_NONRETRYABLE;
    return hr;
}

static void components(IVssBackupComponentsEx4Vtbl *vtable)
{
    vtable->GetWriterStatusEx = get_writer_status_ex;
}

static const struct mutation mutation = {.name = "partial-failure-plain",
                                         .components = components};
