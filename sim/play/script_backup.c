/* script_backup.c - the step backup. */
#include "com/documents_write.h"
#include "play/script.h"

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
