/*
 * exports.c - the functions that vssapi.dll exports, under all their names.
 *
 * Programs link the ...Internal names, load them by name, or load the names
 * that Microsoft's compiler makes of the C++ declarations; vssapi.def and
 * vssapi.map list them. Out-parameters are written on every path.
 */
#include "proxy/proxy.h"
#include "vssapi/runtime.h"

/* vssapi.dll: for its class object, see vds_win32.c. */
HRESULT vds_create(const GUID *clsid, DWORD context, const GUID *iid,
                   void **out);

HRESULT vds_create(const GUID *clsid, DWORD context, const GUID *iid,
                   void **out)
{
    struct world *w = runtime_world();

    if (w)
        return proxy_CoCreateInstance(w, clsid, context, iid, out);
    if (out)
        *out = NULL;
    return E_FAIL;
}

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

HRESULT STDMETHODCALLTYPE
IsVolumeSnapshottedInternal(VSS_PWSZ pwszVolumeName, BOOL *pbSnapshotsPresent,
                            LONG *plSnapshotCapability)
{
    struct world *w = runtime_world();

    if (w)
        return proxy_IsVolumeSnapshotted(w, pwszVolumeName, pbSnapshotsPresent,
                                         plSnapshotCapability);
    if (pbSnapshotsPresent)
        *pbSnapshotsPresent = FALSE;
    if (plSnapshotCapability)
        *plSnapshotCapability = 0;
    return E_FAIL;
}

HRESULT STDMETHODCALLTYPE IsVolumeSnapshotted(VSS_PWSZ pwszVolumeName,
                                              BOOL *pbSnapshotsPresent,
                                              LONG *plSnapshotCapability)
{
    return IsVolumeSnapshottedInternal(pwszVolumeName, pbSnapshotsPresent,
                                       plSnapshotCapability);
}

HRESULT STDMETHODCALLTYPE ShouldBlockRevertInternal(LPCWSTR wszVolumeName,
                                                    bool *pbBlock)
{
    struct world *w = runtime_world();

    if (w)
        return proxy_ShouldBlockRevert(w, wszVolumeName, pbBlock);
    if (pbBlock)
        *pbBlock = false;
    return E_FAIL;
}

HRESULT STDMETHODCALLTYPE ShouldBlockRevert(LPCWSTR wszVolumeName,
                                            bool *pbBlock)
{
    return ShouldBlockRevertInternal(wszVolumeName, pbBlock);
}

void STDAPICALLTYPE VssFreeSnapshotPropertiesInternal(VSS_SNAPSHOT_PROP *pProp)
{
    struct world *w = runtime_world();

    if (w && pProp)
        proxy_VssFreeSnapshotProperties(w, pProp);
}

void STDAPICALLTYPE VssFreeSnapshotProperties(VSS_SNAPSHOT_PROP *pProp)
{
    VssFreeSnapshotPropertiesInternal(pProp);
}
