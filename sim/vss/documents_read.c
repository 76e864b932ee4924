/* documents_read.c - see documents_read.h. */
#include "vss/documents_read.h"

#include <string.h>

#include "com/text.h"
#include "vss/document.h"
#include "vss/examine_metadata.h"

struct reader {
    const struct documents_memory *memory;
    struct documents_error *error;
    struct vss_document document; /* only its tree is used */
};

static void *reader_alloc(void *context, size_t size)
{
    const struct documents_memory *memory = context;

    return memory->alloc(memory->context, size);
}

static void reader_free(void *context, void *memory)
{
    (void)context;
    (void)memory;
}

static bool fail(struct reader *reader, const char *text)
{
    reader->error->text = text;
    return false;
}

/* Zero-filled room for `n`; NULL with `n` 0, and when short. */
static void *room(struct reader *reader, size_t n, size_t size)
{
    void *memory =
        n ? reader_alloc((void *)(uintptr_t)reader->memory, n * size) : NULL;

    return memory ? memset(memory, 0, n * size) : NULL;
}

/* `n` units of UTF-16 in UTF-8. */
static bool convert(struct reader *reader, const unsigned char *s, size_t n,
                    bool big, const char **bytes, size_t *size)
{
    WCHAR *wide = room(reader, n, sizeof(*wide));
    size_t need;
    char *utf8;

    if (n && !wide)
        return fail(reader, "out of memory");
    for (size_t i = 0; i < n; i++, s += 2)
        wide[i] = (WCHAR)(big ? s[0] << 8 | s[1] : s[1] << 8 | s[0]);
    need = wide_to_utf8(wide, n, NULL, 0);
    utf8 = room(reader, need + 1, 1);
    if (!utf8)
        return fail(reader, "out of memory");
    wide_to_utf8(wide, n, utf8, need + 1);
    *bytes = utf8;
    *size = need;
    return true;
}

/* UTF-16 with a byte-order mark, as notepad and COM tools save it. */
static bool from_utf16(struct reader *reader, const char **bytes, size_t *size)
{
    const unsigned char *s = (const unsigned char *)*bytes;
    bool big = *size >= 2 && s[0] == 0xFE && s[1] == 0xFF;
    bool little = *size >= 2 && s[0] == 0xFF && s[1] == 0xFE;

    return (!big && !little) ||
           convert(reader, s + 2, *size / 2 - 1, big, bytes, size);
}

static bool load(struct reader *reader, const char *bytes, size_t size,
                 const struct vss_document_kind *kind)
{
    const struct tree_memory memory = {reader_alloc, reader_free,
                                       (void *)(uintptr_t)reader->memory};
    struct tree_error error;
    const char *why;

    reader->error->line = 1;
    if (!from_utf16(reader, &bytes, &size))
        return false;
    tree_init(&reader->document.tree, &memory);
    if (tree_parse(&reader->document.tree, bytes, size, &error) != TREE_OK) {
        reader->error->line = error.line;
        return fail(reader, error.text);
    }
    why = document_kind_error(reader->document.tree.root, kind);
    return why ? fail(reader, why) : true;
}

static void read_file(const struct tree_node *node, struct vss_file_desc *file)
{
    file->path = tree_get(node, "path");
    file->filespec = tree_get(node, "filespec");
    file->alternate = tree_get(node, "alternatePath");
    file->recursive = node_yes(node, "recursive", false);
    file->backup_type_mask = node_number(node, "filespecBackupType");
}

static bool read_files(struct reader *reader, const struct tree_node *parent,
                       const char *element, const struct vss_file_desc **out,
                       uint32_t *n)
{
    struct vss_file_desc *files;
    uint32_t count = tree_count(parent, element);

    if (!count)
        return true;
    files = room(reader, count, sizeof(*files));
    if (!files)
        return fail(reader, "out of memory");
    for (struct tree_node *at = tree_child(parent, element); at;
         at = tree_next(at, element))
        read_file(at, &files[(*n)++]);
    *out = files;
    return true;
}

static bool read_dependencies(struct reader *reader,
                              const struct tree_node *node,
                              struct vss_component_desc *component)
{
    uint32_t n = tree_count(node, WMD_DEPENDENCY);
    struct vss_dependency_desc *list = room(reader, n, sizeof(*list));

    if (!n)
        return true;
    if (!list)
        return fail(reader, "out of memory");
    component->dependencies = list;
    for (struct tree_node *at = tree_child(node, WMD_DEPENDENCY); at;
         at = tree_next(at, WMD_DEPENDENCY)) {
        struct vss_dependency_desc *one = &list[component->n_dependencies++];

        node_guid(at, "writerId", &one->writer);
        one->logical_path = tree_get(at, "logicalPath");
        one->name = tree_get(at, "componentName");
    }
    return true;
}

static bool read_component(struct reader *reader, const struct tree_node *node,
                           struct vss_component_desc *component)
{
    component->type = metadata_component_type(node);
    component->logical_path = tree_get(node, "logicalPath");
    component->name = tree_get(node, "componentName");
    component->caption = tree_get(node, "caption");
    component->restore_metadata = node_yes(node, "restoreMetadata", false);
    component->notify_on_backup_complete =
        node_yes(node, "notifyOnBackupComplete", false);
    component->selectable = node_yes(node, "selectable", false);
    component->selectable_for_restore =
        node_yes(node, "selectableForRestore", false);
    component->flags = node_number(node, "componentFlags");
    if (!component->name)
        return fail(reader, "a component without componentName");
    return read_files(reader, node, WMD_FILE_LIST, &component->files,
                      &component->n_files) &&
           read_files(reader, node, WMD_DATABASE_FILES, &component->databases,
                      &component->n_databases) &&
           read_files(reader, node, WMD_DATABASE_LOGS, &component->logs,
                      &component->n_logs) &&
           read_dependencies(reader, node, component);
}

static bool read_components(struct reader *reader,
                            struct vss_writer_desc *writer)
{
    struct vss_component_desc *list;
    struct tree_node *node;
    uint32_t n = 0;

    while (metadata_component(&reader->document, n))
        n++;
    list = room(reader, n, sizeof(*list));
    if (n && !list)
        return fail(reader, "out of memory");
    writer->components = list;
    writer->n_components = n;
    for (uint32_t i = 0; (node = metadata_component(&reader->document, i));
         i++)
        if (!read_component(reader, node, &list[i]))
            return false;
    return true;
}

static bool read_identity(struct reader *reader, struct vss_writer_desc *out)
{
    struct tree_node *root = reader->document.tree.root;
    struct tree_node *id = tree_child(root, WMD_IDENTIFICATION);
    struct tree_node *method = tree_child(root, WMD_RESTORE_METHOD);

    if (!id || !node_guid(id, "writerId", &out->writer))
        return fail(reader, "no " WMD_IDENTIFICATION " with a writerId");
    node_guid(id, "instanceId", &out->instance);
    out->name = tree_get(id, "friendlyName");
    out->instance_name = tree_get(id, "instanceName");
    out->usage = metadata_usage(tree_get(id, "usage"));
    out->source = metadata_source(tree_get(id, "dataSource"));
    out->version_major = node_number(id, "majorVersion");
    out->version_minor = node_number(id, "minorVersion");
    out->backup_schema = node_number(root, "backupSchema");
    if (!method)
        return true;
    out->restore_method = metadata_method(tree_get(method, "method"));
    out->writer_restore =
        metadata_writer_restore(tree_get(method, "writerRestore"));
    out->service = tree_get(method, "service");
    out->user_procedure = tree_get(method, "userProcedure");
    out->reboot_required = node_yes(method, "rebootRequired", false);
    return read_files(reader, method, DOC_MAPPING, &out->mappings,
                      &out->n_mappings);
}

bool documents_utf8(const char **bytes, size_t *size,
                    const struct documents_memory *memory,
                    struct documents_error *error)
{
    struct reader reader = {.memory = memory, .error = error};

    return from_utf16(&reader, bytes, size);
}

bool writer_metadata_read(const char *bytes, size_t size,
                          const struct documents_memory *memory,
                          struct vss_writer_desc *writer,
                          struct documents_error *error)
{
    struct reader reader = {.memory = memory, .error = error};

    memset(writer, 0, sizeof(*writer));
    return load(&reader, bytes, size, &vss_writer_metadata_kind) &&
           read_identity(&reader, writer) &&
           read_files(&reader,
                      tree_child(reader.document.tree.root, WMD_LOCATIONS),
                      WMD_EXCLUDE, &writer->excludes, &writer->n_excludes) &&
           read_components(&reader, writer);
}

static bool read_backed_up(struct reader *reader, const struct tree_node *node,
                           struct vss_writer_desc *writer)
{
    struct vss_component_desc *list =
        room(reader, tree_count(node, BCD_COMPONENT), sizeof(*list));

    if (!node_guid(node, "writerId", &writer->writer))
        return fail(reader, BCD_WRITER " without a writerId");
    node_guid(node, "instanceId", &writer->instance);
    writer->instance_name = tree_get(node, "instanceName");
    writer->backup_schema = node_number(node, "backupSchema");
    writer->components = list;
    for (struct tree_node *at = tree_child(node, BCD_COMPONENT); at;
         at = tree_next(at, BCD_COMPONENT)) {
        if (!list)
            return fail(reader, "out of memory");
        list[writer->n_components].type = component_type(at);
        list[writer->n_components].logical_path = tree_get(at, "logicalPath");
        list[writer->n_components++].name = tree_get(at, "componentName");
    }
    return true;
}

bool backup_components_read(const char *bytes, size_t size,
                            const struct documents_memory *memory,
                            struct vss_writer_desc **writers,
                            uint32_t *n_writers, struct documents_error *error)
{
    struct reader reader = {.memory = memory, .error = error};
    struct tree_node *root, *at;

    *n_writers = 0;
    if (!load(&reader, bytes, size, &vss_backup_components_kind))
        return false;
    root = reader.document.tree.root;
    *writers = room(&reader, tree_count(root, BCD_WRITER), sizeof(**writers));
    for (at = tree_child(root, BCD_WRITER); at;
         at = tree_next(at, BCD_WRITER)) {
        if (!*writers)
            return fail(&reader, "out of memory");
        if (!read_backed_up(&reader, at, &(*writers)[(*n_writers)++]))
            return false;
    }
    return true;
}
