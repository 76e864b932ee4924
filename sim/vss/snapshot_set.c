/*
 * snapshot_set.c - making a shadow copy set: SetContext, StartSnapshotSet,
 * AddToSnapshotSet, DoSnapshotSet, and IsVolumeSupported.
 *
 * The shadow copies are the host's from AddToSnapshotSet on, in the state
 * PREPARING; the events are snapshot_chain.c's.
 */

#include "base/array.h"
#include "com/text.h"
#include "vss/backup_components.h"
#include "vss/participants.h"
#include "vss/snapshot_chain.h"
#include "vss/volumes.h"

/* Page of AddToSnapshotSet. */
#define MOST_VOLUMES 64u

#define CONTEXT_BITS 0x1f
#define MAY_MODIFY \
    (VSS_VOLSNAP_ATTR_NO_AUTORECOVERY | VSS_VOLSNAP_ATTR_TRANSPORTABLE | \
     VSS_VOLSNAP_ATTR_NOT_SURFACED | VSS_VOLSNAP_ATTR_NOT_TRANSACTED | \
     VSS_VOLSNAP_ATTR_HARDWARE_ASSISTED | VSS_VOLSNAP_ATTR_DIFFERENTIAL | \
     VSS_VOLSNAP_ATTR_PLEX | VSS_VOLSNAP_ATTR_AUTORECOVER | \
     VSS_VOLSNAP_ATTR_ROLLBACK_RECOVERY | \
     VSS_VOLSNAP_ATTR_DELAYED_POSTSNAPSHOT | \
     VSS_VOLSNAP_ATTR_TXF_RECOVERY | VSS_VOLSNAP_ATTR_FILE_SHARE)

/* Pages of VSS_SNAPSHOT_CONTEXT and VSS_VOLUME_SNAPSHOT_ATTRIBUTES. */
static bool is_context(const struct vss_backup_components *self, LONG context)
{
    static const LONG known[] = {VSS_CTX_BACKUP,
                                 VSS_CTX_FILE_SHARE_BACKUP,
                                 VSS_CTX_NAS_ROLLBACK,
                                 VSS_CTX_APP_ROLLBACK,
                                 VSS_CTX_CLIENT_ACCESSIBLE,
                                 VSS_CTX_CLIENT_ACCESSIBLE_WRITERS};
    LONG kind = context & CONTEXT_BITS & ~VSS_VOLSNAP_ATTR_NO_AUTORECOVERY;

    if (context == VSS_CTX_ALL)
        return true;
    if ((context & ~(CONTEXT_BITS | MAY_MODIFY)) ||
        ((context & VSS_VOLSNAP_ATTR_NO_AUTORECOVERY) &&
         (context & VSS_VOLSNAP_ATTR_AUTORECOVER)))
        return false;
    if (kind == VSS_CTX_CLIENT_ACCESSIBLE_WRITERS &&
        vss_windows(self->host)->ex < 2)
        return false;
    for (unsigned i = 0; i < ARRAY_SIZE(known); i++)
        if (kind == known[i])
            return true;
    return false;
}

HRESULT bc_SetContext(BC *This, LONG context)
{
    struct vss_backup_components *self = bc_from(This);
    HRESULT hr =
        vss_check(self, VSS_METHOD_SetContext, is_context(self, context));

    if (FAILED(hr))
        return hr;
    if (self->host->windows == VSSIM_WINDOWS_XP)
        return E_NOTIMPL; /* page: not on XP */
    self->context = context;
    self->context_set = true;
    return S_OK;
}

HRESULT bc_StartSnapshotSet(BC *This, VSS_ID *set)
{
    static const GUID null;
    struct vss_backup_components *self = bc_from(This);
    GUID id;
    HRESULT hr;

    OUT(set, null);
    hr = vss_check(self, VSS_METHOD_StartSnapshotSet, set != NULL);
    if (FAILED(hr))
        return hr;
    if (!vss_has_storage(self->host))
        return E_NOTIMPL;
    /* Page of VSS_CTX_ALL: for everything but making shadow copies. */
    if (self->context == VSS_CTX_ALL)
        return VSS_E_BAD_STATE;
    if (self->set.started)
        return VSS_E_SNAPSHOT_SET_IN_PROGRESS;
    hr = vss_acquire(self->host, VSSIM_RESOURCE_SERVICE, "StartSnapshotSet");
    if (FAILED(hr))
        return hr;
    self->host->new_guid(self->host, &id);
    hr = self->host->begin_set(self->host, &id);
    if (FAILED(hr))
        return hr;
    self->set.id = *set = id;
    self->set.started = true;
    return S_OK;
}

static bool same_name(const WCHAR *a, const WCHAR *b)
{
    while (*a && wide_lower(*a) == wide_lower(*b)) {
        a++;
        b++;
    }
    return *a == *b;
}

/* Page: a volume by its mounted folder, drive or GUID path, with the
 * backslash; what merely lies on a volume is none. */
static HRESULT named_volume(const struct vssim_host *host, const WCHAR *name,
                            struct vssim_volume *volume)
{
    size_t length = wide_length(name);
    HRESULT hr;

    if (!length || name[length - 1] != '\\')
        return E_INVALIDARG;
    hr = storage_volume(host, name, volume);
    if (SUCCEEDED(hr) && !same_name(name, volume->path) &&
        !same_name(name, volume->name))
        hr = VSS_E_OBJECT_NOT_FOUND;
    return hr;
}

static HRESULT refusal(const struct vss_backup_components *self,
                       const struct vssim_volume *volume)
{
    /* Page: the nesting limit has its code from Windows 7 on. */
    if (volume->support == VSS_E_NESTED_VOLUME_LIMIT &&
        vss_windows(self->host)->ex < 3)
        return VSS_E_VOLUME_NOT_SUPPORTED;
    return volume->support;
}

/* Page: who makes it, and whether it can in this context. */
static HRESULT choose_provider(const struct vss_backup_components *self,
                               const struct vssim_volume *volume,
                               const GUID *wanted, GUID *chosen)
{
    bool any = guid_is_null(wanted);
    HRESULT no = any ? VSS_E_VOLUME_NOT_SUPPORTED
                     : VSS_E_VOLUME_NOT_SUPPORTED_BY_PROVIDER;
    struct vssim_provider provider;

    *chosen = any ? volume->provider : *wanted;
    if (!storage_provider(self->host, chosen, &provider))
        return any ? VSS_E_VOLUME_NOT_SUPPORTED
                   : VSS_E_PROVIDER_NOT_REGISTERED;
    if (!guid_equal(chosen, &volume->provider))
        return no;
    if ((self->context & VSS_VOLSNAP_ATTR_TRANSPORTABLE) &&
        provider.type != VSS_PROV_HARDWARE)
        return no;
    /* Page of VSS_SNAPSHOT_CONTEXT: the system provider only. */
    if ((self->context & VSS_VOLSNAP_ATTR_CLIENT_ACCESSIBLE) &&
        provider.type != VSS_PROV_SYSTEM)
        return no;
    return S_OK;
}

static HRESULT has_room(const struct vss_backup_components *self,
                        const struct vssim_volume *volume)
{
    const struct vssim_host *host = self->host;
    struct vssim_snapshot one;

    for (uint32_t i = 0; host->snapshot(host, i, &one); i++)
        if (guid_equal(&one.set, &self->set.id) &&
            wide_equal(one.volume, volume->name)) /* U55 */
            return vss_policy(host, VSSIM_POLICY_VOLUME_TWICE) == 1
                       ? VSS_E_OBJECT_ALREADY_EXISTS
                       : E_INVALIDARG;
    if (self->set.n >= MOST_VOLUMES)
        return VSS_E_MAXIMUM_NUMBER_OF_VOLUMES_REACHED;
    if (storage_volume_count(host, volume->name) >= volume->max_snapshots)
        return VSS_E_MAXIMUM_NUMBER_OF_SNAPSHOTS_REACHED;
    return S_OK;
}

HRESULT bc_AddToSnapshotSet(BC *This, VSS_PWSZ name, VSS_ID provider,
                            VSS_ID *snapshot)
{
    static const GUID null;
    struct vss_backup_components *self = bc_from(This);
    struct vssim_snapshot one = {.state = VSS_SS_PREPARING};
    struct vssim_volume volume;
    HRESULT hr;

    OUT(snapshot, null);
    hr = vss_check(self, VSS_METHOD_AddToSnapshotSet, name && snapshot);
    if (SUCCEEDED(hr))
        hr = named_volume(self->host, name, &volume);
    if (SUCCEEDED(hr))
        hr = refusal(self, &volume);
    if (SUCCEEDED(hr))
        hr = choose_provider(self, &volume, &provider, &one.provider);
    if (SUCCEEDED(hr))
        hr = has_room(self, &volume);
    if (SUCCEEDED(hr))
        hr = vss_acquire(self->host, VSSIM_RESOURCE_PROVIDER,
                         "AddToSnapshotSet");
    if (FAILED(hr))
        return hr;
    self->host->new_guid(self->host, &one.id);
    one.set = self->set.id;
    one.attributes = self->context;
    one.volume = volume.name;
    hr = self->host->add_snapshot(self->host, &one);
    if (SUCCEEDED(hr)) {
        self->set.n++;
        *snapshot = one.id;
    }
    return hr;
}

/* What the document will say of the set: for a restore elsewhere, and for
 * recovery sets. Apart from it until the shadow copies are made. */
static bool describe(struct vss_backup_components *self,
                     struct vss_document *annex)
{
    const struct vssim_host *host = self->host;
    WCHAR set_id[GUID_TEXT];
    const struct vss_value of_set = {"snapshotSetId", NULL,
                                     wide_guid(&self->set.id, set_id)};
    struct vssim_snapshot one;
    struct tree_node *set;
    bool good;

    annex->tree.root = set = node_new(annex, BCD_SNAPSHOT_SET, &of_set, 1);
    good = set != NULL;
    for (uint32_t i = 0; good && host->snapshot(host, i, &one); i++) {
        WCHAR id[GUID_TEXT], provider[GUID_TEXT];
        const struct vss_value values[] = {
            {"snapshotId", NULL, wide_guid(&one.id, id)},
            {"originalVolume", NULL, one.volume},
            {"providerId", NULL, wide_guid(&one.provider, provider)}};

        if (!guid_equal(&one.set, &self->set.id))
            continue;
        good = node_add(annex, set, BCD_SNAPSHOT, values, 3, false) &&
               node_set_number(annex, set->last, "attributes",
                               (uint32_t)one.attributes);
    }
    return good;
}

/* The number that each of them tells (page of VSS_SNAPSHOT_PROP). */
static void count_them(struct vss_backup_components *self)
{
    const struct vssim_host *host = self->host;
    struct vssim_snapshot one;

    for (uint32_t i = 0; host->snapshot(host, i, &one); i++)
        if (guid_equal(&one.set, &self->set.id)) {
            one.count = (LONG)self->set.n;
            host->change_snapshot(host, &one);
        }
}

HRESULT bc_DoSnapshotSet(BC *This, IVssAsync **out)
{
    struct vss_backup_components *self = bc_from(This);
    struct vss_participant *list = NULL;
    struct vss_document *annex = NULL;
    struct vss_async *async = NULL;
    uint32_t n = 0;
    HRESULT hr;

    OUT(out, NULL);
    hr = vss_check(self, VSS_METHOD_DoSnapshotSet, out != NULL);
    if (FAILED(hr))
        return hr;
    annex = document_new(self->host);
    if (!annex || !describe(self, annex))
        hr = E_OUTOFMEMORY;
    if (SUCCEEDED(hr) && bc_has_writers(self))
        hr = participants_for_backup(self, VSS_OPEN_POST_SNAPSHOT, &list, &n);
    if (SUCCEEDED(hr))
        hr = async_create(self->host, VSS_OPERATION_SNAPSHOT_SET,
                          self->document, list, n, &async);
    if (SUCCEEDED(hr)) {
        async->steps = &chain_steps;
        async->object = self->set.id;
        async->annex = annex;
        annex = NULL;
        hr = async_start(async, "DoSnapshotSet");
    }
    if (SUCCEEDED(hr)) {
        count_them(self);
        self->make_set = async;
        self->phase = VSS_PHASE_SNAPSHOT_PENDING;
        *out = &async->iface;
    } else {
        document_unref(annex);
        async_discard(async);
    }
    return hr;
}

HRESULT bc_IsVolumeSupported(BC *This, VSS_ID provider, VSS_PWSZ name,
                             BOOL *out)
{
    struct vss_backup_components *self = bc_from(This);
    struct vssim_volume volume;
    GUID chosen;
    HRESULT hr;

    OUT(out, FALSE);
    hr = vss_check(self, VSS_METHOD_IsVolumeSupported, name && out);
    if (SUCCEEDED(hr) && !vss_has_storage(self->host))
        hr = E_NOTIMPL;
    if (SUCCEEDED(hr))
        hr = named_volume(self->host, name, &volume);
    if (FAILED(hr))
        return hr;
    if (refusal(self, &volume) == VSS_E_NESTED_VOLUME_LIMIT)
        return VSS_E_NESTED_VOLUME_LIMIT;
    *out = volume.support == S_OK &&
           choose_provider(self, &volume, &provider, &chosen) == S_OK;
    return S_OK;
}
