/*
 * play.c - what playing costs, beside what libyaml and expat alone need for
 * the same bytes: play FILE... Prints nanoseconds a scenario: floor, played.
 *
 * The floor parses each file's YAML events and each scenario's Backup
 * Components Document once. Played is loading, playing and judging. Both in
 * turn, several rounds, the fastest of each.
 */
#include <expat.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <yaml.h>

#include "asserts/rules/judge.h"
#include "base/heap.h"
#include "play/player.h"

#define ROUNDS 7
#define BUFFER ((uint64_t)64 << 20)

struct input {
    const char *name;
    char *text;
    size_t size;
    char *document;
    size_t document_size;
};

static long long now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static char *copy(const char *bytes, size_t size)
{
    char *out = malloc(size + 1);

    if (!out)
        exit(1);
    memcpy(out, bytes, size);
    return out;
}

static void read_input(struct input *in, const char *name)
{
    struct arena arena = ARENA_INIT;
    struct problems problems = {.arena = &arena};
    struct scenario_overrides overrides;
    struct scenario *s;

    scenario_overrides_init(&overrides);
    in->name = name;
    in->text = node_slurp(&problems, name, NULL, NODE_MAX_SIZE, &in->size);
    s = scenario_load(&arena, name, &overrides, &problems);
    if (!s || !in->text) {
        fprintf(stderr, "%s cannot be read\n", name);
        exit(1);
    }
    in->text = copy(in->text, in->size);
    in->document = copy(s->document ? s->document : "", s->document_size);
    in->document_size = s->document_size;
    arena_release(&arena);
}

static void parse(const struct input *in)
{
    XML_Parser xml = XML_ParserCreate(NULL);
    yaml_parser_t yaml;
    yaml_event_t event;
    int done = 0;

    yaml_parser_initialize(&yaml);
    yaml_parser_set_input_string(&yaml, (const unsigned char *)in->text,
                                 in->size);
    while (!done && yaml_parser_parse(&yaml, &event)) {
        done = event.type == YAML_STREAM_END_EVENT;
        yaml_event_delete(&event);
    }
    yaml_parser_delete(&yaml);
    XML_Parse(xml, in->document, (int)in->document_size, 1);
    XML_ParserFree(xml);
}

static void play(const struct input *in, struct heap *heap, char *buffer,
                 struct judge *judge)
{
    struct arena arena = ARENA_INIT;
    struct problems problems = {.arena = &arena};
    struct scenario_overrides overrides;
    struct scenario *s;
    struct trace trace;

    scenario_overrides_init(&overrides);
    s = scenario_parse(&arena, in->name, in->text, in->size, &overrides,
                       &problems);
    trace_init(&trace, buffer, BUFFER, NULL);
    play_scenario(s, vssim_reference_subject(), heap, &trace);
    judge_trace(judge, trace.base, *trace.used);
    arena_release(&arena);
}

int main(int argc, char **argv)
{
    struct input *inputs = calloc((size_t)argc, sizeof(*inputs));
    long long best[2] = {1LL << 62, 1LL << 62};
    struct heap *heap = heap_create((uint64_t)256 << 20);
    char *buffer = malloc(BUFFER);
    struct judge judge;
    int n = argc - 1;

    if (n < 1 || !heap || !buffer)
        return 2;
    judge_init(&judge);
    for (int i = 0; i < n; i++)
        read_input(&inputs[i], argv[i + 1]);
    for (int round = 0; round < ROUNDS; round++) {
        long long from = now(), middle, to;

        for (int i = 0; i < n; i++)
            parse(&inputs[i]);
        middle = now();
        for (int i = 0; i < n; i++)
            play(&inputs[i], heap, buffer, &judge);
        to = now();
        if (middle - from < best[0])
            best[0] = middle - from;
        if (to - middle < best[1])
            best[1] = to - middle;
    }
    printf("%lld %lld\n", best[0] / n, best[1] / n);
    return 0;
}
