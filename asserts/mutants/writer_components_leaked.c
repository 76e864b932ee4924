/*
 * writer_components_leaked.c - AddRef on an object that already carries the
 * reference that is handed over.
 *
 * Wrong: GetWriterComponents keeps a reference to what it hands over
 * Rule: released-means-gone
 */
#include "mutant.h"

static HRESULT STDMETHODCALLTYPE get_writer_components(
    BC *This, UINT iWriter, IVssWriterComponentsExt **ppWriter)
{
    HRESULT hr = right(This)->GetWriterComponents(This, iWriter, ppWriter);

    if (hr == S_OK) {
        IUnknown *unknown = (IUnknown *)(void *)&(*ppWriter)->lpVtblUnknown;

        unknown->lpVtbl->AddRef(unknown);
    }
    return hr;
}

static void components(IVssBackupComponentsEx4Vtbl *vtable)
{
    vtable->GetWriterComponents = get_writer_components;
}

static const struct mutation mutation = {.name = "writer-components-leaked",
                                         .components = components};
