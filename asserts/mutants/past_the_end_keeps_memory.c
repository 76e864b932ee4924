/*
 * past_the_end_keeps_memory.c - GetWriterStatus makes room for a record before
 * it knows that there is one.
 *
 * Wrong: GetWriterStatus past the end leaks
 * Rule: failure-leaks-nothing
 */
#include "mutant.h"

static HRESULT STDMETHODCALLTYPE get_writer_status(
    BC *This, UINT iWriter, VSS_ID *pidInstance, VSS_ID *pidWriter,
    BSTR *pbstrWriter, VSS_WRITER_STATE *pnStatus, HRESULT *phResultFailure)
{
    const struct vssim_host *host = host_of(This);
    void *record = host->alloc(host, 64);
    HRESULT hr =
        right(This)->GetWriterStatus(This, iWriter, pidInstance, pidWriter,
                                     pbstrWriter, pnStatus, phResultFailure);

    if (hr != VSS_E_OBJECT_NOT_FOUND)
        host->free(host, record);
    return hr;
}

static void components(IVssBackupComponentsEx4Vtbl *vtable)
{
    vtable->GetWriterStatus = get_writer_status;
}

static const struct mutation mutation = {.name = "past-the-end-keeps-memory",
                                         .components = components};
