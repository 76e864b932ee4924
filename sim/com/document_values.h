/* document_values.h - values of the documents; table: document_values.def. */
#ifndef COM_DOCUMENT_VALUES_H
#define COM_DOCUMENT_VALUES_H

/* The text that is written for a value; NULL when there is none. */
const char *document_text(const char *type, int value);
/* The value of a text, also of the enumeration's own name with or without
 * its prefix; 0, which is every enumeration's undefined, when unknown. */
int document_value(const char *type, const char *text);

#endif
