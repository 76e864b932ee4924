/*
 * proxy_snapshot.c - how structures about shadow copies are recorded, and the
 * exported functions that deal with them.
 */
#include <string.h>

#include "com/enums.h"
#include "com/text.h"
#include "proxy/proxy_call.h"

static void put_id(struct trace *t, const char *name, const GUID *id)
{
    char text[GUID_TEXT];

    trace_param(t, TRACE_OUT, name, TRACE_STR, 0, guid_text(id, text));
}

static void put_enum(struct trace *t, const char *name, const char *type,
                     int32_t value)
{
    const char *known = enum_name(type, value);

    trace_param(t, TRACE_OUT, name, known ? TRACE_STR : TRACE_INT, value,
                known);
}

static void put_snapshot(struct trace *t, const VSS_SNAPSHOT_PROP *p)
{
    put_id(t, "m_SnapshotId", &p->m_SnapshotId);
    put_id(t, "m_SnapshotSetId", &p->m_SnapshotSetId);
    trace_param(t, TRACE_OUT, "m_lSnapshotsCount", TRACE_INT,
                p->m_lSnapshotsCount, NULL);
    proxy_put_text(t, TRACE_OUT, "m_pwszSnapshotDeviceObject",
                   p->m_pwszSnapshotDeviceObject);
    proxy_put_text(t, TRACE_OUT, "m_pwszOriginalVolumeName",
                   p->m_pwszOriginalVolumeName);
    proxy_put_text(t, TRACE_OUT, "m_pwszOriginatingMachine",
                   p->m_pwszOriginatingMachine);
    proxy_put_text(t, TRACE_OUT, "m_pwszServiceMachine",
                   p->m_pwszServiceMachine);
    proxy_put_text(t, TRACE_OUT, "m_pwszExposedName", p->m_pwszExposedName);
    proxy_put_text(t, TRACE_OUT, "m_pwszExposedPath", p->m_pwszExposedPath);
    put_id(t, "m_ProviderId", &p->m_ProviderId);
    trace_param(t, TRACE_OUT, "m_lSnapshotAttributes", TRACE_INT,
                p->m_lSnapshotAttributes, NULL);
    put_enum(t, "m_eStatus", "VSS_SNAPSHOT_STATE", (int32_t)p->m_eStatus);
}

static void put_provider(struct trace *t, const VSS_PROVIDER_PROP *p)
{
    put_id(t, "m_ProviderId", &p->m_ProviderId);
    proxy_put_text(t, TRACE_OUT, "m_pwszProviderName", p->m_pwszProviderName);
    put_enum(t, "m_eProviderType", "VSS_PROVIDER_TYPE",
             (int32_t)p->m_eProviderType);
    proxy_put_text(t, TRACE_OUT, "m_pwszProviderVersion",
                   p->m_pwszProviderVersion);
}

bool proxy_out_prop(struct proxy_call *c, unsigned param, HRESULT hr,
                    const VSS_SNAPSHOT_PROP *prop)
{
    struct trace *t = c->self->world->trace;
    const char *name = c->method->params[param].name;

    if (proxy_poisoned(prop, sizeof(*prop))) {
        trace_param(t, TRACE_OUT, name, TRACE_UNTOUCHED, 0, NULL);
        return false;
    }
    if (SUCCEEDED(hr))
        put_snapshot(t, prop);
    return true;
}

void proxy_out_props(struct proxy_call *c, const VSS_OBJECT_PROP *props,
                     uint32_t n)
{
    struct trace *t = c->self->world->trace;

    if (!n)
        return;
    put_enum(t, "Type", "VSS_OBJECT_TYPE", (int32_t)props->Type);
    if (props->Type == VSS_OBJECT_SNAPSHOT)
        put_snapshot(t, &props->Obj.Snap);
    else
        put_provider(t, &props->Obj.Prov);
}

/* --- the exported functions --- */

/* A subject from before there were these, or without: the reference's. */
static const struct vssim_subject *with_functions(const struct world *w)
{
    const struct vssim_subject *s = w->subject;

    return s->size >= sizeof(*s) && s->is_volume_snapshotted &&
                   s->should_block_revert && s->free_snapshot_properties
               ? s
               : vssim_reference_subject();
}

HRESULT proxy_IsVolumeSnapshotted(struct world *w, const WCHAR *volume,
                                  BOOL *present, LONG *capability)
{
    struct proxy_call c;
    struct proxy none;
    BOOL p;
    LONG k;
    HRESULT hr;

    memset(&p, PROXY_POISON, sizeof(p));
    memset(&k, PROXY_POISON, sizeof(k));
    proxy_function_enter(&c, &none, w, "IsVolumeSnapshotted");
    proxy_in_text(&c, "pwszVolumeName", volume);
    proxy_in_pointer(&c, "pbSnapshotsPresent", present != NULL);
    proxy_in_pointer(&c, "plSnapshotCapability", capability != NULL);
    proxy_ready(&c);
    hr = with_functions(w)->is_volume_snapshotted(
        &w->host, volume, present ? &p : NULL, capability ? &k : NULL);
    proxy_returned(&c, hr);
    if (present && proxy_out(&c, 1, &p, sizeof(p)))
        *present = p;
    if (capability && proxy_out(&c, 2, &k, sizeof(k)))
        *capability = k;
    proxy_leave(&c);
    return hr;
}

HRESULT proxy_ShouldBlockRevert(struct world *w, const WCHAR *volume,
                                bool *block)
{
    union {
        bool value;
        unsigned char bytes[sizeof(bool)];
    } b;
    struct proxy_call c;
    struct proxy none;
    HRESULT hr;

    memset(b.bytes, PROXY_POISON, sizeof(b.bytes));
    proxy_function_enter(&c, &none, w, "ShouldBlockRevert");
    proxy_in_text(&c, "wszVolumeName", volume);
    proxy_in_pointer(&c, "pbBlock", block != NULL);
    proxy_ready(&c);
    hr = with_functions(w)->should_block_revert(&w->host, volume,
                                                block ? &b.value : NULL);
    proxy_returned(&c, hr);
    if (block && proxy_out(&c, 1, b.bytes, sizeof(b.bytes)))
        *block = b.value;
    proxy_leave(&c);
    return hr;
}

void proxy_VssFreeSnapshotProperties(struct world *w, VSS_SNAPSHOT_PROP *prop)
{
    struct proxy_call c;
    struct proxy none;

    proxy_function_enter(&c, &none, w, "VssFreeSnapshotProperties");
    proxy_in_pointer(&c, "pProp", prop != NULL);
    proxy_ready(&c);
    with_functions(w)->free_snapshot_properties(&w->host, prop);
    proxy_returned(&c, S_OK);
    proxy_leave(&c);
}
