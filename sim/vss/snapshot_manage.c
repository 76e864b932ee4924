/*
 * snapshot_manage.c - what becomes of shadow copies that are made:
 * DeleteSnapshots, BreakSnapshotSet (+Ex), ExposeSnapshot, UnexposeSnapshot.
 */

#include "com/text.h"
#include "vss/backup_components.h"
#include "vss/volumes.h"

#define BREAK_MASK_LUNS 1u
#define BREAK_READ_WRITE 2u
#define BREAK_REVERT_ALL 4u
#define BREAK_REVERT_NONE 8u
#define BREAK_FLAGS 15u

/* The first shadow copy that `id` means. */
static bool first_of(const struct vssim_host *host, const GUID *id,
                     bool is_set, struct vssim_snapshot *out)
{
    for (uint32_t i = 0; host->snapshot(host, i, out); i++)
        if (out->state == VSS_SS_CREATED &&
            guid_equal(is_set ? &out->set : &out->id, id))
            return true;
    return false;
}

/* Page: one after the other; at the first that cannot be deleted it ends. */
HRESULT bc_DeleteSnapshots(BC *This, VSS_ID source, VSS_OBJECT_TYPE type,
                           BOOL force, LONG *deleted, VSS_ID *left)
{
    static const GUID null;
    struct vss_backup_components *self = bc_from(This);
    bool is_set = type == VSS_OBJECT_SNAPSHOT_SET;
    struct vssim_snapshot one;
    HRESULT hr;

    (void)force; /* the simulated providers always do everything possible */
    OUT(deleted, 0);
    OUT(left, null);
    hr = vss_check(self, VSS_METHOD_DeleteSnapshots,
                   deleted && left && (is_set || type == VSS_OBJECT_SNAPSHOT));
    if (SUCCEEDED(hr) && !vss_has_storage(self->host))
        hr = E_NOTIMPL;
    if (SUCCEEDED(hr) && !first_of(self->host, &source, is_set, &one)) {
        *left = is_set ? null : source;
        hr = VSS_E_OBJECT_NOT_FOUND;
    }
    while (SUCCEEDED(hr) && first_of(self->host, &source, is_set, &one)) {
        hr = vss_acquire(self->host, VSSIM_RESOURCE_PROVIDER,
                         "DeleteSnapshots");
        if (FAILED(hr)) {
            *left = one.id;
            break;
        }
        self->host->delete_snapshot(self->host, &one.id);
        ++*deleted;
    }
    return hr;
}

/* Page: hardware providers only; the set is forgotten by VSS. */
static HRESULT may_break(const struct vssim_host *host, const GUID *set,
                         const char *site)
{
    struct vssim_provider provider;
    struct vssim_snapshot one;

    if (!vss_has_storage(host))
        return E_NOTIMPL;
    if (!first_of(host, set, true, &one))
        return VSS_E_OBJECT_NOT_FOUND;
    if (!storage_provider(host, &one.provider, &provider) ||
        provider.type != VSS_PROV_HARDWARE)
        return VSS_E_PROVIDER_VETO;
    return vss_acquire(host, VSSIM_RESOURCE_PROVIDER, site);
}

static void forget_set(const struct vssim_host *host, const GUID *set)
{
    struct vssim_snapshot one;

    while (first_of(host, set, true, &one))
        host->delete_snapshot(host, &one.id);
}

HRESULT bc_BreakSnapshotSet(BC *This, VSS_ID set)
{
    struct vss_backup_components *self = bc_from(This);
    HRESULT hr =
        vss_check(self, VSS_METHOD_BreakSnapshotSet, !guid_is_null(&set));

    if (SUCCEEDED(hr))
        hr = may_break(self->host, &set, "BreakSnapshotSet");
    if (SUCCEEDED(hr))
        forget_set(self->host, &set);
    return hr;
}

static HRESULT finish_break(struct vss_async *async)
{
    struct vssim_snapshot one;

    if (!first_of(async->host, &async->object, true, &one))
        return VSS_E_OBJECT_NOT_FOUND;
    forget_set(async->host, &async->object);
    return VSS_S_ASYNC_FINISHED;
}

HRESULT bc_BreakSnapshotSetEx(BC *This, VSS_ID set, DWORD flags,
                              IVssAsync **out)
{
    struct vss_backup_components *self = bc_from(This);
    bool both = (flags & BREAK_REVERT_ALL) && (flags & BREAK_REVERT_NONE);
    HRESULT hr;

    OUT(out, NULL);
    hr = vss_check(self, VSS_METHOD_BreakSnapshotSetEx,
                   out && !guid_is_null(&set) && !(flags & ~BREAK_FLAGS) &&
                       !both);
    if (SUCCEEDED(hr))
        hr = may_break(self->host, &set, "BreakSnapshotSetEx");
    if (SUCCEEDED(hr))
        hr = bc_provider_work(self, &set, finish_break, false,
                              "BreakSnapshotSetEx", out);
    return hr;
}

/* --- exposing --- */

static WCHAR upper(WCHAR c)
{
    return c >= 'a' && c <= 'z' ? (WCHAR)(c - 32) : c;
}

/* Page: "X:" or a mounted folder path. */
static bool is_place(const WCHAR *text)
{
    WCHAR drive = text ? upper(text[0]) : 0;

    return drive >= 'A' && drive <= 'Z' && text[1] == ':' &&
           (text[2] == 0 || text[2] == '\\');
}

static bool taken(const struct vssim_host *host, const WCHAR *name)
{
    struct vssim_snapshot one;
    struct vssim_volume volume;
    WCHAR root[] = {name[0], ':', '\\', 0};

    for (uint32_t i = 0; host->snapshot(host, i, &one); i++)
        if (one.exposed_name && wide_equal(one.exposed_name, name))
            return true;
    /* A drive letter: not that of a volume. */
    return name[1] == ':' && !name[2] &&
           host->find_volume(host, root, &volume);
}

/* "vssim-" and the first digits of the id: a share name that VSS chooses. */
static void share_name(const GUID *id, WCHAR out[16])
{
    static const char digits[] = "0123456789abcdef";
    static const char start[] = "vssim-";
    unsigned at = 0;

    for (; start[at]; at++)
        out[at] = (WCHAR)start[at];
    for (int shift = 28; shift >= 0; shift -= 4)
        out[at++] = (WCHAR)digits[(id->Data1 >> shift) & 15];
    out[at] = 0;
}

HRESULT bc_ExposeSnapshot(BC *This, VSS_ID snapshot, VSS_PWSZ path,
                          LONG attributes, VSS_PWSZ expose, VSS_PWSZ *out)
{
    struct vss_backup_components *self = bc_from(This);
    bool local = attributes == VSS_VOLSNAP_ATTR_EXPOSED_LOCALLY;
    bool good = local ? !path && is_place(expose)
                      : attributes == VSS_VOLSNAP_ATTR_EXPOSED_REMOTELY;
    struct vssim_snapshot one;
    WCHAR name[16];
    HRESULT hr;

    OUT(out, NULL);
    hr = vss_check(self, VSS_METHOD_ExposeSnapshot, out && good);
    if (SUCCEEDED(hr) && !vss_has_storage(self->host))
        hr = E_NOTIMPL;
    if (SUCCEEDED(hr))
        hr = storage_snapshot(self->host, &snapshot, &one);
    if (SUCCEEDED(hr) && one.exposed_name)
        hr = VSS_E_BAD_STATE; /* U66: exposed already */
    if (SUCCEEDED(hr) && expose && taken(self->host, expose))
        hr = E_INVALIDARG; /* U66: the name is taken */
    if (SUCCEEDED(hr))
        hr =
            vss_acquire(self->host, VSSIM_RESOURCE_PROVIDER, "ExposeSnapshot");
    if (FAILED(hr))
        return hr;
    share_name(&one.id, name);
    one.exposed_name = expose ? expose : name;
    one.exposed_path = path;
    one.attributes |= attributes;
    if (!storage_text(self->host, one.exposed_name, out))
        return E_OUTOFMEMORY;
    hr = self->host->change_snapshot(self->host, &one);
    if (FAILED(hr)) {
        self->host->task_free(self->host, *out);
        *out = NULL;
    }
    return hr;
}

HRESULT bc_UnexposeSnapshot(BC *This, VSS_ID snapshot)
{
    struct vss_backup_components *self = bc_from(This);
    struct vssim_snapshot one;
    HRESULT hr = vss_check(self, VSS_METHOD_UnexposeSnapshot, true);

    if (SUCCEEDED(hr) && !vss_has_storage(self->host))
        hr = E_NOTIMPL;
    if (SUCCEEDED(hr))
        hr = storage_snapshot(self->host, &snapshot, &one);
    if (SUCCEEDED(hr) && !one.exposed_name)
        hr = VSS_E_OBJECT_NOT_FOUND; /* page: not exposed */
    if (SUCCEEDED(hr))
        hr = vss_acquire(self->host, VSSIM_RESOURCE_PROVIDER,
                         "UnexposeSnapshot");
    if (FAILED(hr))
        return hr;
    one.exposed_name = one.exposed_path = NULL;
    one.attributes &= ~(LONG)(VSS_VOLSNAP_ATTR_EXPOSED_LOCALLY |
                              VSS_VOLSNAP_ATTR_EXPOSED_REMOTELY);
    return self->host->change_snapshot(self->host, &one);
}
