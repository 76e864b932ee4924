/* assert.c - see assert.h. */
#include "os/assert.h"

#include <stdio.h>
#include <stdlib.h>

void (*assert_told)(const char *message);

void vssim_assert_failed(const char *file, int line, const char *text)
{
    void (*told)(const char *) = assert_told;
    char message[400];

    assert_told = NULL; /* an assertion that fails meanwhile tells nobody */
    snprintf(
        message, sizeof(message),
        "vssim: %s:%d: this does not hold: %s: a mistake in vssim, please "
        "report it",
        file, line, text);
    fprintf(stderr, "%s\n", message);
    fflush(NULL);
    if (told)
        told(message);
    _Exit(ASSERT_EXIT);
}
