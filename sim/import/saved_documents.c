/* saved_documents.c - one scenario of saved documents; see import.h. */
#include <string.h>

#include "com/text.h"
#include "import/parts.h"
#include "vss/documents_read.h"

static void *from_arena(void *context, size_t size)
{
    return arena_alloc(context, size);
}

struct saved {
    struct import *im;
    struct vss_writer_desc *metadata; /* in the order of the files */
    unsigned n_metadata;
    struct vss_writer_desc *writers; /* of the Backup Components Document */
    uint32_t n_writers;
    bool has_document;
};

static bool read_one(struct saved *s, const struct import_document *d)
{
    struct documents_memory memory = {from_arena, s->im->arena};
    struct documents_error error = {0, NULL};
    bool good;

    if (d->metadata) {
        good = writer_metadata_read(d->bytes, d->size, &memory,
                                    &s->metadata[s->n_metadata], &error);
        s->n_metadata += good;
    } else {
        if (s->has_document)
            return import_problem(s->im, 0,
                                  "a second Backup Components "
                                  "Document: one is allowed");
        good = backup_components_read(d->bytes, d->size, &memory, &s->writers,
                                      &s->n_writers, &error);
        s->has_document = good;
    }
    return good ||
           import_problem(s->im, error.line, "%s: %s", d->file, error.text);
}

static bool never(const struct saved *s, const GUID *class)
{
    for (unsigned i = 0; i < s->n_metadata; i++)
        if (guid_equal(&s->metadata[i].writer, class))
            return s->metadata[i].writer_restore == VSS_WRE_NEVER;
    return false;
}

static void put_files(struct strbuf *out, const struct import_document *docs,
                      unsigned n)
{
    const char *comma = "";

    strbuf_adds(out, "world:\n");
    for (unsigned i = 0; i < n; i++)
        if (!docs[i].metadata) {
            strbuf_adds(out, "  document: ");
            yaml_text(out, docs[i].file);
            strbuf_addc(out, '\n');
        }
    for (unsigned i = 0; i < n; i++)
        if (docs[i].metadata) {
            strbuf_adds(out, *comma ? comma : "  metadata: [");
            yaml_text(out, docs[i].file);
            comma = ", ";
        }
    strbuf_adds(out, *comma ? "]\n" : "");
}

/* A component by the long forms, so that type and path are the document's. */
static void put_component(struct strbuf *out, const char *step,
                          const struct vss_writer_desc *w,
                          const struct vss_component_desc *c)
{
    char class[GUID_TEXT];

    strbuf_addf(out, "  - %s: { writerId: %s, ct: %s, wszLogicalPath: ", step,
                guid_text(&w->writer, class),
                c->type == VSS_CT_DATABASE ? "VSS_CT_DATABASE"
                                           : "VSS_CT_FILEGROUP");
    if (c->logical_path && *c->logical_path)
        yaml_text(out, c->logical_path);
    else
        strbuf_adds(out, "null");
    strbuf_adds(out, ", wszComponentName: ");
    yaml_text(out, c->name ? c->name : "");
    strbuf_adds(out, " }\n");
}

static void each_component(const struct saved *s, struct strbuf *out,
                           const char *step)
{
    for (uint32_t i = 0; i < s->n_writers; i++) {
        const struct vss_writer_desc *w = &s->writers[i];

        for (uint32_t j = 0; !never(s, &w->writer) && j < w->n_components; j++)
            put_component(out, step, w, &w->components[j]);
    }
}

static void put_names(const struct saved *s, struct strbuf *out)
{
    char class[GUID_TEXT];

    for (unsigned i = 0; i < s->n_metadata; i++)
        yaml_comment(out, 0, "Metadata: %s, %s, %u components%s",
                     s->metadata[i].name ? s->metadata[i].name : "(no name)",
                     guid_text(&s->metadata[i].writer, class),
                     s->metadata[i].n_components,
                     s->metadata[i].writer_restore == VSS_WRE_NEVER
                         ? ", no restore events"
                         : "");
    for (uint32_t i = 0; i < s->n_writers; i++) {
        struct known_profile known;
        bool is = facts_profile(s->im, &s->writers[i].writer, NULL, &known);

        yaml_comment(out, 0, "Document: %s, %s, %u components backed up",
                     is ? known.name : "a writer of no profile",
                     guid_text(&s->writers[i].writer, class),
                     s->writers[i].n_components);
    }
}

static void put_steps(const struct saved *s, struct strbuf *out)
{
    if (s->has_document) {
        strbuf_adds(out, "  - CreateVssBackupComponents\n"
                         "  - InitializeForRestore\n"
                         "  - GatherWriterMetadata: { wait: true }\n");
        each_component(s, out, "SetSelectedForRestore");
    } else {
        strbuf_adds(out, "  - prepare\n");
    }
    strbuf_adds(out, "  - PreRestore: { wait: true }\n"
                     "  - GatherWriterStatus: { wait: true }\n"
                     "  - GetWriterStatusCount\n"
                     "  - FreeWriterStatus\n");
    each_component(s, out, "SetFileRestoreStatus");
    strbuf_adds(out, "  - finish\n");
}

bool import_documents(struct import *im, const struct import_document *docs,
                      unsigned n)
{
    struct saved s = {.im = im};
    struct strbuf *out;

    s.metadata = arena_alloc(im->arena, (n + 1) * sizeof(*s.metadata));
    for (unsigned i = 0; i < n; i++)
        if (!read_one(&s, &docs[i]))
            return false;
    for (uint32_t i = 0; i < s.n_writers; i++) {
        bool known = false;

        for (unsigned j = 0; j < s.n_metadata; j++)
            known |= guid_equal(&s.metadata[j].writer, &s.writers[i].writer);
        if (!known)
            import_assume(im, 0,
                          "a writer of the document without its "
                          "metadata: it runs, has what was backed up "
                          "and wants restore events");
    }
    out = import_output(im, "", "a restore with the saved documents");
    import_opening(im, out, "A restore with the documents that were saved",
                   s.has_document ? "a Backup Components Document"
                                  : "Writer Metadata Documents");
    put_names(&s, out);
    put_files(out, docs, n);
    strbuf_adds(out, "requester:\n");
    put_steps(&s, out);
    return true;
}
