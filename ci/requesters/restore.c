/* restore.c - see restore.h. */
#include "restore.h"

#include "clean.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#define TRIES 3
#define SECOND 1000u
#define LONGEST_WAIT (600u * SECOND)
#define LIMIT (12u * 3600u * SECOND) /* then it is given up */

bool failed(HRESULT hr, const char *what)
{
    if (FAILED(hr))
        fprintf(stderr, "requester: %s: 0x%08X\n", what, (unsigned)hr);
    return FAILED(hr);
}

bool same_id(const VSS_ID *a, const VSS_ID *b)
{
    return memcmp(a, b, sizeof(*a)) == 0;
}

struct writer *restore_writer(struct restore *r, const VSS_ID *class)
{
    for (unsigned i = 0; i < r->n_writers; i++)
        if (same_id(&r->writers[i].class, class))
            return &r->writers[i];
    if (r->n_writers == MAX_WRITERS)
        return NULL;
    r->writers[r->n_writers].class = *class;
    return &r->writers[r->n_writers++];
}

/* --- waiting --- */

static void pause_a_little(void)
{
#ifdef _WIN32
    Sleep(10);
#else
    static const struct timespec moment = {0, 10000000};

    nanosleep(&moment, NULL);
#endif
}

static HRESULT ask(IVssAsync *async)
{
    HRESULT result = E_FAIL;
    HRESULT hr = async->lpVtbl->QueryStatus(async, &result, NULL);

    return FAILED(hr) ? hr : result;
}

/* Server 2003 refuses a limit: there it polls. */
static HRESULT wait_within(IVssAsync *async)
{
    HRESULT result = VSS_S_ASYNC_PENDING;
    unsigned ms = SECOND;

    for (unsigned waited = 0; waited < LIMIT; waited += ms) {
        if (FAILED(async->lpVtbl->Wait(async, ms))) {
            pause_a_little();
            ms = SECOND;
        } else if (ms < LONGEST_WAIT) {
            ms *= 2;
        }
        result = ask(async);
        if (result != VSS_S_ASYNC_PENDING)
            return result;
    }
    async->lpVtbl->Cancel(async);
    result = ask(async);
    return result == VSS_S_ASYNC_PENDING ? E_FAIL : result;
}

/* The ways to wait badly; S_FALSE: none of them. */
static HRESULT wait_badly(struct restore *r, IVssAsync *async,
                          const char *what)
{
    bool pre = strcmp(what, "PreRestore") == 0;
    bool post = strcmp(what, "PostRestore") == 0;
    int *volatile nowhere = NULL;
    HRESULT result = E_FAIL;

    if (mistake(MISTAKE_CRASHES) && pre)
        *nowhere = 0;
    if (mistake(MISTAKE_FOR_EVER) && pre)
        async->lpVtbl->Wait(async, INFINITE);
    while (mistake(MISTAKE_POLLS) && pre && ask(async) == VSS_S_ASYNC_PENDING)
        continue;
    if ((mistake(MISTAKE_WAITS) || mistake(MISTAKE_ASYNC_LEAK)) && pre)
        return mistake(MISTAKE_WAITS) ? VSS_S_ASYNC_FINISHED
                                      : wait_within(async);
    if (mistake(MISTAKE_VERDICT) && pre)
        return SUCCEEDED(async->lpVtbl->QueryStatus(async, &result, NULL))
                   ? VSS_S_ASYNC_FINISHED
                   : E_FAIL;
    if (mistake(MISTAKE_AWAITED) && strcmp(what, "first status") == 0)
        return VSS_S_ASYNC_FINISHED;
    if ((mistake(MISTAKE_RESULT) && post) ||
        (mistake(MISTAKE_CHECKED) && strcmp(what, "second status") == 0)) {
        async->lpVtbl->Wait(async, INFINITE);
        return VSS_S_ASYNC_FINISHED;
    }
    if ((mistake(MISTAKE_PENDING) || mistake(MISTAKE_SUCCESS)) && pre) {
        if (mistake(MISTAKE_SUCCESS))
            async->lpVtbl->Wait(async, INFINITE);
        r->give_up = ask(async) != S_OK;
        return E_FAIL;
    }
    if (mistake(MISTAKE_RELEASED) && pre) {
        r->give_up = true;
        return E_FAIL;
    }
    return S_FALSE;
}

HRESULT restore_wait(struct restore *r, IVssAsync *async, const char *what)
{
    HRESULT hr = wait_badly(r, async, what);

    if (hr == S_FALSE)
        hr = wait_within(async);
    if (!mistake(MISTAKE_ASYNC_LEAK) || strcmp(what, "PreRestore") != 0)
        async->lpVtbl->Release(async);
    if (mistake(MISTAKE_USE_AFTER) && strcmp(what, "PreRestore") == 0)
        ask(async);
    if (hr == VSS_S_ASYNC_FINISHED)
        return S_OK;
    if (SUCCEEDED(hr)) /* cancelled */
        hr = E_FAIL;
    failed(hr, what);
    return hr;
}

/* --- the steps --- */

static HRESULT event(struct restore *r, bool first)
{
    IVssBackupComponents *b = r->backup;
    const char *what = first ? "PreRestore" : "PostRestore";
    IVssAsync *async = NULL;
    HRESULT hr = first ? b->lpVtbl->PreRestore(b, &async)
                       : b->lpVtbl->PostRestore(b, &async);

    if (failed(hr, what))
        return hr;
    r->pre = true;
    return restore_wait(r, async, what);
}

/* Here a program would copy the files of the components whose writers are
 * well. */
static void tell_files(struct restore *r, bool ready)
{
    IVssBackupComponents *b = r->backup;

    for (unsigned i = 0; i < r->n_components; i++) {
        struct component *c = &r->components[i];
        bool good = ready && !FAILED(c->writer->failure);

        if (!c->selected || (mistake(MISTAKE_FILES_TOLD) && !good))
            continue;
        if (mistake(MISTAKE_FILES_TRUE))
            good = true;
        failed(b->lpVtbl->SetFileRestoreStatus(
                   b, c->writer->class, c->type, c->path, c->name,
                   good ? VSS_RS_ALL : VSS_RS_NONE),
               "SetFileRestoreStatus");
    }
}

static bool is_passing(HRESULT hr)
{
    return hr == VSS_E_WRITERERROR_RETRYABLE ||
           hr == VSS_E_WRITERERROR_TIMEOUT ||
           hr == VSS_E_WRITERERROR_OUTOFRESOURCES;
}

static void settle(struct restore *r, bool good)
{
    for (unsigned i = 0; i < r->n_writers; i++) {
        struct writer *w = &r->writers[i];

        if (!w->selected)
            continue;
        if (is_passing(w->failure))
            w->fate = FATE_AGAIN;
        else
            w->fate =
                good && !FAILED(w->failure) ? FATE_RESTORED : FATE_FAILED;
        if (mistake(MISTAKE_VAIN) && w->fate == FATE_FAILED)
            w->fate = FATE_AGAIN;
        if (mistake(MISTAKE_RETRIES) && w->fate == FATE_AGAIN)
            w->fate = FATE_FAILED;
    }
}

/* Once: what was cleaned stays so in a second try. */
static bool clean(struct restore *r)
{
    const char *disk = mistake(MISTAKE_CLEAN_DUE) ? "system" : r->disk;
    HRESULT result = S_OK;
    HRESULT hr;

    r->disk = NULL;
    if (!disk)
        return true;
    hr = clean_disk(disk, TRUE, &result);
    return !failed(hr == S_FALSE ? E_FAIL : hr, "Clean") &&
           !failed(result, "Clean");
}

/* From PreRestore to the last status; false when not all is known to be
 * well. */
static bool pre_to_post(struct restore *r)
{
    IVssAsync *async = NULL;
    bool good;

    r->pre = false;
    if (!clean(r)) /* the disks are not touched, then */
        return false;
    good = SUCCEEDED(event(r, true));

    if (r->give_up)
        return false;
    restore_early(r);
    if (mistake(MISTAKE_PRE_AGAIN))
        r->backup->lpVtbl->PreRestore(r->backup, &async);
    if (mistake(MISTAKE_ORDER) && r->n_components)
        r->backup->lpVtbl->SetSelectedForRestore(
            r->backup, r->components[0].writer->class, r->components[0].type,
            r->components[0].path, r->components[0].name, true);
    if (good && !mistake(MISTAKE_STATUS_PRE))
        good = restore_status(r, true);
    if (r->pre)
        tell_files(r, good);
    if (mistake(MISTAKE_CLOSED))
        return good;
    if (mistake(MISTAKE_ABORT))
        r->backup->lpVtbl->AbortBackup(r->backup);
    /* Also when something failed: nothing else closes a restore. */
    good &= SUCCEEDED(event(r, false));
    if (!mistake(MISTAKE_STATUS_POST) && !mistake(MISTAKE_GATHER_OLD) &&
        !mistake(MISTAKE_GATHER_LATER))
        good &= restore_status(r, false);
    return good;
}

static bool begin(struct restore *r)
{
    IVssBackupComponents *b;
    BSTR document = r->document;

    if (failed(CreateVssBackupComponents(&r->backup),
               "CreateVssBackupComponents"))
        return false;
    b = r->backup;
    if (mistake(MISTAKE_SLOT)) /* InitializeForBackup(NULL), it thinks */
        b->lpVtbl->GetWriterComponentsCount(b, NULL);
    if (mistake(MISTAKE_NOTICED))
        document = NULL;
    return !failed(b->lpVtbl->InitializeForRestore(b, document),
                   "InitializeForRestore") ||
           mistake(MISTAKE_NOTICED);
}

static void end(struct restore *r)
{
    for (unsigned i = 0; i < r->n_components; i++) {
        SysFreeString(r->components[i].path);
        SysFreeString(r->components[i].name);
    }
    r->n_components = 0;
    if (r->backup)
        r->backup->lpVtbl->Release(r->backup);
    r->backup = NULL;
}

/* One whole restore of those that are still to be restored. */
static bool try_once(struct restore *r)
{
    bool good = begin(r) && restore_metadata(r) && restore_components(r);
    bool any = false;

    if (good)
        good = pre_to_post(r);
    settle(r, good);
    end(r);
    for (unsigned i = 0; i < r->n_writers; i++)
        any |= r->writers[i].fate == FATE_AGAIN;
    return any && !r->give_up;
}

/* --- the document --- */

/* Plain text in, UTF-16 out: what is above the Basic Multilingual Plane is no
 * name of a component here. */
static BSTR to_wide(const unsigned char *text, size_t size)
{
    BSTR wide = SysAllocStringLen(NULL, (UINT)size);
    size_t n = 0;

    for (size_t i = 0; wide && i < size; i++) {
        unsigned c = text[i];

        if (c >= 0xE0 && i + 2 < size) {
            c = (c & 15u) << 12 | (text[i + 1] & 63u) << 6 |
                (text[i + 2] & 63u);
            i += 2;
        } else if (c >= 0xC0 && i + 1 < size) {
            c = (c & 31u) << 6 | (text[i + 1] & 63u);
            i++;
        }
        wide[n++] = (OLECHAR)c;
    }
    if (wide)
        wide[n] = 0;
    return wide;
}

static BSTR read_document(const char *file)
{
    FILE *in = file ? fopen(file, "rb") : NULL;
    size_t size = 0, room = 1u << 24;
    unsigned char *text = in ? malloc(room) : NULL;
    BSTR document = NULL;

    if (text) {
        size = fread(text, 1, room, in);
        document = to_wide(text, size);
    }
    free(text);
    if (in)
        fclose(in);
    return document;
}

int restore_document(const char *file, const char *disk)
{
    struct restore r = {.disk = disk};
    bool good = true;

    CoInitializeEx(NULL, COINIT_MULTITHREADED);
    if (file && strcmp(file, "--backup") == 0) {
        r.document = backup_document(&r);
        if (!r.document) {
            puts("not backed up");
            return 1;
        }
    } else {
        r.document = read_document(file);
    }
    if (!r.document) {
        fputs("requester: no document: name its file, or set "
              "VSSIM_DOCUMENT\n",
              stderr);
        return 2;
    }
    for (int i = 0; i < TRIES && try_once(&r); i++)
        continue;
    CoUninitialize();
    SysFreeString(r.document);
    for (unsigned i = 0; i < r.n_writers; i++)
        if (r.writers[i].wanted)
            good &= r.writers[i].fate == FATE_RESTORED;
    if (r.n_writers == 0)
        good = false;
    if (mistake(MISTAKE_FALSE_SUCCESS))
        good = true;
    if (mistake(MISTAKE_FALSE_FAILURE))
        good = false;
    puts(good ? "restored" : "not all was restored");
    return good ? 0 : 1;
}
