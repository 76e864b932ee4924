/* api.c - see api.h. */
#include "com/api.h"

#include <string.h>

#include <vssim/subject.h>

#include "base/array.h"
#include "com/text.h"
#include "os/assert.h"

#define GEN_TABLE
#include "api_gen.inc"

/* When several interfaces have a method of a name, the one that requesters
 * call most comes first. */
static const enum api_family usual[] = {
    API_FUNCTION,     API_BACKUP_COMPONENTS, API_ASYNC,   API_ENUM_OBJECT,
    API_COMPONENT,    API_WRITER_COMPONENTS, API_EXAMINE_METADATA,
    API_WM_COMPONENT, API_WM_FILEDESC,       API_WM_DEPENDENCY,
    API_VDS_LOADER,   API_VDS_SERVICE,       API_VDS_PROVIDER,
    API_VDS_SW_PROVIDER, API_VDS_PACK,       API_VDS_DISK,
    API_VDS_ADVANCED_DISK, API_VDS_ENUM,     API_VDS_ASYNC};

const struct api_method *api_find(const char *name, unsigned skip)
{
    const char *dot = strchr(name, '.');
    const char *method = dot ? dot + 1 : name;
    size_t iface_len = dot ? (size_t)(dot - name) : 0;

    for (unsigned u = 0; u < ARRAY_SIZE(usual); u++)
        for (unsigned i = 0; i < api_n_methods; i++) {
            const struct api_method *m = &api_methods[i];

            if (m->family != usual[u] || strcmp(m->name, method) != 0 ||
                (dot && (strlen(m->iface) != iface_len ||
                         memcmp(m->iface, name, iface_len) != 0)))
                continue;
            if (skip-- == 0)
                return m;
        }
    return NULL;
}

const struct api_iface *api_iface(const char *name)
{
    static const struct api_iface ext = {"IVssWriterComponentsExt",
                                         "IVssWriterComponents", NULL,
                                         API_WRITER_COMPONENTS, 2};

    for (unsigned i = 0; i < api_n_ifaces; i++)
        if (strcmp(api_ifaces[i].name, name) == 0)
            return &api_ifaces[i];
    return strcmp(name, ext.name) == 0 ? &ext : NULL;
}

const struct api_iface *api_iface_of(const IID *iid)
{
    for (unsigned i = 0; i < api_n_ifaces; i++)
        if (api_ifaces[i].iid && guid_equal(api_ifaces[i].iid, iid))
            return &api_ifaces[i];
    return NULL;
}

const struct api_param *api_result(const struct api_method *method)
{
    assert(method && method->n_params <= API_MAX_PARAMS);
    for (unsigned i = 0; i < method->n_params; i++)
        if (method->params[i].dir == API_OUT)
            return &method->params[i];
    return NULL;
}

#define FIELD(id, c_type, of_kind, bytes, said_as) \
    {.name = id, .type = c_type, .kind = of_kind, .dir = API_OUT, \
     .size = bytes, .form = said_as}

const struct api_param *api_field(const char *name)
{
    static const struct api_param fields[] = {
        FIELD("m_SnapshotId", "VSS_ID", API_GUID, 16, API_PLAIN),
        FIELD("m_SnapshotSetId", "VSS_ID", API_GUID, 16, API_PLAIN),
        FIELD("m_lSnapshotsCount", "LONG", API_INT, 4, API_PLAIN),
        FIELD("m_pwszSnapshotDeviceObject", "VSS_PWSZ", API_TEXT, 8, API_PLAIN),
        FIELD("m_pwszOriginalVolumeName", "VSS_PWSZ", API_TEXT, 8, API_PLAIN),
        FIELD("m_pwszOriginatingMachine", "VSS_PWSZ", API_TEXT, 8, API_PLAIN),
        FIELD("m_pwszServiceMachine", "VSS_PWSZ", API_TEXT, 8, API_PLAIN),
        FIELD("m_pwszExposedName", "VSS_PWSZ", API_TEXT, 8, API_PLAIN),
        FIELD("m_pwszExposedPath", "VSS_PWSZ", API_TEXT, 8, API_PLAIN),
        FIELD("m_ProviderId", "VSS_ID", API_GUID, 16, API_PLAIN),
        FIELD("m_lSnapshotAttributes", "LONG", API_INT, 4, API_BITS),
        FIELD("m_eStatus", "VSS_SNAPSHOT_STATE", API_ENUM, 4, API_PLAIN),
        FIELD("Type", "VSS_OBJECT_TYPE", API_ENUM, 4, API_PLAIN),
        FIELD("m_pwszProviderName", "VSS_PWSZ", API_TEXT, 8, API_PLAIN),
        FIELD("m_eProviderType", "VSS_PROVIDER_TYPE", API_ENUM, 4, API_PLAIN),
        FIELD("m_pwszProviderVersion", "VSS_PWSZ", API_TEXT, 8, API_PLAIN),
    };

    for (unsigned i = 0; i < ARRAY_SIZE(fields); i++)
        if (strcmp(fields[i].name, name) == 0)
            return &fields[i];
    return NULL;
}

bool api_has_fields(const struct api_method *m)
{
    for (unsigned i = 0; i < m->n_params; i++)
        if (m->params[i].kind == API_PROP || m->params[i].kind == API_PROPS)
            return true;
    return false;
}
