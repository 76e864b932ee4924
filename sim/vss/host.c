/* host.c - see host.h. */
#include "vss/host.h"

#include <stdio.h>
#include <string.h>

#include "com/text.h"

/* "Unexpected error calling routine": the text of event 8193, which the
 * event reference gives for a failed call inside VSS. */
#define EVENT_UNEXPECTED 8193u

const struct vss_windows *vss_windows(const struct vssim_host *host)
{
    static const struct vss_windows table[] = {
#define WINDOWS(id, key, label, old_unexpected, wait_rule, ex, partial) \
    {old_unexpected, wait_rule, ex, partial},
#include <vssim/windows.def>
#undef WINDOWS
    };

    return &table[host->windows];
}

int vss_policy(const struct vssim_host *host, enum vssim_policy policy)
{
    return host->policy[policy];
}

void *vss_alloc(const struct vssim_host *host, size_t size)
{
    return host->alloc(host, size);
}

void vss_free(const struct vssim_host *host, void *memory)
{
    if (memory)
        host->free(host, memory);
}

static void *tree_memory_alloc(void *context, size_t size)
{
    return vss_alloc(context, size);
}

static void tree_memory_free(void *context, void *memory)
{
    vss_free(context, memory);
}

struct tree_memory vss_tree_memory(const struct vssim_host *host)
{
    struct tree_memory memory = {tree_memory_alloc, tree_memory_free, NULL};

    memory.context = (void *)(uintptr_t)host;
    return memory;
}

HRESULT vss_bstr(const struct vssim_host *host, const char *utf8, BSTR *out)
{
    size_t size, length;

    *out = NULL;
    if (!utf8)
        return S_FALSE;
    size = strlen(utf8);
    length = utf8_to_wide(utf8, size, NULL, 0);
    *out = host->bstr_alloc(host, NULL, (uint32_t)length);
    if (!*out)
        return E_OUTOFMEMORY;
    utf8_to_wide(utf8, size, *out, length + 1);
    return S_OK;
}

HRESULT vss_bstr_wide(const struct vssim_host *host, const WCHAR *text,
                      BSTR *out)
{
    *out = host->bstr_alloc(host, text, (uint32_t)wide_length(text));
    return *out ? S_OK : E_OUTOFMEMORY;
}

void vss_bstr_free(const struct vssim_host *host, BSTR *text)
{
    if (*text)
        host->bstr_free(host, *text);
    *text = NULL;
}

char *vss_utf8(const struct vssim_host *host, const WCHAR *text, size_t length,
               size_t *size)
{
    size_t need = wide_to_utf8(text, length, NULL, 0);
    char *copy = vss_alloc(host, need + 1);

    if (copy)
        wide_to_utf8(text, length, copy, need + 1);
    *size = need;
    return copy;
}

bool vss_same_text(const char *utf8, const WCHAR *wide)
{
    size_t length = wide_length(wide);

    utf8 = utf8 ? utf8 : "";
    for (size_t i = 0; i < length;) {
        char piece[5];
        size_t units = i + 1 < length && (wide[i] & 0xFC00) == 0xD800 ? 2 : 1;
        size_t n = wide_to_utf8(wide + i, units, piece, sizeof(piece));

        /* A lone high surrogate and what follows it: one at a time. */
        if (units == 2 && n != 4) {
            units = 1;
            n = wide_to_utf8(wide + i, 1, piece, sizeof(piece));
        }
        if (strncmp(utf8, piece, n) != 0)
            return false;
        utf8 += n;
        i += units;
    }
    return *utf8 == '\0';
}

bool guid_is_null(const GUID *guid)
{
    static const GUID null;

    return guid_equal(guid, &null);
}

HRESULT vss_acquire(const struct vssim_host *host,
                    enum vssim_resource resource, const char *site)
{
    return vss_failure(host, host->acquire(host, resource, site), site);
}

HRESULT vss_failure(const struct vssim_host *host, HRESULT hr,
                    const char *site)
{
    char text[400];

    if (hr != VSS_E_UNEXPECTED)
        return hr;
    /* Every method page, VSS_E_UNEXPECTED: "logged in the error log". */
    snprintf(text, sizeof(text),
             "Volume Shadow Copy Service error: Unexpected error calling "
             "routine %s. hr = 0x80042302.\n\nOperation:\n   %s\n\n"
             "Context:\n   Execution Context: Requestor",
             site, site);
    host->log(host, "VSS", EVENT_UNEXPECTED, text);
    /* Same row: E_UNEXPECTED up to Vista and Server 2008. */
    return vss_windows(host)->old_unexpected ? E_UNEXPECTED : hr;
}
