/* views_test.c - whom a document's elements belong to when writers or
 * documents are odd, and what handlers may write. */
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "com/text.h"
#include "vss/test/mini_world.h"

#define V(object) (object)->lpVtbl
#define ID(n) "000000" #n "-0000-0000-0000-000000000000"
#define BCD "<BACKUP_COMPONENTS xmlns=\"x-schema:#VssComponentMetadata\">"
#define WMD "<WRITER_METADATA xmlns=\"x-schema:#VssWriterMetadataInfo\">"
#define DB(path, name) \
    "<COMPONENT componentName=\"" name "\" logicalPath=\"" path "\" " \
    "componentType=\"database\" selectedForRestore=\"yes\"/>"
#define HEARD(i, event) w.mini.writers[i].heard[VSSIM_EVENT_##event]

static void set_metadata(struct mini_writer *writer, const char *xml)
{
    free(writer->metadata);
    writer->metadata_size = strlen(xml);
    writer->metadata = memcpy(malloc(writer->metadata_size + 1), xml,
                              writer->metadata_size + 1);
}

/* How many components a writer sees in its PreRestore, and in PostRestore. */
static void count(struct mini_writer *writer, enum vssim_event_kind kind,
                  IVssWriterComponents *components)
{
    UINT *seen = writer->context;

    if (kind == VSSIM_EVENT_PRE_RESTORE)
        ok(V(components)->GetComponentCount(components, &seen[0]));
    else if (kind == VSSIM_EVENT_POST_RESTORE)
        ok(V(components)->GetComponentCount(components, &seen[1]));
}

static void start(struct world *w, const char *document)
{
    world_init(w);
    world_set_document(w, document, strlen(document));
}

static void pre_restore(struct world *w)
{
    world_gather(w);
    world_finish(world_pre(w), VSS_S_ASYNC_FINISHED);
}

/* U35: several WRITER_COMPONENTS of a class, by id, by name, by none. */
Test(views, elements_of_a_class)
{
    static const struct {
        const char *document;
        const WCHAR *name; /* of the live instance */
        UINT sees;
    } rows[] = {
        {BCD
         "<WRITER_COMPONENTS/><WRITER_COMPONENTS writerId=\"" ID(01) "\" instanceId=\"" ID(55) "\">" DB("db", "one") "</WRITER_COMPONENTS><WRITER_COMPONENTS writerId=\"" ID(01) "\"/><WRITER_COMPONENTS writerId=\"" ID(
             02) "\">" DB("a",
                          "b") "</WRITER_COMPONENTS><WRITER_COMPONENTS "
                               "writerId=\"x\">" DB(
                                   "a",
                                   "b") "</"
                                        "WRITER_"
                                        "COMPONENTS><"
                                        "WRITER_"
                                        "COMPONENTS "
                                        "writerId="
                                        "\"" ID(01) "\" instanceName=\"\">" DB(
                                            "db", "two") DB("c", "d") "<"
                                                                      "/"
                                                                      "W"
                                                                      "R"
                                                                      "I"
                                                                      "T"
                                                                      "E"
                                                                      "R"
                                                                      "_"
                                                                      "C"
                                                                      "O"
                                                                      "M"
                                                                      "P"
                                                                      "O"
                                                                      "N"
                                                                      "E"
                                                                      "N"
                                                                      "T"
                                                                      "S"
                                                                      ">"
                                                                      "<"
                                                                      "/"
                                                                      "B"
                                                                      "A"
                                                                      "C"
                                                                      "K"
                                                                      "U"
                                                                      "P"
                                                                      "_"
                                                                      "C"
                                                                      "O"
                                                                      "M"
                                                                      "P"
                                                                      "O"
                                                                      "N"
                                                                      "E"
                                                                      "N"
                                                                      "T"
                                                                      "S"
                                                                      ">",
         u"n", 3},
        /* Another's name, in whatever order they stand. */
        {BCD "<WRITER_COMPONENTS writerId=\"" ID(
             01) "\" instanceName=\"n\">" DB("db", "one")
             DB("db",
                "two") "</WRITER_COMPONENTS>"
                       "<WRITER_COMPONENTS writerId=\"" ID(01) "\" instanceName=\"other\">" DB(
                           "a",
                           "b") "</WRITER_COMPONENTS></BACKUP_COMPONENTS>",
         u"n", 2},
        /* By the id, of several without a name. */
        {BCD
         "<WRITER_COMPONENTS writerId=\"" ID(01) "\" instanceId=\"" ID(55) "\">" DB("a", "b") "</WRITER_COMPONENTS><WRITER_COMPONENTS writerId=\"" ID(
             01) "\" instanceId=\"" ID(11) "\">" DB("db", "one")
             DB("db", "two") "</WRITER_COMPONENTS>"
                             "</BACKUP_COMPONENTS>",
         u"n", 2},
        /* Of another class: neither by the name nor by the id. */
        {BCD
         "<WRITER_COMPONENTS writerId=\"" ID(02) "\" instanceName=\"n\" instanceId=\"" ID(
             11) "\">" DB("a", "b") "</WRITER_COMPONENTS>"
                                    "<WRITER_COMPONENTS writerId=\"" ID(
                                        01) "\" instanceName=\"n\">" DB("db",
                                                                        "one")
                                        DB("db", "two") "</WRITER_COMPONENTS>"
                                                        "</BACKUP_COMPONENTS>",
         u"n", 2},
        {BCD
         "<WRITER_COMPONENTS writerId=\"" ID(01) "\" instanceName=\"other\">" DB(
             "db",
             "one") "</"
                    "WRITER_"
                    "COMPONENTS><"
                    "WRITER_"
                    "COMPONENTS "
                    "writerId="
                    "\"" ID(
                        01) "\""
                            " i"
                            "ns"
                            "ta"
                            "nc"
                            "eN"
                            "am"
                            "e="
                            "\""
                            "n"
                            "\""
                            ">" DB("db", "one") DB(
                                "db",
                                "two") "</WRITER_COMPONENTS></BACKUP_COMPONENTS>",
         u"n", 2}};

    for (unsigned i = 0; i < ARRAY_SIZE(rows); i++) {
        UINT seen[2] = {0, 0};
        IVssAsync *async;
        struct world w;

        start(&w, rows[i].document);
        w.mini.writers[0].instance_name = rows[i].name;
        w.mini.writers[0].handler = count;
        w.mini.writers[0].context = seen;
        pre_restore(&w);
        ok(V(w.bc)->PostRestore(w.bc, &async));
        world_finish(async, VSS_S_ASYNC_FINISHED);
        cr_expect_eq(HEARD(0, PRE_RESTORE), 1);
        cr_expect_eq(seen[0], rows[i].sees);
        cr_expect_eq(seen[1], rows[i].sees);
        world_done(&w);
    }
}

/* Two live instances: who owns what was selected (U35). */
Test(views, owners)
{
    static const char document[] = BCD "<WRITER_COMPONENTS writerId=\"" ID(
        01) "\" instanceName=\"\">"
            "<COMPONENT componentName=\"one\" logicalPath=\"db\" "
            "componentType=\"filegroup\" selectedForRestore=\"yes\"/>"
            "<COMPONENT componentName=\"one\" componentType=\"database\" "
            "selectedForRestore=\"yes\"/><COMPONENT componentType=\"database\" "
            "selectedForRestore=\"yes\"/></WRITER_COMPONENTS>"
            "</BACKUP_COMPONENTS>";

    for (int way = 0; way < 3; way++) {
        IVssAsync *async;
        struct world w;

        start(&w, document);
        world_second_a(&w, NULL);
        if (way == 1) /* its only component has no name either */
            set_metadata(&w.mini.writers[3],
                         WMD "<BACKUP_LOCATIONS><DATABASE/>"
                             "</BACKUP_LOCATIONS></WRITER_METADATA>");
        if (way == 2) /* whose document is no good wants all */
            set_metadata(&w.mini.writers[3], "<x/>");
        /* Nobody: that counts as nothing selected (U09). */
        w.mini.policy[VSSIM_POLICY_PRERESTORE_NOTHING_SELECTED] = 1;
        world_gather(&w);
        if (way == 0)
            gives(V(w.bc)->PreRestore(w.bc, &async), VSS_E_BAD_STATE);
        else
            world_finish(world_pre(&w), VSS_S_ASYNC_FINISHED);
        cr_expect_eq(HEARD(0, PRE_RESTORE), 0);
        cr_expect_eq(HEARD(3, PRE_RESTORE), way > 0);
        world_done(&w);
    }
    for (int old = 0; old < 2; old++) {
        /* Both have it: the name decides; before Vista the first (U35), be
         * the document of the second good or not. */
        static const char named[] = BCD
            "<WRITER_COMPONENTS writerId=\"" ID(01) "\" instanceName=\"b\">" DB(
                "db", "two") "</WRITER_COMPONENTS></BACKUP_COMPONENTS>";
        struct world w;

        start(&w, named);
        w.mini.writers[0].instance_name = u"a";
        world_second_a(&w, "b")->instance_name = u"b";
        if (old) {
            w.mini.host.windows = VSSIM_SERVER_2003;
            set_metadata(&w.mini.writers[3], "<x/>");
        }
        pre_restore(&w);
        cr_expect_eq(HEARD(0, PRE_RESTORE), (unsigned)old);
        cr_expect_eq(HEARD(3, PRE_RESTORE), (unsigned)!old);
        world_done(&w);
    }
    {
        /* "two", which the second has, is another class's here. */
        static const char mixed[] =
            BCD "<WRITER_COMPONENTS writerId=\"" ID(01) "\">" DB(
                "db", "one") "</WRITER_COMPONENTS>"
                             "<WRITER_COMPONENTS writerId=\"" ID(02) "\">" DB(
                                 "db", "two") "</WRITER_COMPONENTS>"
                                              "</BACKUP_COMPONENTS>";
        struct world w;

        start(&w, mixed);
        world_second_a(&w, NULL);
        pre_restore(&w);
        cr_expect_eq(HEARD(0, PRE_RESTORE), 1);
        cr_expect_eq(HEARD(3, PRE_RESTORE), 0);
        world_done(&w);
    }
    {
        struct world w;

        start(&w, document);
        set_metadata(&w.mini.writers[0], "<x/>");
        pre_restore(&w);
        cr_expect_eq(HEARD(0, PRE_RESTORE), 1);
        world_done(&w);
    }
}

/* U10: only the ASR writer's count as selected; and nothing was gathered. */
Test(views, asr)
{
    static const char *const documents[] = {
        BCD
        "<WRITER_COMPONENTS>"
        "<COMPONENT/>"
        "</WRITER_COMPONENTS><WRITER_COMPONENTS writerId=\"" ID(
            01) "\">"
                "<COMPONENT/></WRITER_COMPONENTS><WRITER_COMPONENTS "
                "writerId=\"be000cbe-11fe-4426-9c58-531aa6355fc4\"/>"
                "<WRITER_COMPONENTS "
                "writerId=\"be000cbe-11fe-4426-9c58-531aa6355fc4\"><COMPONENT/>"
                "</WRITER_COMPONENTS></BACKUP_COMPONENTS>",
        BCD "</BACKUP_COMPONENTS>"};
    IVssAsync *async;
    struct world w;
    UINT n;

    start(&w, documents[0]);
    world_restore(&w);
    world_finish(world_pre(&w), VSS_S_ASYNC_FINISHED);
    gives(V(w.bc)->GetWriterMetadataCount(w.bc, &n), VSS_E_BAD_STATE);
    for (UINT i = 0; i < 3; i++) {
        IVssComponentEx2 *c = world_component(&w, i);
        bool selected;

        ok(V(c)->IsSelectedForRestore(c, &selected));
        cr_expect_eq(selected, i == 2);
        V(c)->Release(c);
    }
    world_done(&w);
    start(&w, documents[1]);
    world_restore(&w);
    gives(V(w.bc)->PreRestore(w.bc, &async), VSS_E_BAD_STATE);
    world_done(&w);
}

/* PostRestore of a writer that wants it only for what was not replaced: what
 * was not selected does not count. */
Test(views, not_selected)
{
    static const char document[] = BCD "<WRITER_COMPONENTS writerId=\"" ID(
        02) "\"><COMPONENT "
            "componentName=\"files\" componentType=\"filegroup\"/><COMPONENT "
            "componentName=\"part\" componentType=\"filegroup\"/>"
            "</WRITER_COMPONENTS></BACKUP_COMPONENTS>";
    struct world w;
    IVssAsync *async;

    start(&w, document);
    world_gather(&w);
    world_select(&w, &class_b, VSS_CT_FILEGROUP, NULL, u"files");
    world_finish(world_pre(&w), VSS_S_ASYNC_FINISHED);
    ok(V(w.bc)->SetFileRestoreStatus(w.bc, class_b, VSS_CT_FILEGROUP, NULL,
                                     u"files", VSS_RS_ALL));
    ok(V(w.bc)->PostRestore(w.bc, &async));
    world_finish(async, VSS_S_ASYNC_FINISHED);
    cr_expect_eq(HEARD(1, POST_RESTORE), 0);
    world_done(&w);
}

/* File sets of components and of their subcomponents (AddNewTarget). */
Test(views, file_sets)
{
    static const char metadata[] = WMD
        "<BACKUP_LOCATIONS>"
        "<DATABASE componentName=\"first\" logicalPath=\"db\\one\">"
        "<DATABASE_FILES path=\"1\" filespec=\"f\"/></DATABASE>"
        "<DATABASE componentName=\"one\" logicalPath=\"x\"/>"
        "<DATABASE componentName=\"one\" logicalPath=\"db\">text"
        "<DATABASE_FILES path=\"C:\\Data\" filespec=\"*.mdf\"/>"
        "<DATABASE_FILES path=\"C:\\\xC3\xA4\" filespec=\"x\"/>"
        "<DATABASE_FILES path=\"AZaz@[\" filespec=\"x\"/>"
        "<DATABASE_FILES/></DATABASE>"
        "<DATABASE componentName=\"sub\" logicalPath=\"db\\one\">"
        "<DATABASE_FILES path=\"s\" filespec=\"f\"/></DATABASE>"
        "<DATABASE componentName=\"deep\" logicalPath=\"db\\one\\sub\">"
        "<DATABASE_FILES path=\"d\" filespec=\"f\" recursive=\"yes\"/>"
        "</DATABASE><DATABASE componentName=\"z\" logicalPath=\"db\\one2\">"
        "<DATABASE_FILES path=\"z\" filespec=\"f\"/></DATABASE>"
        "<DATABASE componentName=\"z\" logicalPath=\"xx\\one\">"
        "<DATABASE_FILES path=\"y\" filespec=\"f\"/></DATABASE>"
        "<DATABASE componentName=\"z\" logicalPath=\"dbx\"/>"
        "<DATABASE componentName=\"z\" logicalPath=\"db\\two\"/>"
        "<DATABASE componentName=\"two\"/><DATABASE/>"
        "<DATABASE componentName=\"z\" logicalPath=\"two\\x\">"
        "<DATABASE_FILES path=\"t\" filespec=\"f\"/></DATABASE>"
        "</BACKUP_LOCATIONS></WRITER_METADATA>";
    static const char document[] =
        BCD "<WRITER_COMPONENTS writerId=\"" ID(01) "\">" DB("db", "one")
            DB("", "two")
                DB("", "") "</WRITER_COMPONENTS></BACKUP_COMPONENTS>";
    static const struct {
        const WCHAR *path, *spec;
        HRESULT hr;
    } rows[] = {{u"c:\\dATA", u"*.MDF", S_OK},
                {u"C:\\Data\\", u"*.mdf", VSS_E_OBJECT_NOT_FOUND},
                {u"C:\\Dat", u"*.mdf", VSS_E_OBJECT_NOT_FOUND},
                {u"C:\\Data", u"*.ldf", VSS_E_OBJECT_NOT_FOUND},
                {u"C:\\\xE4", u"x", S_OK},
                {u"C:\\\xC3", u"x", VSS_E_OBJECT_NOT_FOUND},
                {u"azAZ@[", u"x", S_OK},
                {u"AZaz`[", u"x", VSS_E_OBJECT_NOT_FOUND},
                {u"AZaz@{", u"x", VSS_E_OBJECT_NOT_FOUND},
                {u"AZaz@[\\", u"x", VSS_E_OBJECT_NOT_FOUND},
                {u"1", u"f", S_OK},
                {u"s", u"f", S_OK},
                {u"d", u"f", VSS_E_OBJECT_NOT_FOUND}, /* it is recursive */
                {u"y", u"f", VSS_E_OBJECT_NOT_FOUND},
                {u"z", u"f", VSS_E_OBJECT_NOT_FOUND}};
    struct world w;

    start(&w, document);
    set_metadata(&w.mini.writers[0], metadata);
    /* Of another class: what it has does not matter. */
    set_metadata(&w.mini.writers[1],
                 WMD "<BACKUP_LOCATIONS><DATABASE componentName=\"one\" "
                     "logicalPath=\"db\"><DATABASE_FILES path=\"q\" "
                     "filespec=\"f\"/></DATABASE></BACKUP_LOCATIONS>"
                     "</WRITER_METADATA>");
    world_gather(&w);
    for (unsigned i = 0; i < ARRAY_SIZE(rows); i++)
        gives(V(w.bc)->AddNewTarget(w.bc, class_a, VSS_CT_DATABASE, u"db",
                                    u"one", rows[i].path, rows[i].spec, false,
                                    u"D:\\"),
              rows[i].hr);
    ok(V(w.bc)->AddNewTarget(w.bc, class_a, VSS_CT_DATABASE, u"db", u"one",
                             u"d", u"f", true, u"D:\\"));
    ok(V(w.bc)->AddNewTarget(w.bc, class_a, VSS_CT_DATABASE, NULL, u"two",
                             u"t", u"f", false, u"D:\\"));
    gives(V(w.bc)->AddNewTarget(w.bc, class_a, VSS_CT_DATABASE, NULL, u"",
                                u"t", u"f", false, u"D:\\"),
          VSS_E_OBJECT_NOT_FOUND);
    world_done(&w);
    /* A writer whose document is no good cannot tell. */
    start(&w, document);
    set_metadata(&w.mini.writers[0], "<x/>");
    world_gather(&w);
    ok(V(w.bc)->AddNewTarget(w.bc, class_a, VSS_CT_DATABASE, u"db", u"one",
                             u"any", u"any", false, u"D:\\"));
    world_done(&w);
    /* Nor can one that no longer has the component. */
    start(&w, document);
    set_metadata(&w.mini.writers[0], WMD "</WRITER_METADATA>");
    world_gather(&w);
    ok(V(w.bc)->AddNewTarget(w.bc, class_a, VSS_CT_DATABASE, u"db", u"one",
                             u"any", u"any", false, u"D:\\"));
    world_done(&w);
}

/* U46: a writer that the status no longer knows; one without metadata. */
Test(views, writers_that_are_gone)
{
    IVssExamineWriterMetadata *m;
    VSS_ID id, writer;
    VSS_WRITER_STATE state;
    BSTR name, message;
    HRESULT failure, application;
    struct mini_writer first;
    IVssAsync *async;
    struct world w;
    UINT n;

    world_init(&w);
    w.mini.writers[1].metadata_size = 0;
    w.mini.writers[2].message = u"earlier";
    w.mini.writers[2].application = E_FAIL;
    world_gather(&w);
    ok(V(w.bc)->GetWriterMetadataCount(w.bc, &n));
    cr_expect_eq(n, 2);
    gives(V(w.bc)->GetWriterMetadata(w.bc, 2, &id, &m),
          VSS_E_OBJECT_NOT_FOUND);
    w.mini.n_writers = 1;
    ok(V(w.bc)->GatherWriterStatus(w.bc, &async));
    world_finish(async, VSS_S_ASYNC_FINISHED);
    w.mini.n_writers = 3;
    ok(V(w.bc)->GetWriterStatusCount(w.bc, &n));
    cr_expect_eq(n, 2);
    for (UINT i = 0; i < 2; i++) {
        ok(V(w.bc)->GetWriterStatusEx(w.bc, i, &id, &writer, &name, &state,
                                      &failure, &application, &message));
        cr_expect_eq(failure, i ? VSS_E_WRITER_NOT_RESPONDING : S_OK);
        cr_expect_eq(state, i ? VSS_WS_UNKNOWN : VSS_WS_STABLE);
        cr_expect_eq(application, S_OK);
        cr_expect_null(message);
        w.mini.host.bstr_free(&w.mini.host, name);
    }
    world_done(&w);

    /* The first of them is gone. */
    world_init(&w);
    world_gather(&w);
    first = w.mini.writers[0];
    w.mini.writers[0] = w.mini.writers[2];
    w.mini.n_writers = 1;
    ok(V(w.bc)->GatherWriterStatus(w.bc, &async));
    world_finish(async, VSS_S_ASYNC_FINISHED);
    ok(V(w.bc)->GetWriterStatusCount(w.bc, &n));
    cr_expect_eq(n, 3);
    ok(V(w.bc)->GetWriterStatus(w.bc, 1, &id, &writer, &name, &state,
                                &failure));
    cr_expect_eq(failure, VSS_E_WRITER_NOT_RESPONDING);
    cr_expect(guid_equal(&id, &instance_a));
    w.mini.host.bstr_free(&w.mini.host, name);
    w.mini.writers[0] = first;
    w.mini.n_writers = 3;
    world_done(&w);

    /* Status first (U41), then the gather is under way. */
    world_init(&w);
    world_restore(&w);
    ok(V(w.bc)->GatherWriterStatus(w.bc, &async));
    world_finish(async, VSS_S_ASYNC_FINISHED);
    ok(V(w.bc)->GatherWriterMetadata(w.bc, &async));
    n = 0;
    V(w.bc)->GetWriterStatusCount(w.bc, &n);
    cr_expect_eq(n, 3);
    world_finish(async, VSS_S_ASYNC_FINISHED);
    world_done(&w);

    /* A gather that fails in a backup; a backup without writers. */
    world_init(&w);
    world_backup(&w);
    w.mini.poll_result = VSS_E_WRITER_INFRASTRUCTURE;
    ok(V(w.bc)->GatherWriterMetadata(w.bc, &async));
    world_finish(async, VSS_E_WRITER_INFRASTRUCTURE);
    cr_expect_str_eq(world_phase(&w), "backup");
    w.mini.poll_result = S_OK;
    for (unsigned i = 0; i < 3; i++)
        w.mini.writers[i].metadata_size = 0;
    ok(V(w.bc)->GatherWriterMetadata(w.bc, &async));
    world_finish(async, VSS_S_ASYNC_FINISHED);
    world_set(&w);
    ok(V(w.bc)->PrepareForBackup(w.bc, &async));
    world_finish(async, VSS_S_ASYNC_FINISHED);
    world_done(&w);
}

/* U23: who took PreRestore without an answer hears PostRestore. */
Test(views, no_answer)
{
    IVssAsync *async;
    struct world w;

    world_init(&w);
    w.mini.policy[VSSIM_POLICY_FAILED_WRITER_POSTRESTORE] = 1;
    world_gather(&w);
    world_select_all(&w);
    w.mini.n_writers = 0;
    world_finish(world_pre(&w), VSS_S_ASYNC_FINISHED);
    ok(V(w.bc)->PostRestore(w.bc, &async));
    cr_expect_eq(w.mini.tickets[w.mini.n_tickets].n, 2);
    world_finish(async, VSS_S_ASYNC_FINISHED);
    w.mini.n_writers = 3;
    world_done(&w);
}

Test(views, filters)
{
    static const GUID some[] = {{1, 0, 0, {0}}, {1, 0, 0, {0}}, {9, 0, 0, {0}}};
    IVssAsync *async;
    struct world w;
    UINT n;

    world_init(&w);
    world_restore(&w);
    gives(V(w.bc)->DisableWriterInstances(w.bc, some, UINT32_MAX),
          E_OUTOFMEMORY);
    ok(V(w.bc)->DisableWriterInstances(w.bc, some, 1));
    gives(V(w.bc)->DisableWriterInstances(w.bc, some,
                                          UINT32_MAX / sizeof(some[0])),
          E_OUTOFMEMORY); /* with the one that there is */
    ok(V(w.bc)->EnableWriterClasses(w.bc, some, 3));
    ok(V(w.bc)->EnableWriterClasses(w.bc, some, 1));
    ok(V(w.bc)->DisableWriterClasses(w.bc, some + 1, 2));
    ok(V(w.bc)->DisableWriterClasses(w.bc, some + 1, 1)); /* out already */
    ok(V(w.bc)->EnableWriterClasses(w.bc, some, 1));
    ok(V(w.bc)->GatherWriterMetadata(w.bc, &async));
    world_finish(async, VSS_S_ASYNC_FINISHED);
    ok(V(w.bc)->GetWriterMetadataCount(w.bc, &n));
    cr_expect_eq(n, 1);
    world_done(&w);

    /* They count for a status before the gather, too (U41). */
    world_init(&w);
    world_restore(&w);
    ok(V(w.bc)->DisableWriterClasses(w.bc, &class_b, 1));
    ok(V(w.bc)->DisableWriterInstances(w.bc, &instance_c, 1));
    ok(V(w.bc)->GatherWriterStatus(w.bc, &async));
    world_finish(async, VSS_S_ASYNC_FINISHED);
    ok(V(w.bc)->GetWriterStatusCount(w.bc, &n));
    cr_expect_eq(n, 1);
    world_done(&w);
}
