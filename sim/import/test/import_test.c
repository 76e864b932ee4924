/* import_test.c - each recogniser, table-driven, and hostile input. */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "import/import.h"

struct row {
    const char *text;
    enum import_kind kind;
    unsigned unread;   /* notes */
    const char *has;   /* in the first output, or in the problem */
    const char *other; /* the same; NULL: nothing */
};

static void check(const struct row *row, const char *bytes, size_t size)
{
    struct arena arena = ARENA_INIT;
    struct import im = {.arena = &arena, .name = "test"};
    enum import_kind kind = import_read(&im, bytes, size);
    const char *shown = im.outputs   ? strbuf_str(&im.outputs->text)
                        : im.problem ? im.problem
                                     : "";

    cr_expect_eq(kind, row->kind, "%s: kind %d, %s", row->text, (int)kind,
                 shown);
    cr_expect_eq(im.n_unread, row->unread, "%s: %u notes, first: %s",
                 row->text, im.n_unread,
                 im.unread ? im.unread->text : "(none)");
    cr_expect(!row->has || strstr(shown, row->has), "%s: no \"%s\" in\n%s",
              row->text, row->has, shown);
    cr_expect(!row->other || strstr(shown, row->other), "%s: no \"%s\" in\n%s",
              row->text, row->other, shown);
    cr_expect(!im.defective, "%s", im.problem ? im.problem : "");
    import_release(&im);
    arena_release(&arena);
}

static void check_rows(const struct row *rows, unsigned n)
{
    for (unsigned i = 0; i < n; i++)
        check(&rows[i], rows[i].text, strlen(rows[i].text));
}

#define CHECK(rows) check_rows(rows, ARRAY_SIZE(rows))
#define SCENARIOS IMPORT_SCENARIOS
#define UNREADABLE IMPORT_UNREADABLE

Test(import, listings)
{
    static const struct row rows[] = {
        /* The number decides, whatever the words are. */
        {"Writer name: 'X'\n State: [9] FAILED\n Last error: Timed out\n",
         SCENARIOS, 0, "Freeze: { veto: VSS_E_WRITERERROR_TIMEOUT }",
         "state: VSS_WS_FAILED_AT_FREEZE"},
        {"Ble: \"X\"\nStatut : [13] egal\nQuux : Retryable error\n",
         SCENARIOS, 0, "PreRestore: { veto: VSS_E_WRITERERROR_RETRYABLE",
         "state: VSS_WS_FAILED_AT_PRE_RESTORE"},
        {"> > Writer name: 'X'\r\n> > State: \\[14\\] F\r\n"
         "> > Last error: 0x800423f3\r\n",
         SCENARIOS, 0, "PostRestore: { veto: VSS_E_WRITERERROR_RETRYABLE",
         NULL},
        {"Writer name: 'X'\nState: [7] Failed\n"
         "Last error: Non-retryable error (0x800423f4)\n",
         SCENARIOS, 0, "PrepareForBackup: { veto: "
                       "VSS_E_WRITERERROR_NONRETRYABLE }",
         NULL},
        {"Writer name: 'X'\nState: [12] Failed\nLast error: Out of resources",
         SCENARIOS, 0, "BackupComplete: { ends: VSS_E_UNEXPECTED_WRITER_ERROR",
         "state: VSS_WS_FAILED_AT_BACKUP_COMPLETE"},
        {"Writer name: 'X'\nState: [15] Failed\nLast error: Timed out",
         SCENARIOS, 0, "BackupShutdown: { veto: VSS_E_WRITERERROR_TIMEOUT }",
         "state: VSS_WS_FAILED_AT_BACKUPSHUTDOWN"},
        {"Writer name: 'X'\nState: [6] Failed\nLast error: No error",
         SCENARIOS, 0, "Identify: { refuse: true }", "found: false"},
        {"Writer name: 'X'\nState: [0] Unknown\nLast error: Not responding",
         SCENARIOS, 0, "PreRestore: { hang: true }",
         "failure: VSS_E_WRITER_NOT_RESPONDING"},
        {"Writer name: 'X'\nState: [9] Failed\nLast error: Not responding",
         SCENARIOS, 0, "writer-failure-codes: pass",
         "veto: VSS_E_WRITER_NOT_RESPONDING"},
        {"Writer name: 'X'\nState: [5] W\nLast error: No error",
         SCENARIOS, 0, "state: VSS_WS_WAITING_FOR_BACKUP_COMPLETE", NULL},
        {"Writer name: 'SqlServerWriter'\nState: [1] S\nLast error: No error",
         SCENARIOS, 0, "profile: sql-server", "state: VSS_WS_STABLE"},
        /* What is not understood is counted. */
        {"Writer name: 'X'\nState: [9] F\nLast error: Blub\n", SCENARIOS, 1,
         "NOT UNDERSTOOD, line 1: the error \"Blub\": which HRESULT?", NULL},
        {"Hello,\nWriter name: 'X'\nState: [1] S\nLast error: No error\n",
         SCENARIOS, 1, "NOT UNDERSTOOD, line 1: Hello,", NULL},
        {"Writer name: 'X'\nState: [3] W\nLast error: No error\n", SCENARIOS,
         1, "state: VSS_WS_STABLE", NULL},
        {"Writer name: 'X'\nState: [77] W\n", SCENARIOS, 1, "[77] is no state",
         NULL},
        {"Writer name: 'X'\n", SCENARIOS, 1, "a writer without a state", NULL},
        /* Names that YAML would trip over. */
        {"Writer name: 'it''s: # {x}'\nState: [1] S\n", SCENARIOS, 0,
         "name: 'it''''s: # {x}'", NULL},
        {"Writer name: 'null'\nState: [1] S\n", SCENARIOS, 0, "as: writer-",
         NULL},
        /* No list is never a list of none. */
        {"", UNREADABLE, 0, "empty", NULL},
        {"nothing of the sort\n", UNREADABLE, 0, "unreadable", NULL},
        {"Error: A Volume Shadow Copy Service component encountered an "
         "unexpected error.\n",
         UNREADABLE, 0, "does not mean no writers", NULL},
    };

    CHECK(rows);
}

Test(import, logs_and_events)
{
    static const struct row rows[] = {
        {"ERROR: Selected writer 'System Writer' is in failed state! - "
         "Status: 9 (VSS_WS_FAILED_AT_FREEZE) - Writer Failure code: "
         "0x800423f2 (x)\n",
         SCENARIOS, 0, "profile: system",
         "Freeze: { veto: VSS_E_WRITERERROR_TIMEOUT }"},
        {"Writer name: [SqlServerWriter]. Class ID: "
         "[{a65faa63-5ea8-4ebc-9dbd-a0c4db26912a}]. Writer's state: "
         "[VSS_WS_FAILED_AT_POST_RESTORE]. Error code: [0x800423f4].\n",
         SCENARIOS, 0, "PostRestore: { veto: VSS_E_WRITERERROR_NONRETRYABLE",
         NULL},
        {"VSS Writer (PrepareForBackup): \"System Writer\", State: 0x1 "
         "(VSS_WS_STABLE)\n",
         SCENARIOS, 0, "profile: system", "state: VSS_WS_STABLE"},
        {"VSS Writer \"X\" has invalid state. ERR=The writer vetoed the "
         "shadow copy creation process during the freeze state.\n",
         SCENARIOS, 0, "Freeze: { veto", NULL},
        {"GetWriterStatus FAILED for Selected writer [X], writer is in state "
         "[9] [VSS_WS_FAILED_AT_FREEZE]\n",
         SCENARIOS, 0, "Freeze: { veto", NULL},
        {"* WRITER \"X\"\n  - Status: 13 (VSS_WS_FAILED_AT_PRE_RESTORE)\n"
         "  - Writer Failure code: 0x800423f3 (Y)\n",
         SCENARIOS, 0, "PreRestore: { veto: VSS_E_WRITERERROR_RETRYABLE",
         NULL},
        /* The end of a session does not undo what failed in it. */
        {"writer 'X' Status: 9 (VSS_WS_FAILED_AT_FREEZE)\n"
         "writer 'X' Status: 1 (VSS_WS_STABLE)\n",
         SCENARIOS, 0, "Freeze: {", "line 2: the writer of line 1 again"},
        {"Event ID: 12293\nx Volume Shadow Copy Service error: hr = "
         "0x800423f3.\nOperation:\n  PostRestore Event\nContext:\n"
         "  Writer Class Id: {11111111-2222-3333-4444-555555555555}\n"
         "  Writer Name: Mine\n",
         SCENARIOS, 0, "class: 11111111-2222-3333-4444-555555555555",
         "PostRestore: { veto: VSS_E_WRITERERROR_RETRYABLE"},
        {"Volume Shadow Copy Service: hr = 0x80042409\nOperation:\n"
         "PreRestore Event\nContext:\nWriter Name: Mine\n",
         SCENARIOS, 0, "status: not-available",
         "failure: VSS_E_WRITER_STATUS_NOT_AVAILABLE"},
        {"Event ID: 8194\nVolume Shadow Copy Service: hr = 0x80070005\n"
         "Operation:\nGathering Writer Data\nOnIdentify event\nContext:\n"
         "Writer Name: System Writer\n",
         SCENARIOS, 0, "state: VSS_WS_STABLE", "a callback was refused"},
        {"Operation:\nFreeze Event\nContext:\nVolume Name: x\n", UNREADABLE, 1,
         "no writer is found", NULL},
    };

    CHECK(rows);
}

Test(import, xml_and_lists)
{
    static const struct row rows[] = {
        {"<TestWriter usage=\"USER_DATA\"><Component componentName=\"c\"/>"
         "<FailEvent writerEvent=\"PreRestore\" retryable=\"yes\" "
         "numFailures=\"2\"/></TestWriter>",
         SCENARIOS, 0,
         "PreRestore: { veto: VSS_E_WRITERERROR_RETRYABLE, times: 2 }",
         "prepare: { as: restore-2"},
        {"<TestWriter><RestoreMethod method=\"CUSTOM\" writerRestore=\"never\""
         "/><FailEvent writerEvent=\"PreRestore\"/></TestWriter>",
         SCENARIOS, 1, "restore-method: VSS_RME_CUSTOM",
         "writer-restore: VSS_WRE_NEVER"},
        {"<TestWriter><FailEvent writerEvent=\"Frieze\"/></TestWriter>",
         SCENARIOS, 0, "is read as Freeze", "Freeze: { veto"},
        {"<TestWriter colour=\"red\"><Blub/></TestWriter>", SCENARIOS, 2,
         "attribute colour=\"red\"", "element Blub"},
        {"<BETest><Writer writerid=\"a65faa63-5ea8-4ebc-9dbd-a0c4db26912a\">"
         "<Component componentName=\"db\"/></Writer></BETest>",
         SCENARIOS, 0, "profile: sql-server", "name: 'db'"},
        {"\"a65faa63-5ea8-4ebc-9dbd-a0c4db26912a\" : \"P\\db\", \"e\"\n",
         SCENARIOS, 0, "path: 'P', name: 'db'", "name: 'e'"},
        {"<BETest></BETest>", UNREADABLE, 0, "no writer is found", NULL},
        {"<?xml version=\"1.0\"?><other/>", UNREADABLE, 0, "<other>", NULL},
        {"<TestWriter>", UNREADABLE, 0, "unreadable XML", NULL},
        {"<!DOCTYPE a [<!ENTITY e \"x\">]><TestWriter usage=\"&e;\"/>",
         UNREADABLE, 0, "entities", NULL},
        {"<WRITER_METADATA/>", IMPORT_METADATA, 0, NULL, NULL},
        {"\n<BACKUP_COMPONENTS/>", IMPORT_DOCUMENT, 0, NULL, NULL},
    };

    CHECK(rows);
}

Test(import, hostile)
{
    static const struct row bad = {"hostile", UNREADABLE, 0, NULL, NULL};
    struct strbuf text = STRBUF_INIT;
    char noise[4096];

    for (unsigned i = 0; i < 5000; i++)
        strbuf_adds(&text, i ? "<Component>" : "<TestWriter>");
    check(&bad, text.buf, text.len);
    strbuf_reset(&text);
    while (text.len <= IMPORT_MAX_SIZE)
        strbuf_adds(&text, "0123456789abcdef0123456789abcdef");
    check(&bad, text.buf, text.len);
    strbuf_release(&text);
    check(&bad, "\0\0\0\0", 4);
    check(&bad, "\xFF\xFEx", 3);
    srand(1);
    for (unsigned i = 0; i < 200; i++) {
        for (unsigned j = 0; j < sizeof(noise); j++)
            noise[j] = (char)rand();
        check(&bad, noise, sizeof(noise));
    }
}

/* UTF-16 in either order, and what is no UTF-8. */
Test(import, encodings)
{
    static const char text[] = "Writer name: 'X'\nState: [1] S\n";
    static const struct row row = {"utf-16", SCENARIOS, 0, "name: 'X'", NULL};
    static const char latin[] = "R\xE9"
                                "dacteur : 'X'\n\xC9"
                                "tat : [1] S\n"
                                "Erreur : Z\xE9"
                                "ro\n";
    char wide[2 * sizeof(text)] = "\xFF\xFE";

    for (unsigned big = 0; big < 2; big++) {
        wide[0] = big ? '\xFE' : '\xFF';
        wide[1] = big ? '\xFF' : '\xFE';
        for (unsigned i = 0; i + 1 < sizeof(text); i++) {
            wide[2 + 2 * i + big] = text[i];
            wide[2 + 2 * i + !big] = '\0';
        }
        check(&row, wide, sizeof(wide));
    }
    check(&(struct row){"latin 1", SCENARIOS, 0, "state: VSS_WS_STABLE", NULL},
          latin, sizeof(latin) - 1);
}
