/* explore_alphabet.c - see explore_alphabet.h. */
#include "search/explore_alphabet.h"

#include <string.h>

#include "base/array.h"

const struct letter explore_letters[] = {
    {"InitializeForRestore: { returns: any }", NEED_OBJECT},
    {"InitializeForBackup: { bstrXML: null, returns: any }", NEED_OBJECT},
    {"SetRestoreState: { returns: any }", NEED_OBJECT},
    {"SetBackupState: { returns: any }", NEED_OBJECT},
    {"EnableWriterClasses: { returns: any }", NEED_OBJECT},
    {"GatherWriterMetadata: { returns: any }", NEED_OBJECT},
    {"GetWriterMetadataCount: { returns: any }", NEED_OBJECT},
    {"FreeWriterMetadata: { returns: any }", NEED_OBJECT},
    {"GetWriterComponentsCount: { returns: any }", NEED_OBJECT},
    {"GatherWriterStatus: { returns: any }", NEED_OBJECT},
    {"GetWriterStatusCount: { returns: any }", NEED_OBJECT},
    {"GetWriterStatus: { iWriter: 0, returns: any }", NEED_OBJECT},
    {"FreeWriterStatus: { returns: any }", NEED_OBJECT},
    {"SetSelectedForRestore: { returns: any }", NEED_OBJECT},
    {"SetSelectedForRestore: { bSelectedForRestore: false, returns: any }",
     NEED_OBJECT | EDITS},
    {"SetRestoreOptions: { returns: any }", NEED_OBJECT | EDITS},
    {"AddRestoreSubcomponent: { returns: any }", NEED_OBJECT | EDITS},
    {"AddNewTarget: { returns: any }", NEED_OBJECT | EDITS},
    {"AddAlternativeLocationMapping: { returns: any }", NEED_OBJECT | EDITS},
    {"SetAdditionalRestores: { returns: any }", NEED_OBJECT | EDITS},
    {"SetAuthoritativeRestore: { returns: any }", NEED_OBJECT | EDITS},
    {"SetRangesFilePath: { returns: any }", NEED_OBJECT | EDITS},
    {"SetFileRestoreStatus: { returns: any }", NEED_OBJECT | EDITS},
    {"SetPreviousBackupStamp: { returns: any }", NEED_OBJECT | EDITS},
    {"PreRestore: { returns: any }", NEED_OBJECT},
    {"PreRestore: { ppAsync: null, returns: any }", NEED_OBJECT},
    {"PostRestore: { returns: any }", NEED_OBJECT},
    {"AbortBackup: { returns: any }", NEED_OBJECT},
    {"SaveAsXML: { returns: any }", NEED_OBJECT},
    {"QueryStatus: { returns: any }", NEED_ASYNC},
    {"Wait: { returns: any }", NEED_ASYNC},
    {"Wait: { dwMilliseconds: 1s, returns: any }", NEED_ASYNC},
    {"Cancel: { returns: any }", NEED_ASYNC},
    {"Release: { on: async }", NEED_ASYNC},
    {"Release: { on: object }", NEED_OBJECT},
    {"sleep: 1s", 0},
    {"sleep: 10s", 0},
};

const unsigned explore_n_letters = ARRAY_SIZE(explore_letters);

#define OBJECT "CreateVssBackupComponents: { as: object }\n"
#define LOADED OBJECT "InitializeForRestore\n"
#define READY "prepare: { as: object }\n"
#define RESTORED READY "PreRestore: { wait: true }\n"
#define BACKUP OBJECT "InitializeForBackup\n"
#define GATHERED \
    BACKUP "SetBackupState\nGatherWriterMetadata: { wait: true }\n"
#define FILLED GATHERED "AddComponent\nStartSnapshotSet\nAddToSnapshotSet\n"
#define PREPARED FILLED "PrepareForBackup: { wait: true }\n"
#define COPIED PREPARED "DoSnapshotSet: { wait: true }\nSetBackupSucceeded\n"

/* By enum vss_phase. */
const struct beginning explore_beginnings[VSS_PHASE_COUNT] = {
    {"uninitialised", OBJECT, 1, NULL},
    {"backup", BACKUP, 2, NULL},
    {"restore", LOADED, 2, NULL},
    {"gathering", LOADED "GatherWriterMetadata: { as: async }\n", 3, NULL},
    {"metadata", READY, 1, NULL},
    {"pre-pending", READY "PreRestore: { as: async }\n", 2, NULL},
    {"pre-done", RESTORED, 2, NULL},
    {"pre-failed", READY "PreRestore: { ends: VSS_E_UNEXPECTED }\n", 2,
     "async/PreRestore"},
    {"pre-cancelled", READY "PreRestore: { as: async }\nCancel\nWait\n", 4,
     NULL},
    {"post-pending", RESTORED "PostRestore: { as: async }\n", 3, NULL},
    {"post-done", RESTORED "PostRestore: { wait: true }\n", 3, NULL},
    {"post-failed", RESTORED "PostRestore: { as: async }\nCancel\nWait\n", 5,
     NULL},
    {"backup-gathering", BACKUP "GatherWriterMetadata: { as: async }\n", 3,
     NULL},
    {"backup-metadata", GATHERED, 4, NULL},
    {"prepare-pending", FILLED "PrepareForBackup: { as: async }\n", 8, NULL},
    {"prepared", PREPARED, 8, NULL},
    {"snapshot-pending", PREPARED "DoSnapshotSet: { as: async }\n", 9, NULL},
    {"snapshot-done", COPIED, 10, NULL},
    {"backup-failed", PREPARED "AbortBackup\n", 9, NULL},
    {"complete-pending", COPIED "BackupComplete: { as: async }\n", 11, NULL},
    {"complete-done", COPIED "BackupComplete: { wait: true }\n", 11, NULL},
};

const struct beginning *explore_beginning(const char *phase)
{
    for (unsigned i = 0; i < VSS_PHASE_COUNT; i++)
        if (strcmp(explore_beginnings[i].phase, phase) == 0)
            return &explore_beginnings[i];
    return NULL;
}

void explore_add_letter(struct strbuf *out, unsigned letter)
{
    const char *step = explore_letters[letter].step;
    const char *brace = strchr(step, '{');

    if (brace && !strstr(step, "null") &&
        (strncmp(step, "Gather", 6) == 0 ||
         strncmp(step, "PreRestore", 10) == 0 ||
         strncmp(step, "PostRestore", 11) == 0))
        strbuf_addf(out, "  - %.*s{ as: async,%s\n", (int)(brace - step), step,
                    brace + 1);
    else
        strbuf_addf(out, "  - %s\n", step);
}

void explore_add_probe(struct strbuf *out, enum vss_method method)
{
    strbuf_addf(out, "  - %s: { returns: any }\n", vss_method_name(method));
}

void explore_add_world(struct strbuf *out, const char *name, const char *world,
                       const struct beginning *from)
{
    const char *line = from->steps;

    strbuf_addf(out, "vssim: 1\nscenario: \"explored: %s\"\n%s", name, world);
    if (from->fault)
        strbuf_addf(out, "faults: [ { point: %s } ]\n", from->fault);
    strbuf_adds(out, "requester:\n");
    while (*line) {
        size_t size = strcspn(line, "\n") + 1;

        strbuf_addf(out, "  - %.*s", (int)size, line);
        line += size;
    }
}

const char *const explore_outcomes[][2] = {
    {"a writer that answers at once", ""},
    {"a slow writer", "{ after: 2s }"},
    {"a veto", "{ veto: VSS_E_WRITERERROR_RETRYABLE }"},
    {"a failure without a code", "{ returns: false }"},
    {"a writer that hangs", "{ hang: true }"},
    {"a death before", "{ crash: before }"},
    {"a death during", "{ after: 2s, crash: during }"},
    {"a death after", "{ crash: after }"},
};

const unsigned explore_n_outcomes = ARRAY_SIZE(explore_outcomes);

/* VSS gives a writer that hangs up soon: with what is left of the 60 s it
 * otherwise waits, each second would make states of its own. */
void explore_add_writer(struct strbuf *out, const char *behaviour)
{
    strbuf_adds(out, "world: { hung-writer: 3s }\n"
                     "writers:\n  - profile: test-writer\n");
    if (*behaviour)
        strbuf_addf(out,
                    "    behaviour: { PreRestore: %s, PostRestore: %s }\n",
                    behaviour, behaviour);
}

void explore_add_all(struct strbuf *out)
{
    for (unsigned l = 0; l < explore_n_letters; l++)
        explore_add_letter(out, l);
    for (unsigned m = 0; m < VSS_METHOD_COUNT; m++)
        explore_add_probe(out, (enum vss_method)m);
}

bool explore_cell(const char *method_name, const char *phase_name,
                  enum vss_method *method, enum vss_phase *phase)
{
    unsigned m = 0, p = 0;

    while (m < VSS_METHOD_COUNT &&
           strcmp(vss_method_name((enum vss_method)m), method_name) != 0)
        m++;
    while (p < VSS_PHASE_COUNT &&
           strcmp(vss_phase_name((enum vss_phase)p), phase_name) != 0)
        p++;
    *method = (enum vss_method)m;
    *phase = (enum vss_phase)p;
    return m < VSS_METHOD_COUNT && p < VSS_PHASE_COUNT;
}
