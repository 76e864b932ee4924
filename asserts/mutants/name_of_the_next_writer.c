/*
 * name_of_the_next_writer.c - two lists that ought to be in step are not.
 *
 * Wrong: GetWriterStatus gives the name of the next writer
 * Rule: status-of-its-own
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

        host_of(This)->bstr_free(host_of(This), *pbstrWriter);
        *pbstrWriter = name;
    }
    return hr;
}

static void components(IVssBackupComponentsEx4Vtbl *vtable)
{
    vtable->GetWriterStatus = get_writer_status;
}

static const struct mutation mutation = {.name = "name-of-the-next-writer",
                                         .components = components};
