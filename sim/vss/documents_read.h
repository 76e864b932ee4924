/*
 * documents_read.h - saved documents into plain data (com/writer_desc.h),
 * for the player and its tools; the reverse of com/documents_write.h.
 *
 * All memory, the strings included, comes from `alloc` and is never given
 * back piece by piece: hand in an arena. Bytes are UTF-8, with or without a
 * byte-order mark, or UTF-16 with one.
 */
#ifndef VSS_DOCUMENTS_READ_H
#define VSS_DOCUMENTS_READ_H

#include "com/writer_desc.h"

struct documents_memory {
    void *(*alloc)(void *context, size_t size); /* NULL when short */
    void *context;
};

struct documents_error {
    unsigned long line;
    const char *text; /* static */
};

/* The same document in UTF-8: only what is UTF-16 is copied. */
bool documents_utf8(const char **bytes, size_t *size,
                    const struct documents_memory *memory,
                    struct documents_error *error);
/* False with the reason in `error`, and nothing of use in the result. */
bool writer_metadata_read(const char *bytes, size_t size,
                          const struct documents_memory *memory,
                          struct vss_writer_desc *writer,
                          struct documents_error *error);
/* The writers of a Backup Components Document, with the components that were
 * backed up: type, logical path and name. */
bool backup_components_read(const char *bytes, size_t size,
                            const struct documents_memory *memory,
                            struct vss_writer_desc **writers,
                            uint32_t *n_writers,
                            struct documents_error *error);

#endif
