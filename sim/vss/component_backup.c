/*
 * component_backup.c - what a writer writes into its component during a
 * backup. Pages of the setters: VSS_E_BAD_STATE when the caller is not a
 * writer, no backup is under way, or in BackupComplete.
 */
#include "vss/component.h"

/* In the handler of PrepareForBackup or PostSnapshot, while it runs. */
static HRESULT may_edit(const struct vss_component *self)
{
    if ((self->event != VSS_OPEN_PREPARE_BACKUP &&
         self->event != VSS_OPEN_POST_SNAPSHOT) ||
        self->event != self->document->open)
        return VSS_E_BAD_STATE;
    return S_OK;
}

static HRESULT done(bool stored)
{
    return stored ? S_OK : E_OUTOFMEMORY;
}

/* Page: once. */
HRESULT co_SetBackupMetadata(CO *This, LPCWSTR data)
{
    const struct vss_value value = {"metadata", NULL, data};
    struct vss_component *self = co_from(This);
    HRESULT hr = data ? may_edit(self) : E_INVALIDARG;

    if (SUCCEEDED(hr) && tree_child(self->node, BCD_BACKUP_METADATA))
        hr = VSS_E_OBJECT_ALREADY_EXISTS;
    if (SUCCEEDED(hr))
        hr = done(node_add(self->document, self->node, BCD_BACKUP_METADATA,
                           &value, 1, false));
    return hr;
}

HRESULT co_AddPartialFile(CO *This, LPCWSTR path, LPCWSTR filename,
                          LPCWSTR ranges, LPCWSTR metadata)
{
    const struct vss_value values[] = {{"path", NULL, path},
                                       {"filename", NULL, filename},
                                       {"ranges", NULL, ranges},
                                       {"metadata", NULL, metadata}};
    struct vss_component *self = co_from(This);
    HRESULT hr = E_INVALIDARG;

    if (path && filename && ranges)
        hr = may_edit(self);
    if (SUCCEEDED(hr))
        hr = done(node_add(self->document, self->node, BCD_PARTIAL_FILE,
                           values, 4, false));
    return hr;
}

HRESULT co_SetBackupStamp(CO *This, LPCWSTR stamp)
{
    struct vss_component *self = co_from(This);
    HRESULT hr = stamp ? may_edit(self) : E_INVALIDARG;

    if (SUCCEEDED(hr))
        hr = done(
            node_set_wide(self->document, self->node, "backupStamp", stamp));
    return hr;
}

/* `low` and `high`: NULL, or numbers in decimal. */
static HRESULT add_differenced(CO *This, LPCWSTR path, LPCWSTR filespec,
                               BOOL recursive, LPCWSTR lsn, LPCWSTR low,
                               LPCWSTR high)
{
    const struct vss_value values[] = {
        {"path", NULL, path},
        {"filespec", NULL, filespec},
        {"recursive", recursive ? "yes" : "no", NULL},
        {"lastModifyLsn", NULL, lsn},
        {"lastModifyTimeLow", NULL, low},
        {"lastModifyTimeHigh", NULL, high}};
    struct vss_component *self = co_from(This);
    HRESULT hr = path && filespec ? may_edit(self) : E_INVALIDARG;

    if (SUCCEEDED(hr))
        hr = done(node_add(self->document, self->node, BCD_DIFFERENCED_FILE,
                           values, 6, false));
    return hr;
}

HRESULT co_AddDifferencedFilesByLastModifyTime(CO *This, LPCWSTR path,
                                               LPCWSTR filespec,
                                               BOOL recursive, FILETIME time)
{
    WCHAR low[NUMBER_TEXT], high[NUMBER_TEXT];

    return add_differenced(This, path, filespec, recursive, NULL,
                           wide_number(time.dwLowDateTime, low),
                           wide_number(time.dwHighDateTime, high));
}

/* Page: reserved for a writer's own log sequence numbers. */
HRESULT co_AddDifferencedFilesByLastModifyLSN(CO *This, LPCWSTR path,
                                              LPCWSTR filespec, BOOL recursive,
                                              BSTR lsn)
{
    return add_differenced(This, path, filespec, recursive, lsn, NULL, NULL);
}

static HRESULT set_message(CO *This, enum vss_open event, const char *name,
                           LPCWSTR text)
{
    struct vss_component *self = co_from(This);
    HRESULT hr = text ? may_edit(self) : E_INVALIDARG;

    /* Pages: from the handler that the message is about. */
    if (SUCCEEDED(hr) && self->event != event)
        hr = VSS_E_BAD_STATE;
    if (SUCCEEDED(hr))
        hr = done(node_set_wide(self->document, self->node, name, text));
    return hr;
}

HRESULT co_SetPrepareForBackupFailureMsg(CO *This, LPCWSTR text)
{
    return set_message(This, VSS_OPEN_PREPARE_BACKUP,
                       "prepareForBackupFailureMsg", text);
}

HRESULT co_SetPostSnapshotFailureMsg(CO *This, LPCWSTR text)
{
    return set_message(This, VSS_OPEN_POST_SNAPSHOT, "postSnapshotFailureMsg",
                       text);
}
