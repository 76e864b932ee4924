/*
 * one_writer_too_many.c - off by one, and the last one is not filled in.
 *
 * Wrong: GetWriterStatusCount counts one writer too many and GetWriterStatus
 * makes it up
 * Rule: out-written
 */
#include "mutant.h"

static HRESULT STDMETHODCALLTYPE get_writer_status_count(BC *This,
                                                         UINT *pcWriters)
{
    HRESULT hr = right(This)->GetWriterStatusCount(This, pcWriters);

    if (SUCCEEDED(hr))
        ++*pcWriters;
    return hr;
}

static HRESULT STDMETHODCALLTYPE get_writer_status(
    BC *This, UINT iWriter, VSS_ID *pidInstance, VSS_ID *pidWriter,
    BSTR *pbstrWriter, VSS_WRITER_STATE *pnStatus, HRESULT *phResultFailure)
{
    UINT count = 0;

    if (pidInstance && pidWriter && pbstrWriter && pnStatus &&
        phResultFailure &&
        SUCCEEDED(right(This)->GetWriterStatusCount(This, &count)) &&
        iWriter == count)
        return S_OK;
    return right(This)->GetWriterStatus(This, iWriter, pidInstance, pidWriter,
                                        pbstrWriter, pnStatus,
                                        phResultFailure);
}

static void components(IVssBackupComponentsEx4Vtbl *vtable)
{
    vtable->GetWriterStatusCount = get_writer_status_count;
    vtable->GetWriterStatus = get_writer_status;
}

static const struct mutation mutation = {.name = "one-writer-too-many",
                                         .components = components};
