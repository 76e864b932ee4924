/* component_read.c - the readers of single values, see component.h. */
#include <string.h>

#include "vss/component.h"

/* Pages: S_FALSE when nothing is stored. A logical path that is empty is
 * none (see component_is). */
static HRESULT read_text(CO *This, const struct tree_node *node,
                         const char *name, bool empty_is_none, BSTR *out)
{
    struct vss_component *self = co_from(This);
    const char *text = node ? tree_get(node, name) : NULL;
    HRESULT hr;

    OUT(out, NULL);
    hr = out ? component_fresh(self) : E_INVALIDARG;
    if (FAILED(hr))
        return hr;
    if (text && !*text && empty_is_none)
        text = NULL;
    return vss_bstr(self->document->host, text, out);
}

#define TEXT_READER(method, name) \
    HRESULT co_##method(CO *This, BSTR *out) \
    { \
        return read_text(This, co_from(This)->node, name, false, out); \
    }
TEXT_READER(GetComponentName, "componentName")
TEXT_READER(GetPreRestoreFailureMsg, "preRestoreFailureMsg")
TEXT_READER(GetPostRestoreFailureMsg, "postRestoreFailureMsg")
TEXT_READER(GetBackupStamp, "backupStamp")
TEXT_READER(GetPreviousBackupStamp, "previousBackupStamp")
TEXT_READER(GetBackupOptions, "backupOptions")
TEXT_READER(GetRestoreOptions, "restoreOptions")
TEXT_READER(GetPrepareForBackupFailureMsg, "prepareForBackupFailureMsg")
TEXT_READER(GetPostSnapshotFailureMsg, "postSnapshotFailureMsg")

HRESULT co_GetLogicalPath(CO *This, BSTR *out)
{
    return read_text(This, co_from(This)->node, "logicalPath", true, out);
}

/* U24: requesters read both kinds of metadata, too. */
HRESULT co_GetBackupMetadata(CO *This, BSTR *out)
{
    return read_text(This,
                     tree_child(co_from(This)->node, BCD_BACKUP_METADATA),
                     "metadata", false, out);
}

HRESULT co_GetRestoreMetadata(CO *This, BSTR *out)
{
    return read_text(This,
                     tree_child(co_from(This)->node, BCD_RESTORE_METADATA),
                     "metadata", false, out);
}

/* Its page has no S_FALSE row: no name is an empty one. */
HRESULT co_GetRestoreName(CO *This, BSTR *out)
{
    const char *name = tree_get(co_from(This)->node, "restoreName");
    HRESULT hr;

    OUT(out, NULL);
    hr = out ? component_fresh(co_from(This)) : E_INVALIDARG;
    return FAILED(hr) ? hr
                      : vss_bstr(co_from(This)->document->host,
                                 name ? name : "", out);
}

HRESULT co_GetComponentType(CO *This, VSS_COMPONENT_TYPE *out)
{
    HRESULT hr;

    OUT(out, VSS_CT_UNDEFINED);
    hr = out ? component_fresh(co_from(This)) : E_INVALIDARG;
    if (SUCCEEDED(hr))
        *out = component_type(co_from(This)->node);
    return hr;
}

/* A flag; `missing`: what the method says when it was never set. */
static HRESULT read_yes(CO *This, const char *name, HRESULT missing, bool *out)
{
    struct vss_component *self = co_from(This);
    HRESULT hr;

    OUT(out, false);
    hr = out ? component_fresh(self) : E_INVALIDARG;
    if (FAILED(hr))
        return hr;
    *out = node_yes(self->node, name, false);
    return tree_get(self->node, name) ? S_OK : missing;
}

/* Page: S_FALSE when BackupComplete was not reached. */
HRESULT co_GetBackupSucceeded(CO *This, bool *out)
{
    return read_yes(This, "backupSucceeded", S_FALSE, out);
}

/* Page: S_FALSE and false when the flag was never set. */
HRESULT co_GetAdditionalRestores(CO *This, bool *out)
{
    return read_yes(This, "additionalRestores", S_FALSE, out);
}

HRESULT co_GetAuthoritativeRestore(CO *This, bool *out)
{
    return read_yes(This, "authoritativeRestore", S_OK, out);
}

HRESULT co_IsSelectedForRestore(CO *This, bool *out)
{
    struct vss_component *self = co_from(This);
    HRESULT hr;

    OUT(out, false);
    hr = out ? component_fresh(self) : E_INVALIDARG;
    if (SUCCEEDED(hr))
        *out = component_selected(self->document, self->node);
    return hr;
}

HRESULT co_GetRestoreTarget(CO *This, VSS_RESTORE_TARGET *out)
{
    const char *text = tree_get(co_from(This)->node, "restoreTarget");
    HRESULT hr;

    OUT(out, VSS_RT_UNDEFINED);
    hr = out ? component_fresh(co_from(This)) : E_INVALIDARG;
    if (FAILED(hr))
        return hr;
    /* Requesters expect the original when the writer said nothing. */
    *out = VSS_RT_ORIGINAL;
    if (text && strcmp(text, "alternate") == 0)
        *out = VSS_RT_ALTERNATE;
    else if (text && strcmp(text, "directed") == 0)
        *out = VSS_RT_DIRECTED;
    else if (text && strcmp(text, "originalLocation") == 0)
        *out = VSS_RT_ORIGINAL_LOCATION;
    return S_OK;
}

HRESULT co_GetFileRestoreStatus(CO *This, VSS_FILE_RESTORE_STATUS *out)
{
    const char *text = tree_get(co_from(This)->node, "fileRestoreStatus");
    HRESULT hr;

    OUT(out, VSS_RS_UNDEFINED);
    hr = out ? component_fresh(co_from(This)) : E_INVALIDARG;
    if (FAILED(hr) || !text)
        return hr;
    if (strcmp(text, "all") == 0)
        *out = VSS_RS_ALL;
    else if (strcmp(text, "none") == 0)
        *out = VSS_RS_NONE;
    else if (strcmp(text, "failed") == 0)
        *out = VSS_RS_FAILED;
    return S_OK;
}

HRESULT co_GetRollForward(CO *This, VSS_ROLLFORWARD_TYPE *type, BSTR *point)
{
    struct vss_component *self = co_from(This);
    struct tree_node *node = tree_child(self->node, BCD_ROLL_FORWARD);
    const char *text = node ? tree_get(node, "point") : NULL;
    HRESULT hr;

    OUT(type, VSS_RF_UNDEFINED);
    OUT(point, NULL);
    hr = type && point ? component_fresh(self) : E_INVALIDARG;
    /* The page has no S_FALSE row: no point is an empty one. */
    if (SUCCEEDED(hr))
        hr = vss_bstr(self->document->host, text ? text : "", point);
    if (SUCCEEDED(hr) && node)
        *type = (VSS_ROLLFORWARD_TYPE)node_number(node, "type");
    return hr;
}

/* Page of GetFailure: E_INVALIDARG when any pointer is NULL. */
HRESULT co_GetFailure(CO *This, HRESULT *failure, HRESULT *application,
                      BSTR *message, DWORD *reserved)
{
    struct vss_component *self = co_from(This);
    struct tree_node *node = tree_child(self->node, BCD_FAILURE);
    HRESULT hr;

    OUT(failure, S_OK);
    OUT(application, S_OK);
    OUT(message, NULL);
    OUT(reserved, 0);
    hr = failure && application && message && reserved ? component_fresh(self)
                                                       : E_INVALIDARG;
    if (FAILED(hr) || !node)
        return hr;
    hr = vss_bstr(self->document->host, tree_get(node, "message"), message);
    if (FAILED(hr))
        return hr;
    *failure = (HRESULT)node_number(node, "code");
    *application = (HRESULT)node_number(node, "applicationCode");
    return S_OK;
}
