/*
 * no_memory_frees_metadata.c - PreRestore gives back what it can when memory
 * is short, and fails all the same.
 *
 * Wrong: PreRestore that fails for lack of memory has freed the metadata
 * Rule: memory-failure-changes-nothing
 */
#include "mutant.h"

static HRESULT STDMETHODCALLTYPE pre_restore(BC *This, IVssAsync **ppAsync)
{
    HRESULT hr = right(This)->PreRestore(This, ppAsync);

    if (hr == E_OUTOFMEMORY)
        right(This)->FreeWriterMetadata(This);
    return hr;
}

static void components(IVssBackupComponentsEx4Vtbl *vtable)
{
    vtable->PreRestore = pre_restore;
}

static const struct mutation mutation = {.name = "no-memory-frees-metadata",
                                         .components = components};
