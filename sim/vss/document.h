/*
 * document.h - one document, Backup Components or Writer Metadata, shared by
 * every object that reads or edits it.
 *
 * Reference-counted: the backup components object, its asyncs and each view
 * handed out hold one, so a view stays memory-safe after its parent went.
 * `generation` counts the restore events sent (a view taken before is stale,
 * decision U12); `open` says which event's handlers may edit at present.
 */
#ifndef VSS_DOCUMENT_H
#define VSS_DOCUMENT_H

#include "com/document_names.h"
#include "com/text.h"
#include "vss/host.h"

enum vss_open {
    VSS_OPEN_NONE,
    VSS_OPEN_PRE_RESTORE,
    VSS_OPEN_POST_RESTORE,
    VSS_OPEN_PREPARE_BACKUP,
    VSS_OPEN_POST_SNAPSHOT,
    VSS_OPEN_BACKUP_COMPLETE
};

struct vss_document {
    const struct vssim_host *host;
    unsigned refs;
    unsigned generation;
    enum vss_open open;
    /* The ASR components count as selected (decision U10). */
    bool asr_selected;
    /* What was made apart and then hung into the tree; owned. */
    struct vss_document *annex;
    struct tree tree;
};

struct vss_document_kind {
    const char *root;
    const char *xmlns;
};
extern const struct vss_document_kind vss_backup_components_kind;
extern const struct vss_document_kind vss_writer_metadata_kind;

/* NULL when the root element is that of such a document, else why not. */
const char *document_kind_error(const struct tree_node *root,
                                const struct vss_document_kind *kind);
/* S_OK, E_OUTOFMEMORY or VSS_E_INVALID_XML_DOCUMENT; one reference. */
HRESULT document_load(const struct vssim_host *host,
                      const struct vss_document_kind *kind, const char *utf8,
                      size_t size, struct vss_document **out);
HRESULT document_load_wide(const struct vssim_host *host,
                           const struct vss_document_kind *kind,
                           const WCHAR *xml, struct vss_document **out);
/* One without a root; for an annex. NULL: short of memory. */
struct vss_document *document_new(const struct vssim_host *host);
/* Hangs the annex's root into the document, which takes over the reference.
 * Once for a document. Cannot fail. */
void document_annex(struct vss_document *document, struct vss_document *annex);
HRESULT document_save(const struct vss_document *document, BSTR *out);
struct vss_document *document_ref(struct vss_document *document);
void document_unref(struct vss_document *document);

/* U12: VSS_E_BAD_STATE for what was obtained before the last restore event,
 * unless the policy lets it pass. */
HRESULT document_fresh(const struct vss_document *document,
                       unsigned generation);

/* Values of attributes. A missing yes/no is `absent`. */
bool node_guid(const struct tree_node *node, const char *name, GUID *guid);
bool node_yes(const struct tree_node *node, const char *name, bool absent);
uint32_t node_number(const struct tree_node *node, const char *name);
bool node_set(struct vss_document *document, struct tree_node *node,
              const char *name, const char *value);
bool node_set_wide(struct vss_document *document, struct tree_node *node,
                   const char *name, const WCHAR *value);
/* GUIDs and numbers as values, see below; what is given is `out`. */
#define NUMBER_TEXT 11 /* a uint32_t in decimal, and NUL */
const WCHAR *wide_guid(const GUID *guid, WCHAR out[GUID_TEXT]);
const WCHAR *wide_number(uint32_t value, WCHAR out[NUMBER_TEXT]);
bool node_set_number(struct vss_document *document, struct tree_node *node,
                     const char *name, uint32_t value);
#define node_set_yes(document, node, name, value) \
    node_set(document, node, name, (value) ? "yes" : "no")

/* A new child element with these attributes; one that has neither text nor
 * wide text is left out. With `replace` it takes the place of the first of
 * its name. All of it happens or, for want of memory, nothing. */
struct vss_value {
    const char *name;
    const char *text; /* static */
    const WCHAR *wide;
};
bool node_add(struct vss_document *document, struct tree_node *parent,
              const char *element, const struct vss_value *values, unsigned n,
              bool replace);
/* The same, not yet in the tree; NULL for want of memory. */
struct tree_node *node_new(struct vss_document *document, const char *element,
                           const struct vss_value *values, unsigned n);

/* What `node` says of a component is what the caller asked for. */
bool component_is(const struct tree_node *node, VSS_COMPONENT_TYPE type,
                  const WCHAR *logical_path, const WCHAR *name);
VSS_COMPONENT_TYPE component_type(const struct tree_node *node);
/* NULL when the document has no such component. */
struct tree_node *document_component(const struct vss_document *document,
                                     const GUID *writer,
                                     VSS_COMPONENT_TYPE type,
                                     const WCHAR *logical_path,
                                     const WCHAR *name);
/* The next one of that name, which another instance of the class has; `after`
 * NULL: the first. */
struct tree_node *document_component_after(const struct vss_document *document,
                                           const struct tree_node *after,
                                           const GUID *writer,
                                           VSS_COMPONENT_TYPE type,
                                           const WCHAR *logical_path,
                                           const WCHAR *name);
/* Does it count as selected for restore? */
bool component_selected(const struct vss_document *document,
                        const struct tree_node *component);
/* Does the document hold components of the ASR writer? */
bool document_has_asr(const struct vss_document *document);
extern const GUID vss_asr_writer;

#endif
