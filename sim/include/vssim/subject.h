/*
 * subject.h - the boundary between vssim and an implementation of the API.
 *
 * A subject implements IVssBackupComponents and its companions. It sees the
 * world only through `struct vssim_host`. The reference in sim/vss is a
 * subject like any other. A foreign subject is a shared library that exports
 *
 *     const struct vssim_subject *vssim_subject_open(
 *         uint32_t abi, const struct vssim_subject *reference);
 *
 * It either implements everything, or is an overlay: it starts from
 * `*reference` and replaces what it wants (overlay.h helps; the example is
 * sim/doc/example_overlay.c).
 *
 * Rules for a subject
 *   - All memory comes from host->alloc, all BSTRs from host->bstr_alloc.
 *   - No mutable statics, but for what vssim_subject_open fills in once:
 *     everything hangs on the objects it creates.
 *   - Time stands still except inside host->wait.
 *   - No threads of its own. The host calls it from one thread at a time.
 *   - Times and periods are virtual milliseconds.
 */
#ifndef VSSIM_SUBJECT_H
#define VSSIM_SUBJECT_H

#include <stddef.h>
#include <stdint.h>

#include "../win32/vsbackup.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Raised with every incompatible change of this file. */
#define VSSIM_ABI_VERSION 1u

/* A period that never ends; also the INFINITE of IVssAsync::Wait. */
#define VSSIM_FOREVER 0xFFFFFFFFu

enum vssim_event_kind {
    VSSIM_EVENT_IDENTIFY,     /* to every live writer instance */
    VSSIM_EVENT_PRE_RESTORE,  /* to the given targets */
    VSSIM_EVENT_POST_RESTORE, /* to the given targets */
    VSSIM_EVENT_STATUS,       /* ask VSS for the status of every writer */
    VSSIM_EVENT_COUNT
};

/* One writer instance that an event goes to. */
struct vssim_target {
    /* All zero: every live instance of the class (a restore by ASR, which
     * may come without a gather, decision U10). */
    GUID instance;
    GUID writer;
    /* The writer's view of its components. Owned by the subject, which keeps
     * it alive until the ticket is no longer pending; the writer may read and
     * edit through it while its handler runs (inside host->wait). */
    IVssWriterComponents *components;
};

struct vssim_event {
    enum vssim_event_kind kind;
    const struct vssim_target *targets; /* copied by post */
    uint32_t n_targets;                 /* ignored for IDENTIFY and STATUS */
};

/* What one writer gave to an event. Strings belong to the ticket and live
 * until host->forget. */
struct vssim_answer {
    GUID instance;
    GUID writer;
    const WCHAR *name;          /* the writer's name string */
    const WCHAR *instance_name; /* "" when it has none */
    /* IDENTIFY: the Writer Metadata Document, UTF-8, not NUL-terminated. */
    const char *metadata;
    size_t metadata_size;
    /* STATUS: what VSS holds about the writer. PRE_RESTORE: `failure` as
     * the handler left it, S_OK where it did well (decision U23). */
    VSS_WRITER_STATE state;
    HRESULT failure;             /* full code, PARTIAL_FAILURE included */
    HRESULT application_failure; /* from SetWriterFailureEx */
    const WCHAR *application_message;
    /* PRE_RESTORE, POST_RESTORE: the instance was gone when its turn came. */
    bool lost;
};

/* The kinds of thing, other than memory, that a call may fail to obtain. */
enum vssim_resource {
    VSSIM_RESOURCE_ACCESS,  /* COM's access check; asked first, before all */
    VSSIM_RESOURCE_THREAD,  /* a thread or handle in the caller's process */
    VSSIM_RESOURCE_SERVICE, /* the connection to the VSS service */
    VSSIM_RESOURCE_COUNT
};

/* Windows versions; the table is base/windows.def. */
enum vssim_windows {
#define WINDOWS(id, key, label, old_unexpected, wait_rule, ex, partial) \
    VSSIM_##id,
#include "../../base/windows.def"
#undef WINDOWS
    VSSIM_WINDOWS_COUNT
};

/* Policies: decisions where the documentation leaves a choice. The value is
 * the index of the alternative; the table is base/policy.def. */
enum vssim_policy {
#define POLICY(id, key, decision, alternatives, strict, lenient, text) \
    VSSIM_POLICY_##id,
#include "../../base/policy.def"
#undef POLICY
    VSSIM_POLICY_COUNT
};

struct vssim_host {
    uint32_t abi;  /* VSSIM_ABI_VERSION */
    uint32_t size; /* sizeof(struct vssim_host) */
    enum vssim_windows windows;
    const int *policy; /* indexed by enum vssim_policy */

    /* NULL when memory is short (a fault may decide so). Zero-filled. */
    void *(*alloc)(const struct vssim_host *host, size_t size);
    void (*free)(const struct vssim_host *host, void *memory);
    /* A BSTR of `length` characters plus NUL; `text` may be NULL (zeros). */
    BSTR (*bstr_alloc)(const struct vssim_host *host, const WCHAR *text,
                       uint32_t length);
    void (*bstr_free)(const struct vssim_host *host, BSTR text);

    /* Virtual milliseconds since the scenario began. */
    uint64_t (*now)(const struct vssim_host *host);
    /* A deterministic new GUID. */
    void (*new_guid)(const struct vssim_host *host, GUID *guid);

    /* Starts sending an event. Gives a ticket, or E_OUTOFMEMORY, or a
     * service failure; then nothing was sent. Never moves time. */
    HRESULT (*post)(const struct vssim_host *host,
                    const struct vssim_event *event, uint32_t *ticket);
    /* VSS_S_ASYNC_PENDING, VSS_S_ASYNC_FINISHED, or the HRESULT with which
     * VSS itself failed (VSS_E_UNEXPECTED, never its older substitute). */
    HRESULT (*poll)(const struct vssim_host *host, uint32_t ticket);
    /* Moves time until the ticket is no longer pending or `ms` have passed.
     * May not return at all when nothing can ever happen again. */
    void (*wait)(const struct vssim_host *host, uint32_t ticket, uint32_t ms);
    /* The caller lost interest. Writers already told run to their end. */
    void (*forget)(const struct vssim_host *host, uint32_t ticket);
    /* How many writers answered; and what the index-th one gave. */
    uint32_t (*answers)(const struct vssim_host *host, uint32_t ticket);
    bool (*answer)(const struct vssim_host *host, uint32_t ticket,
                   uint32_t index, struct vssim_answer *answer);

    /* S_OK, or the code with which obtaining the resource fails. `site` is
     * the method's name. */
    HRESULT (*acquire)(const struct vssim_host *host,
                       enum vssim_resource resource, const char *site);
    /* An entry of the Application event log. */
    void (*log)(const struct vssim_host *host, const char *source,
                uint32_t event_id, const char *text);
    void *context; /* the host's own */

    /* Optional, may be NULL or absent (see size). Ends a host->wait that is
     * under way on the ticket: its async was cancelled meanwhile. The ticket
     * itself goes on; writers already told run to their end. */
    void (*wake)(const struct vssim_host *host, uint32_t ticket);
};

struct vssim_subject {
    uint32_t abi;  /* VSSIM_ABI_VERSION */
    uint32_t size; /* sizeof(struct vssim_subject) */
    const char *name;
    HRESULT (*create_backup_components)(const struct vssim_host *host,
                                        IVssBackupComponents **out);
    /* `xml` may be a plain string; see the page of the exported function. */
    HRESULT (*create_examine_writer_metadata)(
        const struct vssim_host *host, const WCHAR *xml,
        IVssExamineWriterMetadata **out);
    /* Optional. Writes a canonical form of the logical state of a backup
     * components object: what a later call could tell apart, and nothing
     * else (no pointers, no reference counts). */
    void (*state)(IVssBackupComponents *object,
                  void (*sink)(void *context, const void *bytes, size_t size),
                  void *context);
    /* Optional. The name of the phase that the object is in. */
    const char *(*phase)(IVssBackupComponents *object);
};

typedef const struct vssim_subject *(*vssim_subject_open_fn)(
    uint32_t abi, const struct vssim_subject *reference);

/* What a subject exports. */
const struct vssim_subject *vssim_subject_open(
    uint32_t abi, const struct vssim_subject *reference);

/* The reference implementation. */
const struct vssim_subject *vssim_reference_subject(void);

#ifdef __cplusplus
}
#endif

#endif
