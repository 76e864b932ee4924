/*
 * selection.c - what is to be restored and where to: SetSelectedForRestore
 * (+Ex), AddRestoreSubcomponent, AddNewTarget,
 * AddAlternativeLocationMapping.
 */
#include <string.h>

#include "com/text.h"
#include "vss/component_call.h"
#include "vss/examine_metadata.h"

static const char selected_key[] = "selectedForRestore";
static const char instance_key[] = "restoreInstanceId";

static bool make_room(struct vss_document *document,
                      struct tree_node *component, const char *instance)
{
    const char *named = tree_get(component, instance_key);

    return node_set(document, component, selected_key,
                    tree_get(component, selected_key)) &&
           ((!instance && !named) ||
            node_set(document, component, instance_key, named));
}

/* All components of that name (U35: of each instance of the class). Makes
 * room first, so that all change or none. */
static bool store(struct vss_document *document,
                  const struct vss_component_id *id, bool selected,
                  const char *instance)
{
    struct tree_node *at = NULL;

    while ((at = document_component_after(document, at, id->writer, id->type,
                                          id->path, id->name)))
        if (!make_room(document, at, instance))
            return false;
    while ((at = document_component_after(document, at, id->writer, id->type,
                                          id->path, id->name))) {
        if (instance || tree_get(at, instance_key))
            node_set(document, at, instance_key, instance);
        node_set_yes(document, at, selected_key, selected);
    }
    return true;
}

static HRESULT select_component(struct vss_backup_components *self,
                                enum vss_method method,
                                const struct vss_component_id *id,
                                bool selected, const GUID *instance)
{
    char text[GUID_TEXT];
    const char *named = NULL;
    struct tree_node *component;
    struct vssim_answer answer;
    HRESULT hr = component_call(self, method, true, id, &component);

    /* Page: also when no instance of the class is alive. */
    if (SUCCEEDED(hr) && !bc_live_class(self, id->writer))
        hr = VSS_E_OBJECT_NOT_FOUND;
    /* Page of the Ex form: the zero id asks for the plain form; any other
     * is that of a live instance of the class. */
    if (SUCCEEDED(hr) && !guid_is_null(instance)) {
        if (!bc_live_instance(self, instance, &answer) ||
            !guid_equal(&answer.writer, id->writer))
            return VSS_E_OBJECT_NOT_FOUND;
        guid_text(instance, text);
        named = tree_copy(&self->document->tree, text, strlen(text));
        if (!named)
            return E_OUTOFMEMORY;
    }
    if (FAILED(hr))
        return hr;
    return store(self->document, id, selected, named) ? S_OK : E_OUTOFMEMORY;
}

HRESULT bc_SetSelectedForRestore(BC *This, VSS_ID writer,
                                 VSS_COMPONENT_TYPE ct, LPCWSTR path,
                                 LPCWSTR name, bool selected)
{
    static const GUID null;
    const struct vss_component_id id = {&writer, ct, path, name};

    return select_component(bc_from(This), VSS_METHOD_SetSelectedForRestore,
                            &id, selected, &null);
}

HRESULT bc_SetSelectedForRestoreEx(BC *This, VSS_ID writer,
                                   VSS_COMPONENT_TYPE ct, LPCWSTR path,
                                   LPCWSTR name, bool selected,
                                   VSS_ID instance)
{
    const struct vss_component_id id = {&writer, ct, path, name};

    return select_component(bc_from(This), VSS_METHOD_SetSelectedForRestoreEx,
                            &id, selected, &instance);
}

HRESULT bc_AddRestoreSubcomponent(BC *This, VSS_ID writer,
                                  VSS_COMPONENT_TYPE ct, LPCWSTR path,
                                  LPCWSTR name, LPCWSTR sub_path,
                                  LPCWSTR sub_name, bool repair)
{
    struct vss_backup_components *self = bc_from(This);
    const struct vss_component_id id = {&writer, ct, path, name};
    const struct vss_value values[] = {
        {"logicalPath", NULL, sub_path},
        {"componentName", NULL, sub_name},
        {"repair", repair ? "yes" : "no", NULL}};
    struct tree_node *component;
    /* Page: neither part of the subcomponent's name may be NULL. */
    HRESULT hr = component_call(self, VSS_METHOD_AddRestoreSubcomponent,
                                sub_path && sub_name, &id, &component);

    if (SUCCEEDED(hr) && !node_add(self->document, component, BCD_SUBCOMPONENT,
                                   values, 3, false))
        hr = E_OUTOFMEMORY;
    return hr;
}

struct file_set {
    LPCWSTR path, filespec;
    bool recursive;
};

/* Windows paths: case does not matter (ASCII letters here). */
static bool same_path(const char *utf8, const WCHAR *wide)
{
    size_t i = 0;

    if (vss_same_text(utf8, wide))
        return true;
    for (; utf8 && utf8[i] && wide[i]; i++) {
        unsigned a = (unsigned char)utf8[i], b = wide[i];

        if (a >= 'A' && a <= 'Z')
            a += 32;
        if (b >= 'A' && b <= 'Z')
            b += 32;
        if (a != b || a >= 0x80)
            return false;
    }
    return utf8 && !utf8[i] && !wide[i];
}

static bool element_has(const struct tree_node *component,
                        const struct file_set *set)
{
    for (const struct tree_node *at = component->first; at; at = at->next)
        if (at->name && same_path(tree_get(at, "path"), set->path) &&
            same_path(tree_get(at, "filespec"), set->filespec) &&
            node_yes(at, "recursive", false) == set->recursive)
            return true;
    return false;
}

/* Is `text` the path "path\name", or below it? */
static bool below(const char *text, const struct tree_node *of)
{
    const char *path = tree_get(of, "logicalPath");
    const char *name = tree_get(of, "componentName");
    size_t n = path ? strlen(path) : 0;

    if (!text || !name)
        return false;
    if (n) {
        if (strncmp(text, path, n) != 0 || text[n] != '\\')
            return false;
        text += n + 1;
    }
    n = strlen(name);
    return strncmp(text, name, n) == 0 && (!text[n] || text[n] == '\\');
}

static bool metadata_has(const struct vss_document *metadata,
                         const struct vss_component_id *id,
                         const struct file_set *set)
{
    struct tree_node *of, *at;
    bool known = false;

    for (UINT i = 0; (of = metadata_component(metadata, i)); i++) {
        if (metadata_component_type(of) != id->type ||
            !vss_same_text(tree_get(of, "componentName"), id->name) ||
            !vss_same_text(tree_get(of, "logicalPath"), id->path))
            continue;
        known = true;
        if (element_has(of, set))
            return true;
        /* Page: for a subcomponent the set's defining component is named. */
        for (UINT k = 0; (at = metadata_component(metadata, k)); k++)
            if (below(tree_get(at, "logicalPath"), of) && element_has(at, set))
                return true;
    }
    return !known;
}

/* Pages: path, file spec and recursion are those of a file set of the
 * component. The document does not hold file sets, so a live writer that
 * still has the component is asked; when none has, nobody can tell. */
static HRESULT check_file_set(const struct vss_backup_components *self,
                              const struct vss_component_id *id,
                              const struct file_set *set)
{
    struct vss_document *metadata;
    struct vssim_answer answer;
    HRESULT hr = S_OK;

    for (uint32_t i = 0; SUCCEEDED(hr) && bc_live(self, i, &answer); i++) {
        if (!guid_equal(&answer.writer, id->writer))
            continue;
        hr = document_load(self->host, &vss_writer_metadata_kind,
                           answer.metadata, answer.metadata_size, &metadata);
        if (hr == VSS_E_INVALID_XML_DOCUMENT) {
            hr = S_OK;
            continue;
        }
        if (FAILED(hr))
            break;
        if (!metadata_has(metadata, id, set))
            hr = VSS_E_OBJECT_NOT_FOUND;
        document_unref(metadata);
    }
    return hr;
}

static HRESULT add_file_set(BC *This, enum vss_method method,
                            const char *element,
                            const struct vss_component_id *id,
                            const struct file_set *set, LPCWSTR destination)
{
    struct vss_backup_components *self = bc_from(This);
    const struct vss_value values[] = {
        {"path", NULL, set->path},
        {"filespec", NULL, set->filespec},
        {"recursive", set->recursive ? "yes" : "no", NULL},
        {"alternatePath", NULL, destination}};
    struct tree_node *component;
    HRESULT hr =
        component_call(self, method, set->path && set->filespec && destination,
                       id, &component);

    if (SUCCEEDED(hr))
        hr = check_file_set(self, id, set);
    if (SUCCEEDED(hr) &&
        !node_add(self->document, component, element, values, 4, false))
        hr = E_OUTOFMEMORY;
    return hr;
}

HRESULT bc_AddNewTarget(BC *This, VSS_ID writer, VSS_COMPONENT_TYPE ct,
                        LPCWSTR path, LPCWSTR name, LPCWSTR file_path,
                        LPCWSTR filespec, bool recursive, LPCWSTR target)
{
    const struct vss_component_id id = {&writer, ct, path, name};
    const struct file_set set = {file_path, filespec, recursive};

    return add_file_set(This, VSS_METHOD_AddNewTarget, BCD_NEW_TARGET, &id,
                        &set, target);
}

HRESULT bc_AddAlternativeLocationMapping(BC *This, VSS_ID writer,
                                         VSS_COMPONENT_TYPE ct, LPCWSTR path,
                                         LPCWSTR name, LPCWSTR file_path,
                                         LPCWSTR filespec, bool recursive,
                                         LPCWSTR destination)
{
    const struct vss_component_id id = {&writer, ct, path, name};
    const struct file_set set = {file_path, filespec, recursive};

    return add_file_set(This, VSS_METHOD_AddAlternativeLocationMapping,
                        DOC_MAPPING, &id, &set, destination);
}
