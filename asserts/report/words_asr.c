/* words_asr.c - what records about a machine's disks say; see words_put.h. */
#include <string.h>

#include "asserts/report/words_put.h"

void say_disk(const struct say *s)
{
    bool clean = strcmp(say_str(s, KEY_WHAT), "clean") == 0;

    strbuf_adds(s->out, clean ? "Clean of disk " : "ASR: disk ");
    say_text(s, KEY_NAME);
    if (!clean) {
        strbuf_adds(s->out, " of the backup ");
        say_text(s, KEY_OUTCOME);
    }
    say_quoted(s, " on disk ", KEY_DISK);
    say_hr(s, ": ", false);
    say_quoted(s, clean ? ", due: " : ", to be cleaned first: ", KEY_REASON);
    say_quoted(s, ", cleaned: ", KEY_CLEANED);
}

void say_registry(const struct say *s)
{
    strbuf_adds(s->out, "registry: ");
    if (strcmp(say_str(s, KEY_WHAT), "set") == 0)
        say_text(s, KEY_NAME);
    else
        strbuf_addf(s->out, "%lld restored volumes, LastInstance",
                    say_num(s, KEY_COUNT));
    say_quoted(s, " = ", KEY_VALUE);
}
