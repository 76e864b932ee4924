/*
 * failure_of_the_next_writer.c - the failures are in another order than the
 * writers.
 */
#include "mutant.h"

static HRESULT STDMETHODCALLTYPE get_writer_status(
    BC *This, UINT iWriter, VSS_ID *pidInstance, VSS_ID *pidWriter,
    BSTR *pbstrWriter, VSS_WRITER_STATE *pnStatus, HRESULT *phResultFailure)
{
    VSS_ID instance, writer;
    VSS_WRITER_STATE state;
    HRESULT failure;
    BSTR name;

    HRESULT hr =
        right(This)->GetWriterStatus(This, iWriter, pidInstance, pidWriter,
                                     pbstrWriter, pnStatus, phResultFailure);

    if (SUCCEEDED(hr) &&
        SUCCEEDED(right(This)->GetWriterStatus(
            This, iWriter + 1, &instance, &writer, &name, &state, &failure))) {

        host_of(This)->bstr_free(host_of(This), name);
        *pnStatus = state;
        *phResultFailure = failure;
    }
    return hr;
}

static void components(IVssBackupComponentsEx4Vtbl *vtable)
{
    vtable->GetWriterStatus = get_writer_status;
}

static const struct mutation mutation = {.name = "failure-of-the-next-writer",
                                         .components = components};
