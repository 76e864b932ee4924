/*
 * edit_test.c - what handlers write to components, and what they read there.
 *
 * The components are fakes that note each call; what the reference makes of
 * such calls is tested in sim/vss.
 */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "com/text.h"
#include "writers/edit.h"

struct component {
    const IVssComponentEx2Vtbl *lpVtbl;
    const WCHAR *name, *path, *options;
    bool additional;
    VSS_FILE_RESTORE_STATUS restored;
    const WCHAR *target; /* a new one; NULL: none */
    const WCHAR *target2;
    bool unselected;
    bool selected;   /* ... and says so, whatever fails */
    bool fails;      /* says nothing of itself */
    bool no_targets; /* has more of them than it gives */
    int refs;
};

struct components {
    const IVssWriterComponentsVtbl *lpVtbl;
    struct component *at;
    UINT n;
    bool none; /* the subject gives NULL, and says that all is well */
    bool no_count, not_given; /* the call fails */
};

struct world {
    struct heap *heap;
    struct trace trace;
    struct clock clock;
    struct recorder recorder;
    struct bus bus;
    struct writer writer;
    struct component c[2];
    struct components components;
};

static char notes[1024]; /* of all calls that write */
static int strings;      /* handed out and not yet freed */

static struct component *of(IVssComponentEx2 *This)
{
    return (struct component *)(void *)This;
}

static void note(IVssComponentEx2 *This, const char *method, const WCHAR *text,
                 int64_t number)
{
    char name[32], utf8[64];
    size_t used = strlen(notes);

    wide_to_utf8(of(This)->name, wide_length(of(This)->name), name, 32);
    wide_to_utf8(text ? text : u"-", wide_length(text ? text : u"-"), utf8,
                 64);
    snprintf(notes + used, sizeof(notes) - used, "%s.%s(%s,%lld) ", name,
             method, utf8, (long long)number);
}

static HRESULT give(const WCHAR *text, BSTR *out)
{
    size_t length = wide_length(text);

    *out = malloc((length + 1) * sizeof(WCHAR));
    memcpy(*out, text, (length + 1) * sizeof(WCHAR));
    strings++;
    return S_OK;
}

static void bstr_free(void *context, BSTR text)
{
    (void)context;
    strings -= text != NULL;
    free(text);
}

static HRESULT query_interface(IVssComponentEx2 *This, REFIID iid, void **out)
{
    if (of(This)->fails)
        return E_NOINTERFACE;
    cr_assert(guid_equal(iid, &IID_IVssComponentEx2));
    of(This)->refs++;
    *out = This;
    return S_OK;
}

static ULONG release(IVssComponentEx2 *This)
{
    return (ULONG)--of(This)->refs;
}

static HRESULT get_name(IVssComponentEx2 *This, BSTR *out)
{
    if (of(This)->fails)
        return VSS_E_BAD_STATE;
    return give(of(This)->name, out);
}

static HRESULT get_path(IVssComponentEx2 *This, BSTR *out)
{
    if (of(This)->fails)
        return VSS_E_BAD_STATE;
    return give(of(This)->path, out);
}

static HRESULT get_options(IVssComponentEx2 *This, BSTR *out)
{
    if (of(This)->fails)
        return VSS_E_BAD_STATE;
    return give(of(This)->options, out);
}

static HRESULT get_additional(IVssComponentEx2 *This, bool *out)
{
    if (of(This)->fails)
        return VSS_E_BAD_STATE;
    *out = of(This)->additional;
    return S_OK;
}

static HRESULT get_restored(IVssComponentEx2 *This,
                            VSS_FILE_RESTORE_STATUS *out)
{
    if (of(This)->fails)
        return VSS_E_BAD_STATE;
    *out = of(This)->restored;
    return S_OK;
}

static HRESULT set_target(IVssComponentEx2 *This, VSS_RESTORE_TARGET target)
{
    note(This, "target", NULL, target);
    return S_OK;
}

static HRESULT set_metadata(IVssComponentEx2 *This, LPCWSTR text)
{
    note(This, "metadata", text, 0);
    return S_OK;
}

static HRESULT set_pre(IVssComponentEx2 *This, LPCWSTR text)
{
    note(This, "pre", text, 0);
    return VSS_E_BAD_STATE; /* is recorded, and stops nothing */
}

static HRESULT set_post(IVssComponentEx2 *This, LPCWSTR text)
{
    note(This, "post", text, 0);
    return S_OK;
}

static HRESULT add_directed(IVssComponentEx2 *This, LPCWSTR path, LPCWSTR file,
                            LPCWSTR ranges, LPCWSTR to_path, LPCWSTR to_file,
                            LPCWSTR to_ranges)
{
    cr_expect(path && file && ranges && to_path && to_file && to_ranges);
    note(This, "from", path, (int64_t)wide_length(file));
    note(This, "ranges", ranges, (int64_t)wide_length(to_ranges));
    note(This, "to", to_path, (int64_t)wide_length(to_file));
    return S_OK;
}

static HRESULT set_failure(IVssComponentEx2 *This, HRESULT hr,
                           HRESULT application, LPCWSTR text, DWORD reserved)
{
    cr_expect_eq(reserved, 0);
    cr_expect_eq(application, E_FAIL);
    note(This, "failure", text, (uint32_t)hr);
    return S_OK;
}

static HRESULT add_partial(IVssComponentEx2 *This, LPCWSTR path, LPCWSTR file,
                           LPCWSTR ranges, LPCWSTR metadata)
{
    cr_expect(path && file && ranges);
    note(This, "partial", path, (int64_t)wide_length(file));
    note(This, "ranges", ranges, 0);
    note(This, "with", metadata, 0);
    return S_OK;
}

static HRESULT add_differenced(IVssComponentEx2 *This, LPCWSTR path,
                               LPCWSTR file, BOOL recursive, FILETIME when)
{
    note(This, "differenced", path, (int64_t)wide_length(file));
    note(This, recursive ? "all" : "one", NULL,
         (int64_t)when.dwHighDateTime << 32 | when.dwLowDateTime);
    return S_OK;
}

struct file {
    const IVssWMFiledescVtbl *lpVtbl;
    const WCHAR *path;
};

static HRESULT file_path(IVssWMFiledesc *This, BSTR *out)
{
    return give(((struct file *)(void *)This)->path, out);
}

static ULONG file_release(IVssWMFiledesc *This)
{
    free(This);
    return 0;
}

static HRESULT target_count(IVssComponentEx2 *This, UINT *out)
{
    if (of(This)->fails)
        return VSS_E_BAD_STATE;
    *out = of(This)->target2 ? 2 : of(This)->target != NULL;
    return S_OK;
}

static HRESULT get_target(IVssComponentEx2 *This, UINT i, IVssWMFiledesc **out)
{
    static const IVssWMFiledescVtbl vtable = {
        .GetAlternateLocation = file_path, .Release = file_release};
    struct file *file = malloc(sizeof(*file));

    cr_assert_lt(i, 2);
    if (of(This)->no_targets) {
        free(file);
        return VSS_E_OBJECT_NOT_FOUND;
    }
    *file = (struct file){&vtable, i ? of(This)->target2 : of(This)->target};
    *out = (IVssWMFiledesc *)(void *)file;
    return S_OK;
}

static HRESULT is_selected(IVssComponentEx2 *This, bool *out)
{
    if (of(This)->fails && !of(This)->selected)
        return VSS_E_BAD_STATE;
    *out = !of(This)->unselected;
    return S_OK;
}

static const IVssComponentEx2Vtbl component_vtable = {
    .QueryInterface = query_interface,
    .Release = release,
    .GetComponentName = get_name,
    .GetLogicalPath = get_path,
    .IsSelectedForRestore = is_selected,
    .GetRestoreOptions = get_options,
    .GetAdditionalRestores = get_additional,
    .GetFileRestoreStatus = get_restored,
    .GetNewTargetCount = target_count,
    .GetNewTarget = get_target,
    .SetRestoreTarget = set_target,
    .SetRestoreMetadata = set_metadata,
    .SetPreRestoreFailureMsg = set_pre,
    .SetPostRestoreFailureMsg = set_post,
    .AddDirectedTarget = add_directed,
    .AddPartialFile = add_partial,
    .AddDifferencedFilesByLastModifyTime = add_differenced,
    .SetFailure = set_failure,
};

static struct recorder *recorder;
static const char *site; /* of the call that counted */

static HRESULT count(IVssWriterComponents *This, UINT *out)
{
    site = recorder->site;
    if (((struct components *)(void *)This)->no_count)
        return VSS_E_BAD_STATE;
    *out = ((struct components *)(void *)This)->n;
    return S_OK;
}

static HRESULT get(IVssWriterComponents *This, UINT i, IVssComponent **out)
{
    struct component *c = &((struct components *)(void *)This)->at[i];

    if (((struct components *)(void *)This)->not_given)
        return VSS_E_BAD_STATE;
    if (((struct components *)(void *)This)->none) {
        *out = NULL;
        return S_OK;
    }
    c->refs++;
    *out = (IVssComponent *)(void *)c;
    return S_OK;
}

static const IVssWriterComponentsVtbl components_vtable = {
    .GetComponentCount = count, .GetComponent = get};

static bool flag(void *context, const char *name)
{
    (void)context;
    return strcmp(name, "set") == 0;
}

static void setup(struct world *w)
{
    memset(w, 0, sizeof(*w));
    notes[0] = '\0';
    strings = 0;
    w->heap = heap_create(1 << 20);
    trace_init(&w->trace, heap_alloc(w->heap, 1 << 16), 1 << 16, NULL);
    clock_init(&w->clock, w->heap);
    w->recorder = (struct recorder){&w->trace, &w->clock, 1, 0, "Wait"};
    recorder = &w->recorder;
    bus_init(&w->bus, w->heap, &w->recorder);
    w->bus.flag = flag;
    w->bus.bstr_free = bstr_free;
    w->writer.handle = "w";
    for (int i = 0; i < 2; i++)
        w->c[i] = (struct component){.lpVtbl = &component_vtable,
                                     .name = i ? u"b" : u"a",
                                     .path = u"here",
                                     .options = u"fast",
                                     .additional = true,
                                     .restored = VSS_RS_ALL,
                                     .target = i ? u"D:\\" : u"E:\\"};
    w->components =
        (struct components){.lpVtbl = &components_vtable, .at = w->c, .n = 2};
}

static void teardown(struct world *w)
{
    cr_expect_eq(w->c[0].refs, 0);
    cr_expect_eq(w->c[1].refs, 0);
    cr_expect_eq(strings, 0);
    cr_expect_str_eq(w->recorder.site, "Wait");
    heap_destroy(w->heap);
}

static IVssWriterComponents *view(struct world *w)
{
    return (IVssWriterComponents *)(void *)&w->components;
}

static const struct {
    struct writer_edit edit;
    const char *notes;
} edits[] = {
    {{.method = EDIT_RESTORE_TARGET, .value = VSS_RT_ALTERNATE},
     "a.target(-,2) b.target(-,2) "},
    {{.method = EDIT_RESTORE_METADATA, .component = "b", .text = "m"},
     "b.metadata(m,0) "},
    {{.method = EDIT_PRE_RESTORE_MESSAGE, .text = "no"},
     "a.pre(no,0) b.pre(no,0) "},
    {{.method = EDIT_POST_RESTORE_MESSAGE, .component = "a", .text = "no"},
     "a.post(no,0) "},
    {{.method = EDIT_DIRECTED_TARGET,
      .component = "a",
      .target = {"p", "f", "r", "q", "gg", NULL}},
     "a.from(p,1) a.ranges(r,0) a.to(q,2) "},
    {{.method = EDIT_PARTIAL_FILE,
      .component = "a",
      .target = {"p", "ff", "r", "m"}},
     "a.partial(p,2) a.ranges(r,0) a.with(m,0) "},
    {{.method = EDIT_PARTIAL_FILE, .component = "a"},
     "a.partial(,0) a.ranges(,0) a.with(-,0) "},
    {{.method = EDIT_DIFFERENCED_FILE,
      .component = "a",
      .value = 1,
      .time = 0x100000002,
      .target = {"p", "ff"}},
     "a.differenced(p,2) a.all(-,4294967298) "},
    {{.method = EDIT_FAILURE,
      .component = "b",
      .code = VSS_E_BAD_STATE,
      .application = E_FAIL,
      .text = "why"},
     "b.failure(why,2147754753) "},
    {{.method = EDIT_RESTORE_METADATA, .component = "c", .text = "m"}, ""},
    {{.method = EDIT_RESTORE_METADATA, .component = "a"}, "a.metadata(-,0) "},
};

Test(edit, calls_each_component_that_is_meant)
{
    for (unsigned i = 0; i < ARRAY_SIZE(edits); i++) {
        const struct behaviour b = {.edits = &edits[i].edit, .n_edits = 1};
        struct world w;

        setup(&w);
        edit_apply(&w.bus, VSSIM_EVENT_PRE_RESTORE, &w.writer, view(&w), &b);
        cr_expect_str_eq(notes, edits[i].notes, "edit %u: %s", i, notes);
        teardown(&w);
    }
}

/* `message` goes where the event has its messages, before other edits. */
Test(edit, messages)
{
    const struct writer_edit also = {
        .method = EDIT_RESTORE_METADATA, .component = "a", .text = "m"};
    const struct behaviour b = {
        .message = "why", .edits = &also, .n_edits = 1};
    const struct trace_rec *rec;
    struct world w;

    setup(&w);
    edit_apply(&w.bus, VSSIM_EVENT_PRE_RESTORE, &w.writer, view(&w), &b);
    cr_expect_str_eq(notes, "a.pre(why,0) b.pre(why,0) a.metadata(m,0) ");
    rec = trace_first(w.trace.base, *w.trace.used);
    cr_expect_eq(rec->kind, TRACE_EDIT);
    cr_expect_eq(trace_get_int(rec, KEY_HR, 0), VSS_E_BAD_STATE);
    notes[0] = '\0';
    edit_apply(&w.bus, VSSIM_EVENT_POST_RESTORE, &w.writer, view(&w), &b);
    cr_expect_str_eq(notes, "a.post(why,0) b.post(why,0) a.metadata(m,0) ");
    notes[0] = '\0';
    edit_apply(&w.bus, VSSIM_EVENT_PRE_RESTORE, &w.writer, NULL, &b);
    cr_expect_str_eq(notes, "", "nobody is interested any more");
    w.components.none = true;
    edit_apply(&w.bus, VSSIM_EVENT_PRE_RESTORE, &w.writer, view(&w), &b);
    cr_expect_str_eq(notes, "", "there is nothing to write to");
    while (trace_next(w.trace.base, *w.trace.used, rec))
        rec = trace_next(w.trace.base, *w.trace.used, rec);
    cr_expect_str_eq(trace_get_str(rec, KEY_METHOD, ""), "GetComponent");
    teardown(&w);
}

static const struct {
    struct writer_condition condition;
    bool holds; /* for both components as `setup` makes them */
} conditions[] = {
    {{.kind = CONDITION_NONE}, false},
    {{.kind = CONDITION_FLAG, .text = "set"}, true},
    {{.kind = CONDITION_FLAG, .text = "unset"}, false},
    {{.kind = CONDITION_LOGICAL_PATH, .text = "here"}, true},
    {{.kind = CONDITION_LOGICAL_PATH, .text = "there"}, false},
    {{.kind = CONDITION_RESTORE_OPTIONS, .text = "fast"}, true},
    {{.kind = CONDITION_RESTORE_OPTIONS, .text = "slow"}, false},
    {{.kind = CONDITION_ADDITIONAL_RESTORES, .value = 1}, true},
    {{.kind = CONDITION_ADDITIONAL_RESTORES, .value = 0}, false},
    {{.kind = CONDITION_FILE_RESTORE_STATUS, .value = VSS_RS_ALL}, true},
    {{.kind = CONDITION_FILE_RESTORE_STATUS, .value = VSS_RS_NONE}, false},
    {{.kind = CONDITION_NEW_TARGET, .text = "D:\\"}, false}, /* only b */
};

Test(condition, holds_for_every_component)
{
    struct world w;

    setup(&w);
    for (unsigned i = 0; i < ARRAY_SIZE(conditions); i++)
        cr_expect_eq(
            condition_holds(&w.bus, &conditions[i].condition, view(&w)),
            conditions[i].holds, "condition %u", i);
    cr_expect_str_eq(site, "unless");
    w.c[0].target = u"D:\\";
    cr_expect(condition_holds(&w.bus, &conditions[11].condition, view(&w)));
    w.c[0].target2 = u"E:\\"; /* one of them is enough, first or last */
    cr_expect(condition_holds(&w.bus, &conditions[11].condition, view(&w)));
    w.c[1].target = u"F:\\";
    w.c[1].target2 = u"D:\\";
    cr_expect(condition_holds(&w.bus, &conditions[11].condition, view(&w)));
    w.c[1].path = u"there"; /* not for each any more */
    cr_expect_not(condition_holds(&w.bus, &conditions[3].condition, view(&w)));
    w.c[1].unselected = true; /* nor is it asked of that one */
    cr_expect(condition_holds(&w.bus, &conditions[3].condition, view(&w)));
    w.c[0].unselected = true;
    cr_expect_not(condition_holds(&w.bus, &conditions[3].condition, view(&w)));
    w.components.n = 0;
    cr_expect_not(condition_holds(&w.bus, &conditions[5].condition, view(&w)));
    cr_expect_not(condition_holds(&w.bus, &conditions[5].condition, NULL));
    teardown(&w);
}

/* What cannot be read is like nothing: no text, no status, no targets. Who
 * does not say that it is selected is not. */
Test(condition, of_a_component_that_says_nothing)
{
    static const struct writer_condition undefined = {
        .kind = CONDITION_FILE_RESTORE_STATUS, .value = VSS_RS_UNDEFINED};
    struct world w;

    setup(&w);
    w.c[1].fails = true;
    for (unsigned i = 3; i < ARRAY_SIZE(conditions); i++)
        cr_expect_eq(
            condition_holds(&w.bus, &conditions[i].condition, view(&w)),
            conditions[i].holds, "condition %u", i);
    w.c[0].unselected = true;
    cr_expect_not(condition_holds(&w.bus, &undefined, view(&w)), "no one");
    teardown(&w);
}

/* The same of one that is selected. */
Test(condition, that_cannot_be_read)
{
    static const struct writer_condition unread[] = {
        {.kind = CONDITION_RESTORE_OPTIONS, .text = ""},
        {.kind = CONDITION_LOGICAL_PATH, .text = "here"},
        {.kind = CONDITION_ADDITIONAL_RESTORES, .value = 1},
        {.kind = CONDITION_FILE_RESTORE_STATUS, .value = VSS_RS_ALL},
        {.kind = CONDITION_FILE_RESTORE_STATUS, .value = VSS_RS_NONE},
        {.kind = CONDITION_NEW_TARGET, .text = "D:\\"}};
    struct world w;

    setup(&w);
    w.c[0].unselected = true;
    w.c[1].fails = w.c[1].selected = true;
    for (unsigned i = 0; i < ARRAY_SIZE(unread); i++)
        cr_expect_not(condition_holds(&w.bus, &unread[i], view(&w)),
                      "condition %u", i);
    w.c[1].fails = false;
    w.c[1].no_targets = true;
    cr_expect_not(condition_holds(&w.bus, &unread[5], view(&w)));
    w.c[1].no_targets = false;
    cr_expect(condition_holds(&w.bus, &unread[5], view(&w)));
    w.components.not_given = true;
    cr_expect_not(condition_holds(&w.bus, &unread[5], view(&w)));
    w.components.not_given = false;
    w.c[0].unselected = false;
    cr_expect(condition_holds(&w.bus, &unread[1], view(&w)));
    w.components.no_count = true;
    cr_expect_not(condition_holds(&w.bus, &unread[1], view(&w)));
    teardown(&w);
}

/* What fails is recorded so; without its name it is not the one meant. */
Test(edit, of_a_component_that_says_nothing)
{
    const struct writer_edit made[] = {
        {.method = EDIT_RESTORE_METADATA, .component = "b", .text = "m"},
        {.method = EDIT_FAILURE, .code = VSS_E_BAD_STATE,
         .application = E_FAIL, .text = "why"},
        {.method = EDIT_PREPARE_MESSAGE, .text = "why"}};
    const struct behaviour b = {.edits = made, .n_edits = 3,
                                .message = "no"};
    const struct trace_rec *rec;
    struct world w;

    setup(&w);
    w.c[0].fails = w.c[1].fails = true;
    edit_apply(&w.bus, VSSIM_EVENT_PRE_RESTORE, &w.writer, view(&w), &b);
    cr_expect_str_eq(notes, "a.pre(no,0) b.pre(no,0) ");
    rec = trace_first(w.trace.base, *w.trace.used);
    for (unsigned i = 0; i < 6; i++) {
        cr_assert_not_null(rec);
        cr_expect_eq(trace_get_int(rec, KEY_HR, 0),
                     i < 2 ? VSS_E_BAD_STATE : E_NOINTERFACE, "edit %u", i);
        cr_expect_str_eq(trace_get_str(rec, KEY_COMPONENT, "?"), "");
        rec = trace_next(w.trace.base, *w.trace.used, rec);
    }
    cr_expect_null(rec);
    w.components.no_count = true;
    notes[0] = '\0';
    edit_apply(&w.bus, VSSIM_EVENT_PRE_RESTORE, &w.writer, view(&w), &b);
    cr_expect_str_eq(notes, "");
    teardown(&w);
}
