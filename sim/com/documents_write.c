/* documents_write.c - see documents_write.h. */
#include "com/documents_write.h"

#include <string.h>

#include "com/document_names.h"
#include "com/document_values.h"
#include "com/text.h"

static void attribute(struct strbuf *out, const char *name, const char *value)
{
    if (!value)
        return;
    strbuf_addf(out, " %s=\"", name);
    strbuf_add_xml(out, value);
    strbuf_addc(out, '"');
}

static void flag(struct strbuf *out, const char *name, bool value)
{
    attribute(out, name, value ? "yes" : "no");
}

static void number(struct strbuf *out, const char *name, uint32_t value)
{
    strbuf_addf(out, " %s=\"%u\"", name, (unsigned)value);
}

static void id(struct strbuf *out, const char *name, const GUID *guid)
{
    char text[GUID_TEXT];

    attribute(out, name, guid_text(guid, text));
}

static const char *not_empty(const char *text)
{
    return text && *text ? text : NULL;
}

static void file_set(struct strbuf *out, const char *element,
                     const struct vss_file_desc *file, bool with_mask)
{
    strbuf_addf(out, "<%s", element);
    attribute(out, "path", file->path ? file->path : "");
    attribute(out, "filespec", file->filespec ? file->filespec : "");
    flag(out, "recursive", file->recursive);
    attribute(out, "alternatePath", file->alternate);
    if (with_mask)
        number(out, "filespecBackupType",
               file->backup_type_mask
                   ? file->backup_type_mask
                   : (uint32_t)VSS_FSBT_ALL_BACKUP_REQUIRED |
                         (uint32_t)VSS_FSBT_ALL_SNAPSHOT_REQUIRED);
    strbuf_adds(out, "/>");
}

static void file_sets(struct strbuf *out, const char *element,
                      const struct vss_file_desc *files, uint32_t n,
                      bool with_mask)
{
    for (uint32_t i = 0; i < n; i++)
        file_set(out, element, &files[i], with_mask);
}

static void dependencies(struct strbuf *out,
                         const struct vss_component_desc *component)
{
    for (uint32_t i = 0; i < component->n_dependencies; i++) {
        const struct vss_dependency_desc *one = &component->dependencies[i];

        strbuf_adds(out, "<" WMD_DEPENDENCY);
        id(out, "writerId", &one->writer);
        attribute(out, "logicalPath", not_empty(one->logical_path));
        attribute(out, "componentName", one->name);
        strbuf_adds(out, "/>");
    }
}

static void metadata_component(struct strbuf *out,
                               const struct vss_component_desc *component)
{
    const char *element =
        component->type == VSS_CT_DATABASE ? WMD_DATABASE : WMD_FILE_GROUP;

    strbuf_addf(out, "<%s", element);
    attribute(out, "logicalPath", not_empty(component->logical_path));
    attribute(out, "componentName", component->name);
    attribute(out, "caption", component->caption);
    flag(out, "restoreMetadata", component->restore_metadata);
    flag(out, "notifyOnBackupComplete", component->notify_on_backup_complete);
    flag(out, "selectable", component->selectable);
    flag(out, "selectableForRestore", component->selectable_for_restore);
    number(out, "componentFlags", component->flags);
    strbuf_addc(out, '>');
    file_sets(out, WMD_FILE_LIST, component->files, component->n_files, true);
    file_sets(out, WMD_DATABASE_FILES, component->databases,
              component->n_databases, true);
    file_sets(out, WMD_DATABASE_LOGS, component->logs, component->n_logs,
              true);
    dependencies(out, component);
    strbuf_addf(out, "</%s>", element);
}

static void restore_method(struct strbuf *out,
                           const struct vss_writer_desc *writer)
{
    if (writer->restore_method == VSS_RME_UNDEFINED)
        return;
    strbuf_adds(out, "<" WMD_RESTORE_METHOD);
    attribute(
        out, "method",
        document_text("VSS_RESTOREMETHOD_ENUM", (int)writer->restore_method));
    attribute(out, "service", writer->service);
    attribute(out, "userProcedure", writer->user_procedure);
    attribute(
        out, "writerRestore",
        document_text("VSS_WRITERRESTORE_ENUM", (int)writer->writer_restore));
    flag(out, "rebootRequired", writer->reboot_required);
    if (!writer->n_mappings) {
        strbuf_adds(out, "/>");
        return;
    }
    strbuf_addc(out, '>');
    file_sets(out, DOC_MAPPING, writer->mappings, writer->n_mappings, false);
    strbuf_adds(out, "</" WMD_RESTORE_METHOD ">");
}

void writer_metadata_write(struct strbuf *out,
                           const struct vss_writer_desc *writer)
{
    strbuf_adds(out,
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<" WMD_ROOT
                " xmlns=\"" WMD_NAMESPACE "\" version=\"" DOC_VERSION "\"");
    if (writer->backup_schema)
        number(out, "backupSchema", writer->backup_schema);
    strbuf_adds(out, "><" WMD_IDENTIFICATION);
    id(out, "writerId", &writer->writer);
    id(out, "instanceId", &writer->instance);
    attribute(out, "instanceName", not_empty(writer->instance_name));
    attribute(out, "friendlyName", writer->name);
    attribute(out, "usage",
              document_text("VSS_USAGE_TYPE", (int)writer->usage));
    attribute(out, "dataSource",
              document_text("VSS_SOURCE_TYPE", (int)writer->source));
    number(out, "majorVersion", writer->version_major);
    number(out, "minorVersion", writer->version_minor);
    strbuf_adds(out, "/>");
    restore_method(out, writer);
    strbuf_adds(out, "<" WMD_LOCATIONS ">");
    file_sets(out, WMD_EXCLUDE, writer->excludes, writer->n_excludes, false);
    for (uint32_t i = 0; i < writer->n_components; i++)
        metadata_component(out, &writer->components[i]);
    strbuf_adds(out, "</" WMD_LOCATIONS "></" WMD_ROOT ">\n");
}

/* Is `path` the full logical path of `of`, or below it? */
static bool below(const char *path, const struct vss_component_desc *of)
{
    const char *logical = of->logical_path ? of->logical_path : "";
    size_t n = strlen(logical);

    if (!path)
        return false;
    if (n) {
        if (strncmp(path, logical, n) != 0 || path[n] != '\\')
            return false;
        path += n + 1;
    }
    n = strlen(of->name);
    return strncmp(path, of->name, n) == 0 && (!path[n] || path[n] == '\\');
}

/* Page "Backup Components Document Contents": only explicitly included
 * components stand in it. One that is not selectable and has a selectable
 * ancestor is included with that. */
bool component_is_explicit(const struct vss_writer_desc *writer,
                           const struct vss_component_desc *component)
{
    if (component->selectable)
        return true;
    for (uint32_t i = 0; i < writer->n_components; i++)
        if (writer->components[i].selectable &&
            below(component->logical_path, &writer->components[i]))
            return false;
    return true;
}

static void writer_components(struct strbuf *out,
                              const struct vss_writer_desc *writer)
{
    strbuf_adds(out, "<" BCD_WRITER);
    id(out, "instanceId", &writer->instance);
    id(out, "writerId", &writer->writer);
    attribute(out, "instanceName", not_empty(writer->instance_name));
    number(out, "backupSchema", writer->backup_schema);
    strbuf_addc(out, '>');
    for (uint32_t i = 0; i < writer->n_components; i++) {
        const struct vss_component_desc *one = &writer->components[i];

        if (!component_is_explicit(writer, one))
            continue;
        strbuf_adds(out, "<" BCD_COMPONENT);
        attribute(out, "logicalPath", not_empty(one->logical_path));
        attribute(out, "componentName", one->name);
        attribute(out, "componentType",
                  document_text("VSS_COMPONENT_TYPE", (int)one->type));
        attribute(out, "backupSucceeded", "yes");
        strbuf_adds(out, "/>");
    }
    strbuf_adds(out, "</" BCD_WRITER ">");
}

void backup_components_write(struct strbuf *out,
                             const struct vss_writer_desc *const *writers,
                             uint32_t n_writers)
{
    strbuf_adds(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<" BCD_ROOT
                     " xmlns=\"" BCD_NAMESPACE "\" version=\"" DOC_VERSION
                     "\" bootableSystemStateBackup=\"no\" "
                     "selectComponents=\"yes\" backupType=\"full\" "
                     "partialFileSupport=\"no\">");
    for (uint32_t i = 0; i < n_writers; i++)
        if (writers[i]->n_components)
            writer_components(out, writers[i]);
    strbuf_adds(out, "</" BCD_ROOT ">\n");
}
