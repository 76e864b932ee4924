/*
 * component.h - IVssComponent, ...Ex, ...Ex2: one component of the Backup
 * Components Document, as a requester or as its writer sees it.
 *
 * Holds a reference on the document; `event` and `generation` come from the
 * IVssWriterComponents it was taken from. A requester's view reads; a
 * writer's view also edits, while its event is under way. Values:
 * document_names.h.
 */
#ifndef VSS_COMPONENT_H
#define VSS_COMPONENT_H

#include "com/object.h"
#include "vss/document.h"

struct vss_component {
    IVssComponentEx2 iface;
    ULONG refs;
    struct vss_document *document;
    struct tree_node *node;
    unsigned generation;
    enum vss_open event; /* VSS_OPEN_NONE: a requester's view */
};

HRESULT component_create(struct vss_document *document, struct tree_node *node,
                         enum vss_open event, unsigned generation,
                         IVssComponent **out);

#define CO IVssComponentEx2

COM_OBJECT(co_from, struct vss_component, iface, CO)

/* The vtable's entries: component_read.c, component_lists.c, component_write.c,
 * component_backup.c. */
#define GEN_CO_METHODS
#include "reference_gen.inc"

/* S_OK, or VSS_E_BAD_STATE for a stale view (U12). */
static inline HRESULT component_fresh(const struct vss_component *self)
{
    return document_fresh(self->document, self->generation);
}

#endif
