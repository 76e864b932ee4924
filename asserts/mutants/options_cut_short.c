/*
 * options_cut_short.c - a length is counted in bytes and not in characters.
 *
 * Wrong: SetRestoreOptions keeps the first character only
 * Rule: what-was-set-is-read
 */
#include "mutant.h"

static HRESULT STDMETHODCALLTYPE set_restore_options(BC *This, VSS_ID writerId,
                                                     VSS_COMPONENT_TYPE ct,
                                                     LPCWSTR wszLogicalPath,
                                                     LPCWSTR wszComponentName,
                                                     LPCWSTR wszRestoreOptions)
{
    WCHAR shorter[64] = {0};

    for (unsigned i = 0; wszRestoreOptions && wszRestoreOptions[i] && i < 1;
         i++)
        shorter[i] = wszRestoreOptions[i];
    return right(This)->SetRestoreOptions(This, writerId, ct, wszLogicalPath,
                                          wszComponentName,
                                          wszRestoreOptions ? shorter : NULL);
}

static void components(IVssBackupComponentsEx4Vtbl *vtable)
{
    vtable->SetRestoreOptions = set_restore_options;
}

static const struct mutation mutation = {.name = "options-cut-short",
                                         .components = components};
