/*
 * not_found_leaves_outs.c - GetWriterStatus returns before it writes anything
 * when the index is too high.
 *
 * Wrong: GetWriterStatus past the end leaves its out-parameters
 * Rule: out-written
 */
#include "mutant.h"

static HRESULT STDMETHODCALLTYPE get_writer_status(
    BC *This, UINT iWriter, VSS_ID *pidInstance, VSS_ID *pidWriter,
    BSTR *pbstrWriter, VSS_WRITER_STATE *pnStatus, HRESULT *phResultFailure)
{
    UINT count = 0;

    if (SUCCEEDED(right(This)->GetWriterStatusCount(This, &count)) &&
        iWriter >= count)
        return VSS_E_OBJECT_NOT_FOUND;
    return right(This)->GetWriterStatus(This, iWriter, pidInstance, pidWriter,
                                        pbstrWriter, pnStatus,
                                        phResultFailure);
}

static void components(IVssBackupComponentsEx4Vtbl *vtable)
{
    vtable->GetWriterStatus = get_writer_status;
}

static const struct mutation mutation = {.name = "not-found-leaves-outs",
                                         .components = components};
