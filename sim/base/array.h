/* array.h - of arrays that do not grow. For everybody, subjects included: it
 * needs no memory. */
#ifndef BASE_ARRAY_H
#define BASE_ARRAY_H

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))

#endif
