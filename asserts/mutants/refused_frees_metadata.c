/*
 * refused_frees_metadata.c - PreRestore frees the metadata, which it needs no
 * longer, before it looks whether it may run.
 *
 * Wrong: a refused PreRestore has freed the metadata
 * Rule: refused-changes-nothing
 */
#include "mutant.h"

static HRESULT STDMETHODCALLTYPE pre_restore(BC *This, IVssAsync **ppAsync)
{
    right(This)->FreeWriterMetadata(This);
    return right(This)->PreRestore(This, ppAsync);
}

static void components(IVssBackupComponentsEx4Vtbl *vtable)
{
    vtable->PreRestore = pre_restore;
}

static const struct mutation mutation = {.name = "refused-frees-metadata",
                                         .components = components};
