/*
 * component_call.h - what all methods have in common that name a component
 * of the document by writer class, type, logical path and name.
 */
#ifndef VSS_COMPONENT_CALL_H
#define VSS_COMPONENT_CALL_H

#include "vss/backup_components.h"

struct vss_component_id {
    const GUID *writer;
    VSS_COMPONENT_TYPE type;
    LPCWSTR path, name;
};

/* vss_check, with the component's own arguments, then the look-up:
 * VSS_E_OBJECT_NOT_FOUND when the document has no such component. */
HRESULT component_call(struct vss_backup_components *self,
                       enum vss_method method, bool arguments,
                       const struct vss_component_id *id,
                       struct tree_node **component);

#endif
