/* base_test.c - heap, clock, text and trace. */
#include <criterion/criterion.h>
#include <string.h>

#include "base/arena.h"
#include "base/array.h"
#include "base/clock.h"
#include "base/heap.h"
#include "base/strbuf.h"
#include "base/trace.h"
#include "base/utf8.h"

Test(heap, counts_what_is_alive_and_reuses_what_was_freed)
{
    struct heap *heap = heap_create(1 << 20);
    char *a = heap_alloc(heap, 100), *b;
    uint64_t used = heap->used;

    cr_assert_eq(heap->live_blocks, 1);
    cr_assert_eq(heap->live_bytes, 100);
    cr_assert_eq(heap_size(a), 100);
    memset(a, 0xFF, 100);
    heap_free(heap, a);
    cr_assert_eq(heap->live_blocks, 0);
    b = heap_alloc(heap, 97);
    for (int i = 0; i < 97; i++)
        cr_assert_eq(b[i], 0, "byte %d of a reused block", i);
    cr_assert_eq(heap->used, used, "the freed block is used again");
    heap_free(heap, NULL);
#ifndef VSSIM_HEAP_MALLOC
    cr_assert_null(heap_alloc(heap, 2 << 20), "larger than the region");
#endif
    heap_reset(heap);
    cr_assert_eq(heap->live_blocks, 0);
    cr_assert_eq(heap->total_blocks, 0);
    heap_destroy(heap);
}

Test(heap, lies_at_the_same_address_every_time)
{
    struct heap *heap = heap_create(1 << 20), *first = heap;

    heap_destroy(heap);
    heap = heap_create(1 << 20);
    cr_assert_eq(heap, first);
    heap_destroy(heap);
}

Test(heap, gives_every_size_its_own_room)
{
    struct heap *heap = heap_create(64 << 20);
    unsigned char *blocks[2000];

    for (unsigned i = 0; i < 2000; i++) {
        blocks[i] = heap_alloc(heap, i);
        cr_assert_not_null(blocks[i]);
        memset(blocks[i], (int)(i & 0xFF), i);
    }
    for (unsigned i = 0; i < 2000; i++)
        for (unsigned k = 0; k < i; k++)
            cr_assert_eq(blocks[i][k], i & 0xFF);
    heap_destroy(heap);
}

static char fired[64];

static void note(void *context, uint32_t a, uint32_t b)
{
    struct clock *clock = context;
    size_t length = strlen(fired);

    (void)b;
    fired[length] = (char)a;
    fired[length + 1] = '\0';
    if (a == 'x') /* schedules another at the same time */
        clock_schedule(clock, clock->now, note, clock, 'y', 0);
}

Test(clock, fires_in_order_of_time_then_of_scheduling)
{
    struct heap *heap = heap_create(1 << 20);
    struct clock clock;
    uint32_t cancelled;
    uint64_t at;

    clock_init(&clock, heap);
    fired[0] = '\0';
    clock_schedule(&clock, 20, note, &clock, 'c', 0);
    clock_schedule(&clock, 10, note, &clock, 'x', 0);
    clock_schedule(&clock, 10, note, &clock, 'b', 0);
    cancelled = clock_schedule(&clock, 15, note, &clock, '!', 0);
    clock_cancel(&clock, cancelled);
    cr_assert(clock_next(&clock, &at));
    cr_assert_eq(at, 10);
    cr_assert_not(clock_step(&clock, 9), "nothing is due yet");
    cr_assert_eq(clock.now, 0);
    while (clock_step(&clock, 19))
        ;
    cr_assert_str_eq(fired, "xby");
    cr_assert_eq(clock.now, 10);
    clock_jump(&clock, 19);
    clock_jump(&clock, 5);
    cr_assert_eq(clock.now, 19, "time never goes back");
    cr_assert(clock_step(&clock, UINT64_MAX));
    cr_assert_str_eq(fired, "xbyc");
    cr_assert_not(clock_next(&clock, &at));
    heap_destroy(heap);
}

Test(clock, holds_many_items)
{
    struct heap *heap = heap_create(1 << 20);
    struct clock clock;
    uint64_t last = 0;

    clock_init(&clock, heap);
    fired[0] = '\0';
    for (uint32_t i = 0; i < 40; i++)
        clock_schedule(&clock, (i * 7) % 40, note, &clock, 'z', 0);
    while (clock_step(&clock, UINT64_MAX)) {
        cr_assert_geq(clock.now, last);
        last = clock.now;
    }
    cr_assert_eq(strlen(fired), 40);
    cr_assert_eq(clock.now, 39);
    heap_destroy(heap);
}

Test(strbuf, escapes_anything_into_well_formed_xml)
{
    struct strbuf sb = STRBUF_INIT;

    strbuf_add_xml(&sb, "a<b>&\"'\n]]>\x01\xFF\xC3\xA9");
    cr_assert_str_eq(strbuf_str(&sb), "a&lt;b&gt;&amp;&quot;&apos;&#10;]]&gt;"
                                      "\xEF\xBF\xBD\xEF\xBF\xBD\xC3\xA9");
    strbuf_reset(&sb);
    strbuf_add_utf8(&sb, "x\xED\xA0\x80y", 5); /* a surrogate */
    cr_assert_str_eq(strbuf_str(&sb),
                     "x\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBDy");
    strbuf_release(&sb);
    cr_assert_str_eq(strbuf_str(&sb), "");
}

Test(strbuf, knows_valid_utf8)
{
    static const struct {
        const char *bytes;
        int length;
    } rows[] = {{"a", 1},
                {"\xC3\xA9", 2},
                {"\xE2\x82\xAC", 3},
                {"\xF0\x9F\x98\x80", 4},
                {"\x80", 0},
                {"\xC0\x80", 0},
                {"\xE0\x80\x80", 0},
                {"\xF4\x90\x80\x80", 0},
                {"\xF5\x80\x80\x80", 0},
                {"\xE2\x82", 0},
                {"\xC3(", 0}};

    for (unsigned i = 0; i < ARRAY_SIZE(rows); i++)
        cr_expect_eq(utf8_sequence((const unsigned char *)rows[i].bytes,
                                   strlen(rows[i].bytes)),
                     rows[i].length, "row %u", i);
}

Test(arena, gives_zeroed_room_of_any_size)
{
    struct arena arena = ARENA_INIT;
    char *large, *text;

    for (int i = 0; i < 3000; i++)
        memset(arena_alloc(&arena, 33), 0xEE, 33);
    large = arena_alloc(&arena, 1 << 20);
    for (int i = 0; i < 1 << 20; i += 4096)
        cr_assert_eq(large[i], 0);
    text = arena_printf(&arena, "%d %s", 7, "seven");
    cr_assert_str_eq(text, "7 seven");
    arena_release(&arena);
    cr_assert_null(arena.chunks);
}

Test(trace, gives_back_what_was_put_in)
{
    static char buffer[4096];
    struct trace t;
    const struct trace_rec *rec;
    struct trace_field f;
    uint32_t cursor = 0, fields = 0;

    trace_init(&t, buffer, sizeof(buffer), NULL);
    trace_begin(&t, TRACE_CALL, 12, 2, 7, 3);
    trace_str(&t, KEY_METHOD, "PreRestore");
    trace_hr(&t, KEY_HR, -1);
    trace_param(&t, TRACE_IN, "ppAsync", TRACE_NULL, 0, NULL);
    trace_end(&t);
    trace_begin(&t, TRACE_END, 13, 0, 0, 0);
    trace_end(&t);
    rec = trace_first(buffer, *t.used);
    cr_assert_eq(rec->kind, TRACE_CALL);
    cr_assert_eq(rec->time, 12);
    cr_assert_eq(rec->call, 7);
    cr_assert_str_eq(trace_get_str(rec, KEY_METHOD, ""), "PreRestore");
    cr_assert_eq(trace_get_int(rec, KEY_HR, 0), -1);
    cr_assert_eq(trace_get_int(rec, KEY_SLOT, 99), 99);
    cr_assert(trace_find_param(rec, TRACE_IN, "ppAsync", &f));
    cr_assert_eq(f.type, TRACE_NULL);
    while (trace_field_next(rec, &cursor, &f))
        fields++;
    cr_assert_eq(fields, rec->n_fields);
    rec = trace_next(buffer, *t.used, rec);
    cr_assert_eq(rec->kind, TRACE_END);
    cr_assert_eq(rec->seq, 2);
    cr_assert_null(trace_next(buffer, *t.used, rec));
}

Test(trace, keeps_whole_records_when_the_buffer_is_full)
{
    static char buffer[256];
    struct trace t;
    unsigned records = 0;

    trace_init(&t, buffer, sizeof(buffer), NULL);
    for (int i = 0; i < 20; i++) {
        trace_begin(&t, TRACE_LOG, 0, 0, 0, 0);
        trace_str(&t, KEY_TEXT, "some text that takes room");
        trace_end(&t);
    }
    cr_assert(t.overflow);
    for (const struct trace_rec *r = trace_first(buffer, *t.used); r;
         r = trace_next(buffer, *t.used, r))
        records++;
    cr_assert_eq(records, 2);
}

Test(trace, shows_no_half_written_record)
{
    static char buffer[1024];
    struct trace t;

    trace_init(&t, buffer, sizeof(buffer), NULL);
    trace_begin(&t, TRACE_CALL, 0, 0, 1, 1);
    trace_str(&t, KEY_METHOD, "PreRestore");
    cr_assert_null(trace_first(buffer, *t.used));
    trace_end(&t);
    cr_assert_not_null(trace_first(buffer, *t.used));
}

Test(trace, names_are_known_both_ways)
{
    for (int i = 0; i < TRACE_KIND_COUNT; i++)
        cr_expect_eq(trace_kind_of(trace_kind_name((enum trace_kind)i)), i);
    for (int i = 1; i < TRACE_KEY_COUNT; i++)
        cr_expect_eq(trace_key_of(trace_key_name((enum trace_key)i)), i);
    cr_expect_eq(trace_kind_of("nonsense"), -1);
}

Test(utf8, a_character_is_read_and_written_the_same)
{
    static const uint32_t some[] = {1,      0x7F,   0x80,   0x7FF,   0x800,
                                    0xD7FF, 0xE000, 0xFFFD, 0x10000, 0x10FFFF};
    char text[4];

    for (unsigned i = 0; i < ARRAY_SIZE(some); i++) {
        int n = utf8_put(some[i], text), length = 0;

        cr_expect_eq(utf8_character(text, (size_t)n, &length), some[i]);
        cr_expect_eq(length, n);
        if (n > 1) /* cut short it is none */
            cr_expect_eq(utf8_character(text, (size_t)n - 1, &length),
                         UTF8_BAD);
    }
}

Test(utf8, what_is_none_is_one_byte_long)
{
    int length = 0;

    cr_expect_eq(utf8_character("\x80", 1, &length), UTF8_BAD);
    cr_expect_eq(length, 1);
    cr_expect_eq(utf8_character("\xED\xA0\x80", 3, &length), UTF8_BAD);
    cr_expect_eq(length, 1);
}
