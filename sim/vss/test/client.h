/*
 * client.h - two requesters, one in C and one in C++, written as for Windows.
 *
 * Each includes <windows.h>, <vss.h>, <vswriter.h> and <vsbackup.h>, restores
 * once, and notes every result in the same order, so that the two can be
 * compared with each other and with what must come out. They reach the
 * simulation only through the exported functions, which clients_test.c
 * provides on top of a mini host. A client owns nothing when it returns.
 */
#ifndef VSS_TEST_CLIENT_H
#define VSS_TEST_CLIENT_H

#include <windows.h>

#include <vsbackup.h>
#include <vss.h>
#include <vswriter.h>

#define CLIENT_NOTES 128

struct client_log {
    unsigned n;
    struct client_note {
        const char *what;
        long long value; /* an HRESULT as an unsigned number */
    } notes[CLIENT_NOTES];
};

static inline void client_note(struct client_log *log, const char *what,
                               long long value)
{
    if (log->n < CLIENT_NOTES) {
        log->notes[log->n].what = what;
        log->notes[log->n].value = value;
    }
    log->n++;
}

/* Notes an HRESULT. */
static inline void client_hr(struct client_log *log, const char *what,
                             HRESULT hr)
{
    client_note(log, what, (long long)(uint32_t)hr);
}

/* The length of a string that the API gave, which is then freed. */
static inline long long client_take(BSTR text)
{
    long long length = 0;

    while (text && text[length])
        length++;
    SysFreeString(text);
    return length;
}

/* `writer`: the class of the first writer of the document. */
EXTERN_C void client_c(BSTR document, VSS_ID writer, struct client_log *log);
EXTERN_C void client_cpp(BSTR document, VSS_ID writer, struct client_log *log);

#endif
