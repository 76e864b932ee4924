/* metadata_values.c - what the elements of a Writer Metadata Document say,
 * see examine_metadata.h. */
#include <string.h>

#include "com/document_values.h"
#include "vss/examine_metadata.h"

VSS_USAGE_TYPE metadata_usage(const char *text)
{
    return (VSS_USAGE_TYPE)document_value("VSS_USAGE_TYPE", text);
}

VSS_SOURCE_TYPE metadata_source(const char *text)
{
    return (VSS_SOURCE_TYPE)document_value("VSS_SOURCE_TYPE", text);
}

VSS_RESTOREMETHOD_ENUM metadata_method(const char *text)
{
    return (VSS_RESTOREMETHOD_ENUM)document_value("VSS_RESTOREMETHOD_ENUM",
                                                  text);
}

VSS_WRITERRESTORE_ENUM metadata_writer_restore(const char *text)
{
    return (VSS_WRITERRESTORE_ENUM)document_value("VSS_WRITERRESTORE_ENUM",
                                                  text);
}

VSS_WRITERRESTORE_ENUM metadata_wants(const struct vss_document *document)
{
    struct tree_node *method =
        tree_child(document->tree.root, WMD_RESTORE_METHOD);

    return metadata_writer_restore(method ? tree_get(method, "writerRestore")
                                          : NULL);
}

VSS_COMPONENT_TYPE metadata_component_type(const struct tree_node *node)
{
    const char *colon = node->name ? strchr(node->name, ':') : NULL;
    const char *name = colon ? colon + 1 : node->name;

    if (!name)
        return VSS_CT_UNDEFINED;
    if (strcmp(name, WMD_DATABASE) == 0)
        return VSS_CT_DATABASE;
    return strcmp(name, WMD_FILE_GROUP) == 0 ? VSS_CT_FILEGROUP
                                             : VSS_CT_UNDEFINED;
}

struct tree_node *metadata_component(const struct vss_document *document,
                                     UINT i)
{
    struct tree_node *locations =
        tree_child(document->tree.root, WMD_LOCATIONS);
    struct tree_node *node = locations ? locations->first : NULL;

    for (; node; node = node->next)
        if (metadata_component_type(node) != VSS_CT_UNDEFINED && i-- == 0)
            return node;
    return NULL;
}
