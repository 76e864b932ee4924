/*
 * wprobe.cpp - probe.c as a Windows program in C++, with mingw's own headers,
 * which have another layout of IVssWriterComponentsExt than ours. It links no
 * vssapi: it loads the library and takes what it needs by name.
 *
 *   good, crash (after PreRestore), early (after InitializeForRestore), hang
 *   (loads the library, sleeps for ever), poll (QueryStatus for ever), wait
 *   (one Wait), silent (loads the library, calls nothing), never (does not
 *   even load it), linger (silent, but stays a while), forms (every exported
 *   form), free (frees the library before its last Release), threads (four
 *   restore at once), cancel (one thread waits, another cancels), two (a
 *   second process restores as well)
 */
#include <windows.h>

#include <vsbackup.h>
#include <vss.h>
#include <vswriter.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef HRESULT(WINAPI *create_fn)(IVssBackupComponents **out);
typedef HRESULT(WINAPI *examine_fn)(BSTR xml, IVssExamineWriterMetadata **out);

static const char *mode;
static HMODULE library;
static create_fn create;

static void check(HRESULT hr, const char *what)
{
    if (hr == S_OK)
        return;
    fprintf(stderr, "wprobe: %s gave 0x%08X\n", what, (unsigned)hr);
    ExitProcess(1);
}

template <typename F> static F symbol(const char *name)
{
    FARPROC found = GetProcAddress(library, name);
    F function;

    if (!found) {
        fprintf(stderr, "wprobe: vssapi.dll exports no %s\n", name);
        ExitProcess(3);
    }
    memcpy(&function, &found, sizeof(function));
    return function;
}

/* The document is ASCII. */
static BSTR read_document()
{
    const char *name = getenv("VSSIM_DOCUMENT");
    FILE *in = name ? fopen(name, "rb") : NULL;
    OLECHAR *text = (OLECHAR *)calloc(1 << 20, sizeof(OLECHAR));
    UINT n = 0;
    int c;

    if (!in || !text)
        ExitProcess(2);
    while (n < (1 << 20) - 1 && (c = fgetc(in)) != EOF)
        text[n++] = (OLECHAR)c;
    fclose(in);
    BSTR document = SysAllocStringLen(text, n);
    free(text);
    return document;
}

static HRESULT finish(IVssAsync *async)
{
    HRESULT result = S_OK;

    if (strcmp(mode, "poll") == 0)
        for (;;)
            check(async->QueryStatus(&result, NULL), "poll");
    check(async->Wait(INFINITE), "Wait");
    check(async->QueryStatus(&result, NULL), "QueryStatus");
    async->Release();
    return result;
}

static void select_component(IVssBackupComponents *b, VSS_ID writer,
                             IVssComponent *c)
{
    VSS_COMPONENT_TYPE type;
    BSTR path = NULL, name = NULL;

    check(c->GetComponentType(&type), "type");
    c->GetLogicalPath(&path);
    check(c->GetComponentName(&name), "name");
    check(b->SetSelectedForRestore(writer, type, path, name, true), "select");
    SysFreeString(path);
    SysFreeString(name);
}

/* mingw's IVssWriterComponentsExt has no Release: see good_win.cpp. */
static void release(IVssWriterComponentsExt *w)
{
    IUnknown *unknown = (IUnknown *)(void *)((void **)(void *)w + 1);

    unknown->Release();
}

static void select_all(IVssBackupComponents *b)
{
    UINT writers = 0;

    check(b->GetWriterComponentsCount(&writers), "count");
    for (UINT i = 0; i < writers; i++) {
        IVssWriterComponentsExt *w = NULL;
        VSS_ID instance, writer;
        UINT n = 0;

        check(b->GetWriterComponents(i, &w), "writer");
        check(w->GetWriterInfo(&instance, &writer), "info");
        check(w->GetComponentCount(&n), "components");
        for (UINT k = 0; k < n; k++) {
            IVssComponent *c = NULL;

            check(w->GetComponent(k, &c), "component");
            select_component(b, writer, c);
            c->Release();
        }
        release(w);
    }
}

static IVssBackupComponents *begin()
{
    BSTR document = read_document();
    IVssBackupComponents *b = NULL;
    IVssAsync *async = NULL;

    check(create(&b), "CreateVssBackupComponents");
    if (strcmp(mode, "free") == 0)
        FreeLibrary(library);
    check(b->InitializeForRestore(document), "Initialize");
    SysFreeString(document);
    if (strcmp(mode, "early") == 0)
        ExitProcess(4);
    check(b->GatherWriterMetadata(&async), "gather");
    finish(async);
    check(b->FreeWriterMetadata(), "FreeWriterMetadata");
    select_all(b);
    return b;
}

static void status(IVssBackupComponents *b)
{
    IVssAsync *async = NULL;

    check(b->GatherWriterStatus(&async), "status");
    finish(async);
    check(b->FreeWriterStatus(), "FreeWriterStatus");
}

static volatile int *volatile wild = (volatile int *)16;

static void restore()
{
    IVssBackupComponents *b = begin();
    IVssAsync *async = NULL;

    check(b->PreRestore(&async), "PreRestore");
    if (strcmp(mode, "crash") == 0)
        *wild = 1;
    printf("PreRestore ended with 0x%08X\n", (unsigned)finish(async));
    status(b);
    check(b->PostRestore(&async), "PostRestore");
    finish(async);
    status(b);
    printf("the last Release gave %lu\n", b->Release());
    fflush(stdout);
}

/* --- threads and processes --- */

static DWORD WINAPI restore_thread(void *)
{
    restore();
    return 0;
}

static void restore_with_threads()
{
    HANDLE threads[4];

    for (int i = 0; i < 4; i++)
        threads[i] = CreateThread(NULL, 0, restore_thread, NULL, 0, NULL);
    WaitForMultipleObjects(4, threads, TRUE, INFINITE);
}

static DWORD WINAPI wait_thread(void *async)
{
    check(((IVssAsync *)async)->Wait(INFINITE), "Wait");
    return 0;
}

static void cancel_from_thread()
{
    IVssBackupComponents *b = begin();
    IVssAsync *async = NULL;
    HRESULT result = S_OK;

    check(b->PreRestore(&async), "PreRestore");
    HANDLE waiter = CreateThread(NULL, 0, wait_thread, async, 0, NULL);
    Sleep(50);
    check(async->Cancel(), "Cancel");
    WaitForSingleObject(waiter, INFINITE);
    check(async->QueryStatus(&result, NULL), "QueryStatus");
    printf("cancelled: 0x%08X\n", (unsigned)result);
    async->Release();
    b->Release();
}

static HANDLE start_second(const char *self)
{
    STARTUPINFOA startup = {};
    PROCESS_INFORMATION process;
    char line[1024];

    startup.cb = sizeof(startup);
    snprintf(line, sizeof(line), "\"%s\" good", self);
    if (!CreateProcessA(NULL, line, NULL, NULL, TRUE, 0, NULL, NULL, &startup,
                        &process))
        ExitProcess(5);
    return process.hProcess;
}

/* --- all names of the exported functions --- */

static void try_forms()
{
    static const char *const creates[] = {
        "CreateVssBackupComponentsInternal", "CreateVssBackupComponents",
        "?CreateVssBackupComponents@@YAJPEAPEAVIVssBackupComponents@@@Z"};
    static const char *const examines[] = {
        "CreateVssExamineWriterMetadataInternal",
        "CreateVssExamineWriterMetadata",
        "?CreateVssExamineWriterMetadata@@YAJPEAGPEAPEAVIVssExamineWriter"
        "Metadata@@@Z",
        "?CreateVssExamineWriterMetadata@@YAJPEA_WPEAPEAVIVssExamineWriter"
        "Metadata@@@Z"};
    static const char *const others[] = {
        "IsVolumeSnapshottedInternal", "IsVolumeSnapshotted",
        "?IsVolumeSnapshotted@@YAJPEAGPEAHPEAJ@Z",
        "?IsVolumeSnapshotted@@YAJPEA_WPEAHPEAJ@Z",
        "ShouldBlockRevertInternal", "ShouldBlockRevert",
        "?ShouldBlockRevert@@YAJPEBGPEA_N@Z",
        "?ShouldBlockRevert@@YAJPEB_WPEA_N@Z",
        "VssFreeSnapshotPropertiesInternal", "VssFreeSnapshotProperties",
        "?VssFreeSnapshotProperties@@YAXPEAU_VSS_SNAPSHOT_PROP@@@Z"};
    int n = 0;

    for (const char *name : creates) {
        IVssBackupComponents *b = NULL;

        check(symbol<create_fn>(name)(&b), name);
        b->Release();
        n++;
    }
    for (const char *name : examines) {
        IVssExamineWriterMetadata *m = NULL;
        BSTR text = SysAllocString(L"no document");

        if (symbol<examine_fn>(name)(text, &m) != VSS_E_INVALID_XML_DOCUMENT)
            ExitProcess(6);
        SysFreeString(text);
        n++;
    }
    for (const char *name : others) {
        symbol<FARPROC>(name);
        n++;
    }
    printf("%d forms\n", n);
}

static bool is(const char *name)
{
    return strcmp(mode, name) == 0;
}

static int without_calls()
{
    if (is("never"))
        return 0;
    library = LoadLibraryA("vssapi.dll");
    if (is("linger")) {
        Sleep(600);
        return 0;
    }
    for (;;)
        Sleep(1000);
}

int main(int argc, char **argv)
{
    HANDLE second = NULL;

    mode = argc > 1 ? argv[1] : "good";
    if (is("never") || is("linger") || is("hang"))
        return without_calls();
    library = LoadLibraryA("vssapi.dll");
    if (!library)
        return 8;
    create = symbol<create_fn>("CreateVssBackupComponentsInternal");
    if (is("silent"))
        return 0;
    if (is("forms")) {
        try_forms();
        return 0;
    }
    if (is("threads")) {
        restore_with_threads();
        return 0;
    }
    if (is("cancel")) {
        cancel_from_thread();
        return 0;
    }
    if (is("two"))
        second = start_second(argv[0]);
    restore();
    if (second)
        WaitForSingleObject(second, INFINITE);
    return 0;
}
