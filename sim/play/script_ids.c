/* script_ids.c - the ids and structures of shadow copies that calls of a script
 * give and take. */
#include <string.h>

#include "play/script.h"

/* --- ids --- */

/* Of the object that a call is about: of the type that it names, or a set. */
static const GUID *last_object(const struct script *s, const struct step *step)
{
    const struct api_method *m = step->method;

    for (unsigned i = 0; m && i < m->n_params; i++)
        if (strcmp(m->params[i].type, "VSS_OBJECT_TYPE") == 0 &&
            step->args[i].given && step->args[i].num == VSS_OBJECT_SNAPSHOT)
            return &s->last_snapshot;
    return &s->last_set;
}

bool script_default_id(const struct script *s, const struct step *step,
                       const struct api_param *p, GUID *id)
{
    switch (p->unsaid) {
    case API_LAST_OBJECT:
        *id = *last_object(s, step);
        return true;
    case API_LAST_SET:
        *id = s->last_set;
        return true;
    case API_LAST_SNAPSHOT:
        *id = s->last_snapshot;
        return true;
    default:
        return false;
    }
}

static void name_id(struct script *s, const struct step *step, const GUID *id)
{
    struct held *h;

    if (!step->as)
        return;
    h = script_hold(s, NULL, step->as, false);
    h->is_id = true;
    h->id = *id;
}

void script_keep_ids(struct script *s, const struct step *step,
                     const struct api_method *m)
{
    if (strcmp(m->name, "StartSnapshotSet") == 0) {
        s->last_set = s->last_out[0].guid;
        name_id(s, step, &s->last_set);
    } else if (strcmp(m->name, "AddToSnapshotSet") == 0) {
        s->last_snapshot = s->last_out[2].guid;
        name_id(s, step, &s->last_snapshot);
    } else if (strcmp(m->name, "Next") == 0 &&
               s->props[0].Type == VSS_OBJECT_SNAPSHOT) {
        s->last_snapshot = s->props[0].Obj.Snap.m_SnapshotId;
        s->last_set = s->props[0].Obj.Snap.m_SnapshotSetId;
    }
}

/* --- structures --- */

void script_drop_props(struct script *s, const struct api_method *m, bool keep)
{
    const struct vssim_host *host = &s->world->host;
    uint32_t call = s->last_call;

    if (keep)
        return;
    if (strcmp(m->name, "GetSnapshotProperties") == 0)
        proxy_VssFreeSnapshotProperties(s->world, &s->prop);
    for (unsigned i = 0; strcmp(m->name, "Next") == 0 && i < SCRIPT_PROPS;
         i++) {
        VSS_OBJECT_PROP *one = &s->props[i];

        if (one->Type == VSS_OBJECT_SNAPSHOT) {
            proxy_VssFreeSnapshotProperties(s->world, &one->Obj.Snap);
        } else if (one->Type == VSS_OBJECT_PROVIDER) {
            host->task_free(host, one->Obj.Prov.m_pwszProviderName);
            host->task_free(host, one->Obj.Prov.m_pwszProviderVersion);
        }
    }
    s->last_call = call;
}
