/*
 * next_writer.h - GetWriterStatus tells something of the writer after the one
 * that was asked for. A mutant defines before it MIX, what it takes over from
 * the variables writer, state and failure.
 */
#ifndef MUTANTS_NEXT_WRITER_H
#define MUTANTS_NEXT_WRITER_H

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
        MIX;
    }
    return hr;
}

static void components(IVssBackupComponentsEx4Vtbl *vtable)
{
    vtable->GetWriterStatus = get_writer_status;
}

#endif
