/*
 * example_overlay.c - a subject of one's own in a hundred lines.
 *
 * A *subject* is the implementation of IVssBackupComponents that vssim plays
 * scenarios against. This one is an *overlay*: it is the reference in all but
 * one method, PreRestore, which here refuses to restore more than two
 * components at a time, as a product with a small licence might.
 *
 * Build it and play it:
 *
 *     cc -std=c11 -shared -fPIC $(pkg-config --cflags vssim) \
 *         example_overlay.c -o example_overlay.so
 *     vssim run --subject ./example_overlay.so scenarios
 *
 * (In vssim's own tree `ninja` builds it as build/example_overlay.so.) What
 * you then see are scenarios that fail where this PreRestore differs, each
 * with the rule that it breaks. Replace `pre_restore` by your own and see what
 * your implementation does.
 */
#include <vssim/overlay.h>

#define MOST_COMPONENTS 2

/* How many components of the i-th writer are selected. A failure of the
 * reference is handed on: its memory may be short at any call. */
static HRESULT count_selected(IVssBackupComponentsEx4 *This, UINT i,
                              unsigned *selected)
{
    IVssWriterComponentsExt *ext;
    IVssWriterComponents *writer;
    IUnknown *unknown;
    UINT n = 0;
    HRESULT hr = This->lpVtbl->GetWriterComponents(This, i, &ext);

    if (FAILED(hr))
        return hr;
    /* Two bases: the three methods of a writer first, then IUnknown. */
    writer = (IVssWriterComponents *)(void *)&ext->lpVtbl;
    unknown = (IUnknown *)(void *)&ext->lpVtblUnknown;
    hr = writer->lpVtbl->GetComponentCount(writer, &n);
    for (UINT k = 0; SUCCEEDED(hr) && k < n; k++) {
        IVssComponent *component;
        bool yes = false;

        hr = writer->lpVtbl->GetComponent(writer, k, &component);
        if (FAILED(hr))
            break;
        hr = component->lpVtbl->IsSelectedForRestore(component, &yes);
        component->lpVtbl->Release(component);
        *selected += yes;
    }
    unknown->lpVtbl->Release(unknown);
    return hr;
}

/* The method that is replaced. `This` is the reference's object, so all of
 * its methods are at hand; the original is in overlay->reference. */
static HRESULT STDMETHODCALLTYPE pre_restore(IVssBackupComponentsEx4 *This,
                                             IVssAsync **ppAsync)
{
    struct vssim_overlay *overlay = vssim_overlay_of(This);
    const struct vssim_host *host = overlay->host;
    unsigned selected = 0;
    UINT writers = 0;
    HRESULT hr;

    if (!ppAsync) /* arguments are checked before anything else */
        return E_INVALIDARG;
    *ppAsync = NULL; /* and every out-parameter is written on every path */
    hr = This->lpVtbl->GetWriterComponentsCount(This, &writers);
    for (UINT i = 0; SUCCEEDED(hr) && i < writers; i++)
        hr = count_selected(This, i, &selected);
    if (hr == E_OUTOFMEMORY)
        return hr;
    if (selected > MOST_COMPONENTS) {
        host->log(host, "ExampleOverlay", 1, "too many components selected");
        return E_ACCESSDENIED;
    }
    return overlay->reference->PreRestore(This, ppAsync);
}

/* From here on it is the same in every overlay. */
static void patch(IVssBackupComponentsEx4Vtbl *vtable)
{
    vtable->PreRestore = pre_restore;
}

/* Filled once, while loading; never changed afterwards. */
static struct vssim_subject subject;
static const struct vssim_subject *base;

static HRESULT create(const struct vssim_host *host,
                      IVssBackupComponents **out)
{
    return vssim_overlay_create(base, host, sizeof(struct vssim_overlay),
                                patch, out);
}

const struct vssim_subject *vssim_subject_open(
    uint32_t abi, const struct vssim_subject *reference)
{
    if (abi != VSSIM_ABI_VERSION)
        return NULL; /* refused: vssim says why */
    base = reference;
    subject = *reference;
    subject.name = "example-overlay";
    subject.create_backup_components = create;
    return &subject;
}
