/* documents_read_test.c - documents as vssim import reads them, with memory
 * that ends anywhere. */
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "com/documents_write.h"
#include "com/text.h"
#include "vss/documents_read.h"
#include "vss/test/mini_world.h"
#include "vss/test/sample_documents.h"

#define MARGIN 32 /* behind each block; nobody may write there */

struct pool {
    char *blocks[200];
    size_t sizes[200];
    unsigned n, fail_at;
};

static void *pool_alloc(void *context, size_t size)
{
    struct pool *pool = context;

    if (pool->n + 1 == pool->fail_at)
        return NULL;
    pool->sizes[pool->n] = size;
    pool->blocks[pool->n] = memset(malloc(size + MARGIN), 'm', size + MARGIN);
    return pool->blocks[pool->n++];
}

static void pool_free(struct pool *pool)
{
    while (pool->n--) {
        for (unsigned i = 0; i < MARGIN; i++)
            cr_assert_eq(pool->blocks[pool->n][pool->sizes[pool->n] + i], 'm');
        free(pool->blocks[pool->n]);
    }
}

static bool read_bytes(const char *bytes, size_t size, unsigned fail_at,
                       struct documents_error *error)
{
    struct pool pool = {.fail_at = fail_at};
    struct documents_memory memory = {pool_alloc, &pool};
    struct vss_writer_desc writer, *writers;
    uint32_t n;
    bool good =
        strstr(bytes, "WRITER_METADATA")
            ? writer_metadata_read(bytes, size, &memory, &writer, error)
            : backup_components_read(bytes, size, &memory, &writers, &n,
                                     error);

    pool_free(&pool);
    return good;
}

Test(documents, read)
{
    static const struct {
        const char *text, *why; /* NULL: it is good */
    } rows[] = {
        {odd_metadata, NULL},
        {WMD "<IDENTIFICATION writerId=\"" ID(
             1) "\"/><RESTORE_METHOD>"
                "<ALTERNATE_LOCATION_MAPPING path=\"a\"/></RESTORE_METHOD>"
                "<BACKUP_LOCATIONS><EXCLUDE_FILES/><FILE_GROUP "
                "componentName=\"x\"><FILE_LIST/></FILE_GROUP><DATABASE "
                "componentName=\"y\"><DATABASE_LOGFILES/></DATABASE>"
                "</BACKUP_LOCATIONS>"
                "</WRITER_METADATA>",
         NULL},
        {WMD "<IDENTIFICATION writerId=\"" ID(1) "\"/></WRITER_METADATA>",
         NULL},
        {WMD "</WRITER_METADATA>", "no IDENTIFICATION with a writerId"},
        {WMD "<IDENTIFICATION/></WRITER_METADATA>",
         "no IDENTIFICATION with a writerId"},
        {WMD "<IDENTIFICATION writerId=\"" ID(
             1) "\"/><BACKUP_LOCATIONS>"
                "<EXCLUDE_FILES/><FILE_GROUP/></BACKUP_LOCATIONS></"
                "WRITER_METADATA>",
         "a component without componentName"},
        {"<WRITER_METADATA/>", "no namespace"},
        {BCD "<WRITER_COMPONENTS writerId=\"" ID(
             1) "\"><COMPONENT/>"
                "</WRITER_COMPONENTS></BACKUP_COMPONENTS>",
         NULL},
        {BCD "<WRITER_COMPONENTS/></BACKUP_COMPONENTS>",
         "WRITER_COMPONENTS without a writerId"},
        {"<BACKUP_COMPONENTS>", "no element found"}};
    static const char big[] = "\xFE\xFF\0<\0x\0/\0>";
    static const char little[] = "\xFF\xFE<\0x\0/\0>\0";
    static const char *const no_mark[] = {"\xFE", "\xFEx", "\xFF", "\xFFx",
                                          "x\xFE", "x\xFF", "<"};
    static const char late[] = WMD "\n<x>\n</WRITER_METADATA>";
    struct documents_error error;

    for (unsigned i = 0; i < ARRAY_SIZE(rows); i++) {
        bool good = read_bytes(rows[i].text, strlen(rows[i].text), 0, &error);

        cr_expect_eq(good, !rows[i].why, "%s", rows[i].text);
        if (rows[i].why)
            cr_expect_str_eq(error.text, rows[i].why);
        for (unsigned n = 1; !rows[i].why && n < 200; n++) {
            if (read_bytes(rows[i].text, strlen(rows[i].text), n, &error))
                break;
            cr_expect_str_eq(error.text, "out of memory");
        }
    }
    for (unsigned n = 0; n < 3; n++) {
        const char *why =
            n ? "out of memory" : "not the root element of such a document";

        cr_expect(!read_bytes(big, sizeof(big) - 1, n, &error));
        cr_expect_str_eq(error.text, why);
        cr_expect(!read_bytes(little, sizeof(little) - 1, n, &error));
        cr_expect_str_eq(error.text, why);
    }
    for (unsigned i = 0; i < ARRAY_SIZE(no_mark); i++) {
        cr_expect(!read_bytes(no_mark[i], strlen(no_mark[i]), 0, &error));
        cr_expect_str_neq(error.text, "no element found");
    }
    cr_expect(!read_bytes("\xFF\xFE", 2, 0, &error));
    cr_expect_str_eq(error.text, "no element found");
    cr_expect(!read_bytes(late, sizeof(late) - 1, 0, &error));
    cr_expect_eq(error.line, 3);
    cr_expect(!read_bytes("<x/>", 4, 0, &error));
    cr_expect_eq(error.line, 1);
}

static const struct vss_file_desc some_files[] = {
    {"C:\\a", "*.mdf", NULL, true, 3},
    {"C:\\b", "*", "D:\\b", false, 0x103},
    {"C:\\c", "c", NULL, false, 1}};
static const struct vss_dependency_desc some_dependencies[] = {
    {{7, 8, 9, {1}}, "path", "name"}, {{2, 0, 0, {0}}, NULL, "other"}};
static const struct vss_component_desc some_components[] = {
    {.type = VSS_CT_DATABASE,
     .logical_path = "db",
     .name = "\xC3\xA4\xF0\x9F\x98\x80 \xEF\xBF\xBD",
     .caption = "c & <d>",
     .restore_metadata = true,
     .selectable = true,
     .databases = some_files,
     .n_databases = 3,
     .logs = &some_files[1],
     .n_logs = 2,
     .dependencies = some_dependencies,
     .n_dependencies = 2},
    {.type = VSS_CT_FILEGROUP,
     .name = "files",
     .notify_on_backup_complete = true,
     .selectable_for_restore = true,
     .flags = VSS_CF_BACKUP_RECOVERY,
     .files = some_files,
     .n_files = 2}};
static const struct vss_writer_desc some_writer = {
    .writer = {1, 2, 3, {4, 5, 6, 7, 8, 9, 10, 11}},
    .instance = {0x11, 0x12, 0x13, {0x14}},
    .name = "A writer",
    .instance_name = "of several",
    .usage = VSS_UT_SYSTEMSERVICE,
    .source = VSS_ST_NONTRANSACTEDDB,
    .backup_schema = 881,
    .version_major = 4294967295u,
    .version_minor = 20,
    .restore_method = VSS_RME_STOP_RESTORE_START,
    .writer_restore = VSS_WRE_IF_REPLACE_FAILS,
    .service = "service",
    .user_procedure = "procedure",
    .reboot_required = true,
    .mappings = &some_files[1],
    .n_mappings = 1,
    .excludes = some_files,
    .n_excludes = 2,
    .components = some_components,
    .n_components = 2};

static void write_either(struct strbuf *out, bool backup,
                         const struct vss_writer_desc *writers, uint32_t n)
{
    const struct vss_writer_desc *all[] = {writers, writers + 1};

    if (backup)
        backup_components_write(out, all, n);
    else
        writer_metadata_write(out, writers);
}

/* `bytes` says what `text` says. */
static void same_document(const void *bytes, size_t size, bool backup,
                          const char *text)
{
    struct pool pool = {0};
    struct documents_memory memory = {pool_alloc, &pool};
    struct vss_writer_desc one, *writers = &one;
    struct documents_error error = {0};
    struct strbuf again = STRBUF_INIT;
    uint32_t n = 1;
    bool good = backup
                    ? backup_components_read(bytes, size, &memory, &writers,
                                             &n, &error)
                    : writer_metadata_read(bytes, size, &memory, &one, &error);

    cr_assert(good, "%s", error.text);
    write_either(&again, backup, writers, n);
    cr_expect_str_eq(again.buf, text);
    strbuf_release(&again);
    pool_free(&pool);
}

/* What a document says is read, all of it; as UTF-8 and in both orders of
 * UTF-16. */
Test(documents, read_back)
{
    static unsigned char bytes[20000];
    static WCHAR wide[10000];
    struct vss_writer_desc both[2] = {some_writer, some_writer};

    both[1].writer = (GUID){9, 0, 0, {0}};
    both[1].instance_name = NULL;
    both[1].components++;
    both[1].n_components--;
    for (int backup = 0; backup < 2; backup++) {
        struct strbuf text = STRBUF_INIT;
        size_t n;

        write_either(&text, backup, both, 2);
        same_document(text.buf, text.len, backup, text.buf);
        n = utf8_to_wide(text.buf, text.len, wide, 10000);
        for (unsigned big = 0; big < 2; big++) {
            bytes[0] = big ? 0xFE : 0xFF;
            bytes[1] = big ? 0xFF : 0xFE;
            for (size_t i = 0; i < n; i++) {
                /* As a document that is given to a method: half of a
                 * character is read as U+FFFD. */
                if (wide[i] == 0xFFFD)
                    wide[i] = big ? 0xD83D : 0xDE00;
                bytes[2 + 2 * i + !big] = (unsigned char)(wide[i] >> 8);
                bytes[2 + 2 * i + big] = (unsigned char)wide[i];
            }
            same_document(bytes, 2 * n + 2 + big, backup, text.buf);
            n = utf8_to_wide(text.buf, text.len, wide, 10000);
        }
        strbuf_release(&text);
    }
}

/* What a document leaves out is no, none or 0. */
Test(documents, read_nothing)
{
    static const char metadata[] = WMD "<IDENTIFICATION writerId=\"" ID(
        1) "\"/><RESTORE_METHOD>"
           "<ALTERNATE_LOCATION_MAPPING/></RESTORE_METHOD><BACKUP_LOCATIONS>"
           "<FILE_GROUP componentName=\"x\"/></BACKUP_LOCATIONS>"
           "</WRITER_METADATA>";
    static const char empty[] =
        WMD "<IDENTIFICATION writerId=\"" ID(1) "\"/></WRITER_METADATA>";
    struct pool pool = {0};
    struct documents_memory memory = {pool_alloc, &pool};
    const struct vss_component_desc *c;
    struct documents_error error;
    struct vss_writer_desc w;

    cr_assert(writer_metadata_read(metadata, sizeof(metadata) - 1, &memory, &w,
                                   &error));
    c = w.components;
    cr_assert_eq(w.n_components, 1);
    cr_expect(!w.reboot_required && !w.n_excludes && !w.backup_schema);
    cr_expect_eq(w.n_mappings, 1);
    cr_expect(!w.mappings->recursive && !w.mappings->backup_type_mask);
    cr_expect(!c->restore_metadata && !c->notify_on_backup_complete);
    cr_expect(!c->selectable && !c->selectable_for_restore && !c->flags);
    cr_expect(!c->n_files && !c->n_databases && !c->n_logs);
    cr_expect_eq(c->n_dependencies, 0);
    cr_assert(
        writer_metadata_read(empty, sizeof(empty) - 1, &memory, &w, &error));
    cr_expect(!w.n_components && !w.n_mappings && !w.restore_method);
    pool_free(&pool);
}
