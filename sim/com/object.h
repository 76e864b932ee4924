/*
 * object.h - what COM objects written in C need: from an interface pointer
 * back to the object, and QueryInterface over a list of interface ids.
 *
 * Whoever implements an interface includes this; nobody else needs it.
 */
#ifndef COM_OBJECT_H
#define COM_OBJECT_H

#include <stddef.h>

#include <vssim/win32/vss.h>

/* The object of `type` whose `member` is at `pointer`. */
#define OBJECT_OF(type, member, pointer) \
    ((type *)(void *)((char *)(pointer)-offsetof(type, member)))

/* Makes FUNCTION, which leads from an interface of an object, as its vtable's
 * entries get it, back to the object of `type` whose `member` that is. An
 * overlay may turn the vtables of the reference's objects: what they are is no
 * invariant here; vds_object.h checks those that nobody else turns. */
#define COM_OBJECT(function, type, member, iface) \
    static inline type *function(iface *This) \
    { \
        return OBJECT_OF(type, member, This); \
    }

/* Writes an out-parameter that the caller may have left out. */
#define OUT(pointer, value) \
    do { \
        if (pointer) \
            *(pointer) = (value); \
    } while (0)

/* Is `riid` IUnknown or one of the first `n` of `ids`? */
static inline bool object_answers(const IID *riid, const IID *const *ids,
                                  unsigned n)
{
    if (IsEqualGUID(riid, &IID_IUnknown))
        return true;
    for (unsigned i = 0; i < n; i++)
        if (IsEqualGUID(riid, ids[i]))
            return true;
    return false;
}

/* QueryInterface of an object whose interfaces all stand at `self`: counts a
 * reference, or E_NOINTERFACE; E_POINTER without `out`. */
static inline HRESULT object_query(void *self, ULONG *refs, const IID *riid,
                                   const IID *const *ids, unsigned n,
                                   void **out)
{
    if (!out)
        return E_POINTER;
    *out = NULL;
    if (!object_answers(riid, ids, n))
        return E_NOINTERFACE;
    ++*refs;
    *out = self;
    return S_OK;
}

#endif
