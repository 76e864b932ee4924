/*
 * additional_restores_inverted.c - a flag is negated.
 *
 * Wrong: SetAdditionalRestores says the opposite
 * Rule: what-was-set-is-read
 */
#include "mutant.h"

static HRESULT STDMETHODCALLTYPE set_additional_restores(
    BC *This, VSS_ID writerId, VSS_COMPONENT_TYPE ct, LPCWSTR wszLogicalPath,
    LPCWSTR wszComponentName, bool bAdditionalRestores)
{
    return right(This)->SetAdditionalRestores(This, writerId, ct,
                                              wszLogicalPath, wszComponentName,
                                              !bAdditionalRestores);
}

static void components(IVssBackupComponentsEx4Vtbl *vtable)
{
    vtable->SetAdditionalRestores = set_additional_restores;
}

static const struct mutation mutation = {.name = "additional-restores-inverted",
                                         .components = components};
