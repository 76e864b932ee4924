/*
 * overlay.h - helps to write an overlay: a subject that is the reference
 * except for the methods that it replaces. In C only.
 *
 * An object of the reference keeps its memory; only its vtable pointer is
 * turned to a copy, in which `patch` replaced entries. The copy lies at the
 * start of a struct of the overlay's own, from the host's memory, which the
 * object's last Release frees: data of one object belongs there. Whatever was
 * replaced is called through `reference`:
 *
 *     struct vssim_overlay *overlay = vssim_overlay_of(This);
 *     return overlay->reference->PreRestore(This, ppAsync);
 *
 * QueryInterface gives the same object, so the Ex interfaces are patched too.
 * Release may be replaced, but must end in vssim_overlay_release.
 */
#ifndef VSSIM_OVERLAY_H
#define VSSIM_OVERLAY_H

#ifdef __cplusplus
#error "vssim/overlay.h is for C; in C++ derive from IVssBackupComponentsEx4"
#endif

#include "subject.h"

struct vssim_overlay {
    IVssBackupComponentsEx4Vtbl vtable; /* what the object's lpVtbl shows */
    const IVssBackupComponentsEx4Vtbl *reference;
    const struct vssim_host *host;
};

/* Of an object that vssim_overlay_create made. */
static inline struct vssim_overlay *vssim_overlay_of(
    IVssBackupComponentsEx4 *object)
{
    return (struct vssim_overlay *)(uintptr_t)object->lpVtbl;
}

static inline ULONG STDMETHODCALLTYPE
vssim_overlay_release(IVssBackupComponentsEx4 *object)
{
    struct vssim_overlay *overlay = vssim_overlay_of(object);
    ULONG left = overlay->reference->Release(object);

    if (left == 0)
        overlay->host->free(overlay->host, overlay);
    return left;
}

/* What an overlay's create_backup_components does. `size` is that of its own
 * struct, which begins with a struct vssim_overlay; the rest is zero. */
static inline HRESULT vssim_overlay_create(
    const struct vssim_subject *reference, const struct vssim_host *host,
    size_t size, void (*patch)(IVssBackupComponentsEx4Vtbl *vtable),
    IVssBackupComponents **out)
{
    struct vssim_overlay *overlay;
    IVssBackupComponentsEx4 *object;
    HRESULT hr = reference->create_backup_components(host, out);

    if (FAILED(hr))
        return hr;
    object = (IVssBackupComponentsEx4 *)(void *)*out;
    overlay = (struct vssim_overlay *)host->alloc(host, size);
    if (!overlay) {
        object->lpVtbl->Release(object);
        *out = NULL;
        return E_OUTOFMEMORY;
    }
    overlay->reference = object->lpVtbl;
    overlay->host = host;
    overlay->vtable = *object->lpVtbl;
    overlay->vtable.Release = vssim_overlay_release;
    patch(&overlay->vtable);
    object->lpVtbl = &overlay->vtable;
    return S_OK;
}

#endif
