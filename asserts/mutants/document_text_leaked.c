/*
 * document_text_leaked.c - SaveAsXML forgets the text that it made first.
 *
 * Wrong: SaveAsXML leaves a copy of the document behind
 * Rule: released-means-gone
 */
#include "mutant.h"

static HRESULT STDMETHODCALLTYPE save_as_xml(BC *This, BSTR *pbstrXML)
{
    BSTR draft = NULL;

    if (pbstrXML)
        right(This)->SaveAsXML(This, &draft);
    return right(This)->SaveAsXML(This, pbstrXML);
}

static void components(IVssBackupComponentsEx4Vtbl *vtable)
{
    vtable->SaveAsXML = save_as_xml;
}

static const struct mutation mutation = {.name = "document-text-leaked",
                                         .components = components};
