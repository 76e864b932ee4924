/* rules_asr.c - what a requester owes to a machine's disks (ASR). */
#include <string.h>

#include "asserts/rules/requester.h"

/* The records of a kind. */
#define EACH_RECORD(j, rec, of) \
    EACH_OTHER(&(j)->model, rec) \
        if (rec->kind == (of))

static bool is(const struct trace_rec *rec, enum trace_key key,
               const char *value)
{
    return strcmp(trace_get_str(rec, key, ""), value) == 0;
}

/* The PreRestore that a record belongs to: the latest before it. */
static const struct m_call *pre_restore(const struct model *m, uint32_t seq)
{
    const struct m_call *found = NULL;

    EACH_CALL_OF(m, c)
        if (c->method == M_PRE_RESTORE && c->enter->seq < seq)
            found = c;
    return found;
}

void rule_efi_cleaned(struct judge *j)
{
    EACH_RECORD(j, rec, TRACE_DISK) {
        const char *why = trace_get_str(rec, KEY_REASON, NULL);

        if (!is(rec, KEY_WHAT, "restore"))
            continue;
        judged(j, RULE_ID_efi_cleaned);
        if (why && !is(rec, KEY_CLEANED, "true"))
            found(j, RULE_ID_efi_cleaned, pre_restore(&j->model, rec->seq),
                  rec,
                  "PreRestore before IVdsAdvancedDisk::Clean of disk %s: %s",
                  trace_get_str(rec, KEY_DISK, "?"),
                  strcmp(why, "other-drive") == 0
                      ? "it is another drive than the EFI disk of the backup"
                      : "the partitioning of this EFI disk changed since the "
                        "backup");
    }
}

void rule_clean_is_due(struct judge *j)
{
    EACH_RECORD(j, rec, TRACE_DISK) {
        if (!is(rec, KEY_WHAT, "clean") || trace_get_int(rec, KEY_HR, 0) < 0)
            continue;
        judged(j, RULE_ID_clean_is_due);
        if (!trace_get_str(rec, KEY_REASON, NULL))
            found(j, RULE_ID_clean_is_due, model_call(&j->model, rec->call),
                  rec,
                  "disk %s was cleaned, and neither its partitioning changed "
                  "nor does it take the place of another EFI disk",
                  trace_get_str(rec, KEY_NAME, "?"));
    }
}

/* Of scripts only: a program's registry is not seen. */
void rule_last_instance(struct judge *j)
{
    if (strcmp(trace_get_str(j->model.header, KEY_MODE, ""), "exec") == 0)
        return;
    EACH_RECORD(j, rec, TRACE_REGISTRY) {
        if (!is(rec, KEY_WHAT, "PostRestore"))
            continue;
        judged(j, RULE_ID_last_instance);
        if (is(rec, KEY_VALUE, ""))
            found(j, RULE_ID_last_instance, model_call(&j->model, rec->call),
                  rec,
                  "PostRestore, and LastInstance was not set since the disks "
                  "were restored");
    }
}

void rule_expect_disk(struct judge *j)
{
    EACH_EXPECT(j, e, "disk")
    {
        const char *got = "untouched";

        EACH_RECORD(j, rec, TRACE_DISK)
            if (is(rec, KEY_WHAT, "restore") &&
                is(rec, KEY_NAME, trace_get_str(e, KEY_NAME, "")))
                got = trace_get_str(rec, KEY_OUTCOME, "?");
        judged(j, RULE_ID_expect_disk);
        if (!is(e, KEY_WANT, got))
            finding_values(j,
                           found(j, RULE_ID_expect_disk, NULL, e,
                                 "another outcome for disk %s of the backup",
                                 trace_get_str(e, KEY_NAME, "?")),
                           trace_get_str(e, KEY_WANT, "?"), got);
    }
}
