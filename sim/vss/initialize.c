/*
 * initialize.c - the methods about the object and its document as a whole:
 * InitializeForRestore, SetRestoreState, SaveAsXML, GetSessionId, and the
 * writers' components. For a backup: backup_document.c.
 */
#include "vss/backup_components.h"
#include "vss/writer_components.h"

HRESULT bc_InitializeForRestore(BC *This, BSTR xml)
{
    struct vss_backup_components *self = bc_from(This);
    bool null_is_argument =
        vss_policy(self->host, VSSIM_POLICY_NULL_DOCUMENT) == 0; /* U08 */
    struct vss_document *document = NULL;
    HRESULT hr = vss_check(self, VSS_METHOD_InitializeForRestore,
                           xml || !null_is_argument);

    if (SUCCEEDED(hr))
        hr = xml ? document_load_wide(self->host, &vss_backup_components_kind,
                                      xml, &document)
                 : VSS_E_INVALID_XML_DOCUMENT;
    if (SUCCEEDED(hr)) {
        self->document = document;
        self->phase = VSS_PHASE_RESTORE;
    }
    return hr;
}

/* U25: VSS_RTYPE_UNDEFINED is the usual default, no error. */
HRESULT bc_SetRestoreState(BC *This, VSS_RESTORE_TYPE type)
{
    struct vss_backup_components *self = bc_from(This);
    HRESULT hr = vss_check(self, VSS_METHOD_SetRestoreState,
                           (unsigned)type <= VSS_RTYPE_OTHER);

    if (SUCCEEDED(hr))
        self->restore_type = type;
    return hr;
}

HRESULT bc_SaveAsXML(BC *This, BSTR *xml)
{
    struct vss_backup_components *self = bc_from(This);
    HRESULT hr;

    OUT(xml, NULL);
    hr = vss_check(self, VSS_METHOD_SaveAsXML, xml != NULL);
    return SUCCEEDED(hr) ? document_save(self->document, xml) : hr;
}

HRESULT bc_GetSessionId(BC *This, VSS_ID *session)
{
    static const GUID null;
    struct vss_backup_components *self = bc_from(This);
    HRESULT hr;

    OUT(session, null);
    hr = vss_check(self, VSS_METHOD_GetSessionId, session != NULL);
    if (SUCCEEDED(hr))
        *session = self->session;
    return hr;
}

HRESULT bc_GetWriterComponentsCount(BC *This, UINT *count)
{
    struct vss_backup_components *self = bc_from(This);
    HRESULT hr;

    OUT(count, 0);
    hr = vss_check(self, VSS_METHOD_GetWriterComponentsCount, count != NULL);
    if (SUCCEEDED(hr))
        *count = writer_components_count(self->document);
    return hr;
}

HRESULT bc_GetWriterComponents(BC *This, UINT i, IVssWriterComponentsExt **out)
{
    struct vss_backup_components *self = bc_from(This);
    struct vss_writer_components *view;
    HRESULT hr;

    OUT(out, NULL);
    hr = vss_check(self, VSS_METHOD_GetWriterComponents, out != NULL);
    if (SUCCEEDED(hr))
        hr = writer_components_create(self->document, i, &view);
    if (SUCCEEDED(hr))
        *out = &view->iface;
    return hr;
}
