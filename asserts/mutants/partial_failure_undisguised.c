/*
 * partial_failure_undisguised.c - the plain form shows the code of the Ex
 * form.
 *
 * Wrong: GetWriterStatus gives the code for partial failures, which is for the
 * Ex form
 * Rule: status-tells-the-failure
 */
#include "mutant.h"

static HRESULT STDMETHODCALLTYPE get_writer_status(
    BC *This, UINT iWriter, VSS_ID *pidInstance, VSS_ID *pidWriter,
    BSTR *pbstrWriter, VSS_WRITER_STATE *pnStatus, HRESULT *phResultFailure)
{
    HRESULT application = S_OK;
    BSTR message = NULL;
    HRESULT hr = right(This)->GetWriterStatusEx(
        This, iWriter, pidInstance, pidWriter, pbstrWriter, pnStatus,
        phResultFailure, &application, &message);

    if (message)
        host_of(This)->bstr_free(host_of(This), message);
    return hr;
}

static void components(IVssBackupComponentsEx4Vtbl *vtable)
{
    vtable->GetWriterStatus = get_writer_status;
}

static const struct mutation mutation = {.name = "partial-failure-undisguised",
                                         .components = components};
