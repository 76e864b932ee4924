/* subject_load_test.c - which libraries are refused, and with what words. */
#include <criterion/criterion.h>
#include <string.h>

#include "base/array.h"
#include "subjects/subject_load.h"

#define SUBJECT(name) BUILD_FOLDER "/subjects/" name ".so"

static const struct {
    const char *path;
    const char *message; /* a part of it */
} refused[] = {
    {"/no/such/file.so", "cannot load the subject: /no/such/file.so: "},
    {"build.ninja", "cannot load the subject: ./build.ninja: "},
    {SUBJECT("no_entry"), ": no vssim_subject_open: a subject must export it"},
    {SUBJECT("wrong_abi"), ": built for ABI version 2 of subject.h, this is "
                           "version 1: rebuild it"},
    {SUBJECT("refuses"), ": vssim_subject_open refused: it returned NULL for "
                         "ABI version 1"},
    {SUBJECT("incomplete"), ": create_backup_components and "
                            "create_examine_writer_metadata must be given"},
    {SUBJECT("crashes"), ": crashes while loading (Segmentation fault"},
    {SUBJECT("hangs"), ": hangs while loading"},
};

Test(subject_load, refuses_with_the_reason)
{
    for (unsigned i = 0; i < ARRAY_SIZE(refused); i++) {
        char error[1024] = "";

        cr_expect_not(
            subject_probe_within(refused[i].path, 500, error, sizeof(error)));
        cr_expect(strstr(error, refused[i].message), "wanted %s\ngot    %s",
                  refused[i].message, error);
    }
}

Test(subject_load, takes_the_reference_and_overlays)
{
    static const char *const names[][2] = {
        {BUILD_FOLDER "/example_overlay.so", "example-overlay"},
        {SUBJECT("no_async"), "no-async"},
        {"reference", "reference"},
    };
    char error[1024] = "";

    for (unsigned i = 0; i < 3; i++) {
        const struct vssim_subject *subject;

        cr_assert(subject_probe(names[i][0], error, sizeof(error)), "%s",
                  error);
        subject = subject_load(names[i][0], error, sizeof(error));
        cr_assert_not_null(subject, "%s", error);
        cr_expect_str_eq(subject->name, names[i][1]);
    }
    cr_expect_eq(subject_load(NULL, error, sizeof(error)),
                 vssim_reference_subject());
}
