/*
 * service_failure_code.c - PreRestore gives the code of GatherWriterMetadata
 * for a service that cannot be reached; its own page does not list it.
 *
 * Wrong: PreRestore answers VSS_E_WRITER_INFRASTRUCTURE when the service is
 * gone
 * Rule: allowed-code
 */
#include "mutant.h"

static HRESULT STDMETHODCALLTYPE pre_restore(BC *This, IVssAsync **ppAsync)
{
    HRESULT hr = right(This)->PreRestore(This, ppAsync);

    return hr == VSS_E_UNEXPECTED ? VSS_E_WRITER_INFRASTRUCTURE : hr;
}

static void components(IVssBackupComponentsEx4Vtbl *vtable)
{
    vtable->PreRestore = pre_restore;
}

static const struct mutation mutation = {.name = "service-failure-code",
                                         .components = components};
