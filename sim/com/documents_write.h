/*
 * documents_write.h - writes the XML of the two documents from plain data.
 *
 * Element and attribute names are those seen in documents that real systems
 * save. Output is UTF-8 with an XML declaration.
 */
#ifndef COM_DOCUMENTS_WRITE_H
#define COM_DOCUMENTS_WRITE_H

#include "base/strbuf.h"
#include "writer_desc.h"

/* A Writer Metadata Document, as a writer supplies it at Identify. */
void writer_metadata_write(struct strbuf *out,
                           const struct vss_writer_desc *writer);

/* A Backup Components Document, as a requester saved it after a successful
 * component-mode backup of all components of these writers. */
void backup_components_write(struct strbuf *out,
                             const struct vss_writer_desc *const *writers,
                             uint32_t n_writers);
/* Does a Backup Components Document name this component, or is it included
 * with another? */
bool component_is_explicit(const struct vss_writer_desc *writer,
                           const struct vss_component_desc *component);

/* Does the component stand in a generated Backup Components Document? Not
 * when it is included with a selectable one above it. */
bool component_is_explicit(const struct vss_writer_desc *writer,
                           const struct vss_component_desc *component);

#endif
