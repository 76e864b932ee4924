/*
 * writer_components.h - IVssWriterComponentsExt: the components of one
 * writer, as a requester or as the writer itself sees them.
 *
 * Two vtable pointers: the class IVssWriterComponents first, IUnknown second
 * with an adjusted `this`, so that requesters built with a header that has
 * both bases, and with one that has only the first, both work (decision U33).
 * Each holds a reference on the document, never on the backup components.
 */
#ifndef VSS_WRITER_COMPONENTS_H
#define VSS_WRITER_COMPONENTS_H

#include "vss/document.h"

struct vss_writer_components {
    IVssWriterComponentsExt iface;
    ULONG refs;
    struct vss_document *document;
    unsigned generation;
    enum vss_open event; /* VSS_OPEN_NONE: a requester's view */
    /* The WRITER_COMPONENTS element shown; NULL: all of the class. */
    struct tree_node *element;
    GUID writer;
    GUID instance;
};

/* A requester's view of the i-th writer; VSS_E_OBJECT_NOT_FOUND. */
HRESULT writer_components_create(struct vss_document *document, UINT i,
                                 struct vss_writer_components **out);
/* How many writers have at least one component. */
UINT writer_components_count(const struct vss_document *document);
/* The view that goes out with an event. */
HRESULT writer_components_for_event(struct vss_document *document,
                                    enum vss_open event, const GUID *writer,
                                    const GUID *instance,
                                    const WCHAR *instance_name,
                                    struct vss_writer_components **out);
void writer_components_release(struct vss_writer_components *self);
IVssWriterComponents *writer_components_interface(
    struct vss_writer_components *self);

/* Iterates: the component after `at` (NULL: the first) that it shows. */
struct tree_node *writer_components_next(
    const struct vss_writer_components *self, struct tree_node *at);

#endif
