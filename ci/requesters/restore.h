/*
 * restore.h - a whole, careful restore, shared by good_c and bad.
 *
 * A requester in C as one writes it for Windows: it includes nothing of vssim
 * but the Windows headers. The document is read, writers are asked for their
 * metadata, every component of a live writer that wants restore events is
 * selected, PreRestore, status, "copying", PostRestore, status; writers that
 * failed for a passing reason are tried again, twice at most.
 *
 * mistake() is false everywhere in good_c; bad makes one of it true. Each place
 * that asks it is one mistake, named after the rule that must convict it.
 */
#ifndef REQUESTERS_RESTORE_H
#define REQUESTERS_RESTORE_H

#include <stdbool.h>
#include <stdio.h>

#include <windows.h>

#include <vsbackup.h>
#include <vss.h>
#include <vswriter.h>

#define MAX_COMPONENTS 64
#define MAX_WRITERS 64

enum mistake {
#define MISTAKE(id, rule, world, follows, what) MISTAKE_##id,
#include "mistakes.def"
#undef MISTAKE
    N_MISTAKES
};

bool mistake(enum mistake which);

enum fate {
    FATE_UNTRIED,
    FATE_RESTORED,
    FATE_AGAIN, /* failed for a reason that may pass */
    FATE_FAILED
};

struct writer {
    VSS_ID class;
    bool live, wanted; /* as its metadata says */
    bool selected;     /* in this try */
    bool listed;       /* its status was there */
    HRESULT failure;   /* in this try */
    enum fate fate;
};

struct component {
    struct writer *writer;
    VSS_COMPONENT_TYPE type;
    BSTR path, name;
    bool selected;
};

struct restore {
    IVssBackupComponents *backup;
    BSTR document;
    const char *disk; /* to be cleaned before PreRestore, or NULL */
    struct writer writers[MAX_WRITERS];
    unsigned n_writers;
    struct component components[MAX_COMPONENTS];
    unsigned n_components;
    bool pre;             /* PreRestore returned S_OK */
    bool give_up;         /* of a bad one */
    IVssComponent *early; /* of a bad one */
};

/* A backup of everything on C:, and its document; NULL when it failed. */
BSTR backup_document(struct restore *r);
/* 0 when all was restored, 1 when not, 2 for wrong usage. With the file
 * "--backup" there is a backup first, and what it saved is restored. A disk
 * that has to be cleaned is named, NULL when none: which it is, the record of
 * the backup told whoever starts the recovery. */
int restore_document(const char *file, const char *disk);

/* --- its parts --- */

/* Says what failed; gives back whether it did. */
bool failed(HRESULT hr, const char *what);
bool same_id(const VSS_ID *a, const VSS_ID *b);
struct writer *restore_writer(struct restore *r, const VSS_ID *class);
/* Waits, within bounds, and releases: how the operation ended. */
HRESULT restore_wait(struct restore *r, IVssAsync *async, const char *what);
bool restore_metadata(struct restore *r);
/* Gathers and reads the status of each writer; false when it is not known. */
bool restore_status(struct restore *r, bool first);
bool restore_components(struct restore *r);
/* Uses what one mistake kept from before PreRestore. */
void restore_early(struct restore *r);
void restore_messages(struct restore *r, bool first);

#endif
