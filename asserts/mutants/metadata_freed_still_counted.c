/*
 * metadata_freed_still_counted.c - the count outlives what it counts.
 *
 * Wrong: GetWriterMetadataCount after FreeWriterMetadata says S_OK
 * Rule: expect-returns
 */
#include "mutant.h"

static HRESULT STDMETHODCALLTYPE get_writer_metadata_count(BC *This,
                                                           UINT *pcWriters)
{
    struct mutant *mutant = mutant_of(This);
    HRESULT hr = right(This)->GetWriterMetadataCount(This, pcWriters);

    if (hr == S_OK)
        mutant->n = *pcWriters + 1;
    else if (hr == VSS_E_BAD_STATE && mutant->n) {
        *pcWriters = mutant->n - 1;
        hr = S_OK;
    }
    return hr;
}

static void components(IVssBackupComponentsEx4Vtbl *vtable)
{
    vtable->GetWriterMetadataCount = get_writer_metadata_count;
}

static const struct mutation mutation = {.name = "metadata-freed-still-counted",
                                         .components = components};
