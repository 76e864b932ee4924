/*
 * filedesc.h - IVssWMFiledesc: a file set, alternate location mapping or new
 * target of either document. Holds a reference on that document.
 */
#ifndef VSS_FILEDESC_H
#define VSS_FILEDESC_H

#include "vss/document.h"

HRESULT filedesc_create(struct vss_document *document, struct tree_node *node,
                        IVssWMFiledesc **out);

#endif
