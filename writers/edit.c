/* edit.c - see edit.h. */
#include "writers/edit.h"

#include <string.h>

#include "com/enums.h"
#include "com/hresult.h"
#include "com/text.h"

#define TEXT_ROOM 512

struct wide {
    WCHAR text[TEXT_ROOM];
};

static const WCHAR *wide(struct wide *room, const char *text)
{
    if (!text)
        return NULL;
    utf8_to_wide(text, strlen(text), room->text, TEXT_ROOM);
    return room->text;
}

static const WCHAR *wide_or_empty(struct wide *room, const char *text)
{
    return wide(room, text ? text : "");
}

static void trace_edit(struct bus *bus, const struct writer *w,
                       const char *method, const char *component,
                       const char *value, HRESULT hr)
{
    struct trace *t = record(bus->recorder, TRACE_EDIT, 0);

    trace_str(t, KEY_WRITER, w->handle);
    trace_str(t, KEY_METHOD, method);
    if (component)
        trace_str(t, KEY_COMPONENT, component);
    if (value)
        trace_str(t, KEY_VALUE, value);
    trace_hr(t, KEY_HR, hr);
    trace_end(t);
}

void edit_record(struct bus *bus, const struct writer *w, const char *method,
                 const char *component, HRESULT value, HRESULT hr)
{
    char room[16];

    trace_edit(bus, w, method, component, hresult_text(value, room), hr);
}

static HRESULT set_failure(IVssComponent *c, const struct writer_edit *e)
{
    IVssComponentEx2 *ex2 = NULL;
    struct wide text;
    HRESULT hr =
        c->lpVtbl->QueryInterface(c, &IID_IVssComponentEx2, (void **)&ex2);

    if (SUCCEEDED(hr)) {
        hr = ex2->lpVtbl->SetFailure(ex2, e->code, e->application,
                                     wide(&text, e->text), 0);
        ex2->lpVtbl->Release(ex2);
    }
    return hr;
}

static HRESULT add_directed_target(IVssComponent *c,
                                   const struct writer_edit *e)
{
    struct wide text[6];
    const WCHAR *at[6];

    for (int i = 0; i < 6; i++)
        at[i] = wide_or_empty(&text[i], e->target[i]);
    return c->lpVtbl->AddDirectedTarget(c, at[0], at[1], at[2], at[3], at[4],
                                        at[5]);
}

static HRESULT add_partial_file(IVssComponent *c, const struct writer_edit *e)
{
    struct wide text[4];

    return c->lpVtbl->AddPartialFile(c, wide_or_empty(&text[0], e->target[0]),
                                     wide_or_empty(&text[1], e->target[1]),
                                     wide_or_empty(&text[2], e->target[2]),
                                     wide(&text[3], e->target[3]));
}

static HRESULT add_differenced(IVssComponent *c, const struct writer_edit *e)
{
    const FILETIME when = {(DWORD)e->time, (DWORD)(e->time >> 32)};
    struct wide text[2];

    return c->lpVtbl->AddDifferencedFilesByLastModifyTime(
        c, wide_or_empty(&text[0], e->target[0]),
        wide_or_empty(&text[1], e->target[1]), e->value != 0, when);
}

/* The two messages of a backup stand in IVssComponentEx. */
static HRESULT set_backup_message(IVssComponent *c,
                                  const struct writer_edit *e)
{
    IVssComponentEx *ex = NULL;
    struct wide text;
    HRESULT hr =
        c->lpVtbl->QueryInterface(c, &IID_IVssComponentEx, (void **)&ex);

    if (FAILED(hr))
        return hr;
    hr = e->method == EDIT_PREPARE_MESSAGE
             ? ex->lpVtbl->SetPrepareForBackupFailureMsg(ex,
                                                         wide(&text, e->text))
             : ex->lpVtbl->SetPostSnapshotFailureMsg(ex, wide(&text, e->text));
    ex->lpVtbl->Release(ex);
    return hr;
}

static HRESULT make_backup_edit(IVssComponent *c, const struct writer_edit *e,
                                const char **name, const char **value)
{
    struct wide text;

    switch (e->method) {
    case EDIT_BACKUP_METADATA:
        *name = "SetBackupMetadata";
        return c->lpVtbl->SetBackupMetadata(c, wide(&text, e->text));
    case EDIT_BACKUP_STAMP:
        *name = "SetBackupStamp";
        return c->lpVtbl->SetBackupStamp(c, wide(&text, e->text));
    case EDIT_PARTIAL_FILE:
        *name = "AddPartialFile";
        *value = e->target[1];
        return add_partial_file(c, e);
    case EDIT_DIFFERENCED_FILE:
        *name = "AddDifferencedFilesByLastModifyTime";
        *value = e->target[1];
        return add_differenced(c, e);
    case EDIT_PREPARE_MESSAGE:
        *name = "SetPrepareForBackupFailureMsg";
        return set_backup_message(c, e);
    default:
        *name = "SetPostSnapshotFailureMsg";
        return set_backup_message(c, e);
    }
}

static HRESULT make_edit(IVssComponent *c, const struct writer_edit *e,
                         const char **name, const char **value)
{
    struct wide text;

    *value = e->text;
    switch (e->method) {
    case EDIT_RESTORE_TARGET:
        *name = "SetRestoreTarget";
        *value = enum_name("VSS_RESTORE_TARGET", e->value);
        return c->lpVtbl->SetRestoreTarget(c, (VSS_RESTORE_TARGET)e->value);
    case EDIT_RESTORE_METADATA:
        *name = "SetRestoreMetadata";
        return c->lpVtbl->SetRestoreMetadata(c, wide(&text, e->text));
    case EDIT_PRE_RESTORE_MESSAGE:
        *name = "SetPreRestoreFailureMsg";
        return c->lpVtbl->SetPreRestoreFailureMsg(c, wide(&text, e->text));
    case EDIT_POST_RESTORE_MESSAGE:
        *name = "SetPostRestoreFailureMsg";
        return c->lpVtbl->SetPostRestoreFailureMsg(c, wide(&text, e->text));
    case EDIT_DIRECTED_TARGET:
        *name = "AddDirectedTarget";
        *value = e->target[3];
        return add_directed_target(c, e);
    case EDIT_FAILURE:
        *name = "SetFailure";
        *value = hresult_name(e->code);
        return set_failure(c, e);
    default:
        return make_backup_edit(c, e, name, value);
    }
}

/* Is this the component meant? Gives its name. */
static bool named(struct bus *bus, IVssComponent *c, const char *wanted,
                  char *name)
{
    BSTR text = NULL;
    struct wide want;
    bool same;

    name[0] = '\0';
    if (FAILED(c->lpVtbl->GetComponentName(c, &text)))
        return !wanted;
    same = !wanted || wide_equal(text, wide(&want, wanted));
    wide_to_utf8(text, wide_length(text), name, TEXT_ROOM);
    bus->bstr_free(bus->context, text);
    return same;
}

static void apply_one(struct bus *bus, struct writer *w,
                      IVssWriterComponents *components,
                      const struct writer_edit *e)
{
    UINT count = 0;

    components->lpVtbl->GetComponentCount(components, &count);
    for (UINT i = 0; i < count; i++) {
        IVssComponent *c = NULL;
        const char *method, *value;
        char name[TEXT_ROOM];
        HRESULT hr = components->lpVtbl->GetComponent(components, i, &c);

        if (FAILED(hr) || !c) {
            trace_edit(bus, w, "GetComponent", NULL, NULL, hr);
            continue;
        }
        if (named(bus, c, e->component, name)) {
            hr = make_edit(c, e, &method, &value);
            trace_edit(bus, w, method, name, value, hr);
        }
        c->lpVtbl->Release(c);
    }
}

void edit_apply(struct bus *bus, enum vssim_event_kind kind, struct writer *w,
                IVssWriterComponents *components, const struct behaviour *b)
{
    if (!components)
        return;
    if (b->message) {
        struct writer_edit message = {
            .method = kind == VSSIM_EVENT_PRE_RESTORE ? EDIT_PRE_RESTORE_MESSAGE
                      : kind == VSSIM_EVENT_POST_RESTORE
                          ? EDIT_POST_RESTORE_MESSAGE
                      : kind == VSSIM_EVENT_PREPARE_FOR_BACKUP
                          ? EDIT_PREPARE_MESSAGE
                          : EDIT_POST_SNAPSHOT_MESSAGE,
            .text = b->message};

        apply_one(bus, w, components, &message);
    }
    for (uint32_t i = 0; i < b->n_edits; i++)
        apply_one(bus, w, components, &b->edits[i]);
}
