/*
 * utf8.h - UTF-8, character by character. Overlong forms, surrogates and what
 * lies beyond U+10FFFF are no UTF-8.
 */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include <stddef.h>
#include <stdint.h>

#define UTF8_BAD 0xFFFDu /* U+FFFD stands for what is no UTF-8 */

/* Length of the valid sequence at `s` (1 to 4), or 0. */
int utf8_sequence(const unsigned char *s, size_t left);
/* The character at `text`, which has `left` bytes, at least one; how many it
 * takes into *length: UTF8_BAD and one byte where there is none. */
uint32_t utf8_character(const char *text, size_t left, int *length);
/* Writes the character, a valid one; gives its length. */
int utf8_put(uint32_t c, char out[4]);

#endif
