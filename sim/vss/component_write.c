/*
 * component_write.c - what a writer may write into its component, and when.
 *
 * Pages of the setters: VSS_E_BAD_STATE when the caller is not a writer, or
 * not inside the right event's handler.
 */
#include "vss/component.h"

/* S_OK when this is the writer's own view and its event is under way. */
static HRESULT in_handler(const struct vss_component *self)
{
    if (self->event == VSS_OPEN_NONE || self->event != self->document->open)
        return VSS_E_BAD_STATE;
    return S_OK;
}

static bool in_backup(const struct vss_component *self)
{
    return self->event >= VSS_OPEN_PREPARE_BACKUP;
}

/* What belongs to restores. U20: in PostRestore only what tells of its
 * failure, unless policy says otherwise. */
static HRESULT may_edit(const struct vss_component *self, bool in_post)
{
    HRESULT hr = in_backup(self) ? VSS_E_BAD_STATE : in_handler(self);

    if (SUCCEEDED(hr) && self->event == VSS_OPEN_POST_RESTORE && !in_post &&
        vss_policy(self->document->host, VSSIM_POLICY_EDITS_IN_POSTRESTORE) ==
            0)
        hr = VSS_E_BAD_STATE;
    return hr;
}

static HRESULT done(bool stored)
{
    return stored ? S_OK : E_OUTOFMEMORY;
}

HRESULT co_AddDirectedTarget(CO *This, LPCWSTR source_path,
                             LPCWSTR source_name, LPCWSTR source_ranges,
                             LPCWSTR path, LPCWSTR name, LPCWSTR ranges)
{
    const struct vss_value values[] = {
        {"sourcePath", NULL, source_path},
        {"sourceFilename", NULL, source_name},
        {"sourceRangeList", NULL, source_ranges},
        {"destinationPath", NULL, path},
        {"destinationFilename", NULL, name},
        {"destinationRangeList", NULL, ranges}};
    struct vss_component *self = co_from(This);
    HRESULT hr = E_INVALIDARG;

    if (source_path && source_name && source_ranges && path && name && ranges)
        hr = may_edit(self, false);
    if (SUCCEEDED(hr))
        hr = done(node_add(self->document, self->node, BCD_DIRECTED_TARGET,
                           values, 6, false));
    return hr;
}

/* Page: inside OnPreRestore only, and once. */
HRESULT co_SetRestoreMetadata(CO *This, LPCWSTR data)
{
    const struct vss_value value = {"metadata", NULL, data};
    struct vss_component *self = co_from(This);
    HRESULT hr = data ? in_handler(self) : E_INVALIDARG;

    if (SUCCEEDED(hr) && self->event != VSS_OPEN_PRE_RESTORE)
        hr = VSS_E_BAD_STATE;
    if (SUCCEEDED(hr) && tree_child(self->node, BCD_RESTORE_METADATA))
        hr = VSS_E_OBJECT_ALREADY_EXISTS;
    if (SUCCEEDED(hr))
        hr = done(node_add(self->document, self->node, BCD_RESTORE_METADATA,
                           &value, 1, false));
    return hr;
}

HRESULT co_SetRestoreTarget(CO *This, VSS_RESTORE_TARGET target)
{
    static const char *const names[] = {NULL, "original", "alternate",
                                        "directed", "originalLocation"};
    struct vss_component *self = co_from(This);
    HRESULT hr = E_INVALIDARG;

    /* ORIGINAL_LOCATION: not on XP and Server 2003 (page of the enum). */
    if (target >= VSS_RT_ORIGINAL && target <= VSS_RT_ORIGINAL_LOCATION &&
        (target != VSS_RT_ORIGINAL_LOCATION ||
         vss_windows(self->document->host)->ex >= 2))
        hr = may_edit(self, false);
    if (SUCCEEDED(hr))
        hr = done(node_set(self->document, self->node, "restoreTarget",
                           names[target]));
    return hr;
}

static HRESULT set_message(CO *This, const char *name, LPCWSTR text,
                           bool in_post)
{
    struct vss_component *self = co_from(This);
    HRESULT hr = text ? may_edit(self, in_post) : E_INVALIDARG;

    if (SUCCEEDED(hr))
        hr = done(node_set_wide(self->document, self->node, name, text));
    return hr;
}

HRESULT co_SetPreRestoreFailureMsg(CO *This, LPCWSTR text)
{
    return set_message(This, "preRestoreFailureMsg", text, false);
}

HRESULT co_SetPostRestoreFailureMsg(CO *This, LPCWSTR text)
{
    return set_message(This, "postRestoreFailureMsg", text, true);
}

/* Goes with SetWriterFailureEx(PARTIAL_FAILURE) in any handler but
 * OnIdentify (its page). */
HRESULT co_SetFailure(CO *This, HRESULT failure, HRESULT application,
                      LPCWSTR message, DWORD reserved)
{
    struct vss_component *self = co_from(This);
    WCHAR code[NUMBER_TEXT], application_code[NUMBER_TEXT];
    const struct vss_value values[] = {
        {"code", NULL, wide_number((uint32_t)failure, code)},
        {"applicationCode", NULL,
         wide_number((uint32_t)application, application_code)},
        {"message", NULL, message}};
    HRESULT hr = in_handler(self);

    (void)reserved;
    if (SUCCEEDED(hr))
        hr = done(node_add(self->document, self->node, BCD_FAILURE, values, 3,
                           true));
    return hr;
}
