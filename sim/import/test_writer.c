/*
 * test_writer.c - the configuration of Microsoft's VSS Test Writer.
 *
 * The writer it describes, with its components, becomes an entry of writers;
 * every FailEvent becomes a scenario of its own in which that event fails:
 * a failure earlier in a session would hide a later one.
 */
#include <string.h>

#include "base/array.h"
#include "com/text.h"
#include "import/test_writer.h"
#include "writers/events.h"
#include "yaml/node.h"

/* A word of the configuration: the name of an enumeration's value. */
struct word {
    const char *word, *name;
};

static const char *word_of(struct import *im, struct xml_element *e,
                           const char *attribute, const struct word *words,
                           const char *otherwise)
{
    const char *value = xml_get(e, attribute);

    if (!value)
        return otherwise;
    for (; words->word; words++)
        if (text_is(value, strlen(value), words->word))
            return words->name;
    import_unread(im, e->line, "%s=\"%s\" of %s: played as %s", attribute,
                  value, e->name, otherwise);
    return otherwise;
}

/* --- components --- */

static void dependency(struct import *im, struct strbuf *out,
                       struct xml_element *e)
{
    const char *class = xml_get(e, "writerId");
    const char *path = xml_get(e, "logicalPath");
    const char *name = xml_get(e, "componentName");
    char text[GUID_TEXT];
    GUID guid;

    if (!class || !guid_parse(class, &guid)) {
        import_unread(im, e->line,
                      "Dependency without a writerId that is a "
                      "GUID: left out");
    } else {
        strbuf_addf(out, "          - { class: %s, ", guid_text(&guid, text));
        if (path) {
            tw_text(out, "path", path);
            strbuf_adds(out, ", ");
        }
        tw_text(out, "name", name ? name : "");
        strbuf_adds(out, " }\n");
    }
    xml_rest(im, e);
}

static void component_children(struct config *c, struct xml_element *e,
                               struct strbuf *files, struct strbuf *needs)
{
    for (struct xml_element *i = e->first; i; i = i->next)
        if (text_is(i->name, strlen(i->name), "ComponentFile"))
            tw_file_set(c->im, files, i, "          ", true);
        else if (text_is(i->name, strlen(i->name), "Dependency"))
            dependency(c->im, needs, i);
        else if (text_is(i->name, strlen(i->name), "PartialFile"))
            tw_edit(c, i, true);
        else if (text_is(i->name, strlen(i->name), "DifferencedFile"))
            tw_edit(c, i, false);
        else
            import_unread(c->im, i->line, "element %s in Component", i->name);
}

static void component(struct config *c, struct xml_element *e)
{
    static const struct word types[] = {{"filegroup", "VSS_CT_FILEGROUP"},
                                        {"file_group", "VSS_CT_FILEGROUP"},
                                        {"database", "VSS_CT_DATABASE"},
                                        {NULL, NULL}};
    const char *type =
        word_of(c->im, e, "componentType", types, "VSS_CT_FILEGROUP");
    const char *path = xml_get(e, "logicalPath");
    struct strbuf files = STRBUF_INIT, needs = STRBUF_INIT;
    struct strbuf *out = &c->components;

    c->component = xml_get(e, "componentName");
    if (!c->component || !*c->component) {
        import_unread(c->im, e->line, "Component without componentName");
        c->component = "unnamed";
    }
    strbuf_addf(out, "      - type: %s\n        ", type);
    if (path && *path) {
        tw_text(out, "path", path);
        strbuf_adds(out, "\n        ");
    }
    tw_text(out, "name", c->component);
    strbuf_addc(out, '\n');
    if (!tw_yes(c->im, e, "selectable", true))
        strbuf_adds(out, "        selectable: false\n");
    component_children(c, e, &files, &needs);
    if (files.len)
        strbuf_addf(out, "        %s:\n%s",
                    strcmp(type, "VSS_CT_DATABASE") == 0 ? "databases"
                                                         : "files",
                    files.buf);
    if (needs.len)
        strbuf_addf(out, "        dependencies:\n%s", needs.buf);
    strbuf_release(&files);
    strbuf_release(&needs);
    xml_rest(c->im, e);
}

/* --- FailEvent --- */

static int event_state(struct import *im, struct xml_element *e,
                       const char *event, bool *is_abort)
{
    static const char *const names[] = {
        "Identify",     "PrepareForBackup", "PrepareForSnapshot", "Freeze",
        "Thaw",         "PostSnapshot",     "Abort",              "PreRestore",
        "BackupComplete", "PostRestore",    NULL};
    const char *near = nearest_word(event, names);

    *is_abort = false;
    for (const char *const *n = names; *n; n++)
        if (text_is(event, strlen(event), *n))
            near = *n;
    if (!near) {
        import_unread(im, e->line,
                      "writerEvent=\"%s\": no event that the "
                      "Test Writer can fail",
                      event);
        return -1;
    }
    if (!text_is(event, strlen(event), near))
        import_assume(im, e->line, "writerEvent=\"%s\" is read as %s", event,
                      near);
    *is_abort = strcmp(near, "Abort") == 0;
    for (int s = VSS_WS_FAILED_AT_IDENTIFY; s < VSS_WS_COUNT; s++)
        if (strcmp(writer_event_failed(s), near) == 0)
            return s;
    return VSS_WS_FAILED_AT_BACKUPSHUTDOWN;
}

static void fail_event(struct config *c, struct xml_element *e)
{
    const char *event = xml_get(e, "writerEvent");
    bool is_abort;
    int state = event_state(c->im, e, event ? event : "", &is_abort);
    struct failure *f;

    if (state >= 0) {
        f = *c->last = arena_alloc(c->im->arena, sizeof(*f));
        c->last = &f->next;
        f->line = e->line;
        f->state = state;
        f->abort = is_abort;
        f->retryable = tw_yes(c->im, e, "retryable", false);
        f->times = (unsigned)tw_number(c->im, e, "numFailures", 0, 1000000);
        if (!f->retryable)
            f->times = 0;
        if (f->retryable)
            import_assume(c->im, e->line,
                          "retryable failures have the code "
                          "VSS_E_WRITERERROR_RETRYABLE; the Test Writer takes "
                          "any of the retryable ones");
        if (state == VSS_WS_FAILED_AT_BACKUP_COMPLETE)
            import_assume(c->im, e->line,
                          "a failure at BackupComplete is reported here; the "
                          "Test Writer's never is");
    }
    xml_rest(c->im, e);
}

/* --- the root --- */

static void restore_method(struct config *c, struct xml_element *e)
{
    static const struct word methods[] = {
        {"RESTORE_IF_NONE_THERE", "VSS_RME_RESTORE_IF_NOT_THERE"},
        {"RESTORE_IF_NOT_THERE", "VSS_RME_RESTORE_IF_NOT_THERE"},
        {"RESTORE_IF_CAN_BE_REPLACED", "VSS_RME_RESTORE_IF_CAN_REPLACE"},
        {"RESTORE_IF_CAN_REPLACE", "VSS_RME_RESTORE_IF_CAN_REPLACE"},
        {"STOP_RESTART_SERVICE", "VSS_RME_STOP_RESTORE_START"},
        {"STOP_RESTORE_START", "VSS_RME_STOP_RESTORE_START"},
        {"STOP_RESTORE_RESTART", "VSS_RME_STOP_RESTORE_START"},
        {"RESTORE_STOP_START", "VSS_RME_RESTORE_STOP_START"},
        {"RESTORE_TO_ALTERNATE_LOCATION",
         "VSS_RME_RESTORE_TO_ALTERNATE_LOCATION"},
        {"REPLACE_AT_REBOOT", "VSS_RME_RESTORE_AT_REBOOT"},
        {"RESTORE_AT_REBOOT", "VSS_RME_RESTORE_AT_REBOOT"},
        {"REPLACE_AT_REBOOT_IF_CANNOT_REPLACE",
         "VSS_RME_RESTORE_AT_REBOOT_IF_CANNOT_REPLACE"},
        {"RESTORE_AT_REBOOT_IF_CANNOT_REPLACE",
         "VSS_RME_RESTORE_AT_REBOOT_IF_CANNOT_REPLACE"},
        {"CUSTOM", "VSS_RME_CUSTOM"},
        {NULL, NULL}};
    static const struct word restores[] = {
        {"always", "VSS_WRE_ALWAYS"},
        {"never", "VSS_WRE_NEVER"},
        {"ifReplaceFails", "VSS_WRE_IF_REPLACE_FAILS"},
        {NULL, NULL}};

    c->method = word_of(c->im, e, "method", methods, c->method);
    c->restore = word_of(c->im, e, "writerRestore", restores, c->restore);
    c->never = strcmp(c->restore, "VSS_WRE_NEVER") == 0;
    c->reboot = tw_yes(c->im, e, "rebootRequired", c->reboot);
    for (struct xml_element *i = e->first; i; i = i->next)
        if (text_is(i->name, strlen(i->name), "AlternateLocationMapping"))
            tw_file_set(c->im, &c->mappings, i, "      ", false);
        else
            import_unread(c->im, i->line, "element %s in RestoreMethod",
                          i->name);
    xml_rest(c->im, e);
}

static void schema(struct config *c, struct xml_element *e)
{
    static const struct {
        const char *attribute, *name;
        bool otherwise;
    } bits[] = {
        {"supportsCopy", "VSS_BS_COPY", false},
        {"supportsDifferential", "VSS_BS_DIFFERENTIAL", false},
        {"supportsIncremental", "VSS_BS_INCREMENTAL", false},
        {"supportsLog", "VSS_BS_LOG", false},
        {"supportsNewTarget", "VSS_BS_WRITER_SUPPORTS_NEW_TARGET", true},
    };
    const char *comma = "";

    strbuf_adds(&c->keys, "    backup-schema: [");
    for (unsigned i = 0; i < ARRAY_SIZE(bits); i++)
        if (tw_yes(c->im, e, bits[i].attribute, bits[i].otherwise)) {
            strbuf_addf(&c->keys, "%s%s", comma, bits[i].name);
            comma = ", ";
        }
    strbuf_adds(&c->keys, "]\n");
}

/* What tells the Test Writer to do something to files, of which the
 * simulation has none. */
static void without_effect(struct import *im, struct xml_element *e)
{
    static const char *const names[] = {
        "verbosity",     "deleteFiles",   "deletePartialFiles",
        "deleteDifferencedFiles", "checkIncludes", "checkExcludes", NULL};

    for (const char *const *n = names; *n; n++) {
        const char *value = xml_get(e, *n);

        if (value)
            import_assume(im, e->line,
                          "%s=\"%s\" has no effect here: no files are kept",
                          *n, value);
    }
}

static void read_root(struct config *c, struct xml_element *root)
{
    static const struct word usages[] = {
        {"USER_DATA", "VSS_UT_USERDATA"},
        {"USERDATA", "VSS_UT_USERDATA"},
        {"BOOTABLE_SYSTEM_STATE", "VSS_UT_BOOTABLESYSTEMSTATE"},
        {"BOOTABLESYSTEMSTATE", "VSS_UT_BOOTABLESYSTEMSTATE"},
        {"SYSTEM_SERVICE", "VSS_UT_SYSTEMSERVICE"},
        {"SYSTEMSERVICE", "VSS_UT_SYSTEMSERVICE"},
        {"OTHER", "VSS_UT_OTHER"},
        {NULL, NULL}};

    strbuf_addf(&c->keys, "    usage: %s\n",
                word_of(c->im, root, "usage", usages, "VSS_UT_USERDATA"));
    schema(c, root);
    without_effect(c->im, root);
    xml_rest(c->im, root);
    for (struct xml_element *i = root->first; i; i = i->next) {
        size_t length = strlen(i->name);

        if (text_is(i->name, length, "RestoreMethod"))
            restore_method(c, i);
        else if (text_is(i->name, length, "ExcludeFile"))
            tw_file_set(c->im, &c->excludes, i, "      ", false);
        else if (text_is(i->name, length, "Component"))
            component(c, i);
        else if (text_is(i->name, length, "FailEvent"))
            fail_event(c, i);
        else
            import_unread(c->im, i->line, "element %s in TestWriter", i->name);
    }
}

static const char *body_of(struct config *c)
{
    struct strbuf *b = &c->keys;

    strbuf_addf(b, "    restore-method: %s\n    writer-restore: %s\n",
                c->method, c->restore);
    if (c->reboot)
        strbuf_adds(b, "    reboot-required: true\n");
    if (c->mappings.len)
        strbuf_addf(b, "    mappings:\n%s", c->mappings.buf);
    if (c->excludes.len)
        strbuf_addf(b, "    excludes:\n%s", c->excludes.buf);
    if (c->components.len)
        strbuf_addf(b, "    components:\n%s", c->components.buf);
    return arena_strdup(c->im->arena, strbuf_str(b));
}

static void one_scenario(struct config *c, const char *body,
                         const struct failure *failure)
{
    static const GUID test_writer = {0x5affb034, 0x969f, 0x4919,
                                     {0x88, 0x75, 0x88, 0xf8, 0x30, 0xd0,
                                      0xef, 0x89}};
    struct facts facts = {.im = c->im, .kind = "a configuration of the VSS "
                                               "Test Writer"};
    struct fact *f = facts_add(&facts, failure ? failure->line : 1);
    const char *suffix = "";
    bool of_restore =
        failure && (failure->state == VSS_WS_FAILED_AT_PRE_RESTORE ||
                    failure->state == VSS_WS_FAILED_AT_POST_RESTORE);

    if (of_restore && c->never) {
        import_unread(c->im, failure->line,
                      "%s fails, but writerRestore=\"never\" keeps it from "
                      "coming: left out",
                      writer_event_failed(failure->state));
        return;
    }
    f->has_class = true;
    f->class = test_writer;
    f->state = failure ? failure->state : VSS_WS_STABLE;
    f->has_code = true;
    f->code = !failure             ? S_OK
              : failure->retryable ? VSS_E_WRITERERROR_RETRYABLE
                                   : VSS_E_WRITERERROR_NONRETRYABLE;
    f->times = failure ? failure->times : 0;
    f->body = body;
    f->at_abort = failure && failure->abort;
    if (c->edits.len && (!failure || of_restore)) {
        f->edits = c->edits.buf;
        facts.need_backup = true;
    }
    facts_complete(&facts);
    f->never = c->never;
    f->bare = !c->components.len;
    if (failure && c->im->outputs)
        suffix = facts_slug(
            c->im->arena,
            failure->abort ? "Abort" : writer_event_failed(failure->state));
    emit_scenario(&facts,
                  import_output(c->im, suffix,
                                failure ? writer_event_failed(failure->state)
                                        : "nothing fails"),
                  false);
}

void import_test_writer(struct import *im, struct xml_element *root)
{
    struct config c = {.im = im,
                       .last = &c.failures,
                       .method = "VSS_RME_RESTORE_IF_CAN_REPLACE",
                       .restore = "VSS_WRE_ALWAYS"};
    const char *body;

    read_root(&c, root);
    body = body_of(&c);
    for (const struct failure *f = c.failures; f; f = f->next)
        one_scenario(&c, body, f);
    if (!im->outputs)
        one_scenario(&c, body, NULL);
    strbuf_release(&c.keys);
    strbuf_release(&c.mappings);
    strbuf_release(&c.excludes);
    strbuf_release(&c.components);
    strbuf_release(&c.edits);
}
