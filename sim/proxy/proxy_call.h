/* proxy_call.h - what the generated proxy functions are made of. */
#ifndef PROXY_PROXY_CALL_H
#define PROXY_PROXY_CALL_H

#include "proxy/proxy.h"

#define PROXY_POISON 0xA5
/* What a call on a released object answers. It never reaches the subject. */
#define PROXY_DEAD E_UNEXPECTED

struct proxy_call {
    struct proxy *self;
    const struct api_method *method;
    uint32_t id;
    uint32_t outer_call;
    const char *outer_site;
};

/* Opens the call record; false (and a dead-call record) for a tombstone. */
bool proxy_enter(struct proxy_call *c, struct proxy *self,
                 const struct api_method *method);
void proxy_in_pointer(struct proxy_call *c, const char *name, bool given);
void proxy_in_number(struct proxy_call *c, unsigned param, int64_t value);
void proxy_in_guid(struct proxy_call *c, const char *name, const GUID *guid);
void proxy_in_text(struct proxy_call *c, const char *name, const WCHAR *text);
void proxy_in_guids(struct proxy_call *c, const char *name, const GUID *guids,
                    uint32_t n);
/* Closes the call record with the state before. */
void proxy_ready(struct proxy_call *c);
/* Gives the value to pass on: the same unless a fault garbles it. */
int64_t proxy_garble(struct proxy_call *c, unsigned param, int64_t value);
/* Opens the return record. */
void proxy_returned(struct proxy_call *c, HRESULT hr);
/* Records an out-parameter; false when the subject did not touch it. */
bool proxy_out(struct proxy_call *c, unsigned param, const void *value,
               size_t size);
/* Records an interface pointer (a proxy by now); false when untouched. */
bool proxy_out_object(struct proxy_call *c, const char *name, void *value);
/* Records interface pointers, proxies by now. */
void proxy_out_objects(struct proxy_call *c, const char *name,
                       IUnknown *const *values, uint32_t n);
void proxy_out_opaque(struct proxy_call *c, unsigned param,
                      const void *client);
/* The fields of a VSS_SNAPSHOT_PROP, when the call succeeded; false when the
 * subject did not touch it. */
bool proxy_out_prop(struct proxy_call *c, unsigned param, HRESULT hr,
                    const VSS_SNAPSHOT_PROP *prop);
/* The fields of the first of several. */
void proxy_out_props(struct proxy_call *c, const VSS_OBJECT_PROP *props,
                     uint32_t n);
void proxy_leave(struct proxy_call *c);
/* Opens the call record of an exported function; `self` is made for it. */
void proxy_function_enter(struct proxy_call *c, struct proxy *self,
                          struct world *w, const char *name);

/* proxy.c */
/* Replaces an object that the subject handed out by its proxy. Before
 * proxy_returned: a new proxy makes a record of its own. */
void proxy_wrap_out(struct proxy_call *c, const char *iface, void **value);

/* For those who record structures. */
/* How much the subject holds, where that is known. */
void proxy_put_live(const struct world *world);
bool proxy_poisoned(const void *value, size_t size);
void proxy_put_text(struct trace *t, enum trace_group group, const char *name,
                    const WCHAR *text);

#endif
