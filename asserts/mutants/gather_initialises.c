/*
 * gather_initialises.c - an object that nobody initialised is taken for one of
 * a backup.
 *
 * Wrong: GatherWriterMetadata initialises an object by itself
 * Rule: uninitialised-is-refused
 */
#include "mutant.h"

static HRESULT STDMETHODCALLTYPE gather_writer_metadata(BC *This,
                                                        IVssAsync **pAsync)
{
    HRESULT hr = right(This)->GatherWriterMetadata(This, pAsync);

    if (hr == VSS_E_BAD_STATE &&
        SUCCEEDED(right(This)->InitializeForBackup(This, NULL)))
        hr = right(This)->GatherWriterMetadata(This, pAsync);
    return hr;
}

static void components(IVssBackupComponentsEx4Vtbl *vtable)
{
    vtable->GatherWriterMetadata = gather_writer_metadata;
}

static const struct mutation mutation = {.name = "gather-initialises",
                                         .components = components};
