/* proxy_call.c - see proxy_call.h: how a call becomes two records. */
#include "proxy/proxy_call.h"

#include <stdio.h>
#include <string.h>

#define XXH_INLINE_ALL
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#include <xxhash.h>
#pragma GCC diagnostic pop

#include "com/enums.h"
#include "com/text.h"

#define TEXT_SHOWN 400

/* --- state digests --- */

static void digest_sink(void *context, const void *bytes, size_t size)
{
    XXH64_update(context, bytes, size);
}

static void record_state(struct proxy *p)
{
    const struct vssim_subject *s = p->world->subject;
    struct trace *t = p->world->trace;
    XXH64_state_t digest;
    char text[24];

    if (p->family != API_BACKUP_COMPONENTS || p->dead || t->off)
        return;
    if (s->state) {
        XXH64_reset(&digest, 0);
        s->state(p->real, digest_sink, &digest);
        snprintf(text, sizeof(text), "%016llx",
                 (unsigned long long)XXH64_digest(&digest));
        trace_str(t, KEY_STATE, text);
    }
    if (s->phase)
        trace_str(t, KEY_PHASE, s->phase(p->real));
}

/* A subject may notice the end of an event when it is asked for its state; what
 * that puts into the trace must not fall into a record that is being made. */
static void settle(const struct proxy *p)
{
    const struct vssim_subject *s = p->world->subject;

    if (p->family == API_BACKUP_COMPONENTS && !p->dead && s->phase)
        (void)s->phase(p->real);
}

/* --- the way in --- */

bool proxy_enter(struct proxy_call *c, struct proxy *self,
                 const struct api_method *method)
{
    struct world *w = self->world;
    struct trace *t = w->trace;

    if (w->driver)
        w->driver->enter(w, method->name);
    c->self = self;
    c->method = method;
    c->outer_call = w->recorder.call;
    c->outer_site = w->recorder.site;
    c->id = self->dead ? 0 : ++w->last_call;
    settle(self);
    trace_begin(t, self->dead ? TRACE_DEAD_CALL : TRACE_CALL, w->clock.now,
                w->recorder.thread, c->id, self->object);
    trace_str(t, KEY_IFACE, method->iface);
    trace_str(t, KEY_METHOD, method->name);
    trace_int(t, KEY_SLOT, method->slot);
    if (self->dead) {
        trace_end(t);
        if (w->driver)
            w->driver->leave(w);
        return false;
    }
    w->recorder.call = c->id;
    w->recorder.site = method->name;
    return true;
}

void proxy_function_enter(struct proxy_call *c, struct proxy *self,
                          struct world *w, const char *name)
{
    if (w->driver)
        w->driver->enter(w, name);
    memset(self, 0, sizeof(*self));
    self->world = w;
    c->self = self;
    c->method = api_find(name, 0);
    c->outer_call = w->recorder.call;
    c->outer_site = w->recorder.site;
    c->id = ++w->last_call;
    w->recorder.call = c->id;
    w->recorder.site = name;
    trace_begin(w->trace, TRACE_CALL, w->clock.now, w->recorder.thread, c->id,
                0);
    trace_str(w->trace, KEY_IFACE, "function");
    trace_str(w->trace, KEY_METHOD, name);
    trace_int(w->trace, KEY_SLOT, -1);
}

void proxy_in_pointer(struct proxy_call *c, const char *name, bool given)
{
    if (!given)
        trace_param(c->self->world->trace, TRACE_IN, name, TRACE_NULL, 0,
                    NULL);
}

static void put_number(struct trace *t, enum trace_group group,
                       const struct api_param *p, int64_t value)
{
    const char *name =
        p->kind == API_ENUM ? enum_name(p->type, (int32_t)value) : NULL;

    if (name)
        trace_param(t, group, p->name, TRACE_STR, 0, name);
    else
        trace_param(t, group, p->name,
                    p->kind == API_BOOL ? TRACE_BOOL
                    : p->kind == API_HR ? TRACE_HR
                                        : TRACE_INT,
                    value, NULL);
}

void proxy_in_number(struct proxy_call *c, unsigned param, int64_t value)
{
    put_number(c->self->world->trace, TRACE_IN, &c->method->params[param],
               value);
}

int64_t proxy_garble(struct proxy_call *c, unsigned param, int64_t value)
{
    if (!c->self->world->faults)
        return value;
    return world_argument(c->self->world, c->method->name,
                          c->method->params[param].name, value);
}

void proxy_in_guid(struct proxy_call *c, const char *name, const GUID *guid)
{
    char text[GUID_TEXT];

    trace_param(c->self->world->trace, TRACE_IN, name, TRACE_STR, 0,
                guid_text(guid, text));
}

/* Long texts (documents) are cut: the trace is for reading. */
void proxy_put_text(struct trace *t, enum trace_group group, const char *name,
                    const WCHAR *text)
{
    char utf8[TEXT_SHOWN + 32];
    size_t length, need;

    if (!text) {
        trace_param(t, group, name, TRACE_NULL, 0, NULL);
        return;
    }
    length = wide_length(text);
    need = wide_to_utf8(text, length, utf8, TEXT_SHOWN);
    if (need >= TEXT_SHOWN)
        snprintf(utf8 + strlen(utf8), 32, "... (%zu characters)", length);
    trace_param(t, group, name, TRACE_STR, 0, utf8);
}

/* How many components a document already marks as selected: rules about who
 * is told what must know. */
static int64_t count_selected(const WCHAR *text)
{
    static const char mark[] = "selectedForRestore=\"yes\"";
    int64_t n = 0;

    for (; *text; text++) {
        size_t i = 0;

        while (mark[i] && text[i] == (WCHAR)(unsigned char)mark[i])
            i++;
        n += !mark[i];
    }
    return n;
}

void proxy_in_text(struct proxy_call *c, const char *name, const WCHAR *text)
{
    struct trace *t = c->self->world->trace;

    proxy_put_text(t, TRACE_IN, name, text);
    if (text && strcmp(name, "bstrXML") == 0)
        trace_int(t, KEY_SELECTED, count_selected(text));
}

void proxy_in_guids(struct proxy_call *c, const char *name, const GUID *guids,
                    uint32_t n)
{
    char text[8 * (GUID_TEXT + 1) + 8] = "";
    size_t at = 0;

    if (!guids) {
        proxy_in_pointer(c, name, false);
        return;
    }
    for (uint32_t i = 0; i < n && i < 8; i++) {
        char one[GUID_TEXT];

        at += (size_t)snprintf(text + at, sizeof(text) - at, "%s%s",
                               i ? " " : "", guid_text(&guids[i], one));
    }
    trace_param(c->self->world->trace, TRACE_IN, name, TRACE_STR, 0, text);
}

void proxy_put_live(const struct world *w)
{
    if (!w->opaque)
        trace_int(w->trace, KEY_LIVE, (int64_t)w->live);
}

void proxy_ready(struct proxy_call *c)
{
    record_state(c->self);
    proxy_put_live(c->self->world);
    trace_end(c->self->world->trace);
}

/* --- the way out --- */

bool proxy_poisoned(const void *value, size_t size)
{
    const unsigned char *bytes = value;

    for (size_t i = 0; i < size; i++)
        if (bytes[i] != PROXY_POISON)
            return false;
    return true;
}

void proxy_returned(struct proxy_call *c, HRESULT hr)
{
    struct world *w = c->self->world;

    settle(c->self);
    if (w->driver && w->driver->returned)
        w->driver->returned(w);
    trace_begin(w->trace, TRACE_RETURN, w->clock.now, w->recorder.thread,
                c->id, c->self->object);
    if (c->self->family >= API_VDS_LOADER) /* U31: whose codes they are */
        trace_str(w->trace, KEY_IFACE, c->method->iface);
    trace_hr(w->trace, KEY_HR, hr);
}

bool proxy_out(struct proxy_call *c, unsigned param, const void *value,
               size_t size)
{
    const struct api_param *p = &c->method->params[param];
    struct trace *t = c->self->world->trace;
    char text[GUID_TEXT];
    int32_t number;

    if (proxy_poisoned(value, size)) {
        trace_param(t, TRACE_OUT, p->name, TRACE_UNTOUCHED, 0, NULL);
        return false;
    }
    switch (p->kind) {
    case API_GUID:
        trace_param(t, TRACE_OUT, p->name, TRACE_STR, 0,
                    guid_text(value, text));
        break;
    case API_TEXT:
        proxy_put_text(t, TRACE_OUT, p->name, *(WCHAR *const *)value);
        break;
    case API_BOOL:
        put_number(t, TRACE_OUT, p, *(const unsigned char *)value);
        break;
    default:
        memcpy(&number, value, sizeof(number));
        put_number(t, TRACE_OUT, p,
                   p->kind == API_INT && strcmp(p->type, "LONG") != 0 &&
                           strcmp(p->type, "INT") != 0
                       ? (int64_t)(uint32_t)number
                       : number);
    }
    return true;
}

bool proxy_out_object(struct proxy_call *c, const char *name, void *value)
{
    struct trace *t = c->self->world->trace;

    if (proxy_poisoned(&value, sizeof(value))) {
        trace_param(t, TRACE_OUT, name, TRACE_UNTOUCHED, 0, NULL);
        return false;
    }
    if (!value)
        trace_param(t, TRACE_OUT, name, TRACE_NULL, 0, NULL);
    else
        trace_param(t, TRACE_OUT, name, TRACE_OBJ,
                    ((struct proxy *)value)->object, NULL);
    return true;
}

void proxy_out_objects(struct proxy_call *c, const char *name,
                       IUnknown *const *values, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        proxy_out_object(c, name, values[i]);
}

void proxy_out_opaque(struct proxy_call *c, unsigned param, const void *client)
{
    const struct api_param *p = &c->method->params[param];
    struct trace *t = c->self->world->trace;
    const VSS_COMPONENTINFO *info;

    if (strcmp(p->type, "PVSSCOMPONENTINFO") != 0)
        return;
    info = *(const PVSSCOMPONENTINFO *)client;
    if (!info)
        trace_param(t, TRACE_OUT, p->name, TRACE_NULL, 0, NULL);
    else
        proxy_put_text(t, TRACE_OUT, p->name, info->bstrComponentName);
}

void proxy_leave(struct proxy_call *c)
{
    struct world *w = c->self->world;

    record_state(c->self);
    proxy_put_live(w);
    trace_end(w->trace);
    w->recorder.call = c->outer_call;
    w->recorder.site = c->outer_site;
    if (w->driver)
        w->driver->leave(w);
}
