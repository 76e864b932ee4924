/*
 * document_fuzz.c - libFuzzer on what a requester loads: any bytes as a Backup
 * Components Document and as a Writer Metadata Document. A bad one is refused
 * (VSS_E_INVALID_XML_DOCUMENT, U08); a good one can be saved and loaded again,
 * and what is saved then is the same.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "com/text.h"
#include "play/player.h"
#include "proxy/proxy.h"

#define BUFFER ((uint64_t)16 << 20)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char scenario_text[] =
    "vssim: 1\nscenario: fuzz\nrequester: [ prepare ]\n";

static struct heap *heap;
static const struct scenario *scenario;
static char *buffer;

static struct world *new_world(struct trace *trace)
{
    static struct arena arena;
    struct problems problems = {.arena = &arena};
    struct scenario_overrides overrides;

    if (!heap) {
        heap = heap_create((uint64_t)64 << 20);
        buffer = xmalloc(BUFFER);
        scenario_overrides_init(&overrides);
        scenario =
            scenario_parse(&arena, "fuzz.yaml", scenario_text,
                           strlen(scenario_text), &overrides, &problems);
    }
    trace_init(trace, buffer, BUFFER, NULL);
    return play_world(scenario, vssim_reference_subject(), heap, trace);
}

static void demand(bool good, const char *what)
{
    if (good)
        return;
    fprintf(stderr, "%s\n", what);
    abort();
}

/* What SaveAsXML gives after loading `text`; NULL when it is refused. */
static BSTR reload(struct world *w, const WCHAR *text)
{
    IVssBackupComponents *b = NULL;
    BSTR saved = NULL;
    HRESULT hr;

    demand(proxy_CreateVssBackupComponents(w, &b) == S_OK, "no object");
    hr = b->lpVtbl->InitializeForRestore(b, (BSTR)text);
    if (hr == S_OK)
        demand(b->lpVtbl->SaveAsXML(b, &saved) == S_OK && saved,
               "loaded, but not saved");
    else
        demand(hr == VSS_E_INVALID_XML_DOCUMENT, "another code");
    b->lpVtbl->Release(b);
    return saved;
}

static void as_document(struct world *w, const WCHAR *text)
{
    BSTR once = reload(w, text), twice = once ? reload(w, once) : NULL;

    if (!once)
        return;
    demand(twice != NULL, "what was saved is refused");
    demand(wide_length(once) == wide_length(twice) &&
               memcmp(once, twice, wide_length(once) * sizeof(WCHAR)) == 0,
           "saved otherwise the second time");
    world_bstr_free(w, once);
    world_bstr_free(w, twice);
}

static void read_files(IVssWMComponent *c, const VSS_COMPONENTINFO *info)
{
    IVssWMFiledesc *file = NULL;
    BSTR text = NULL;

    for (UINT i = 0; i < info->cFileCount && i < 8; i++)
        if (c->lpVtbl->GetFile(c, i, &file) == S_OK) {
            file->lpVtbl->GetPath(file, &text);
            file->lpVtbl->Release(file);
        }
}

static void read_metadata(IVssExamineWriterMetadata *m)
{
    UINT include = 0, exclude = 0, components = 0;
    VSS_ID instance, writer;
    BSTR name = NULL;
    VSS_USAGE_TYPE usage;
    VSS_SOURCE_TYPE source;
    PVSSCOMPONENTINFO info;
    IVssWMComponent *c;

    m->lpVtbl->GetIdentity(m, &instance, &writer, &name, &usage, &source);
    m->lpVtbl->GetFileCounts(m, &include, &exclude, &components);
    for (UINT i = 0; i < components && i < 8; i++) {
        c = NULL;
        info = NULL;
        if (m->lpVtbl->GetComponent(m, i, &c) != S_OK)
            continue;
        if (c->lpVtbl->GetComponentInfo(c, &info) == S_OK) {
            read_files(c, info);
            c->lpVtbl->FreeComponentInfo(c, info);
        }
        c->lpVtbl->Release(c);
    }
}

static void as_metadata(struct world *w, const WCHAR *text)
{
    IVssExamineWriterMetadata *m = NULL;
    HRESULT hr = proxy_CreateVssExamineWriterMetadata(w, text, &m);

    demand(hr == S_OK || hr == VSS_E_INVALID_XML_DOCUMENT, "another code");
    demand((hr == S_OK) == (m != NULL), "an object and a failure");
    if (!m)
        return;
    read_metadata(m);
    m->lpVtbl->Release(m);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct trace trace;
    struct world *w = new_world(&trace);
    size_t need = utf8_to_wide((const char *)data, size, NULL, 0) + 1;
    WCHAR *text = xcalloc(need, sizeof(*text));

    demand(w != NULL, "no world");
    utf8_to_wide((const char *)data, size, text, need);
    as_document(w, text);
    as_metadata(w, text);
    demand(w->live == 0, "memory is not given back");
    free(text);
    heap_reset(heap);
    return 0;
}
