/*
 * printf.h - marks functions that take a format like printf's.
 *
 * On Windows, mingw's own printf family is used (__USE_MINGW_ANSI_STDIO), so
 * that formats mean the same everywhere; the compiler must be told. Anybody
 * may include it.
 */
#ifndef BASE_PRINTF_H
#define BASE_PRINTF_H

#if defined(__MINGW32__) && !defined(__clang__)
#define PRINTF_LIKE(format_at, first_at) \
    __attribute__((format(gnu_printf, format_at, first_at)))
#else
#define PRINTF_LIKE(format_at, first_at) \
    __attribute__((format(printf, format_at, first_at)))
#endif

#endif
