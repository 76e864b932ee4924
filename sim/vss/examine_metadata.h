/*
 * examine_metadata.h - IVssExamineWriterMetadata (+Ex, Ex2): a Writer
 * Metadata Document, of a live writer or a saved one, to read.
 *
 * Holds a reference on the document; what it hands out holds its own.
 */
#ifndef VSS_EXAMINE_METADATA_H
#define VSS_EXAMINE_METADATA_H

#include "vss/document.h"

/* Takes a reference on the document of its own. */
HRESULT examine_metadata_create(struct vss_document *document,
                                IVssExamineWriterMetadataEx2 **out);
/* The exported function CreateVssExamineWriterMetadata. */
HRESULT examine_metadata_from_xml(const struct vssim_host *host,
                                  const WCHAR *xml,
                                  IVssExamineWriterMetadata **out);

/* The i-th component element, databases and file groups in their order. */
struct tree_node *metadata_component(const struct vss_document *document,
                                     UINT i);
VSS_COMPONENT_TYPE metadata_component_type(const struct tree_node *node);
VSS_USAGE_TYPE metadata_usage(const char *text);
VSS_SOURCE_TYPE metadata_source(const char *text);
VSS_RESTOREMETHOD_ENUM metadata_method(const char *text);
VSS_WRITERRESTORE_ENUM metadata_writer_restore(const char *text);
/* The writer's wish; VSS_WRE_UNDEFINED when the document has none. */
VSS_WRITERRESTORE_ENUM metadata_wants(const struct vss_document *document);

#endif
