/*
 * backup_document.c - what a requester writes into the Backup Components
 * Document of a backup: InitializeForBackup, SetBackupState, AddComponent,
 * SetBackupSucceeded, SetBackupOptions.
 */

#include "com/text.h"
#include "vss/backup_components.h"
#include "vss/component_call.h"
#include "vss/examine_metadata.h"

/* Page "Backup Components Document Life Cycle": for a backup it is empty at
 * first. Every attribute that SetBackupState sets is there already. */
static const char empty[] =
    "<" BCD_ROOT " xmlns=\"" BCD_NAMESPACE "\" version=\"" DOC_VERSION "\" "
    "bootableSystemStateBackup=\"no\" selectComponents=\"no\" "
    "backupType=\"full\" partialFileSupport=\"no\"/>";

static const char *const backup_types[] = {
    "undefined", "full", "incremental", "differential", "log", "copy",
    "other"};

/* Page: the text is optional, for transportable shadow copies. */
HRESULT bc_InitializeForBackup(BC *This, BSTR xml)
{
    struct vss_backup_components *self = bc_from(This);
    struct vss_document *document = NULL;
    HRESULT hr = vss_check(self, VSS_METHOD_InitializeForBackup, true);

    if (SUCCEEDED(hr) && xml)
        hr = document_load_wide(self->host, &vss_backup_components_kind, xml,
                                &document);
    else if (SUCCEEDED(hr))
        hr = document_load(self->host, &vss_backup_components_kind, empty,
                           sizeof(empty) - 1, &document);
    if (SUCCEEDED(hr)) {
        self->document = document;
        self->phase = VSS_PHASE_BACKUP;
    }
    return hr;
}

/* A document that a backup was given may lack an attribute: it is set to
 * what it was first, so that all change or none. */
static bool store_state(struct vss_document *document, bool select,
                        bool bootable, VSS_BACKUP_TYPE type, bool partial)
{
    struct tree_node *root = document->tree.root;
    const struct {
        const char *name, *value;
    } values[] = {{"selectComponents", select ? "yes" : "no"},
                  {"bootableSystemStateBackup", bootable ? "yes" : "no"},
                  {"backupType", backup_types[type]},
                  {"partialFileSupport", partial ? "yes" : "no"}};

    for (unsigned i = 0; i < 4; i++)
        if (!node_set(document, root, values[i].name,
                      tree_get(root, values[i].name)))
            return false;
    for (unsigned i = 0; i < 4; i++)
        node_set(document, root, values[i].name, values[i].value);
    return true;
}

/* U44: a vendor's sample calls it after InitializeForRestore and insists on
 * S_OK. It has no effect on the restore. */
HRESULT bc_SetBackupState(BC *This, bool select, bool bootable,
                          VSS_BACKUP_TYPE type, bool partial)
{
    struct vss_backup_components *self = bc_from(This);
    HRESULT hr = vss_check(self, VSS_METHOD_SetBackupState,
                           (unsigned)type <= VSS_BT_OTHER);

    if (FAILED(hr))
        return hr;
    if ((self->phase == VSS_PHASE_BACKUP ||
         self->phase >= VSS_PHASE_BACKUP_GATHERING) &&
        !store_state(self->document, select, bootable, type, partial))
        return E_OUTOFMEMORY;
    self->backup.set = true;
    self->backup.select_components = select;
    self->backup.bootable = bootable;
    self->backup.type = type;
    self->backup.partial = partial;
    return S_OK;
}

static struct tree_node *metadata_find(const struct vss_document *metadata,
                                       const struct vss_component_id *id)
{
    struct tree_node *of;

    for (UINT i = 0; (of = metadata_component(metadata, i)); i++)
        if (metadata_component_type(of) == id->type &&
            vss_same_text(tree_get(of, "componentName"), id->name) &&
            vss_same_text(tree_get(of, "logicalPath"), id->path))
            return of;
    return NULL;
}

static struct tree_node *writer_element(const struct vss_document *document,
                                        const GUID *instance)
{
    struct tree_node *of = tree_child(document->tree.root, BCD_WRITER);
    GUID id;

    while (of &&
           !(node_guid(of, "instanceId", &id) && guid_equal(&id, instance)))
        of = tree_next(of, BCD_WRITER);
    return of;
}

/* A new WRITER_COMPONENTS element, not in the tree yet. */
static struct tree_node *new_writer(struct vss_document *document,
                                    const struct vssim_answer *answer,
                                    const struct vss_document *metadata)
{
    const WCHAR *name = answer->instance_name;
    WCHAR instance[GUID_TEXT], writer[GUID_TEXT];
    const struct vss_value values[] = {
        {"instanceId", NULL, wide_guid(&answer->instance, instance)},
        {"writerId", NULL, wide_guid(&answer->writer, writer)},
        {"instanceName", NULL, *name ? name : NULL}};
    struct tree_node *of = node_new(document, BCD_WRITER, values, 3);

    if (of &&
        !node_set_number(document, of, "backupSchema",
                         node_number(metadata->tree.root, "backupSchema")))
        return NULL;
    return of;
}

static HRESULT add(struct vss_document *document,
                   const struct vssim_answer *answer,
                   const struct vss_document *metadata,
                   const struct vss_component_id *id)
{
    const struct vss_value values[] = {
        {"logicalPath", NULL, id->path && *id->path ? id->path : NULL},
        {"componentName", NULL, id->name},
        {"componentType",
         id->type == VSS_CT_DATABASE ? "database" : "filegroup", NULL},
        {"backupSucceeded", "no", NULL}};
    struct tree_node *of = writer_element(document, &answer->instance);
    struct tree_mark before = tree_mark(&document->tree);
    bool fresh = !of;

    if (fresh)
        of = new_writer(document, answer, metadata);
    if (!of || !node_add(document, of, BCD_COMPONENT, values, 4, false)) {
        tree_back(&document->tree, before);
        return E_OUTOFMEMORY;
    }
    if (fresh)
        tree_attach(document->tree.root, of);
    return S_OK;
}

HRESULT bc_AddComponent(BC *This, VSS_ID instance, VSS_ID writer,
                        VSS_COMPONENT_TYPE ct, LPCWSTR path, LPCWSTR name)
{
    struct vss_backup_components *self = bc_from(This);
    const struct vss_component_id id = {&writer, ct, path, name};
    struct vss_document *metadata;
    struct vssim_answer answer;
    struct tree_node *of, *at;
    HRESULT hr =
        vss_check(self, VSS_METHOD_AddComponent,
                  name && (ct == VSS_CT_DATABASE || ct == VSS_CT_FILEGROUP));

    if (FAILED(hr))
        return hr;
    /* U54: the page lists no code for what is not there. */
    if (!bc_live_instance(self, &instance, &answer) ||
        !guid_equal(&answer.writer, &writer))
        return E_INVALIDARG;
    of = writer_element(self->document, &instance);
    for (at = tree_child(of, BCD_COMPONENT); at;
         at = tree_next(at, BCD_COMPONENT))
        if (component_is(at, ct, path, name))
            return VSS_E_OBJECT_ALREADY_EXISTS;
    hr = document_load(self->host, &vss_writer_metadata_kind, answer.metadata,
                       answer.metadata_size, &metadata);
    if (FAILED(hr))
        return hr;
    if (!metadata_find(metadata, &id) &&
        vss_policy(self->host, VSSIM_POLICY_UNKNOWN_COMPONENT) == 0)
        hr = E_INVALIDARG;
    if (SUCCEEDED(hr))
        hr = add(self->document, &answer, metadata, &id);
    document_unref(metadata);
    return hr;
}

HRESULT bc_SetBackupSucceeded(BC *This, VSS_ID instance, VSS_ID writer,
                              VSS_COMPONENT_TYPE ct, LPCWSTR path,
                              LPCWSTR name, bool succeeded)
{
    struct vss_backup_components *self = bc_from(This);
    struct tree_node *of, *at = NULL;
    HRESULT hr =
        vss_check(self, VSS_METHOD_SetBackupSucceeded,
                  name && (ct == VSS_CT_DATABASE || ct == VSS_CT_FILEGROUP));
    GUID id;

    if (FAILED(hr))
        return hr;
    of = writer_element(self->document, &instance);
    if (of && node_guid(of, "writerId", &id) && guid_equal(&id, &writer))
        at = tree_child(of, BCD_COMPONENT);
    while (at && !component_is(at, ct, path, name))
        at = tree_next(at, BCD_COMPONENT);
    if (!at)
        return VSS_E_OBJECT_NOT_FOUND;
    return node_set_yes(self->document, at, "backupSucceeded", succeeded)
               ? S_OK
               : E_OUTOFMEMORY;
}

HRESULT bc_SetBackupOptions(BC *This, VSS_ID writer, VSS_COMPONENT_TYPE ct,
                            LPCWSTR path, LPCWSTR name, LPCWSTR options)
{
    struct vss_backup_components *self = bc_from(This);
    const struct vss_component_id id = {&writer, ct, path, name};
    struct tree_node *at;
    HRESULT hr = component_call(self, VSS_METHOD_SetBackupOptions,
                                options != NULL, &id, &at);

    if (SUCCEEDED(hr) &&
        !node_set_wide(self->document, at, "backupOptions", options))
        hr = E_OUTOFMEMORY;
    return hr;
}
