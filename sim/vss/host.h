/*
 * host.h - what every object here asks of its host: memory, BSTRs made of
 * UTF-8, resources, and failures turned into what this Windows would say.
 *
 * Nothing is owned; strings given out are the caller's, from bstr_alloc.
 */
#ifndef VSS_HOST_H
#define VSS_HOST_H

#include <vssim/subject.h>

#include "vss/xml_tree.h"

struct vss_windows {
    bool old_unexpected;
    int wait_rule; /* 0: no time-out, 1: INFINITE only, 2: any */
    int ex;        /* the highest IVssBackupComponentsExN */
    bool partial;
};

const struct vss_windows *vss_windows(const struct vssim_host *host);
int vss_policy(const struct vssim_host *host, enum vssim_policy policy);

void *vss_alloc(const struct vssim_host *host, size_t size);
void vss_free(const struct vssim_host *host, void *memory);
struct tree_memory vss_tree_memory(const struct vssim_host *host);

/* NULL text gives S_FALSE and NULL, as the readers do for what is absent. */
HRESULT vss_bstr(const struct vssim_host *host, const char *utf8, BSTR *out);
/* `text` is not NULL. */
HRESULT vss_bstr_wide(const struct vssim_host *host, const WCHAR *text,
                      BSTR *out);
void vss_bstr_free(const struct vssim_host *host, BSTR *text);
/* A NUL-terminated copy in host memory; NULL when short. */
char *vss_utf8(const struct vssim_host *host, const WCHAR *text, size_t length,
               size_t *size);

/* Is the UTF-8 text the same as the UTF-16 text? NULL equals "". */
bool vss_same_text(const char *utf8, const WCHAR *wide);
bool guid_is_null(const GUID *guid);

HRESULT vss_acquire(const struct vssim_host *host,
                    enum vssim_resource resource, const char *site);
/* A failure that the host reported, as a caller on this Windows sees it:
 * VSS_E_UNEXPECTED is logged, and called E_UNEXPECTED where it is older than
 * its own name. */
HRESULT vss_failure(const struct vssim_host *host, HRESULT hr,
                    const char *site);

#endif
