/*
 * metadata_values.c - values of the Writer Metadata Document: names.h says
 * which are seen in real ones. Where no public document shows a value it is
 * the enumeration's own name without its prefix, and the full name is read
 * as well, so that a document by hand is understood.
 */
#include <string.h>

#include "vss/examine_metadata.h"

struct value {
    const char *text;
    int value;
};

static int look_up(const struct value *values, unsigned n, const char *text,
                   const char *prefix)
{
    size_t skip = strlen(prefix);

    if (!text)
        return 0;
    if (strncmp(text, prefix, skip) == 0)
        text += skip;
    for (unsigned i = 0; i < n; i++)
        if (strcmp(values[i].text, text) == 0)
            return values[i].value;
    return 0;
}

#define LOOK_UP(values, text, prefix) \
    look_up(values, sizeof(values) / sizeof((values)[0]), text, prefix)

VSS_USAGE_TYPE metadata_usage(const char *text)
{
    static const struct value values[] = {
        {"BOOTABLE_SYSTEM_STATE", VSS_UT_BOOTABLESYSTEMSTATE}, /* seen */
        {"SYSTEM_SERVICE", VSS_UT_SYSTEMSERVICE},              /* seen */
        {"USER_DATA", VSS_UT_USERDATA},                        /* seen */
        {"OTHER", VSS_UT_OTHER},
        {"BOOTABLESYSTEMSTATE", VSS_UT_BOOTABLESYSTEMSTATE},
        {"SYSTEMSERVICE", VSS_UT_SYSTEMSERVICE},
        {"USERDATA", VSS_UT_USERDATA}};

    return (VSS_USAGE_TYPE)LOOK_UP(values, text, "VSS_UT_");
}

VSS_SOURCE_TYPE metadata_source(const char *text)
{
    static const struct value values[] = {
        {"TRANSACTION_DB", VSS_ST_TRANSACTEDDB}, /* seen */
        {"NONTRANSACTION_DB", VSS_ST_NONTRANSACTEDDB},
        {"OTHER", VSS_ST_OTHER}, /* seen */
        {"TRANSACTEDDB", VSS_ST_TRANSACTEDDB},
        {"NONTRANSACTEDDB", VSS_ST_NONTRANSACTEDDB}};

    return (VSS_SOURCE_TYPE)LOOK_UP(values, text, "VSS_ST_");
}

VSS_RESTOREMETHOD_ENUM metadata_method(const char *text)
{
    static const struct value values[] = {
        {"RESTORE_IF_CAN_BE_REPLACED",
         VSS_RME_RESTORE_IF_CAN_REPLACE},                   /* seen */
        {"REPLACE_AT_REBOOT", VSS_RME_RESTORE_AT_REBOOT},   /* seen */
        {"REPLACE_AT_REBOOT_IF_CANNOT_REPLACE",
         VSS_RME_RESTORE_AT_REBOOT_IF_CANNOT_REPLACE}, /* seen */
        {"RESTORE_IF_NOT_THERE", VSS_RME_RESTORE_IF_NOT_THERE},
        {"RESTORE_IF_CAN_REPLACE", VSS_RME_RESTORE_IF_CAN_REPLACE},
        {"STOP_RESTORE_START", VSS_RME_STOP_RESTORE_START},
        {"RESTORE_TO_ALTERNATE_LOCATION",
         VSS_RME_RESTORE_TO_ALTERNATE_LOCATION},
        {"RESTORE_AT_REBOOT", VSS_RME_RESTORE_AT_REBOOT},
        {"RESTORE_AT_REBOOT_IF_CANNOT_REPLACE",
         VSS_RME_RESTORE_AT_REBOOT_IF_CANNOT_REPLACE},
        {"CUSTOM", VSS_RME_CUSTOM},
        {"RESTORE_STOP_START", VSS_RME_RESTORE_STOP_START}};

    return (VSS_RESTOREMETHOD_ENUM)LOOK_UP(values, text, "VSS_RME_");
}

VSS_WRITERRESTORE_ENUM metadata_writer_restore(const char *text)
{
    static const struct value values[] = {
        {"never", VSS_WRE_NEVER}, /* seen */
        {"ifReplaceFails", VSS_WRE_IF_REPLACE_FAILS},
        {"always", VSS_WRE_ALWAYS}, /* seen */
        {"NEVER", VSS_WRE_NEVER},
        {"IF_REPLACE_FAILS", VSS_WRE_IF_REPLACE_FAILS},
        {"ALWAYS", VSS_WRE_ALWAYS}};

    return (VSS_WRITERRESTORE_ENUM)LOOK_UP(values, text, "VSS_WRE_");
}

VSS_WRITERRESTORE_ENUM metadata_wants(const struct vss_document *document)
{
    struct tree_node *method =
        tree_child(document->tree.root, WMD_RESTORE_METHOD);

    return metadata_writer_restore(
        method ? tree_get(method, "writerRestore") : NULL);
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
