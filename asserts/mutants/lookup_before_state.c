/*
 * lookup_before_state.c - the order of the checks is wrong: an unknown
 * component is told before that the call is out of order.
 *
 * Wrong: SetSelectedForRestore looks a component up before it looks at the
 * state
 * Rule: expect-returns
 */
#include "mutant.h"

static bool same(const WCHAR *a, const WCHAR *b)
{
    while (*a && *a == *b) {
        a++;
        b++;
    }
    return *a == *b;
}

/* Is there a component of that name, whoever has it? */
static bool has_name(const struct vssim_host *host, IVssWriterComponents *list,
                     const WCHAR *name)
{
    IVssComponent *component;
    bool found = false;

    for (UINT i = 0; list->lpVtbl->GetComponent(list, i, &component) == S_OK;
         i++) {
        BSTR text = NULL;

        component->lpVtbl->GetComponentName(component, &text);
        component->lpVtbl->Release(component);
        found |= text && same(text, name);
        host->bstr_free(host, text);
    }
    return found;
}

static bool is_known(BC *This, const WCHAR *name)
{
    IVssWriterComponentsExt *ext;
    bool found = false;

    for (UINT i = 0; right(This)->GetWriterComponents(This, i, &ext) == S_OK;
         i++) {
        IUnknown *unknown = (IUnknown *)(void *)&ext->lpVtblUnknown;

        found |= has_name(host_of(This),
                          (IVssWriterComponents *)(void *)&ext->lpVtbl, name);
        unknown->lpVtbl->Release(unknown);
    }
    return found;
}

static HRESULT STDMETHODCALLTYPE set_selected_for_restore(
    BC *This, VSS_ID writerId, VSS_COMPONENT_TYPE ct, LPCWSTR wszLogicalPath,
    LPCWSTR wszComponentName, bool bSelectedForRestore)
{
    HRESULT hr = right(This)->SetSelectedForRestore(
        This, writerId, ct, wszLogicalPath, wszComponentName,
        bSelectedForRestore);

    return hr == VSS_E_BAD_STATE && wszComponentName &&
                   !is_known(This, wszComponentName)
               ? VSS_E_OBJECT_NOT_FOUND
               : hr;
}

static void components(IVssBackupComponentsEx4Vtbl *vtable)
{
    vtable->SetSelectedForRestore = set_selected_for_restore;
}

static const struct mutation mutation = {.name = "lookup-before-state",
                                         .components = components};
