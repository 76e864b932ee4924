/*
 * exports.c - the functions that vssapi.dll exports, under all their names.
 *
 * Programs link the ...Internal names, load them by name, or load the names
 * that Microsoft's compiler makes of the C++ declarations; vssapi.def and
 * vssapi.map list them. Out-parameters are written on every path.
 */
#include "play/proxy.h"
#include "win/runtime.h"

HRESULT STDMETHODCALLTYPE
CreateVssBackupComponentsInternal(IVssBackupComponents **ppBackup)
{
    struct world *w = runtime_world();

    if (w)
        return proxy_CreateVssBackupComponents(w, ppBackup);
    if (ppBackup)
        *ppBackup = NULL;
    return E_FAIL;
}

HRESULT STDMETHODCALLTYPE
CreateVssBackupComponents(IVssBackupComponents **ppBackup)
{
    return CreateVssBackupComponentsInternal(ppBackup);
}

HRESULT STDMETHODCALLTYPE CreateVssExamineWriterMetadataInternal(
    BSTR bstrXML, IVssExamineWriterMetadata **ppMetadata)
{
    struct world *w = runtime_world();

    if (w)
        return proxy_CreateVssExamineWriterMetadata(w, bstrXML, ppMetadata);
    if (ppMetadata)
        *ppMetadata = NULL;
    return E_FAIL;
}

HRESULT STDMETHODCALLTYPE CreateVssExamineWriterMetadata(
    BSTR bstrXML, IVssExamineWriterMetadata **ppMetadata)
{
    return CreateVssExamineWriterMetadataInternal(bstrXML, ppMetadata);
}
