/*
 * api.h - the API as data, made from com/api.def by gen_api.py.
 *
 * One entry a method: what the loader checks steps against, what the player
 * calls through, what proxies record. All calls go through `invoke`, which
 * calls the object's vtable with the C types of the method.
 */
#ifndef COM_API_H
#define COM_API_H

#include <vssim/subject.h>
#include <vssim/win32/vds.h>

enum api_kind {
    API_INT, /* any integer; `size` bytes */
    API_BOOL,
    API_ENUM, /* `type` names the enumeration */
    API_HR,
    API_GUID,
    API_TEXT,   /* BSTR, LPCWSTR, VSS_PWSZ */
    API_OBJECT, /* interface pointer; `type` names the interface */
    API_GUIDS,  /* array of GUIDs; the next parameter is their number */
    API_OBJECTS, /* interface pointers; the next parameter is their number */
    API_OPAQUE, /* a structure, passed through */
    API_PROP,   /* a VSS_SNAPSHOT_PROP to be filled in */
    API_PROPS   /* VSS_OBJECT_PROPs to be filled in; the parameter before is
                   their number, the one after how many were */
};

enum api_dir { API_IN, API_OUT };

/* How a step says an argument; see the end of api.def. */
enum api_form { API_PLAIN, API_TIME, API_BITS, API_SHADOW_COPY, API_INSTANCE };

/* What an argument is where a step does not say. */
enum api_default {
    API_NOTHING, /* 0, "" or zeros */
    API_VALUE,
    API_WORDS,
    API_NULL,
    API_ID,
    API_COMPONENT_TYPE,
    API_COMPONENT_PATH,
    API_COMPONENT_NAME,
    API_WRITER_CLASS,
    API_WRITER_INSTANCE,
    API_DOCUMENT,
    API_GIVEN_DOCUMENT,
    API_LAST_SET,
    API_LAST_SNAPSHOT,
    API_LAST_OBJECT,
    API_LEFT_OUT
};

struct api_param {
    const char *name;
    const char *type;
    enum api_kind kind;
    enum api_dir dir;
    uint8_t size; /* of the C type pointed to or passed */
    enum api_form form;
    enum api_default unsaid;
    int64_t value;     /* API_VALUE, and API_COMPONENT_TYPE without one */
    const char *words; /* API_WORDS */
    const GUID *id;    /* API_ID */
};

/* An argument. For an out-parameter `out` points to storage or is NULL. */
union api_value {
    int64_t num;
    GUID guid;
    const WCHAR *text;
    const GUID *guids;
    void *out;
};

enum api_family { /* interfaces that share one object and one vtable */
    API_FUNCTION,
    API_BACKUP_COMPONENTS,
    API_ASYNC,
    API_ENUM_OBJECT,
    API_EXAMINE_METADATA,
    API_WM_COMPONENT,
    API_WM_FILEDESC,
    API_WM_DEPENDENCY,
    API_WRITER_COMPONENTS,
    API_COMPONENT,
    API_VDS_LOADER, /* the virtual disk service; the world's, no subject's */
    API_VDS_SERVICE,
    API_VDS_PROVIDER,
    API_VDS_SW_PROVIDER,
    API_VDS_PACK,
    API_VDS_DISK,
    API_VDS_ADVANCED_DISK,
    API_VDS_ENUM,
    API_VDS_ASYNC,
    API_FAMILIES
};

#define API_MAX_PARAMS 8

struct api_method {
    const char *iface;
    const char *name;
    int slot; /* -1: an exported function */
    enum api_family family;
    uint8_t n_params;
    const struct api_param *params;
    HRESULT (*invoke)(void *object, union api_value *v);
};

struct api_iface {
    const char *name;
    const char *base; /* NULL: none */
    const IID *iid;   /* NULL: no public one */
    enum api_family family;
    int last_slot;
};

extern const struct api_method api_methods[];
extern const unsigned api_n_methods;
extern const struct api_iface api_ifaces[];
extern const unsigned api_n_ifaces;

/* "PreRestore" or "IVssComponent.GetLogicalPath". The `skip`-th match, most
 * usual interface first; NULL after the last. */
const struct api_method *api_find(const char *name, unsigned skip);
const struct api_iface *api_iface(const char *name);
const struct api_iface *api_iface_of(const IID *iid);
/* The first out-parameter: what `is:` speaks of. NULL when there is none. */
const struct api_param *api_result(const struct api_method *method);

/* A field of VSS_SNAPSHOT_PROP or VSS_PROVIDER_PROP by name, as if it were an
 * out-parameter: traces and expectations know them by it. NULL: none. */
const struct api_param *api_field(const char *name);
/* Does the method fill in such structures? */
bool api_has_fields(const struct api_method *method);

#endif
