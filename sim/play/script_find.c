/*
 * script_find.c - finding what a step names by writer or component: calls that
 * a requester makes to find them.
 */
#include <string.h>

#include "com/text.h"
#include "play/script.h"

bool script_is_writer(const struct script *s, const struct api_method *m,
                      const struct writer *w)
{
    /* The instances of another machine's writers have ids of their own. */
    for (unsigned i = 0; s->world->opaque && i < m->n_params; i++)
        if (strcmp(m->params[i].name, "pidWriter") == 0)
            return guid_equal(&s->last_out[i].guid, &w->desc->writer);
    for (unsigned i = 0; i < m->n_params; i++)
        if (strcmp(m->params[i].name, "pidInstance") == 0)
            return guid_equal(&s->last_out[i].guid, &w->instance);
    return false;
}

uint32_t script_count(struct script *s, const struct step *step,
                      struct proxy *on)
{
    const char *counter =
        strstr(step->method->name, "Status")     ? "GetWriterStatusCount"
        : strstr(step->method->name, "Metadata") ? "GetWriterMetadataCount"
                                                 : "GetWriterComponentsCount";

    if (FAILED(script_simple(s, step, counter, on, -1, true)))
        return 0;
    return (uint32_t)s->last_out[0].num;
}

/* Is this what a document says of the writer? The instance it was backed up
 * from, or, since instances come and go, the only one of its class. */
static bool is_in_document(const struct script *s, const struct writer *w)
{
    unsigned same_class = 0;

    if (guid_equal(&s->last_out[0].guid, &w->instance))
        return true;
    for (const struct scenario_writer *i = s->scenario->writers; i;
         i = i->next)
        same_class += guid_equal(&i->writer.desc->writer, &w->desc->writer);
    return same_class == 1 &&
           guid_equal(&s->last_out[1].guid, &w->desc->writer);
}

/* IVssWriterComponentsExt tells whose it is by GetWriterInfo. */
struct proxy *script_writer_components(struct script *s,
                                       const struct step *step,
                                       struct proxy *on)
{
    uint32_t n;

    if (FAILED(
            script_simple(s, step, "GetWriterComponentsCount", on, -1, true)))
        return NULL;
    n = (uint32_t)s->last_out[0].num;
    for (uint32_t i = 0; i < n; i++) {
        struct proxy *wc;

        if (FAILED(script_simple(s, step, "GetWriterComponents", on, i, true)))
            return NULL;
        wc = script_handed_out(s);
        if (!wc)
            return NULL;
        script_simple(s, step, "GetWriterInfo", wc, -1, true);
        if (is_in_document(s, step->writer))
            return wc;
        script_release(wc);
    }
    return NULL;
}

struct proxy *script_component(struct script *s, const struct step *step,
                               struct proxy *wc)
{
    const struct vss_component_desc *c = step->component;
    WCHAR want[512];
    uint32_t n;

    utf8_to_wide(c->name, strlen(c->name), want, 512);
    if (FAILED(script_simple(s, step, "GetComponentCount", wc, -1, true)))
        return NULL;
    n = (uint32_t)s->last_out[0].num;
    for (uint32_t i = 0; i < n; i++) {
        struct step get = *step;
        struct proxy *p;
        bool match;

        memset(get.args, 0, sizeof(get.args));
        get.method = api_find("IVssWriterComponents.GetComponent", 0);
        get.returns = NULL;
        get.wants = NULL;
        get.phase = NULL;
        get.has_takes = false;
        get.args[0].given = true;
        get.args[0].num = i;
        if (FAILED(script_call(s, &get, get.method, wc, true)))
            return NULL;
        p = script_handed_out(s);
        if (!p)
            return NULL;
        script_simple(s, step, "GetComponentName", p, -1, true);
        match = wide_equal(s->last_out[0].text, want);
        script_drop_outs(s, api_find("GetComponentName", 0));
        if (match)
            return p;
        script_release(p);
    }
    return NULL;
}
