/* script_backup.c - shadow copies in scripts, and the step backup. */
#include <string.h>

#include "com/documents_write.h"
#include "com/text.h"
#include "play/script.h"

/* --- ids --- */

bool script_default_id(const struct script *s, const struct step *step,
                       const struct api_param *p, GUID *id)
{
    bool source = strcmp(p->name, "SourceObjectId") == 0;
    const struct api_method *m = step->method;

    if (source) {
        *id = s->last_set;
        for (unsigned i = 0; m && i < m->n_params; i++)
            if (strcmp(m->params[i].name, "eSourceObjectType") == 0 &&
                step->args[i].given &&
                step->args[i].num == VSS_OBJECT_SNAPSHOT)
                *id = s->last_snapshot;
        return true;
    }
    if (strstr(p->name, "napshotSet")) {
        *id = s->last_set;
        return true;
    }
    if (strcmp(p->name, "SnapshotId") == 0 ||
        strcmp(p->name, "snapshotId") == 0) {
        *id = s->last_snapshot;
        return true;
    }
    return false;
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

/* --- the step backup --- */

/* Does something for each component of the writer that a document holds
 * explicitly. */
static void each_component(struct script *s, const struct step *step,
                           const struct writer *w, const char *method)
{
    for (uint32_t i = 0; i < w->desc->n_components; i++) {
        struct step plain = script_plain_step(step, method);

        if (!component_is_explicit(w->desc, &w->desc->components[i]))
            continue;
        plain.writer = w;
        plain.component = &w->desc->components[i];
        script_do_method(s, &plain);
    }
}

static void each_writer(struct script *s, const struct step *step,
                        const char *method)
{
    for (uint32_t i = 0; step->has_select && i < step->n_select; i++)
        each_component(s, step, step->select[i], method);
    for (struct scenario_writer *w = s->scenario->writers;
         !step->has_select && w; w = w->next)
        if (w->writer.live && w->backed_up)
            each_component(s, step, &w->writer, method);
}

static void add_volumes(struct script *s, const struct step *step)
{
    for (uint32_t i = 0; i < (step->n_volumes ? step->n_volumes : 1); i++) {
        struct step plain = script_plain_step(step, "AddToSnapshotSet");

        if (step->n_volumes) {
            plain.args[0].given = true;
            plain.args[0].text = step->volumes[i];
        }
        script_do_method(s, &plain);
    }
}

void script_step_backup(struct script *s, const struct step *step)
{
    struct proxy *bc;

    script_do_plain(s, step, "CreateVssBackupComponents", false, NULL);
    bc = script_latest(s, API_BACKUP_COMPONENTS);
    script_do_plain(s, step, "InitializeForBackup", false, NULL);
    script_do_plain(s, step, "SetBackupState", false, NULL);
    script_do_plain(s, step, "GatherWriterMetadata", true, NULL);
    each_writer(s, step, "AddComponent");
    script_do_plain(s, step, "StartSnapshotSet", false, NULL);
    add_volumes(s, step);
    script_do_plain(s, step, "PrepareForBackup", true, NULL);
    script_do_plain(s, step, "GatherWriterStatus", true, NULL);
    script_do_plain(s, step, "FreeWriterStatus", false, NULL);
    script_do_plain(s, step, "DoSnapshotSet", true, NULL);
    script_do_plain(s, step, "GatherWriterStatus", true, NULL);
    script_do_plain(s, step, "FreeWriterStatus", false, NULL);
    script_do_plain(s, step, "GetSnapshotProperties", false, NULL);
    each_writer(s, step, "SetBackupSucceeded");
    script_do_plain(s, step, "SaveAsXML", false, step->as);
    script_do_plain(s, step, "BackupComplete", true, NULL);
    script_do_plain(s, step, "GatherWriterStatus", true, NULL);
    script_do_plain(s, step, "FreeWriterStatus", false, NULL);
    if (!step->keep && bc)
        script_release(bc);
}
