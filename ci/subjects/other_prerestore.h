/*
 * other_prerestore.h - an overlay whose PreRestore does INSTEAD, which the
 * including file defines, with NAME, and says S_OK if it comes back from that.
 */
#include <vssim/overlay.h>

static struct vssim_subject subject;
static const struct vssim_subject *base;

static HRESULT STDMETHODCALLTYPE pre_restore(IVssBackupComponentsEx4 *This,
                                             IVssAsync **ppAsync)
{
    (void)This;
    (void)ppAsync;
    INSTEAD;
    return S_OK;
}

static void patch(IVssBackupComponentsEx4Vtbl *vtable)
{
    vtable->PreRestore = pre_restore;
}

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
        return NULL;
    base = reference;
    subject = *reference;
    subject.name = NAME;
    subject.create_backup_components = create;
    return &subject;
}
