/* proxy.c - see proxy.h; the functions per method are made by gen_api.py. */
#include "proxy/proxy.h"

#include "os/assert.h"
#include "proxy/proxy_call.h"

/* The client's `This` of each family is the proxy itself ... */
static struct proxy *proxy_of(const void *client)
{
    return (struct proxy *)(uintptr_t)client;
}

#define GEN_PROXIES
#include "api_gen.inc"

/* ... but for the second base of IVssWriterComponentsExt, one pointer on. */
static struct proxy *proxy_of_unknown(IUnknown *client)
{
    return (struct proxy *)((char *)client -
                            offsetof(struct proxy, vtbl_unknown));
}

static HRESULT STDMETHODCALLTYPE unknown_QueryInterface(IUnknown *This,
                                                        REFIID riid,
                                                        void **out)
{
    return proxy_QueryInterface(proxy_of_unknown(This), riid, out);
}

static ULONG STDMETHODCALLTYPE unknown_AddRef(IUnknown *This)
{
    return proxy_AddRef(proxy_of_unknown(This));
}

static ULONG STDMETHODCALLTYPE unknown_Release(IUnknown *This)
{
    return proxy_Release(proxy_of_unknown(This));
}

static const IUnknownVtbl unknown_vtbl = {unknown_QueryInterface,
                                          unknown_AddRef, unknown_Release};

static const void *const vtbls[API_FAMILIES] = {
    [API_BACKUP_COMPONENTS] = &proxy_vtbl_BACKUP_COMPONENTS,
    [API_ASYNC] = &proxy_vtbl_ASYNC,
    [API_ENUM_OBJECT] = &proxy_vtbl_ENUM_OBJECT,
    [API_EXAMINE_METADATA] = &proxy_vtbl_EXAMINE_METADATA,
    [API_WM_COMPONENT] = &proxy_vtbl_WM_COMPONENT,
    [API_WM_FILEDESC] = &proxy_vtbl_WM_FILEDESC,
    [API_WM_DEPENDENCY] = &proxy_vtbl_WM_DEPENDENCY,
    [API_WRITER_COMPONENTS] = &proxy_vtbl_WRITER_COMPONENTS,
    [API_COMPONENT] = &proxy_vtbl_COMPONENT,
    [API_VDS_LOADER] = &proxy_vtbl_VDS_LOADER,
    [API_VDS_SERVICE] = &proxy_vtbl_VDS_SERVICE,
    [API_VDS_PROVIDER] = &proxy_vtbl_VDS_PROVIDER,
    [API_VDS_SW_PROVIDER] = &proxy_vtbl_VDS_SW_PROVIDER,
    [API_VDS_PACK] = &proxy_vtbl_VDS_PACK,
    [API_VDS_DISK] = &proxy_vtbl_VDS_DISK,
    [API_VDS_ADVANCED_DISK] = &proxy_vtbl_VDS_ADVANCED_DISK,
    [API_VDS_ENUM] = &proxy_vtbl_VDS_ENUM,
    [API_VDS_ASYNC] = &proxy_vtbl_VDS_ASYNC,
};

struct proxy *proxy_find(struct world *w, uint32_t object)
{
    struct proxy *p = w->proxies;

    while (p && p->object != object)
        p = p->next;
    return p;
}

struct proxy *proxy_wrap(struct world *w, enum api_family family,
                         const char *iface, void *real)
{
    struct proxy *p;
    struct trace *t;

    for (p = w->proxies; p; p = p->next)
        if (!p->dead && p->real == real && p->family == family) {
            p->refs++;
            return p;
        }
    p = heap_alloc(w->heap, sizeof(*p));
    if (!p)
        return NULL;
    assert(family < API_FAMILIES && vtbls[family]);
    p->vtbl = vtbls[family];
    p->vtbl_unknown = &unknown_vtbl;
    p->world = w;
    p->real = real;
    p->real_unknown =
        family == API_WRITER_COMPONENTS ? (char *)real + sizeof(void *) : real;
    p->family = family;
    p->identity = family;
    p->object = ++w->last_object;
    p->refs = 1;
    p->next = w->proxies;
    w->proxies = p;
    t = record(&w->recorder, TRACE_CREATE, p->object);
    trace_str(t, KEY_IFACE, iface);
    trace_end(t);
    return p;
}

void proxy_wrap_out(struct proxy_call *c, const char *iface, void **value)
{
    const struct api_iface *known = api_iface(iface);

    if (!*value || !known || proxy_poisoned(value, sizeof(*value)))
        return;
    *value = proxy_wrap(c->self->world, known->family, iface, *value);
}

/* --- IUnknown --- */

static const char *family_iface(const struct proxy *p)
{
    for (unsigned i = 0; i < api_n_ifaces; i++)
        if (api_ifaces[i].family == p->family && !api_ifaces[i].base)
            return p->family == API_WRITER_COMPONENTS
                       ? "IVssWriterComponentsExt"
                       : api_ifaces[i].name;
    return "?";
}

static void call_record(struct world *w, enum trace_kind kind, uint32_t id,
                        const struct proxy *p, const char *method, int slot)
{
    struct trace *t;

    trace_begin(w->trace, kind, w->clock.now, w->recorder.thread, id,
                p->object);
    t = w->trace;
    trace_str(t, KEY_IFACE, family_iface(p));
    trace_str(t, KEY_METHOD, method);
    trace_int(t, KEY_SLOT, slot);
}

static bool unknown_enter(struct proxy_call *c, struct proxy *self,
                          const char *method, int slot)
{
    struct world *w = self->world;

    if (w->driver)
        w->driver->enter(w, method);
    c->self = self;
    c->outer_call = w->recorder.call;
    c->outer_site = w->recorder.site;
    if (self->dead) {
        call_record(w, TRACE_DEAD_CALL, 0, self, method, slot);
        trace_end(w->trace);
        if (w->driver)
            w->driver->leave(w);
        return false;
    }
    c->id = ++w->last_call;
    w->recorder.call = c->id;
    w->recorder.site = method;
    call_record(w, TRACE_CALL, c->id, self, method, slot);
    return true;
}

static void unknown_close(struct proxy_call *c)
{
    proxy_put_live(c->self->world);
    trace_end(c->self->world->trace);
    c->self->world->recorder.call = c->outer_call;
    c->self->world->recorder.site = c->outer_site;
}

static void unknown_leave(struct proxy_call *c)
{
    unknown_close(c);
    if (c->self->world->driver)
        c->self->world->driver->leave(c->self->world);
}

static void unknown_returned(struct proxy_call *c)
{
    struct world *w = c->self->world;

    if (w->driver && w->driver->returned)
        w->driver->returned(w);
    trace_begin(w->trace, TRACE_RETURN, w->clock.now, w->recorder.thread,
                c->id, c->self->object);
}

HRESULT proxy_QueryInterface(struct proxy *self, REFIID riid, void **out)
{
    struct world *w = self->world;
    IUnknown *real = self->real_unknown;
    const struct api_iface *iface = api_iface_of(riid);
    struct proxy_call c;
    struct proxy *p = NULL;
    void *got = (void *)(uintptr_t)0xA5A5A5A5A5A5A5A5u;
    HRESULT hr;

    if (!unknown_enter(&c, self, "QueryInterface", 0))
        return PROXY_DEAD;
    if (iface)
        trace_param(w->trace, TRACE_IN, "riid", TRACE_STR, 0, iface->name);
    else
        proxy_in_guid(&c, "riid", riid);
    proxy_in_pointer(&c, "ppvObject", out != NULL);
    proxy_put_live(w);
    trace_end(w->trace);
    hr = real->lpVtbl->QueryInterface(real, riid, out ? &got : NULL);
    if (SUCCEEDED(hr) && out && got) {
        if (got == self->real || got == self->real_unknown) {
            p = self;
            p->refs++;
        } else {
            p = proxy_wrap(w, iface ? iface->family : self->identity,
                           iface ? iface->name : "IUnknown", got);
            if (p)
                p->identity = self->identity;
        }
    }
    unknown_returned(&c);
    trace_hr(w->trace, KEY_HR, hr);
    if (out && p)
        trace_param(w->trace, TRACE_OUT, "ppvObject", TRACE_OBJ, p->object,
                    NULL);
    else if (out)
        trace_param(w->trace, TRACE_OUT, "ppvObject",
                    got ? TRACE_UNTOUCHED : TRACE_NULL, 0, NULL);
    unknown_leave(&c);
    if (out)
        *out = p && got == self->real_unknown && got != self->real
                   ? (void *)&p->vtbl_unknown
                   : (void *)p;
    return hr;
}

ULONG proxy_AddRef(struct proxy *self)
{
    IUnknown *real = self->real_unknown;
    struct proxy_call c;
    ULONG count;

    if (!unknown_enter(&c, self, "AddRef", 1))
        return 0;
    trace_end(self->world->trace);
    count = real->lpVtbl->AddRef(real);
    self->refs++;
    unknown_returned(&c);
    trace_int(self->world->trace, KEY_COUNT, count);
    unknown_leave(&c);
    return count;
}

ULONG proxy_Release(struct proxy *self)
{
    struct world *w = self->world;
    IUnknown *real = self->real_unknown;
    struct proxy_call c;
    ULONG count;

    if (!unknown_enter(&c, self, "Release", 2))
        return 0;
    trace_end(w->trace);
    count = real->lpVtbl->Release(real);
    self->refs--;
    unknown_returned(&c);
    trace_int(w->trace, KEY_COUNT, count);
    unknown_close(&c);
    if (self->refs == 0) {
        self->dead = true;
        trace_end(record(&w->recorder, TRACE_DESTROY, self->object));
    }
    if (w->driver)
        w->driver->leave(w);
    return count;
}

/* --- the exported functions --- */

HRESULT proxy_CreateVssBackupComponents(struct world *w,
                                        IVssBackupComponents **ppBackup)
{
    void *got = (void *)(uintptr_t)0xA5A5A5A5A5A5A5A5u;
    struct proxy_call c;
    struct proxy none;
    HRESULT hr;

    proxy_function_enter(&c, &none, w, "CreateVssBackupComponents");
    proxy_in_pointer(&c, "ppBackup", ppBackup != NULL);
    proxy_ready(&c);
    hr = w->subject->create_backup_components(
        &w->host, ppBackup ? (IVssBackupComponents **)&got : NULL);
    if (ppBackup)
        proxy_wrap_out(&c, "IVssBackupComponents", &got);
    proxy_returned(&c, hr);
    if (ppBackup && proxy_out_object(&c, "ppBackup", got))
        *ppBackup = got;
    proxy_leave(&c);
    return hr;
}

HRESULT proxy_CreateVssExamineWriterMetadata(
    struct world *w, const WCHAR *xml, IVssExamineWriterMetadata **ppMetadata)
{
    void *got = (void *)(uintptr_t)0xA5A5A5A5A5A5A5A5u;
    struct proxy_call c;
    struct proxy none;
    HRESULT hr;

    proxy_function_enter(&c, &none, w, "CreateVssExamineWriterMetadata");
    proxy_in_text(&c, "bstrXML", xml);
    proxy_in_pointer(&c, "ppMetadata", ppMetadata != NULL);
    proxy_ready(&c);
    hr = w->subject->create_examine_writer_metadata(
        &w->host, xml, ppMetadata ? (IVssExamineWriterMetadata **)&got : NULL);
    if (ppMetadata)
        proxy_wrap_out(&c, "IVssExamineWriterMetadata", &got);
    proxy_returned(&c, hr);
    if (ppMetadata && proxy_out_object(&c, "ppMetadata", got))
        *ppMetadata = got;
    proxy_leave(&c);
    return hr;
}
