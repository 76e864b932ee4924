/* emit.c - facts about writers become scenarios; see parts.h. */
#include <string.h>

#include "com/enums.h"
#include "com/hresult.h"
#include "com/text.h"
#include "import/parts.h"
#include "writers/events.h"

static bool settable(HRESULT code)
{
    return code == VSS_E_WRITERERROR_INCONSISTENTSNAPSHOT ||
           code == VSS_E_WRITERERROR_OUTOFRESOURCES ||
           code == VSS_E_WRITERERROR_RETRYABLE ||
           code == VSS_E_WRITERERROR_NONRETRYABLE ||
           code == VSS_E_WRITERERROR_TIMEOUT || code == S_OK;
}

/* A code that a handler may set only where VSS does not look at it. */
static bool needs_pass(const struct facts *facts)
{
    for (const struct fact *f = facts->first; f; f = f->next)
        if (!f->out && writer_event_failed(f->state) && !settable(f->code))
            return true;
    return false;
}

static bool in_restore(const struct fact *f)
{
    return f->state == VSS_WS_FAILED_AT_PRE_RESTORE ||
           f->state == VSS_WS_FAILED_AT_POST_RESTORE ||
           f->state == VSS_WS_UNKNOWN;
}

/* --- writers --- */

static void put_times(struct strbuf *out, const struct fact *f, bool twin)
{
    unsigned times = f->times ? f->times : twin ? 1 : 0;

    if (times)
        strbuf_addf(out, ", times: %u", times);
}

/* What its event does: { ... }, or NULL when it is well. */
static void failing(struct strbuf *out, const struct fact *f, bool twin)
{
    const char *event = f->at_abort ? "Abort" : writer_event_failed(f->state);

    if (f->state == VSS_WS_UNKNOWN) {
        strbuf_addf(out, "      PreRestore: { %s",
                    f->code == VSS_E_WRITER_NOT_RESPONDING
                        ? "hang: true"
                        : "status: not-available");
    } else {
        strbuf_addf(out, "      %s: { ", event);
        if (f->state == VSS_WS_FAILED_AT_IDENTIFY)
            strbuf_adds(out, "refuse: true");
        else if (f->code == S_OK)
            strbuf_adds(out, "returns: false");
        else
            strbuf_addf(out, "veto: %s", hresult_name(f->code));
        if (f->error && in_restore(f)) {
            strbuf_adds(out, ", message: ");
            yaml_text(out, f->error);
        }
    }
    put_times(out, f, twin);
    strbuf_adds(out, " }\n");
}

static void behaviour(struct strbuf *out, const struct fact *f, bool twin)
{
    bool fails = f->state == VSS_WS_UNKNOWN || writer_event_failed(f->state);

    if (!fails && !f->edits)
        return;
    strbuf_adds(out, "    behaviour:\n");
    if (fails)
        failing(out, f, twin);
    if (f->edits)
        strbuf_addf(out, "      PostSnapshot:\n        edit:\n%s", f->edits);
}

static void assumed_component(struct strbuf *out)
{
    strbuf_adds(out, "    components: [ { type: VSS_CT_FILEGROUP, name: data, "
                     "files: [ { path: 'C:\\data', recursive: true } ] } ]\n");
}

static void read_comment(struct strbuf *out, const struct fact *f)
{
    char instance[GUID_TEXT];
    struct strbuf text = STRBUF_INIT;

    strbuf_addf(&text, "Line %lu: %s", f->line,
                enum_name("VSS_WRITER_STATE", f->state));
    if (f->error)
        strbuf_addf(&text, ", \"%s\"", f->error);
    if (f->has_instance)
        strbuf_addf(&text, ", instance %s", guid_text(&f->instance, instance));
    yaml_comment(out, 2, "%s", text.buf);
    strbuf_release(&text);
}

static void writer(struct strbuf *out, const struct fact *f, bool twin)
{
    char class[GUID_TEXT];

    read_comment(out, f);
    if (f->profile) {
        strbuf_addf(out, "  - profile: %s\n", f->profile);
        if (strcmp(f->handle, f->profile) != 0)
            strbuf_addf(out, "    as: %s\n", f->handle);
        if (f->name && strcmp(f->name, f->profile_name) != 0) {
            strbuf_adds(out, "    name: ");
            yaml_text(out, f->name);
            strbuf_addc(out, '\n');
        }
    } else {
        strbuf_addf(out, "  - as: %s\n", f->handle);
        if (f->name) {
            strbuf_adds(out, "    name: ");
            yaml_text(out, f->name);
            strbuf_addc(out, '\n');
        }
        if (f->has_class)
            strbuf_addf(out, "    class: %s\n", guid_text(&f->class, class));
    }
    if (f->body)
        strbuf_adds(out, f->body);
    if (f->bare && f->state == VSS_WS_STABLE && f->body)
        strbuf_adds(out, "    components: []\n");
    else if (f->bare ? f->state != VSS_WS_STABLE : !f->profile && !f->body)
        assumed_component(out);
    if (f->profile && !f->body && f->never && in_restore(f))
        strbuf_adds(out, "    writer-restore: VSS_WRE_ALWAYS\n");
    behaviour(out, f, twin);
}

/* --- scenarios --- */

static const char *title(struct facts *facts, bool twin)
{
    struct strbuf text = STRBUF_INIT;
    unsigned failed = 0;
    const char *out;

    for (const struct fact *f = facts->first; f; f = f->next) {
        if (f->out ||
            (!writer_event_failed(f->state) && f->state != VSS_WS_UNKNOWN))
            continue;
        if (failed++ < 3)
            strbuf_addf(&text, "%s%s fails at %s", failed > 1 ? ", " : "",
                        f->name ? f->name : f->handle,
                        f->state == VSS_WS_UNKNOWN
                            ? "PreRestore, its status "
                              "unknown"
                            : writer_event_failed(f->state));
    }
    if (failed > 3)
        strbuf_addf(&text, " and %u more", failed - 3);
    if (!failed)
        strbuf_adds(&text, "The writers that were told of are restored");
    if (twin)
        strbuf_adds(&text, " in an earlier session only; a fresh one is "
                           "stable");
    out = arena_strdup(facts->im->arena, text.buf);
    strbuf_release(&text);
    return out;
}

void emit_scenario(struct facts *facts, struct strbuf *out, bool twin)
{
    import_opening(facts->im, out, title(facts, twin), facts->kind);
    if (facts->leftover && !twin)
        yaml_comment(out, 0,
                     "A state is what some operation left behind: here it "
                     "happens again. The twin (--variant stale) takes it for "
                     "old.");
    if (twin)
        yaml_comment(out, 0,
                     "The stale twin: an earlier session left the states that "
                     "were read, the one that counts is well.");
    for (const struct fact *f = facts->first; f; f = f->next) {
        if (f->out || !writer_event_failed(f->state))
            continue;
        if (f->code == S_OK && f->state != VSS_WS_FAILED_AT_IDENTIFY)
            yaml_comment(out, 0,
                         "%s: failed without an error. A handler that returns "
                         "false leaves VSS_E_WRITERERROR_NONRETRYABLE.",
                         f->handle);
    }
    if (needs_pass(facts))
        strbuf_adds(out,
                    "# A code that SetWriterFailure does not list is let "
                    "through.\n"
                    "world: { policy: { writer-failure-codes: pass } }\n");
    strbuf_adds(out, "writers:\n");
    for (const struct fact *f = facts->first; f; f = f->next)
        if (!f->out)
            writer(out, f, twin);
    strbuf_adds(out, "requester:\n");
    emit_steps(facts, out, twin);
}

static bool left_something(const struct facts *facts)
{
    for (const struct fact *f = facts->first; f; f = f->next)
        if (!f->out && f->state != VSS_WS_STABLE)
            return true;
    return false;
}

void emit_facts(struct facts *facts)
{
    emit_scenario(facts,
                  import_output(facts->im, "",
                                "the states as they "
                                "come about"),
                  false);
    if (facts->leftover && left_something(facts))
        emit_scenario(facts,
                      import_output(facts->im, "stale",
                                    "the twin: the states are left over from "
                                    "an earlier session"),
                      true);
}
