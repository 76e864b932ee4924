/* documents_test.c - documents as nobody here would write them. */
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/strbuf.h"
#include "com/text.h"
#include "vss/test/mini_world.h"
#include "vss/xml_tree.h"

#define V(object) (object)->lpVtbl
#include "vss/test/sample_documents.h"

static HRESULT restore(struct world *w, const char *utf8, size_t size)
{
    world_set_document(w, utf8, size);
    return V(w->bc)->InitializeForRestore(w->bc, w->document);
}

static void *plain_alloc(void *context, size_t size)
{
    (void)context;
    return calloc(1, size);
}

static void plain_free(void *context, void *memory)
{
    (void)context;
    free(memory);
}

/* Text is kept, though nobody reads it; white space only behind other text. */
Test(documents, text)
{
    static const char given[] = BCD " \n<x> a b<y/> \n<z>\tc</z>d &amp;"
                                    "e\n f </x>g</BACKUP_COMPONENTS>";
    static const char want[] = BCD "<x>a b<y/><z>c</z>d &amp;"
                                   "e&#xA; f </x>g</BACKUP_COMPONENTS>";
    char text[400];
    struct world w;
    BSTR xml;

    world_init(&w);
    ok(restore(&w, given, sizeof(given) - 1));
    ok(V(w.bc)->SaveAsXML(w.bc, &xml));
    wide_to_utf8(xml, wide_length(xml), text, sizeof(text));
    cr_expect_str_eq(text, want);
    w.mini.host.bstr_free(&w.mini.host, xml);
    world_done(&w);
}

Test(documents, what_is_accepted)
{
    static const struct {
        const char *text;
        HRESULT hr;
    } rows[] = {
        {BCD "</BACKUP_COMPONENTS>", S_OK},
        {"<v:BACKUP_COMPONENTS xmlns:v=\"x-schema:#VssComponentMetadata\"/>",
         S_OK},
        {"<v:BACKUP_COMPONENTS xmlns=\"x\" xmlns:u=\"x\" xmlns:vw=\"x\" "
         "xmlns:v=\"x-schema:#VssComponentMetadata\">text<v:x/> \n"
         "<v:WRITER_COMPONENTS/>text <y/></v:BACKUP_COMPONENTS>",
         S_OK},
        {"<BACKUP_COMPONENTS owner=\"x\" v=\"x\" "
         "xmlns=\"x-schema:#VssComponentMetadata\"/>",
         S_OK},
        {"<BACKUP_COMPONENTS xmlnsx=\"x\" "
         "xmlns=\"x-schema:#VssComponentMetadata\"/>",
         S_OK},
        {"<v:BACKUP_COMPONENTS owner:v=\"x\" "
         "xmlns:v=\"x-schema:#VssComponentMetadata\"/>",
         S_OK},
        {"\xEF\xBB\xBF" BCD "</BACKUP_COMPONENTS>", S_OK},
        {"", VSS_E_INVALID_XML_DOCUMENT},
        {"<v:BACKUP_COMPONENTS xmlns=\"x-schema:#VssComponentMetadata\"/>",
         VSS_E_INVALID_XML_DOCUMENT},
        {"<v:BACKUP_COMPONENTS xmlns:v=\"x\"/>", VSS_E_INVALID_XML_DOCUMENT},
        {"<BACKUP_COMPONENTS xmlns:v=\"x\"/>", VSS_E_INVALID_XML_DOCUMENT},
        {"<x xmlns=\"x-schema:#VssComponentMetadata\"/>",
         VSS_E_INVALID_XML_DOCUMENT},
        {BCD "<x></BACKUP_COMPONENTS>", VSS_E_INVALID_XML_DOCUMENT}};
    struct tree_error error = {0};
    char *most;
    struct strbuf long_one = STRBUF_INIT;
    struct tree tree = {0};
    struct world w;
    BSTR xml;

    for (unsigned i = 0; i < ARRAY_SIZE(rows); i++) {
        world_init(&w);
        gives(restore(&w, rows[i].text, strlen(rows[i].text)), rows[i].hr);
        if (SUCCEEDED(rows[i].hr)) {
            ok(V(w.bc)->SaveAsXML(w.bc, &xml));
            w.mini.host.bstr_free(&w.mini.host, xml);
        }
        world_done(&w);
    }
    /* Its size alone refuses it: not a byte is looked at. */
    cr_expect_eq(tree_parse(&tree, "", TREE_SIZE_LIMIT + 1u, &error),
                 TREE_MALFORMED);
    cr_expect_str_eq(error.text, "the document is too long");
    cr_expect_eq(error.line, 1);
    /* The longest is looked at. */
    most = calloc(1, TREE_SIZE_LIMIT);
    memset(most, 'x', 10);
    tree_init(&tree, &(struct tree_memory){plain_alloc, plain_free, NULL});
    cr_expect_eq(tree_parse(&tree, most, TREE_SIZE_LIMIT, &error),
                 TREE_MALFORMED);
    cr_expect_str_neq(error.text, "the document is too long");
    tree_release(&tree);
    free(most);
    /* As deep as may be, twice; and deeper. */
    for (unsigned deep = 0; deep < 2; deep++) {
        struct strbuf nested = STRBUF_INIT;

        strbuf_adds(&nested, BCD);
        for (int twice = 0; twice < 2; twice++) {
            for (unsigned i = 1; i < TREE_DEPTH_LIMIT + deep; i++)
                strbuf_adds(&nested, "<x>");
            for (unsigned i = 1; i < TREE_DEPTH_LIMIT + deep; i++)
                strbuf_adds(&nested, "</x>");
        }
        strbuf_adds(&nested, "</BACKUP_COMPONENTS>");
        world_init(&w);
        gives(restore(&w, nested.buf, nested.len),
              deep ? VSS_E_INVALID_XML_DOCUMENT : S_OK);
        world_done(&w);
        strbuf_release(&nested);
    }
    /* Larger than any block of the tree; many attributes. */
    strbuf_adds(&long_one, BCD "<x");
    for (int i = 0; i < 40; i++)
        strbuf_addf(&long_one, " a%d=\"%d\"", i, i);
    strbuf_adds(&long_one, ">");
    for (int i = 0; i < 600000; i++)
        strbuf_addc(&long_one, i % 100000 ? 'x' : '\n');
    strbuf_adds(&long_one, "</x></BACKUP_COMPONENTS>");
    world_init(&w);
    ok(restore(&w, long_one.buf, long_one.len));
    world_done(&w);
    strbuf_release(&long_one);
}

/* What a text holds comes back from the saved document as it was, but for
 * what XML cannot hold. */
Test(documents, texts)
{
    static WCHAR long_text[6001]; /* the parser makes room for it twice */
    static const WCHAR *const same[] = {u"& < > \" '\t\n\r end",
                                        u"\xD83D\xDE00 \xFF5E \x4E2D "
                                        u"\x4FFE \xFFBE",
                                        u"",
                                        long_text};
    static const WCHAR bad[] = {1,   0xFFFE, 0xFFFF, 0xFFFD, 0xEFBF,
                                0xFFFE, 'x', 0xFFFF, 'y', 0};
    static const WCHAR good[] = {0xFFFD, 0xFFFD, 0xFFFD, 0xFFFD, 0xEFBF,
                                 0xFFFD, 'x', 0xFFFD, 'y', 0};
    IVssComponentEx2 *c;
    struct world w;
    BSTR text;

    for (unsigned i = 0; i < 6000; i++)
        long_text[i] = (WCHAR)(u'a' + i % 23);
    for (unsigned i = 0; i < 5; i++) {
        const WCHAR *given = i < 4 ? same[i] : bad;
        const WCHAR *back = i < 4 ? same[i] : good;
        BSTR xml;

        world_init(&w);
        world_gather(&w);
        ok(V(w.bc)->SetRestoreOptions(w.bc, class_a, VSS_CT_DATABASE, u"db",
                                      u"one", given));
        ok(V(w.bc)->SaveAsXML(w.bc, &xml));
        world_new_object(&w);
        ok(V(w.bc)->InitializeForRestore(w.bc, xml));
        w.mini.host.bstr_free(&w.mini.host, xml);
        c = world_component(&w, 0);
        ok(V(c)->GetRestoreOptions(c, &text));
        cr_expect(wide_equal(text, back));
        w.mini.host.bstr_free(&w.mini.host, text);
        V(c)->Release(c);
        world_done(&w);
    }
}

/* Names outside the BMP, and halves of such. */
Test(documents, surrogates)
{
    static const char document[] = BCD "<WRITER_COMPONENTS writerId=\"" ID(
        1) "\"><COMPONENT "
           "componentName=\"\xF0\x9F\x98\x80\" componentType=\"database\"/>"
           "<COMPONENT componentName=\"a\xEF\xBF\xBD\xC3\xA4"
           "b\" componentType=\"database\"/>"
           "<COMPONENT componentName=\"aaaaaaaaaa\xC3\xA4\xEF\xBF\xBD\" "
           "componentType=\"database\" caption=\"c\" logicalPath=\"\"/>"
           "<COMPONENT componentName=\"\xF0\x90\x80\x80\xF0\x9F\x98\x80\" "
           "componentType=\"database\"/>"
           "</WRITER_COMPONENTS></BACKUP_COMPONENTS>";
    static const WCHAR halves[][4] = {
        {0xD83D, 'x'}, {0xD83D, 0xD83D}, {0xD83D}, {0xDE00, 0xD83D}, {0xE000}};
    /* Each half is what a text can hold instead of it. */
    static const WCHAR half[][15] = {
        {'x', 'a', 0xD83D, 0xE4, 'b'},
        {'x', 'a', 0xDC00, 0xE4, 'b'},
        u"xaaaaaaaaaa\xE4\xD83D",
        {'x', 0xD800, 0xDC00, 0xD83D, 0xDE00}};
    struct world w;

    world_init(&w);
    ok(restore(&w, document, sizeof(document) - 1));
    ok(V(w.bc)->SetRestoreName(w.bc, class_a, VSS_CT_DATABASE, NULL,
                               u"\xD83D\xDE00", u"x"));
    for (unsigned i = 0; i < ARRAY_SIZE(halves); i++)
        gives(V(w.bc)->SetRestoreName(w.bc, class_a, VSS_CT_DATABASE, NULL,
                                      halves[i], u"x"),
              VSS_E_OBJECT_NOT_FOUND);
    for (unsigned i = 0; i < ARRAY_SIZE(half); i++) {
        ok(V(w.bc)->SetRestoreName(w.bc, class_a, VSS_CT_DATABASE, NULL,
                                   half[i] + 1, u"x"));
        gives(V(w.bc)->SetRestoreName(w.bc, class_a, VSS_CT_DATABASE, NULL,
                                      half[i], u"x"),
              VSS_E_OBJECT_NOT_FOUND);
    }
    world_done(&w);
}

/* Attributes that are missing, empty or no good, in what is read of a
 * component. */
Test(documents, components)
{
    static const char document[] = BCD
        "<WRITER_COMPONENTS/><WRITER_COMPONENTS writerId=\"x\">"
        "<COMPONENT/></WRITER_COMPONENTS>"
        "<WRITER_COMPONENTS writerId=\"" ID(
            1) "\" instanceId=\"?\">"
               "<COMPONENT componentName=\"one\" componentType=\"database\" "
               "logicalPath=\"\" backupOptions=\"\" restoreTarget=\"x\" "
               "fileRestoreStatus=\"x\" backupSucceeded=\"1\" "
               "restoreName=\"n\" "
               "additionalRestores=\"true\">"
               "<ROLL_FORWARD type=\"2x\"/>"
               "<BACKUP_METADATA metadata=\"\"/>"
               "<RESTORE_METADATA metadata=\"\"/>"
               "<RESTORE_SUBCOMPONENT/><DIFFERENCED_FILE/></COMPONENT>"
               "<COMPONENT componentName=\"two\" "
               "restoreTarget=\"originalLocation\" "
               "fileRestoreStatus=\"failed\"/>"
               "</WRITER_COMPONENTS></BACKUP_COMPONENTS>";
    static const VSS_RESTORE_TARGET targets[] = {
        VSS_RT_ORIGINAL, VSS_RT_ORIGINAL, VSS_RT_ORIGINAL_LOCATION};
    VSS_ROLLFORWARD_TYPE type;
    struct world w;
    UINT n;

    world_init(&w);
    ok(restore(&w, document, sizeof(document) - 1));
    ok(V(w.bc)->GetWriterComponentsCount(w.bc, &n));
    cr_expect_eq(n, 2);
    gives(V(w.bc)->SetRestoreName(w.bc, class_b, VSS_CT_DATABASE, NULL, u"x",
                                  u"y"),
          VSS_E_OBJECT_NOT_FOUND);
    for (unsigned i = 0; i < 3; i++) {
        BSTR a, b = NULL, lsn;
        IVssWriterComponentsExt *ext;
        VSS_FILE_RESTORE_STATUS status;
        VSS_RESTORE_TARGET target;
        IVssWriterComponents *all;
        IVssComponentEx2 *c;
        IVssComponent *plain;
        IUnknown *unknown;
        FILETIME time;
        BOOL flag;
        bool yes;

        ok(V(w.bc)->GetWriterComponents(w.bc, i > 0, &ext));
        all = (IVssWriterComponents *)(void *)&ext->lpVtbl;
        unknown = (IUnknown *)(void *)&ext->lpVtblUnknown;
        ok(V(all)->GetComponent(all, i > 1, &plain));
        c = (IVssComponentEx2 *)(void *)plain;
        ok(V(c)->GetRestoreTarget(c, &target));
        cr_expect_eq(target, targets[i]);
        ok(V(c)->GetFileRestoreStatus(c, &status));
        cr_expect_eq(status, i == 2 ? VSS_RS_FAILED : VSS_RS_UNDEFINED);
        ok(V(c)->GetRollForward(c, &type, &a));
        cr_expect(type == (i == 1 ? VSS_RF_ALL : VSS_RF_UNDEFINED) && !*a);
        w.mini.host.bstr_free(&w.mini.host, a);
        ok(V(c)->GetRestoreName(c, &a));
        cr_expect(wide_equal(a, i == 1 ? u"n" : u""));
        w.mini.host.bstr_free(&w.mini.host, a);
        gives(V(c)->GetLogicalPath(c, &a), S_FALSE);
        gives(V(c)->GetBackupMetadata(c, &a), i == 1 ? S_OK : S_FALSE);
        w.mini.host.bstr_free(&w.mini.host, a);
        gives(V(c)->GetRestoreMetadata(c, &a), i == 1 ? S_OK : S_FALSE);
        w.mini.host.bstr_free(&w.mini.host, a);
        gives(V(c)->GetBackupSucceeded(c, &yes), i == 1 ? S_OK : S_FALSE);
        cr_expect_eq(yes, i == 1);
        yes = true;
        ok(V(c)->GetAuthoritativeRestore(c, &yes));
        cr_expect(!yes);
        V(c)->GetAdditionalRestores(c, &yes);
        cr_expect_eq(yes, i == 1);
        if (i == 1) {
            ok(V(c)->GetRestoreSubcomponent(c, 0, &a, &b, &yes));
            cr_expect(!yes);
            w.mini.host.bstr_free(&w.mini.host, a);
            w.mini.host.bstr_free(&w.mini.host, b);
            ok(V(c)->GetDifferencedFile(c, 0, &a, &b, &flag, &lsn, &time));
            cr_expect(!time.dwLowDateTime && !flag && !*lsn);
            w.mini.host.bstr_free(&w.mini.host, a);
            w.mini.host.bstr_free(&w.mini.host, b);
            w.mini.host.bstr_free(&w.mini.host, lsn);
            for (unsigned n_th = 1; n_th < 4; n_th++) {
                w.mini.allocations = 0;
                w.mini.fail_at = n_th;
                gives(
                    V(c)->GetDifferencedFile(c, 0, &a, &b, &flag, &lsn, &time),
                    E_OUTOFMEMORY);
                cr_expect(!a && !b && !lsn);
            }
            w.mini.fail_at = 0;
        }
        V(c)->Release(c);
        V(unknown)->Release(unknown);
    }
    world_done(&w);
}

static IVssExamineWriterMetadata *examine(struct world *w, const char *utf8)
{
    IVssExamineWriterMetadata *m;
    WCHAR xml[2000];

    xml[utf8_to_wide(utf8, strlen(utf8), xml, 2000)] = 0;
    ok(vssim_reference_subject()->create_examine_writer_metadata(&w->mini.host,
                                                                 xml, &m));
    return m;
}

Test(documents, metadata)
{
    VSS_RESTOREMETHOD_ENUM method;
    VSS_WRITERRESTORE_ENUM wants;
    IVssExamineWriterMetadataEx2 *m;
    IVssWMDependency *dependency;
    VSS_SOURCE_TYPE source;
    VSS_USAGE_TYPE usage;
    IVssWMFiledesc *file;
    PVSSCOMPONENTINFO info;
    IVssWMComponent *c;
    DWORD major, minor;
    VSS_ID id, writer;
    struct world w;
    BSTR a, b;
    bool yes;
    UINT n;

    world_init(&w);
    m = (void *)examine(&w, WMD "</WRITER_METADATA>");
    gives(V(m)->GetIdentityEx(m, &id, &writer, &a, &b, &usage, &source),
          VSS_E_INVALID_XML_DOCUMENT);
    gives(V(m)->GetRestoreMethod(m, &method, &a, &b, &wants, &yes, &n),
          S_FALSE);
    ok(V(m)->GetVersion(m, &major, &minor));
    gives(V(m)->GetComponent(m, 0, &c), VSS_E_OBJECT_NOT_FOUND);
    ok(V(m)->GetFileCounts(m, &n, &n, &n));
    cr_expect_eq(n, 0);
    V(m)->Release(m);
    m = (void *)examine(&w, WMD "<RESTORE_METHOD/></WRITER_METADATA>");
    ok(V(m)->GetRestoreMethod(m, &method, &a, &b, &wants, &yes, &n));
    cr_expect(!method && !a && !b && !wants && !yes && !n);
    V(m)->Release(m);
    m = (void *)examine(&w, WMD "<IDENTIFICATION/></WRITER_METADATA>");
    gives(V(m)->GetIdentityEx(m, &id, &writer, &a, &b, &usage, &source),
          VSS_E_INVALID_XML_DOCUMENT);
    V(m)->Release(m);

    m = (void *)examine(&w, odd_metadata);
    ok(V(m)->GetIdentityEx(m, &id, &writer, &a, &b, &usage, &source));
    cr_expect(!a && wide_equal(b, u"i")); /* no friendly name */
    cr_expect(!id.Data1 && !id.Data2 && writer.Data1 == 1);
    w.mini.host.bstr_free(&w.mini.host, b);
    w.mini.allocations = 0;
    w.mini.fail_at = 1;
    gives(V(m)->GetIdentityEx(m, &id, &writer, &a, &b, &usage, &source),
          E_OUTOFMEMORY);
    cr_expect(!b && !writer.Data1);
    w.mini.fail_at = 0;
    ok(V(m)->GetVersion(m, &major, &minor));
    cr_expect_eq(major, 2);
    ok(V(m)->GetIncludeFile(m, 0, &file));
    gives(V(file)->GetFilespec(file, &a), S_OK); /* required: "" */
    cr_expect_eq(*a, 0);
    w.mini.host.bstr_free(&w.mini.host, a);
    V(file)->Release(file);
    ok(V(m)->GetComponent(m, 0, &c));
    for (UINT i = 0; i < 2; i++) {
        ok(V(c)->GetDatabaseFile(c, i, &file));
        ok(V(file)->GetBackupTypeMask(file, &major));
        cr_expect_eq(major, i ? 0 : 3);
        ok(V(file)->GetRecursive(file, &yes));
        cr_expect_eq(yes, i == 0);
        V(file)->Release(file);
    }
    ok(V(c)->GetDependency(c, 0, &dependency));
    memset(&id, 0x5A, sizeof(id));
    gives(V(dependency)->GetWriterId(dependency, &id), S_FALSE);
    cr_expect(!id.Data1 && !id.Data4[7]);
    ok(V(dependency)->GetLogicalPath(dependency, &a));
    cr_expect(wide_equal(a, u"l"));
    w.mini.host.bstr_free(&w.mini.host, a);
    V(dependency)->Release(dependency);
    w.mini.allocations = 0;
    w.mini.fail_at = 1;
    gives(V(c)->GetDependency(c, 0, &dependency), E_OUTOFMEMORY);
    w.mini.fail_at = 2;
    gives(V(c)->GetDatabaseFile(c, 0, &file), E_OUTOFMEMORY);
    w.mini.fail_at = 0;
    V(c)->Release(c);
    ok(V(m)->GetComponent(m, 1, &c));
    ok(V(c)->GetComponentInfo(c, &info));
    cr_expect_null(info->bstrLogicalPath);
    ok(V(c)->FreeComponentInfo(c, info));
    V(c)->Release(c);
    V(m)->Release(m);
    world_done(&w);
}

/* What GetComponentInfo tells of a component, each value by itself. */
Test(documents, component_info)
{
    static const char metadata[] = WMD
        "<BACKUP_LOCATIONS><FILE_GROUP componentName=\"n\" logicalPath=\"l\" "
        "caption=\"c\" restoreMetadata=\"yes\" selectable=\"yes\" "
        "componentFlags=\"19\"><FILE_LIST/><DATABASE_FILES/><DATABASE_FILES/>"
        "<DATABASE_LOGFILES/><DATABASE_LOGFILES/><DATABASE_LOGFILES/>"
        "<DEPENDENCY/><DEPENDENCY/><DEPENDENCY/><DEPENDENCY/></FILE_GROUP>"
        "<DATABASE notifyOnBackupComplete=\"yes\" "
        "selectableForRestore=\"yes\"/></BACKUP_LOCATIONS></WRITER_METADATA>";
    IVssExamineWriterMetadata *m;
    struct world w;

    world_init(&w);
    m = examine(&w, metadata);
    for (UINT i = 0; i < 2; i++) {
        bool first = i == 0;
        PVSSCOMPONENTINFO info;
        IVssWMComponent *c;

        ok(V(m)->GetComponent(m, i, &c));
        ok(V(c)->GetComponentInfo(c, &info));
        cr_expect_eq(info->type, first ? VSS_CT_FILEGROUP : VSS_CT_DATABASE);
        cr_expect_eq(info->bRestoreMetadata, first);
        cr_expect_eq(info->bNotifyOnBackupComplete, !first);
        cr_expect_eq(info->bSelectable, first);
        cr_expect_eq(info->bSelectableForRestore, !first);
        cr_expect_eq(info->dwComponentFlags, first ? 19 : 0);
        cr_expect_eq(info->cFileCount, first ? 1 : 0);
        cr_expect_eq(info->cDatabases, first ? 2 : 0);
        cr_expect_eq(info->cLogFiles, first ? 3 : 0);
        cr_expect_eq(info->cDependencies, first ? 4 : 0);
        cr_expect(wide_equal(info->bstrLogicalPath, first ? u"l" : NULL));
        cr_expect(wide_equal(info->bstrComponentName, first ? u"n" : NULL));
        cr_expect(wide_equal(info->bstrCaption, first ? u"c" : NULL));
        cr_expect_eq(info->bstrCaption != NULL, first);
        ok(V(c)->FreeComponentInfo(c, info));
        V(c)->Release(c);
    }
    V(m)->Release(m);
    world_done(&w);
}

/* Memory whose owner parses another document when asked for the first time:
 * each parse takes and gives back its own. */
struct owner {
    unsigned alive, asked;
    bool parses;
};

static void owner_free(void *context, void *memory)
{
    struct owner *owner = context;

    owner->alive--;
    free(memory);
}

static void *owner_alloc(void *context, size_t size)
{
    struct owner *owner = context;

    if (owner->asked++ == 3 && owner->parses) {
        struct owner inner = {0};
        const struct tree_memory memory = {owner_alloc, owner_free, &inner};
        struct tree_error error;
        struct tree tree;

        tree_init(&tree, &memory);
        cr_expect_eq(tree_parse(&tree, "<y>text</y>", 11, &error), TREE_OK);
        tree_release(&tree);
        cr_expect_eq(inner.alive, 0);
        cr_expect_gt(inner.asked, 1);
    }
    owner->alive++;
    return calloc(1, size);
}

Test(documents, parse_inside_a_parse)
{
    struct owner outer = {.parses = true};
    const struct tree_memory memory = {owner_alloc, owner_free, &outer};
    struct tree_error error;
    struct tree tree;

    tree_init(&tree, &memory);
    cr_expect_eq(tree_parse(&tree, "<x>text</x>", 11, &error), TREE_OK);
    cr_expect_gt(outer.asked, 4);
    tree_release(&tree);
    cr_expect_eq(outer.alive, 0);
}
