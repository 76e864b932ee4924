/* component_set.c - the setters of single values of a component. */
#include "vss/component_call.h"

HRESULT component_call(struct vss_backup_components *self,
                       enum vss_method method, bool arguments,
                       const struct vss_component_id *id,
                       struct tree_node **component)
{
    /* Method pages: the type is one of two, the name is never NULL. */
    bool good = arguments && id->name &&
                (id->type == VSS_CT_DATABASE || id->type == VSS_CT_FILEGROUP);
    HRESULT hr = vss_check(self, method, good);

    if (FAILED(hr))
        return hr;
    *component = document_component(self->document, id->writer, id->type,
                                    id->path, id->name);
    return *component ? S_OK : VSS_E_OBJECT_NOT_FOUND;
}

static HRESULT done(bool stored)
{
    return stored ? S_OK : E_OUTOFMEMORY;
}

static HRESULT set_text(BC *This, enum vss_method method,
                        const struct vss_component_id *id,
                        const char *attribute, LPCWSTR text)
{
    struct vss_backup_components *self = bc_from(This);
    struct tree_node *component;
    HRESULT hr = component_call(self, method, text != NULL, id, &component);

    if (SUCCEEDED(hr))
        hr = done(node_set_wide(self->document, component, attribute, text));
    return hr;
}

static HRESULT set_value(BC *This, enum vss_method method, bool good,
                         const struct vss_component_id *id,
                         const char *attribute, const char *value)
{
    struct vss_backup_components *self = bc_from(This);
    struct tree_node *component;
    HRESULT hr = component_call(self, method, good, id, &component);

    if (SUCCEEDED(hr))
        hr = done(node_set(self->document, component, attribute, value));
    return hr;
}

HRESULT bc_SetRestoreOptions(BC *This, VSS_ID writer, VSS_COMPONENT_TYPE ct,
                             LPCWSTR path, LPCWSTR name, LPCWSTR options)
{
    const struct vss_component_id id = {&writer, ct, path, name};

    return set_text(This, VSS_METHOD_SetRestoreOptions, &id, "restoreOptions",
                    options);
}

HRESULT bc_SetRestoreName(BC *This, VSS_ID writer, VSS_COMPONENT_TYPE ct,
                          LPCWSTR path, LPCWSTR name, LPCWSTR new_name)
{
    const struct vss_component_id id = {&writer, ct, path, name};

    return set_text(This, VSS_METHOD_SetRestoreName, &id, "restoreName",
                    new_name);
}

HRESULT bc_SetPreviousBackupStamp(BC *This, VSS_ID writer,
                                  VSS_COMPONENT_TYPE ct, LPCWSTR path,
                                  LPCWSTR name, LPCWSTR stamp)
{
    const struct vss_component_id id = {&writer, ct, path, name};

    return set_text(This, VSS_METHOD_SetPreviousBackupStamp, &id,
                    "previousBackupStamp", stamp);
}

HRESULT bc_SetAdditionalRestores(BC *This, VSS_ID writer,
                                 VSS_COMPONENT_TYPE ct, LPCWSTR path,
                                 LPCWSTR name, bool additional)
{
    const struct vss_component_id id = {&writer, ct, path, name};

    return set_value(This, VSS_METHOD_SetAdditionalRestores, true, &id,
                     "additionalRestores", additional ? "yes" : "no");
}

HRESULT bc_SetAuthoritativeRestore(BC *This, VSS_ID writer,
                                   VSS_COMPONENT_TYPE ct, LPCWSTR path,
                                   LPCWSTR name, bool authoritative)
{
    const struct vss_component_id id = {&writer, ct, path, name};

    return set_value(This, VSS_METHOD_SetAuthoritativeRestore, true, &id,
                     "authoritativeRestore", authoritative ? "yes" : "no");
}

HRESULT bc_SetFileRestoreStatus(BC *This, VSS_ID writer, VSS_COMPONENT_TYPE ct,
                                LPCWSTR path, LPCWSTR name,
                                VSS_FILE_RESTORE_STATUS status)
{
    static const char *const names[] = {NULL, "none", "all", "failed"};
    const struct vss_component_id id = {&writer, ct, path, name};
    bool good = status >= VSS_RS_NONE && status <= VSS_RS_FAILED;

    return set_value(This, VSS_METHOD_SetFileRestoreStatus, good, &id,
                     "fileRestoreStatus", good ? names[status] : NULL);
}

HRESULT bc_SetRollForward(BC *This, VSS_ID writer, VSS_COMPONENT_TYPE ct,
                          LPCWSTR path, LPCWSTR name,
                          VSS_ROLLFORWARD_TYPE type, LPCWSTR point)
{
    static const char *const numbers[] = {"0", "1", "2", "3"};
    struct vss_backup_components *self = bc_from(This);
    const struct vss_component_id id = {&writer, ct, path, name};
    /* Page: NONE, ALL or PARTIAL; a point goes with PARTIAL. */
    bool good = type >= VSS_RF_NONE && type <= VSS_RF_PARTIAL &&
                (type != VSS_RF_PARTIAL || point);
    struct tree_node *component;
    HRESULT hr =
        component_call(self, VSS_METHOD_SetRollForward, good, &id, &component);

    if (SUCCEEDED(hr)) {
        const struct vss_value values[] = {{"type", numbers[type], NULL},
                                           {"point", NULL, point}};

        hr = done(node_add(self->document, component, BCD_ROLL_FORWARD, values,
                           2, true));
    }
    return hr;
}

/* Sets the ranges of a partial file that the backup stored. */
HRESULT bc_SetRangesFilePath(BC *This, VSS_ID writer, VSS_COMPONENT_TYPE ct,
                             LPCWSTR path, LPCWSTR name, UINT i,
                             LPCWSTR ranges)
{
    struct vss_backup_components *self = bc_from(This);
    const struct vss_component_id id = {&writer, ct, path, name};
    struct tree_node *component, *file = NULL;
    HRESULT hr = component_call(self, VSS_METHOD_SetRangesFilePath,
                                ranges != NULL, &id, &component);

    if (SUCCEEDED(hr)) {
        file = tree_nth(component, BCD_PARTIAL_FILE, i);
        hr = file ? S_OK : VSS_E_OBJECT_NOT_FOUND;
    }
    if (SUCCEEDED(hr))
        hr = done(node_set_wide(self->document, file, "ranges", ranges));
    return hr;
}
