/*
 * count_before_init.c - GetWriterComponentsCount of no document is zero, and
 * no error.
 *
 * Wrong: an object that is not initialised says it has no components
 * Rule: uninitialised-is-refused
 */
#include "mutant.h"

static HRESULT STDMETHODCALLTYPE
get_writer_components_count(BC *This, UINT *pcComponents)
{
    HRESULT hr = right(This)->GetWriterComponentsCount(This, pcComponents);

    return hr == VSS_E_BAD_STATE ? S_OK : hr;
}

static void components(IVssBackupComponentsEx4Vtbl *vtable)
{
    vtable->GetWriterComponentsCount = get_writer_components_count;
}

static const struct mutation mutation = {.name = "count-before-init",
                                         .components = components};
