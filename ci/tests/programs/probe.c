/*
 * probe.c - a requester for the tests of vssim exec: does a restore, and on
 * the way whatever its first argument says.
 *
 *   good, crash (after PreRestore), early (after InitializeForRestore), hang
 *   (sleeps for ever), poll (QueryStatus for ever), wait (one Wait), silent
 *   (calls nothing), loaded (the library by dlopen), fork (parent and child
 *   restore), threads (four restore at once, a fifth looks on), cancel (one
 *   thread waits, another cancels)
 */
#include <vsbackup.h>
#include <vss.h>
#include <vswriter.h>
#include <windows.h>

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

typedef HRESULT (*create_fn)(IVssBackupComponents **out);

static const char *mode;
static create_fn create = CreateVssBackupComponentsInternal;

static void check(HRESULT hr, const char *what)
{
    if (hr == S_OK)
        return;
    fprintf(stderr, "probe: %s gave 0x%08X\n", what, (unsigned)hr);
    exit(1);
}

/* The document is ASCII. */
static BSTR read_document(void)
{
    const char *name = getenv("VSSIM_DOCUMENT");
    FILE *in = name ? fopen(name, "rb") : NULL;
    OLECHAR *text = calloc(1 << 20, sizeof(*text));
    UINT n = 0;
    BSTR document;
    int c;

    if (!in || !text)
        exit(2);
    while (n < (1 << 20) - 1 && (c = fgetc(in)) != EOF)
        text[n++] = (OLECHAR)c;
    fclose(in);
    document = SysAllocStringLen(text, n);
    free(text);
    return document;
}

static HRESULT finish(IVssAsync *async)
{
    HRESULT result = S_OK;

    if (strcmp(mode, "poll") == 0)
        for (;;)
            check(async->lpVtbl->QueryStatus(async, &result, NULL), "poll");
    check(async->lpVtbl->Wait(async, INFINITE), "Wait");
    check(async->lpVtbl->QueryStatus(async, &result, NULL), "QueryStatus");
    async->lpVtbl->Release(async);
    return result;
}

static void select_all(IVssBackupComponents *b)
{
    UINT writers = 0;

    check(b->lpVtbl->GetWriterComponentsCount(b, &writers), "count");
    for (UINT i = 0; i < writers; i++) {
        IVssWriterComponentsExt *ext = NULL;
        IVssWriterComponents *w;
        IUnknown *unknown;
        VSS_ID instance, writer;
        UINT n = 0;

        check(b->lpVtbl->GetWriterComponents(b, i, &ext), "writer");
        w = (IVssWriterComponents *)(void *)ext;
        unknown = (IUnknown *)(void *)&ext->lpVtblUnknown;
        check(w->lpVtbl->GetWriterInfo(w, &instance, &writer), "info");
        check(w->lpVtbl->GetComponentCount(w, &n), "components");
        for (UINT k = 0; k < n; k++) {
            IVssComponent *c = NULL;
            VSS_COMPONENT_TYPE type;
            BSTR path = NULL, name = NULL;

            check(w->lpVtbl->GetComponent(w, k, &c), "component");
            check(c->lpVtbl->GetComponentType(c, &type), "type");
            c->lpVtbl->GetLogicalPath(c, &path);
            check(c->lpVtbl->GetComponentName(c, &name), "name");
            check(b->lpVtbl->SetSelectedForRestore(b, writer, type, path, name,
                                                   true),
                  "select");
            SysFreeString(path);
            SysFreeString(name);
            c->lpVtbl->Release(c);
        }
        unknown->lpVtbl->Release(unknown);
    }
}

static void restore(void)
{
    BSTR document = read_document();
    IVssBackupComponents *b = NULL;
    IVssAsync *async = NULL;
    HRESULT result;

    check(create(&b), "CreateVssBackupComponents");
    check(b->lpVtbl->InitializeForRestore(b, document), "Initialize");
    SysFreeString(document);
    if (strcmp(mode, "early") == 0)
        exit(4);
    check(b->lpVtbl->GatherWriterMetadata(b, &async), "gather");
    finish(async);
    check(b->lpVtbl->FreeWriterMetadata(b), "FreeWriterMetadata");
    select_all(b);
    check(b->lpVtbl->PreRestore(b, &async), "PreRestore");
    if (strcmp(mode, "crash") == 0)
        abort();
    result = finish(async);
    printf("PreRestore ended with 0x%08X\n", (unsigned)result);
    check(b->lpVtbl->GatherWriterStatus(b, &async), "status");
    finish(async);
    check(b->lpVtbl->FreeWriterStatus(b), "FreeWriterStatus");
    check(b->lpVtbl->PostRestore(b, &async), "PostRestore");
    finish(async);
    check(b->lpVtbl->GatherWriterStatus(b, &async), "status");
    finish(async);
    check(b->lpVtbl->FreeWriterStatus(b), "FreeWriterStatus");
    b->lpVtbl->Release(b);
}

static void *restore_thread(void *unused)
{
    restore();
    return unused;
}

static void restore_with_threads(void)
{
    pthread_t threads[4];

    for (int i = 0; i < 4; i++)
        pthread_create(&threads[i], NULL, restore_thread, NULL);
    for (int i = 0; i < 4; i++)
        pthread_join(threads[i], NULL);
}

static void *wait_thread(void *async)
{
    check(((IVssAsync *)async)->lpVtbl->Wait(async, INFINITE), "Wait");
    return NULL;
}

/* One thread waits for a writer that never answers; another cancels. */
static void cancel_from_thread(void)
{
    BSTR document = read_document();
    IVssBackupComponents *b = NULL;
    IVssAsync *async = NULL;
    HRESULT result = S_OK;
    pthread_t waiter;

    check(create(&b), "CreateVssBackupComponents");
    check(b->lpVtbl->InitializeForRestore(b, document), "Initialize");
    SysFreeString(document);
    check(b->lpVtbl->GatherWriterMetadata(b, &async), "gather");
    finish(async);
    select_all(b);
    check(b->lpVtbl->PreRestore(b, &async), "PreRestore");
    pthread_create(&waiter, NULL, wait_thread, async);
    usleep(50000);
    check(async->lpVtbl->Cancel(async), "Cancel");
    pthread_join(waiter, NULL);
    check(async->lpVtbl->QueryStatus(async, &result, NULL), "QueryStatus");
    printf("cancelled: 0x%08X\n", (unsigned)result);
    async->lpVtbl->Release(async);
    b->lpVtbl->Release(b);
}

static void load_library(void)
{
    void *library = dlopen("libvssapi.so", RTLD_NOW);
    void *symbol =
        library ? dlsym(library, "CreateVssBackupComponents") : NULL;

    if (!symbol)
        exit(3);
    memcpy(&create, &symbol, sizeof(create));
}

int main(int argc, char **argv)
{
    mode = argc > 1 ? argv[1] : "good";
    if (strcmp(mode, "silent") == 0)
        return 0;
    if (strcmp(mode, "hang") == 0)
        for (;;)
            pause();
    if (strcmp(mode, "loaded") == 0)
        load_library();
    if (strcmp(mode, "threads") == 0) {
        restore_with_threads();
        return 0;
    }
    if (strcmp(mode, "cancel") == 0) {
        cancel_from_thread();
        return 0;
    }
    if (strcmp(mode, "fork") == 0 && fork() == 0) {
        restore();
        fflush(NULL);
        return 0;
    }
    restore();
    if (strcmp(mode, "fork") == 0)
        wait(NULL);
    return 0;
}
