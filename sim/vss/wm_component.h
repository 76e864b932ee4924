/*
 * wm_component.h - IVssWMComponent and IVssWMDependency: a component of a
 * Writer Metadata Document and what it depends on. Each holds a reference on
 * the document.
 */
#ifndef VSS_WM_COMPONENT_H
#define VSS_WM_COMPONENT_H

#include "vss/document.h"

HRESULT wm_component_create(struct vss_document *document,
                            struct tree_node *node, IVssWMComponent **out);
HRESULT wm_dependency_create(struct vss_document *document,
                             struct tree_node *node, IVssWMDependency **out);

#endif
