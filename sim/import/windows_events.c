/*
 * windows_events.c - entries of the Application event log by the source VSS.
 *
 * An entry names, below its text, the operation under way ("Operation:") and
 * the context ("Context:") with the writer's class id, name and instance id.
 */
#include <string.h>

#include "base/array.h"
#include "com/hresult.h"
#include "import/parts.h"

struct entry {
    struct facts *facts;
    unsigned long line; /* of "Operation:"; 0: none is open */
    bool operation;     /* the lines of it come now */
    int state;          /* where the operation fails, -1: nowhere we know */
    const char *words;  /* the operation as told */
    unsigned id;
    bool has_code;
    HRESULT code;
    struct fact writer;
};

static const struct {
    const char *words;
    int state;
} operations[] = {
    {"PreRestore Event", VSS_WS_FAILED_AT_PRE_RESTORE},
    {"PostRestore Event", VSS_WS_FAILED_AT_POST_RESTORE},
    {"PrepareForSnapshot Event", VSS_WS_FAILED_AT_PREPARE_SNAPSHOT},
    {"PrepareSnapshot Event", VSS_WS_FAILED_AT_PREPARE_SNAPSHOT},
    {"PrepareForBackup Event", VSS_WS_FAILED_AT_PREPARE_BACKUP},
    {"PrepareBackup Event", VSS_WS_FAILED_AT_PREPARE_BACKUP},
    {"Freeze Event", VSS_WS_FAILED_AT_FREEZE},
    {"Thaw Event", VSS_WS_FAILED_AT_THAW},
    {"PostSnapshot Event", VSS_WS_FAILED_AT_POST_SNAPSHOT},
    {"BackupComplete Event", VSS_WS_FAILED_AT_BACKUP_COMPLETE},
    {"BackupShutdown Event", VSS_WS_FAILED_AT_BACKUPSHUTDOWN},
    {"OnIdentify Event", VSS_WS_FAILED_AT_IDENTIFY},
    {"Identify Event", VSS_WS_FAILED_AT_IDENTIFY},
};

/* Operations that say nothing of an event, but may stand beside one. */
static bool other_operation(const char *text)
{
    static const char *const words[] = {
        "Gathering Writer Data", "Executing Asynchronous Operation",
        "Initializing Writer", "Writer Modifying Backup Document", NULL};

    for (const char *const *w = words; *w; w++)
        if (text_is(text, strlen(text), *w))
            return true;
    return false;
}

static bool operation_line(struct entry *e, const char *text)
{
    for (unsigned i = 0; i < ARRAY_SIZE(operations); i++)
        if (text_is(text, strlen(text), operations[i].words)) {
            e->state = operations[i].state;
            e->words = text;
            return true;
        }
    if (!other_operation(text))
        return false;
    if (!e->words)
        e->words = text;
    return true;
}

/* Whose code is in the entry: the writer's, or that of what it ran into. */
static void give_code(struct entry *e, struct fact *f)
{
    struct import *im = e->facts->im;
    const char *name;

    if (!e->has_code)
        return;
    name = hresult_name(e->code);
    switch (e->code) {
    case VSS_E_WRITER_STATUS_NOT_AVAILABLE:
        if (f->state != VSS_WS_FAILED_AT_PRE_RESTORE)
            break;
        f->state = VSS_WS_UNKNOWN;
        f->has_code = true;
        f->code = e->code;
        import_assume(im, e->line,
                      "%s at PreRestore: the writer has no room for this "
                      "session's status",
                      name);
        return;
    case E_OUTOFMEMORY:
        f->has_code = true;
        f->code = VSS_E_WRITERERROR_OUTOFRESOURCES;
        break;
    case VSS_E_WRITERERROR_INCONSISTENTSNAPSHOT:
    case VSS_E_WRITERERROR_OUTOFRESOURCES:
    case VSS_E_WRITERERROR_RETRYABLE:
    case VSS_E_WRITERERROR_NONRETRYABLE:
    case VSS_E_WRITERERROR_TIMEOUT:
        f->has_code = true;
        f->code = e->code;
        return;
    default:
        break;
    }
    import_assume(im, e->line,
                  "0x%08X%s%s is what the writer ran into; its status is "
                  "played as %s",
                  (unsigned)e->code, name ? " " : "", name ? name : "",
                  f->has_code ? hresult_name(f->code)
                              : "VSS_E_WRITERERROR_NONRETRYABLE");
}

/* 8194 at Identify is a refused callback: writers are listed all the same. */
static void close_entry(struct entry *e)
{
    struct import *im = e->facts->im;
    struct fact *f;

    if (!e->line)
        return;
    if (!e->writer.name && !e->writer.has_class) {
        import_unread(im, e->line,
                      "an entry without a writer (Writer Name, Writer Class "
                      "Id): nothing is made of it");
    } else if (e->state < 0) {
        import_unread(im, e->line,
                      "the operation \"%s\": no event of a writer; allowed is "
                      "PreRestore Event, Freeze Event ...",
                      e->words ? e->words : "(none)");
    } else if ((f = facts_add(e->facts, e->line))) {
        struct fact *next = f->next;

        *f = e->writer;
        f->line = e->line;
        f->next = next;
        f->state = e->state;
        if (e->state == VSS_WS_FAILED_AT_IDENTIFY && e->id == 8194) {
            f->state = VSS_WS_STABLE;
            import_assume(im, e->line,
                          "8194 at Identify: a callback was refused, the "
                          "writer is listed all the same");
        } else {
            give_code(e, f);
        }
    }
}

static void reset(struct entry *e)
{
    struct facts *facts = e->facts;

    memset(e, 0, sizeof(*e));
    e->facts = facts;
    e->state = -1;
    e->writer.state = -1;
}

static const char *const head_keys[] = {
    "Log Name", "Source", "Date", "Event ID", "Event Type", "Event Source",
    "Event Category", "Time", "Task Category", "Level", "Keywords", "User",
    "Computer", "Description", "Type", "Category", "OpCode", NULL};
static const char *const context_keys[] = {
    "Execution Context", "Current State", "Process ID", "Command Line",
    "Volume Name", "Error-specific details", "Provider ID", "Provider Name",
    "Snapshot ID", "Snapshot Context", "Class ID", "Asynchronous operation",
    "Error", NULL};

static bool listed(const char *const *keys, const char *text, size_t length)
{
    for (; *keys; keys++)
        if (text_is(text, length, *keys))
            return true;
    return false;
}

/* The entry's own text, above Operation. */
static bool message_line(struct entry *e, const char *text)
{
    HRESULT code;

    if (!text_find(text, "Volume Shadow Copy Service") &&
        !text_find(text, "hr = 0x"))
        return false;
    if (text_code(text, &code)) {
        e->has_code = true;
        e->code = code;
    }
    return true;
}

static bool context_line(struct entry *e, const char *text)
{
    size_t length;
    const char *value = text_value(text, &length);
    GUID guid;

    if (!value || !e->line)
        return false;
    if (text_is(text, length, "Writer Name")) {
        if (*value)
            e->writer.name = value;
    } else if (text_is(text, length, "Writer Class Id")) {
        e->writer.has_class |= text_guid(value, &guid);
        if (e->writer.has_class)
            e->writer.class = guid;
    } else if (text_is(text, length, "Writer Instance ID")) {
        if (text_guid(value, &guid)) {
            e->writer.has_instance = true;
            e->writer.instance = guid;
        }
    } else if (text_is(text, length, "Writer Instance Name")) {
        return true;
    } else {
        return listed(context_keys, text, length);
    }
    return true;
}

static unsigned id_of(const char *value)
{
    unsigned id = 0;

    for (; *value >= '0' && *value <= '9' && id < 100000; value++)
        id = id * 10 + (unsigned)(*value - '0');
    return id;
}

static bool take(struct entry *e, const struct line *line)
{
    const char *text = line->text, *value;
    size_t length = 0;

    value = text_value(text, &length);
    if (value && !*value && text_is(text, length, "Operation")) {
        if (e->line) {
            close_entry(e);
            reset(e);
        }
        e->line = line->number;
        e->operation = true;
        return true;
    }
    if (value && !*value && text_is(text, length, "Context")) {
        e->operation = false;
        return e->line != 0;
    }
    if (value && listed(head_keys, text, length)) {
        if (e->line) { /* the next entry */
            close_entry(e);
            reset(e);
        }
        if (text_is(text, length, "Event ID"))
            e->id = id_of(value);
        message_line(e, value);
        return true;
    }
    if (e->operation && operation_line(e, text))
        return true;
    if (context_line(e, text))
        return true;
    if (text_find(text, "Volume Shadow Copy Service") && e->line) {
        close_entry(e);
        reset(e);
    }
    return message_line(e, text);
}

void eventlog_lines(struct facts *facts, struct line *lines)
{
    struct entry e = {.facts = facts};
    unsigned before = facts->n;
    bool any = false;

    for (const struct line *line = lines; line; line = line->next) {
        size_t length;
        const char *value = text_value(line->text, &length);

        any |= value && !*value && text_is(line->text, length, "Operation");
    }
    if (!any)
        return;
    reset(&e);
    for (struct line *line = lines; line; line = line->next)
        if (!line->taken)
            line->taken = take(&e, line);
    close_entry(&e);
    if (facts->n > before && !facts->kind)
        facts->kind = "entries of the event log";
}
