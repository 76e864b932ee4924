/*
 * import_fuzz.c - any bytes into the importers.
 *
 * Nothing may crash, leak or hang, and what is made of facts must be a
 * scenario that our own loader takes. Run, for a short while, as
 *     build/fuzz/import_fuzz -max_len=4096 CORPUS build/corpus/import \
 *         scenarios/data/listings
 * New inputs go to the folder CORPUS.
 */
#include <stdint.h>
#include <stdlib.h>

#include "import/import.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void documents(struct import *im, enum import_kind kind,
                      const char *bytes, size_t size)
{
    struct import_document d = {kind == IMPORT_METADATA, "a.xml", bytes, size};

    import_documents(im, &d, 1);
}

/* The built-in profiles, read once: they are most of the work of an import,
 * and no input changes them. */
static const struct import *with_profiles(void)
{
    static const char listing[] = "Writer name: 'System Writer'\n"
                                  "   State: [1] Stable\n";
    static struct arena arena;
    static struct import im = {.arena = &arena, .name = "profiles"};

    if (!im.profiles) {
        import_read(&im, listing, sizeof(listing) - 1);
        if (!im.profiles)
            abort();
    }
    return &im;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = ARENA_INIT;
    struct import im = {.arena = &arena, .name = "fuzz"};
    enum import_kind kind;

    im.profiles = with_profiles()->profiles;
    im.n_profiles = with_profiles()->n_profiles;
    kind = import_read(&im, (const char *)data, size);

    if (im.defective)
        abort();
    if (kind == IMPORT_METADATA || kind == IMPORT_DOCUMENT)
        documents(&im, kind, (const char *)data, size);
    if (kind == IMPORT_UNREADABLE && !im.problem)
        abort();
    import_release(&im);
    arena_release(&arena);
    return 0;
}
