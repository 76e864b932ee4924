/*
 * node_object.h - objects that show one element of a document: file sets,
 * components and dependencies of metadata. They have no public interface id of
 * their own, and each holds a reference on the document.
 *
 * NODE_OBJECT(T) makes, in the file of interface T, what the vtable begins
 * with, and `from`.
 */
#ifndef VSS_NODE_OBJECT_H
#define VSS_NODE_OBJECT_H

#include "com/object.h"
#include "vss/document.h"

struct vss_node_object {
    const void *vtable;
    ULONG refs;
    struct vss_document *document;
    struct tree_node *node;
};

/* With one reference, or E_OUTOFMEMORY. */
HRESULT node_object_create(struct vss_document *document,
                           struct tree_node *node, const void *vtable,
                           void **out);
ULONG node_object_release(struct vss_node_object *self);
/* An attribute; S_FALSE when it is missing. */
HRESULT node_object_text(const struct vss_node_object *self, const char *name,
                         BSTR *out);

#define NODE_OBJECT(T) \
    COM_OBJECT(from, struct vss_node_object, vtable, T) \
    static HRESULT query_interface(T *This, REFIID riid, void **out) \
    { \
        return object_query(This, &from(This)->refs, riid, NULL, 0, out); \
    } \
    static ULONG add_ref(T *This) \
    { \
        return ++from(This)->refs; \
    } \
    static ULONG release(T *This) \
    { \
        return node_object_release(from(This)); \
    }

#endif
