/*
 * json_report.c - one JSON document, written as it grows: one scenario a
 * line, the totals last. vssim-report(5) describes it.
 */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "asserts/report/report.h"
#include "base/array.h"
#include "os/assert.h"

#define REPORT_SCHEMA 1

struct json_report {
    struct report report;
    FILE *out;
    struct totals totals;
};

/* Any bytes; NULL becomes null. */
static json_t *text(const char *bytes)
{
    struct strbuf valid = STRBUF_INIT;
    json_t *json;

    if (!bytes)
        return json_null();
    strbuf_add_utf8(&valid, bytes, strlen(bytes));
    json = json_stringn(strbuf_str(&valid), valid.len);
    strbuf_release(&valid);
    return json;
}

static void put(json_t *object, const char *key, json_t *value)
{
    json_object_set_new(object, key, value);
}

static const char *kind_name(enum rule_kind kind)
{
    return kind == RULE_SCENARIO    ? "scenario"
           : kind == RULE_INVARIANT ? "invariant"
                                    : "requester";
}

static json_t *finding(const struct finding *f)
{
    json_t *json = json_object();

    put(json, "rule", text(f->rule->id));
    put(json, "severity",
        text(f->rule->severity == SEVERITY_ERROR ? "error" : "warning"));
    put(json, "kind", text(kind_name(f->rule->kind)));
    put(json, "provenance", text(f->rule->provenance));
    put(json, "line", json_integer(f->line));
    put(json, "col", json_integer(f->col));
    put(json, "seq", json_integer(f->seq));
    put(json, "call", json_integer(f->call));
    put(json, "message", text(f->message));
    put(json, "expected", text(f->expected));
    put(json, "actual", text(f->actual));
    put(json, "demanded", json_boolean(f->expected_finding));
    put(json, "known", json_boolean(f->known));
    return json;
}

static json_t *findings(const struct judge *judge)
{
    json_t *array = json_array();

    for (uint32_t i = 0; i < judge->n_findings; i++)
        json_array_append_new(array, finding(&judge->findings[i]));
    return array;
}

/* When the last record was written, in virtual milliseconds. */
static json_int_t last_time(const struct judge *judge)
{
    const struct model *m = &judge->model;
    const struct trace_rec *rec = trace_first(m->base, m->used);
    uint64_t time = 0;

    for (; rec; rec = trace_next(m->base, m->used, rec))
        time = rec->time;
    return (json_int_t)time;
}

static json_t *scenario(const struct judge *judge)
{
    static const struct {
        const char *name;
        enum trace_key key;
    } texts[] = {{"title", KEY_SCENARIO},  {"topic", KEY_TOPIC},
                 {"windows", KEY_WINDOWS}, {"subject", KEY_SUBJECT},
                 {"tags", KEY_TAGS},       {"todo", KEY_TODO}};
    const struct trace_rec *header = judge->model.header;
    json_t *json = json_object();

    put(json, "file", text(judge->model.file));
    for (unsigned i = 0; i < ARRAY_SIZE(texts); i++)
        put(json, texts[i].name,
            text(trace_get_str(header, texts[i].key, NULL)));
    assert(judge->verdict < N_VERDICTS);
    put(json, "verdict", text(verdict_name(judge->verdict)));
    put(json, "reason", text(judge->reason));
    put(json, "time", json_integer(last_time(judge)));
    put(json, "findings", findings(judge));
    return json;
}

static void json_scenario(struct report *report, const struct judge *judge)
{
    struct json_report *r = (struct json_report *)report;
    json_t *json = scenario(judge);

    fputs(r->totals.scenarios ? ",\n" : "\n", r->out);
    json_dumpf(json, r->out, JSON_COMPACT);
    json_decref(json);
    r->totals.scenarios++;
    r->totals.count[judge->verdict]++;
}

static bool json_finish(struct report *report)
{
    struct json_report *r = (struct json_report *)report;
    json_t *totals = json_object();
    bool good;

    put(totals, "scenarios", json_integer(r->totals.scenarios));
    for (int i = 0; i < N_VERDICTS; i++)
        put(totals, verdict_name((enum verdict)i),
            json_integer(r->totals.count[i]));
    fputs("\n],\n\"totals\":", r->out);
    json_dumpf(totals, r->out, JSON_COMPACT);
    fputs("}\n", r->out);
    json_decref(totals);
    good = fflush(r->out) == 0 && !ferror(r->out);
    free(r);
    return good;
}

struct report *report_json_open(FILE *out)
{
    struct json_report *r = xcalloc(1, sizeof(*r));

    r->report.scenario = json_scenario;
    r->report.finish = json_finish;
    r->out = out;
    fprintf(out, "{\"schema\":%d,\n\"scenarios\":[", REPORT_SCHEMA);
    return &r->report;
}
