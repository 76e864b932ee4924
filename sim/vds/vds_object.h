/*
 * vds_object.h - the objects of the virtual disk service; for its files.
 *
 * They live in the world's heap region. Each file has the vtable of its kind
 * and makes objects of it; a pointer to one is a reference.
 */
#ifndef VDS_VDS_OBJECT_H
#define VDS_VDS_OBJECT_H

#include <vssim/win32/vds.h>

#include "com/api.h"
#include "com/object.h"
#include "os/assert.h"
#include "world/world.h"

struct vds_kind {
    enum api_family family; /* of the first interface */
    const void *vtbl, *more;
    const IID *iid, *more_iid;
};

struct vds_object {
    const void *vtbl; /* the first interface: its identity */
    const void *more; /* the second, or NULL */
    struct world *world;
    uint32_t refs;
    const struct vds_kind *kind;
    /* what it stands for; the rest is NULL */
    struct machine_disk *disk; /* disk; pack: its only or first member */
    bool dynamic;              /* provider, pack */
    struct vds_object **items; /* enumerator */
    uint32_t n_items, at;
    uint64_t from, until; /* async */
    uint32_t timer;
    bool done, full;
    HRESULT result;
};

struct vds_object *vds_make(struct world *world, const struct vds_kind *kind);
HRESULT vds_QueryInterface(struct vds_object *self, REFIID riid, void **out);
ULONG vds_AddRef(struct vds_object *self);
ULONG vds_Release(struct vds_object *self);
/* The reference, or E_OUTOFMEMORY. */
HRESULT vds_hand_out(struct vds_object *object, void **out);
/* A text for CoTaskMemFree. */
LPWSTR vds_text(struct world *world, const char *text);
GUID vds_id(const char *kind, const char *name);
struct machine_disk *vds_first_disk(const struct world *world);

struct vds_object *vds_disk_object(struct world *world,
                                   struct machine_disk *disk);
struct vds_object *vds_pack_object(struct world *world,
                                   struct machine_disk *disk);
struct vds_object *vds_provider_object(struct world *world, bool dynamic);
/* Clean of a disk. */
HRESULT vds_clean(struct vds_object *disk, BOOL force, BOOL force_oem,
                  BOOL full, IVdsAsync **out);

/* Collects objects for an enumerator: vds_enum.c. */
struct vds_list {
    struct vds_object *items[64];
    uint32_t n;
};
/* Takes over the reference; NULL is left out. */
void vds_add(struct vds_list *list, struct vds_object *object);
HRESULT vds_enumerate(struct world *world, struct vds_list *list,
                      IEnumVdsObject **out);

/* IUnknown of the first and of the second interface. */
#define VDS_UNKNOWN(T, from, name) \
    static HRESULT STDMETHODCALLTYPE name##_QueryInterface( \
        T *This, REFIID riid, void **out) \
    { \
        return vds_QueryInterface(from(This), riid, out); \
    } \
    static ULONG STDMETHODCALLTYPE name##_AddRef(T *This) \
    { \
        return vds_AddRef(from(This)); \
    } \
    static ULONG STDMETHODCALLTYPE name##_Release(T *This) \
    { \
        return vds_Release(from(This)); \
    }
#define VDS_HEAD(name) name##_QueryInterface, name##_AddRef, name##_Release

/* From an interface pointer back to the object, its first interface or its
 * second: nobody but us turns the vtables of these. */
static inline struct vds_object *vds_checked(struct vds_object *o)
{
    assert(o->vtbl == o->kind->vtbl && o->more == o->kind->more);
    return o;
}

static inline struct vds_object *vds_of(void *This)
{
    return vds_checked(OBJECT_OF(struct vds_object, vtbl, This));
}

static inline struct vds_object *vds_of_more(void *This)
{
    return vds_checked(OBJECT_OF(struct vds_object, more, This));
}

#endif
