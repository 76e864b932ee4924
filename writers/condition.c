/* condition.c - `unless:`: conditions under which behaviour does not apply. */
#include <string.h>

#include "com/text.h"
#include "writers/edit.h"

#define TEXT_ROOM 512

static bool text_is(struct bus *bus, HRESULT hr, BSTR text, const char *want)
{
    WCHAR wide[TEXT_ROOM];
    bool same = false;

    if (SUCCEEDED(hr)) {
        utf8_to_wide(want, strlen(want), wide, TEXT_ROOM);
        same = wide_equal(text, wide);
    }
    bus->bstr_free(bus->context, text);
    return same;
}

static bool has_new_target(struct bus *bus, IVssComponent *c, const char *path)
{
    bool found = false;
    UINT n = 0;

    c->lpVtbl->GetNewTargetCount(c, &n);
    for (UINT i = 0; i < n && !found; i++) {
        IVssWMFiledesc *file = NULL;
        BSTR text = NULL;
        HRESULT hr;

        if (FAILED(c->lpVtbl->GetNewTarget(c, i, &file)))
            continue;
        hr = file->lpVtbl->GetAlternateLocation(file, &text);
        found = text_is(bus, hr, text, path);
        file->lpVtbl->Release(file);
    }
    return found;
}

static bool component_holds(struct bus *bus, IVssComponent *c,
                            const struct writer_condition *condition)
{
    VSS_FILE_RESTORE_STATUS status = VSS_RS_UNDEFINED;
    BSTR text = NULL;
    bool flag = false;
    HRESULT hr;

    switch (condition->kind) {
    case CONDITION_LOGICAL_PATH:
        hr = c->lpVtbl->GetLogicalPath(c, &text);
        return text_is(bus, hr, text, condition->text);
    case CONDITION_RESTORE_OPTIONS:
        hr = c->lpVtbl->GetRestoreOptions(c, &text);
        return text_is(bus, hr, text, condition->text);
    case CONDITION_ADDITIONAL_RESTORES:
        c->lpVtbl->GetAdditionalRestores(c, &flag);
        return flag == (condition->value != 0);
    case CONDITION_FILE_RESTORE_STATUS:
        c->lpVtbl->GetFileRestoreStatus(c, &status);
        return status == condition->value;
    default: /* CONDITION_NEW_TARGET */
        return has_new_target(bus, c, condition->text);
    }
}

/* Holds when it holds for every selected component. */
bool condition_holds(struct bus *bus, const struct writer_condition *condition,
                     IVssWriterComponents *components)
{
    const char *site = bus->recorder->site;
    UINT count = 0, seen = 0;
    bool holds = true;

    if (condition->kind == CONDITION_NONE)
        return false;
    if (condition->kind == CONDITION_FLAG)
        return bus->flag(bus->context, condition->text);
    if (!components)
        return false;
    bus->recorder->site = "unless";
    components->lpVtbl->GetComponentCount(components, &count);
    for (UINT i = 0; i < count && holds; i++) {
        IVssComponent *c = NULL;
        bool selected = false;

        if (FAILED(components->lpVtbl->GetComponent(components, i, &c)))
            break;
        c->lpVtbl->IsSelectedForRestore(c, &selected);
        if (selected) {
            holds = component_holds(bus, c, condition);
            seen++;
        }
        c->lpVtbl->Release(c);
    }
    bus->recorder->site = site;
    return holds && seen > 0;
}
