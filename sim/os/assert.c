/* assert.c - see assert.h. */
#include "os/assert.h"

#include <stdio.h>
#include <stdlib.h>

void (*assert_told)(const char *message);

static _Noreturn void end(const char *message)
{
    void (*told)(const char *) = assert_told;

    assert_told = NULL; /* an assertion that fails meanwhile tells nobody */
    fprintf(stderr, "%s\n", message);
    fflush(NULL);
    if (told)
        told(message);
    _Exit(ASSERT_EXIT);
}

void vssim_assert_failed(const char *file, int line, const char *text)
{
    char message[400];

    snprintf(
        message, sizeof(message),
        "vssim: %s:%d: this does not hold: %s: a mistake in vssim, please "
        "report it",
        file, line, text);
    end(message);
}

void vssim_failed(const char *what)
{
    char message[400];

    snprintf(message, sizeof(message), "vssim: %s", what);
    end(message);
}
