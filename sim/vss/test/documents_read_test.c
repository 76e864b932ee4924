/* documents_read_test.c - documents as vssim import reads them, with memory
 * that ends anywhere. */
#include <stdlib.h>
#include <string.h>

#include "vss/documents_read.h"
#include "vss/test/world.h"
#include "vss/test/documents.h"

struct pool {
    void *blocks[200];
    unsigned n, fail_at;
};

static void *pool_alloc(void *context, size_t size)
{
    struct pool *pool = context;

    if (pool->n + 1 == pool->fail_at)
        return NULL;
    return pool->blocks[pool->n++] = malloc(size);
}

static void pool_free(struct pool *pool)
{
    while (pool->n)
        free(pool->blocks[--pool->n]);
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
            : backup_components_read(bytes, size, &memory, &writers, &n, error);

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
    struct documents_error error;

    for (unsigned i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
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
    cr_expect(!read_bytes("\xFE", 1, 0, &error));
    cr_expect(!read_bytes("\xFEx", 2, 0, &error));
    cr_expect(!read_bytes("\xFF", 1, 0, &error));
    cr_expect(!read_bytes("\xFFx", 2, 0, &error));
}
