/*
 * message_of_the_first_writer.c - the application message is kept once for all
 * writers.
 *
 * Wrong: GetWriterStatusEx gives the message of the first writer that left one
 * Rule: status-tells-the-failure
 */
#include "mutant.h"

static HRESULT STDMETHODCALLTYPE get_writer_status_ex(
    BC *This, UINT iWriter, VSS_ID *pidInstance, VSS_ID *pidWriter,
    BSTR *pbstrWriter, VSS_WRITER_STATE *pnStatus, HRESULT *phrFailureWriter,
    HRESULT *phrApplication, BSTR *pbstrApplicationMessage)
{
    const struct vssim_host *host = host_of(This);
    HRESULT hr = right(This)->GetWriterStatusEx(
        This, iWriter, pidInstance, pidWriter, pbstrWriter, pnStatus,
        phrFailureWriter, phrApplication, pbstrApplicationMessage);

    for (UINT i = 0; hr == S_OK && pbstrApplicationMessage && i < iWriter;
         i++) {
        VSS_ID instance, writer;
        BSTR name = NULL, message = NULL;
        VSS_WRITER_STATE state;
        HRESULT failure, application;

        if (FAILED(right(This)->GetWriterStatusEx(This, i, &instance, &writer,
                                                  &name, &state, &failure,
                                                  &application, &message)))
            return hr;
        host->bstr_free(host, name);
        if (message) {
            host->bstr_free(host, *pbstrApplicationMessage);
            *pbstrApplicationMessage = message;
            return hr;
        }
    }
    return hr;
}

static void components(IVssBackupComponentsEx4Vtbl *vtable)
{
    vtable->GetWriterStatusEx = get_writer_status_ex;
}

static const struct mutation mutation = {.name = "message-of-the-first-writer",
                                         .components = components};
