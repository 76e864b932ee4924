/*
 * vsbackup.h - the requester API: IVssBackupComponents (+Ex .. Ex4), the
 * readers of Writer Metadata Documents, and the functions that create them.
 *
 * IVssWriterComponentsExt has two vtable pointers: the class
 * IVssWriterComponents (three methods, no IUnknown) comes first, IUnknown
 * second, with an adjusted `this`. Clients built with a header that declares
 * only the first base work too.
 */
#ifndef VSSIM_WIN32_VSBACKUP_H
#define VSSIM_WIN32_VSBACKUP_H

#include "vswriter.h"

typedef struct _VSS_COMPONENTINFO {
    VSS_COMPONENT_TYPE type;
    BSTR bstrLogicalPath;
    BSTR bstrComponentName;
    BSTR bstrCaption;
    BYTE *pbIcon;
    UINT cbIcon;
    bool bRestoreMetadata;
    bool bNotifyOnBackupComplete;
    bool bSelectable;
    bool bSelectableForRestore;
    DWORD dwComponentFlags;
    UINT cFileCount;
    UINT cDatabases;
    UINT cLogFiles;
    UINT cDependencies;
} VSS_COMPONENTINFO;
typedef const VSS_COMPONENTINFO *PVSSCOMPONENTINFO;

#ifndef _WIN32
typedef struct IXMLDOMDocument IXMLDOMDocument;
#else
struct IXMLDOMDocument;
#ifndef __cplusplus
typedef struct IXMLDOMDocument IXMLDOMDocument;
#endif
#endif

typedef struct IVssWMComponent IVssWMComponent;
typedef struct IVssExamineWriterMetadata IVssExamineWriterMetadata;
typedef struct IVssExamineWriterMetadataEx IVssExamineWriterMetadataEx;
typedef struct IVssExamineWriterMetadataEx2 IVssExamineWriterMetadataEx2;
typedef struct IVssWriterComponentsExt IVssWriterComponentsExt;
typedef struct IVssBackupComponents IVssBackupComponents;
typedef struct IVssBackupComponentsEx IVssBackupComponentsEx;
typedef struct IVssBackupComponentsEx2 IVssBackupComponentsEx2;
typedef struct IVssBackupComponentsEx3 IVssBackupComponentsEx3;
typedef struct IVssBackupComponentsEx4 IVssBackupComponentsEx4;

#if defined(__cplusplus) && !defined(CINTERFACE)
struct IVssWriterComponentsExt : public IVssWriterComponents,
                                 public IUnknown {
};
#else
struct IVssWriterComponentsExt {
    const IVssWriterComponentsVtbl *lpVtbl;
    const IUnknownVtbl *lpVtblUnknown;
};
#endif

#define IVssWMComponent_METHODS(T) \
    HRESULT (STDMETHODCALLTYPE *GetComponentInfo)(T *This, PVSSCOMPONENTINFO *ppInfo); \
    HRESULT (STDMETHODCALLTYPE *FreeComponentInfo)(T *This, PVSSCOMPONENTINFO pInfo); \
    HRESULT (STDMETHODCALLTYPE *GetFile)(T *This, UINT iFile, IVssWMFiledesc **ppFiledesc); \
    HRESULT (STDMETHODCALLTYPE *GetDatabaseFile)(T *This, UINT iDBFile, IVssWMFiledesc **ppFiledesc); \
    HRESULT (STDMETHODCALLTYPE *GetDatabaseLogFile)(T *This, UINT iDbLogFile, IVssWMFiledesc **ppFiledesc); \
    HRESULT (STDMETHODCALLTYPE *GetDependency)(T *This, UINT iDependency, IVssWMDependency **ppDependency);

#if defined(__cplusplus) && !defined(CINTERFACE)
struct IVssWMComponent : public IUnknown {
    virtual HRESULT STDMETHODCALLTYPE GetComponentInfo(PVSSCOMPONENTINFO *ppInfo) = 0;
    virtual HRESULT STDMETHODCALLTYPE FreeComponentInfo(PVSSCOMPONENTINFO pInfo) = 0;
    virtual HRESULT STDMETHODCALLTYPE GetFile(UINT iFile, IVssWMFiledesc **ppFiledesc) = 0;
    virtual HRESULT STDMETHODCALLTYPE GetDatabaseFile(UINT iDBFile, IVssWMFiledesc **ppFiledesc) = 0;
    virtual HRESULT STDMETHODCALLTYPE GetDatabaseLogFile(UINT iDbLogFile, IVssWMFiledesc **ppFiledesc) = 0;
    virtual HRESULT STDMETHODCALLTYPE GetDependency(UINT iDependency, IVssWMDependency **ppDependency) = 0;
};
#else
typedef struct IVssWMComponentVtbl {
    IUnknown_METHODS(IVssWMComponent)
    IVssWMComponent_METHODS(IVssWMComponent)
} IVssWMComponentVtbl;
struct IVssWMComponent { const IVssWMComponentVtbl *lpVtbl; };
#endif

#define IVssExamineWriterMetadata_METHODS(T) \
    HRESULT (STDMETHODCALLTYPE *GetIdentity)(T *This, VSS_ID *pidInstance, VSS_ID *pidWriter, BSTR *pbstrWriterName, VSS_USAGE_TYPE *pUsage, VSS_SOURCE_TYPE *pSource); \
    HRESULT (STDMETHODCALLTYPE *GetFileCounts)(T *This, UINT *pcIncludeFiles, UINT *pcExcludeFiles, UINT *pcComponents); \
    HRESULT (STDMETHODCALLTYPE *GetIncludeFile)(T *This, UINT iFile, IVssWMFiledesc **ppFiledesc); \
    HRESULT (STDMETHODCALLTYPE *GetExcludeFile)(T *This, UINT iFile, IVssWMFiledesc **ppFiledesc); \
    HRESULT (STDMETHODCALLTYPE *GetComponent)(T *This, UINT iComponent, IVssWMComponent **ppComponent); \
    HRESULT (STDMETHODCALLTYPE *GetRestoreMethod)(T *This, VSS_RESTOREMETHOD_ENUM *pMethod, BSTR *pbstrService, BSTR *pbstrUserProcedure, VSS_WRITERRESTORE_ENUM *pwriterRestore, bool *pbRebootRequired, UINT *pcMappings); \
    HRESULT (STDMETHODCALLTYPE *GetAlternateLocationMapping)(T *This, UINT iMapping, IVssWMFiledesc **ppFiledesc); \
    HRESULT (STDMETHODCALLTYPE *GetBackupSchema)(T *This, DWORD *pdwSchemaMask); \
    HRESULT (STDMETHODCALLTYPE *GetDocument)(T *This, IXMLDOMDocument **pDoc); \
    HRESULT (STDMETHODCALLTYPE *SaveAsXML)(T *This, BSTR *pbstrXML); \
    HRESULT (STDMETHODCALLTYPE *LoadFromXML)(T *This, BSTR bstrXML);

#if defined(__cplusplus) && !defined(CINTERFACE)
struct IVssExamineWriterMetadata : public IUnknown {
    virtual HRESULT STDMETHODCALLTYPE GetIdentity(VSS_ID *pidInstance, VSS_ID *pidWriter, BSTR *pbstrWriterName, VSS_USAGE_TYPE *pUsage, VSS_SOURCE_TYPE *pSource) = 0;
    virtual HRESULT STDMETHODCALLTYPE GetFileCounts(UINT *pcIncludeFiles, UINT *pcExcludeFiles, UINT *pcComponents) = 0;
    virtual HRESULT STDMETHODCALLTYPE GetIncludeFile(UINT iFile, IVssWMFiledesc **ppFiledesc) = 0;
    virtual HRESULT STDMETHODCALLTYPE GetExcludeFile(UINT iFile, IVssWMFiledesc **ppFiledesc) = 0;
    virtual HRESULT STDMETHODCALLTYPE GetComponent(UINT iComponent, IVssWMComponent **ppComponent) = 0;
    virtual HRESULT STDMETHODCALLTYPE GetRestoreMethod(VSS_RESTOREMETHOD_ENUM *pMethod, BSTR *pbstrService, BSTR *pbstrUserProcedure, VSS_WRITERRESTORE_ENUM *pwriterRestore, bool *pbRebootRequired, UINT *pcMappings) = 0;
    virtual HRESULT STDMETHODCALLTYPE GetAlternateLocationMapping(UINT iMapping, IVssWMFiledesc **ppFiledesc) = 0;
    virtual HRESULT STDMETHODCALLTYPE GetBackupSchema(DWORD *pdwSchemaMask) = 0;
    virtual HRESULT STDMETHODCALLTYPE GetDocument(IXMLDOMDocument **pDoc) = 0;
    virtual HRESULT STDMETHODCALLTYPE SaveAsXML(BSTR *pbstrXML) = 0;
    virtual HRESULT STDMETHODCALLTYPE LoadFromXML(BSTR bstrXML) = 0;
};
#else
typedef struct IVssExamineWriterMetadataVtbl {
    IUnknown_METHODS(IVssExamineWriterMetadata)
    IVssExamineWriterMetadata_METHODS(IVssExamineWriterMetadata)
} IVssExamineWriterMetadataVtbl;
struct IVssExamineWriterMetadata { const IVssExamineWriterMetadataVtbl *lpVtbl; };
#endif
VSSIM_DEFINE_IID(IVssExamineWriterMetadata, 0x902fcf7f, 0xb7fd, 0x42f8, 0x81, 0xf1, 0xb2, 0xe4, 0x00, 0xb1, 0xe5, 0xbd)

#define IVssExamineWriterMetadataEx_METHODS(T) \
    HRESULT (STDMETHODCALLTYPE *GetIdentityEx)(T *This, VSS_ID *pidInstance, VSS_ID *pidWriter, BSTR *pbstrWriterName, BSTR *pbstrInstanceName, VSS_USAGE_TYPE *pUsage, VSS_SOURCE_TYPE *pSource);

#if defined(__cplusplus) && !defined(CINTERFACE)
struct IVssExamineWriterMetadataEx : public IVssExamineWriterMetadata {
    virtual HRESULT STDMETHODCALLTYPE GetIdentityEx(VSS_ID *pidInstance, VSS_ID *pidWriter, BSTR *pbstrWriterName, BSTR *pbstrInstanceName, VSS_USAGE_TYPE *pUsage, VSS_SOURCE_TYPE *pSource) = 0;
};
#else
typedef struct IVssExamineWriterMetadataExVtbl {
    IUnknown_METHODS(IVssExamineWriterMetadataEx)
    IVssExamineWriterMetadata_METHODS(IVssExamineWriterMetadataEx)
    IVssExamineWriterMetadataEx_METHODS(IVssExamineWriterMetadataEx)
} IVssExamineWriterMetadataExVtbl;
struct IVssExamineWriterMetadataEx { const IVssExamineWriterMetadataExVtbl *lpVtbl; };
#endif
VSSIM_DEFINE_IID(IVssExamineWriterMetadataEx, 0x0c0e5ec0, 0xca44, 0x472b, 0xb7, 0x02, 0xe6, 0x52, 0xdb, 0x1c, 0x04, 0x51)

#define IVssExamineWriterMetadataEx2_METHODS(T) \
    HRESULT (STDMETHODCALLTYPE *GetVersion)(T *This, DWORD *pdwMajorVersion, DWORD *pdwMinorVersion); \
    HRESULT (STDMETHODCALLTYPE *GetExcludeFromSnapshotCount)(T *This, UINT *pcExcludedFromSnapshot); \
    HRESULT (STDMETHODCALLTYPE *GetExcludeFromSnapshotFile)(T *This, UINT iFile, IVssWMFiledesc **ppFiledesc);

#if defined(__cplusplus) && !defined(CINTERFACE)
struct IVssExamineWriterMetadataEx2 : public IVssExamineWriterMetadataEx {
    virtual HRESULT STDMETHODCALLTYPE GetVersion(DWORD *pdwMajorVersion, DWORD *pdwMinorVersion) = 0;
    virtual HRESULT STDMETHODCALLTYPE GetExcludeFromSnapshotCount(UINT *pcExcludedFromSnapshot) = 0;
    virtual HRESULT STDMETHODCALLTYPE GetExcludeFromSnapshotFile(UINT iFile, IVssWMFiledesc **ppFiledesc) = 0;
};
#else
typedef struct IVssExamineWriterMetadataEx2Vtbl {
    IUnknown_METHODS(IVssExamineWriterMetadataEx2)
    IVssExamineWriterMetadata_METHODS(IVssExamineWriterMetadataEx2)
    IVssExamineWriterMetadataEx_METHODS(IVssExamineWriterMetadataEx2)
    IVssExamineWriterMetadataEx2_METHODS(IVssExamineWriterMetadataEx2)
} IVssExamineWriterMetadataEx2Vtbl;
struct IVssExamineWriterMetadataEx2 { const IVssExamineWriterMetadataEx2Vtbl *lpVtbl; };
#endif
VSSIM_DEFINE_IID(IVssExamineWriterMetadataEx2, 0xce115780, 0xa611, 0x431b, 0xb5, 0x7f, 0xc3, 0x83, 0x03, 0xab, 0x6a, 0xee)

#define IVssBackupComponents_METHODS(T) \
    HRESULT (STDMETHODCALLTYPE *GetWriterComponentsCount)(T *This, UINT *pcComponents); \
    HRESULT (STDMETHODCALLTYPE *GetWriterComponents)(T *This, UINT iWriter, IVssWriterComponentsExt **ppWriter); \
    HRESULT (STDMETHODCALLTYPE *InitializeForBackup)(T *This, BSTR bstrXML); \
    HRESULT (STDMETHODCALLTYPE *SetBackupState)(T *This, bool bSelectComponents, bool bBackupBootableSystemState, VSS_BACKUP_TYPE backupType, bool bPartialFileSupport); \
    HRESULT (STDMETHODCALLTYPE *InitializeForRestore)(T *This, BSTR bstrXML); \
    HRESULT (STDMETHODCALLTYPE *SetRestoreState)(T *This, VSS_RESTORE_TYPE restoreType); \
    HRESULT (STDMETHODCALLTYPE *GatherWriterMetadata)(T *This, IVssAsync **pAsync); \
    HRESULT (STDMETHODCALLTYPE *GetWriterMetadataCount)(T *This, UINT *pcWriters); \
    HRESULT (STDMETHODCALLTYPE *GetWriterMetadata)(T *This, UINT iWriter, VSS_ID *pidInstance, IVssExamineWriterMetadata **ppMetadata); \
    HRESULT (STDMETHODCALLTYPE *FreeWriterMetadata)(T *This); \
    HRESULT (STDMETHODCALLTYPE *AddComponent)(T *This, VSS_ID instanceId, VSS_ID writerId, VSS_COMPONENT_TYPE ct, LPCWSTR wszLogicalPath, LPCWSTR wszComponentName); \
    HRESULT (STDMETHODCALLTYPE *PrepareForBackup)(T *This, IVssAsync **ppAsync); \
    HRESULT (STDMETHODCALLTYPE *AbortBackup)(T *This); \
    HRESULT (STDMETHODCALLTYPE *GatherWriterStatus)(T *This, IVssAsync **pAsync); \
    HRESULT (STDMETHODCALLTYPE *GetWriterStatusCount)(T *This, UINT *pcWriters); \
    HRESULT (STDMETHODCALLTYPE *FreeWriterStatus)(T *This); \
    HRESULT (STDMETHODCALLTYPE *GetWriterStatus)(T *This, UINT iWriter, VSS_ID *pidInstance, VSS_ID *pidWriter, BSTR *pbstrWriter, VSS_WRITER_STATE *pnStatus, HRESULT *phResultFailure); \
    HRESULT (STDMETHODCALLTYPE *SetBackupSucceeded)(T *This, VSS_ID instanceId, VSS_ID writerId, VSS_COMPONENT_TYPE ct, LPCWSTR wszLogicalPath, LPCWSTR wszComponentName, bool bSucceded); \
    HRESULT (STDMETHODCALLTYPE *SetBackupOptions)(T *This, VSS_ID writerId, VSS_COMPONENT_TYPE ct, LPCWSTR wszLogicalPath, LPCWSTR wszComponentName, LPCWSTR wszBackupOptions); \
    HRESULT (STDMETHODCALLTYPE *SetSelectedForRestore)(T *This, VSS_ID writerId, VSS_COMPONENT_TYPE ct, LPCWSTR wszLogicalPath, LPCWSTR wszComponentName, bool bSelectedForRestore); \
    HRESULT (STDMETHODCALLTYPE *SetRestoreOptions)(T *This, VSS_ID writerId, VSS_COMPONENT_TYPE ct, LPCWSTR wszLogicalPath, LPCWSTR wszComponentName, LPCWSTR wszRestoreOptions); \
    HRESULT (STDMETHODCALLTYPE *SetAdditionalRestores)(T *This, VSS_ID writerId, VSS_COMPONENT_TYPE ct, LPCWSTR wszLogicalPath, LPCWSTR wszComponentName, bool bAdditionalRestores); \
    HRESULT (STDMETHODCALLTYPE *SetPreviousBackupStamp)(T *This, VSS_ID writerId, VSS_COMPONENT_TYPE ct, LPCWSTR wszLogicalPath, LPCWSTR wszComponentName, LPCWSTR wszPreviousBackupStamp); \
    HRESULT (STDMETHODCALLTYPE *SaveAsXML)(T *This, BSTR *pbstrXML); \
    HRESULT (STDMETHODCALLTYPE *BackupComplete)(T *This, IVssAsync **ppAsync); \
    HRESULT (STDMETHODCALLTYPE *AddAlternativeLocationMapping)(T *This, VSS_ID writerId, VSS_COMPONENT_TYPE componentType, LPCWSTR wszLogicalPath, LPCWSTR wszComponentName, LPCWSTR wszPath, LPCWSTR wszFilespec, bool bRecursive, LPCWSTR wszDestination); \
    HRESULT (STDMETHODCALLTYPE *AddRestoreSubcomponent)(T *This, VSS_ID writerId, VSS_COMPONENT_TYPE componentType, LPCWSTR wszLogicalPath, LPCWSTR wszComponentName, LPCWSTR wszSubComponentLogicalPath, LPCWSTR wszSubComponentName, bool bRepair); \
    HRESULT (STDMETHODCALLTYPE *SetFileRestoreStatus)(T *This, VSS_ID writerId, VSS_COMPONENT_TYPE ct, LPCWSTR wszLogicalPath, LPCWSTR wszComponentName, VSS_FILE_RESTORE_STATUS status); \
    HRESULT (STDMETHODCALLTYPE *AddNewTarget)(T *This, VSS_ID writerId, VSS_COMPONENT_TYPE ct, LPCWSTR wszLogicalPath, LPCWSTR wszComponentName, LPCWSTR wszPath, LPCWSTR wszFileName, bool bRecursive, LPCWSTR wszAlternatePath); \
    HRESULT (STDMETHODCALLTYPE *SetRangesFilePath)(T *This, VSS_ID writerId, VSS_COMPONENT_TYPE ct, LPCWSTR wszLogicalPath, LPCWSTR wszComponentName, UINT iPartialFile, LPCWSTR wszRangesFile); \
    HRESULT (STDMETHODCALLTYPE *PreRestore)(T *This, IVssAsync **ppAsync); \
    HRESULT (STDMETHODCALLTYPE *PostRestore)(T *This, IVssAsync **ppAsync); \
    HRESULT (STDMETHODCALLTYPE *SetContext)(T *This, LONG lContext); \
    HRESULT (STDMETHODCALLTYPE *StartSnapshotSet)(T *This, VSS_ID *pSnapshotSetId); \
    HRESULT (STDMETHODCALLTYPE *AddToSnapshotSet)(T *This, VSS_PWSZ pwszVolumeName, VSS_ID ProviderId, VSS_ID *pidSnapshot); \
    HRESULT (STDMETHODCALLTYPE *DoSnapshotSet)(T *This, IVssAsync **ppAsync); \
    HRESULT (STDMETHODCALLTYPE *DeleteSnapshots)(T *This, VSS_ID SourceObjectId, VSS_OBJECT_TYPE eSourceObjectType, BOOL bForceDelete, LONG *plDeletedSnapshots, VSS_ID *pNondeletedSnapshotID); \
    HRESULT (STDMETHODCALLTYPE *ImportSnapshots)(T *This, IVssAsync **ppAsync); \
    HRESULT (STDMETHODCALLTYPE *BreakSnapshotSet)(T *This, VSS_ID SnapshotSetId); \
    HRESULT (STDMETHODCALLTYPE *GetSnapshotProperties)(T *This, VSS_ID SnapshotId, VSS_SNAPSHOT_PROP *pProp); \
    HRESULT (STDMETHODCALLTYPE *Query)(T *This, VSS_ID QueriedObjectId, VSS_OBJECT_TYPE eQueriedObjectType, VSS_OBJECT_TYPE eReturnedObjectsType, IVssEnumObject **ppEnum); \
    HRESULT (STDMETHODCALLTYPE *IsVolumeSupported)(T *This, VSS_ID ProviderId, VSS_PWSZ pwszVolumeName, BOOL *pbSupportedByThisProvider); \
    HRESULT (STDMETHODCALLTYPE *DisableWriterClasses)(T *This, const VSS_ID *rgWriterClassId, UINT cClassId); \
    HRESULT (STDMETHODCALLTYPE *EnableWriterClasses)(T *This, const VSS_ID *rgWriterClassId, UINT cClassId); \
    HRESULT (STDMETHODCALLTYPE *DisableWriterInstances)(T *This, const VSS_ID *rgWriterInstanceId, UINT cInstanceId); \
    HRESULT (STDMETHODCALLTYPE *ExposeSnapshot)(T *This, VSS_ID SnapshotId, VSS_PWSZ wszPathFromRoot, LONG lAttributes, VSS_PWSZ wszExpose, VSS_PWSZ *pwszExposed); \
    HRESULT (STDMETHODCALLTYPE *RevertToSnapshot)(T *This, VSS_ID SnapshotId, BOOL bForceDismount); \
    HRESULT (STDMETHODCALLTYPE *QueryRevertStatus)(T *This, VSS_PWSZ pwszVolume, IVssAsync **ppAsync);

#if defined(__cplusplus) && !defined(CINTERFACE)
struct IVssBackupComponents : public IUnknown {
    virtual HRESULT STDMETHODCALLTYPE GetWriterComponentsCount(UINT *pcComponents) = 0;
    virtual HRESULT STDMETHODCALLTYPE GetWriterComponents(UINT iWriter, IVssWriterComponentsExt **ppWriter) = 0;
    virtual HRESULT STDMETHODCALLTYPE InitializeForBackup(BSTR bstrXML) = 0;
    virtual HRESULT STDMETHODCALLTYPE SetBackupState(bool bSelectComponents, bool bBackupBootableSystemState, VSS_BACKUP_TYPE backupType, bool bPartialFileSupport) = 0;
    virtual HRESULT STDMETHODCALLTYPE InitializeForRestore(BSTR bstrXML) = 0;
    virtual HRESULT STDMETHODCALLTYPE SetRestoreState(VSS_RESTORE_TYPE restoreType) = 0;
    virtual HRESULT STDMETHODCALLTYPE GatherWriterMetadata(IVssAsync **pAsync) = 0;
    virtual HRESULT STDMETHODCALLTYPE GetWriterMetadataCount(UINT *pcWriters) = 0;
    virtual HRESULT STDMETHODCALLTYPE GetWriterMetadata(UINT iWriter, VSS_ID *pidInstance, IVssExamineWriterMetadata **ppMetadata) = 0;
    virtual HRESULT STDMETHODCALLTYPE FreeWriterMetadata() = 0;
    virtual HRESULT STDMETHODCALLTYPE AddComponent(VSS_ID instanceId, VSS_ID writerId, VSS_COMPONENT_TYPE ct, LPCWSTR wszLogicalPath, LPCWSTR wszComponentName) = 0;
    virtual HRESULT STDMETHODCALLTYPE PrepareForBackup(IVssAsync **ppAsync) = 0;
    virtual HRESULT STDMETHODCALLTYPE AbortBackup() = 0;
    virtual HRESULT STDMETHODCALLTYPE GatherWriterStatus(IVssAsync **pAsync) = 0;
    virtual HRESULT STDMETHODCALLTYPE GetWriterStatusCount(UINT *pcWriters) = 0;
    virtual HRESULT STDMETHODCALLTYPE FreeWriterStatus() = 0;
    virtual HRESULT STDMETHODCALLTYPE GetWriterStatus(UINT iWriter, VSS_ID *pidInstance, VSS_ID *pidWriter, BSTR *pbstrWriter, VSS_WRITER_STATE *pnStatus, HRESULT *phResultFailure) = 0;
    virtual HRESULT STDMETHODCALLTYPE SetBackupSucceeded(VSS_ID instanceId, VSS_ID writerId, VSS_COMPONENT_TYPE ct, LPCWSTR wszLogicalPath, LPCWSTR wszComponentName, bool bSucceded) = 0;
    virtual HRESULT STDMETHODCALLTYPE SetBackupOptions(VSS_ID writerId, VSS_COMPONENT_TYPE ct, LPCWSTR wszLogicalPath, LPCWSTR wszComponentName, LPCWSTR wszBackupOptions) = 0;
    virtual HRESULT STDMETHODCALLTYPE SetSelectedForRestore(VSS_ID writerId, VSS_COMPONENT_TYPE ct, LPCWSTR wszLogicalPath, LPCWSTR wszComponentName, bool bSelectedForRestore) = 0;
    virtual HRESULT STDMETHODCALLTYPE SetRestoreOptions(VSS_ID writerId, VSS_COMPONENT_TYPE ct, LPCWSTR wszLogicalPath, LPCWSTR wszComponentName, LPCWSTR wszRestoreOptions) = 0;
    virtual HRESULT STDMETHODCALLTYPE SetAdditionalRestores(VSS_ID writerId, VSS_COMPONENT_TYPE ct, LPCWSTR wszLogicalPath, LPCWSTR wszComponentName, bool bAdditionalRestores) = 0;
    virtual HRESULT STDMETHODCALLTYPE SetPreviousBackupStamp(VSS_ID writerId, VSS_COMPONENT_TYPE ct, LPCWSTR wszLogicalPath, LPCWSTR wszComponentName, LPCWSTR wszPreviousBackupStamp) = 0;
    virtual HRESULT STDMETHODCALLTYPE SaveAsXML(BSTR *pbstrXML) = 0;
    virtual HRESULT STDMETHODCALLTYPE BackupComplete(IVssAsync **ppAsync) = 0;
    virtual HRESULT STDMETHODCALLTYPE AddAlternativeLocationMapping(VSS_ID writerId, VSS_COMPONENT_TYPE componentType, LPCWSTR wszLogicalPath, LPCWSTR wszComponentName, LPCWSTR wszPath, LPCWSTR wszFilespec, bool bRecursive, LPCWSTR wszDestination) = 0;
    virtual HRESULT STDMETHODCALLTYPE AddRestoreSubcomponent(VSS_ID writerId, VSS_COMPONENT_TYPE componentType, LPCWSTR wszLogicalPath, LPCWSTR wszComponentName, LPCWSTR wszSubComponentLogicalPath, LPCWSTR wszSubComponentName, bool bRepair) = 0;
    virtual HRESULT STDMETHODCALLTYPE SetFileRestoreStatus(VSS_ID writerId, VSS_COMPONENT_TYPE ct, LPCWSTR wszLogicalPath, LPCWSTR wszComponentName, VSS_FILE_RESTORE_STATUS status) = 0;
    virtual HRESULT STDMETHODCALLTYPE AddNewTarget(VSS_ID writerId, VSS_COMPONENT_TYPE ct, LPCWSTR wszLogicalPath, LPCWSTR wszComponentName, LPCWSTR wszPath, LPCWSTR wszFileName, bool bRecursive, LPCWSTR wszAlternatePath) = 0;
    virtual HRESULT STDMETHODCALLTYPE SetRangesFilePath(VSS_ID writerId, VSS_COMPONENT_TYPE ct, LPCWSTR wszLogicalPath, LPCWSTR wszComponentName, UINT iPartialFile, LPCWSTR wszRangesFile) = 0;
    virtual HRESULT STDMETHODCALLTYPE PreRestore(IVssAsync **ppAsync) = 0;
    virtual HRESULT STDMETHODCALLTYPE PostRestore(IVssAsync **ppAsync) = 0;
    virtual HRESULT STDMETHODCALLTYPE SetContext(LONG lContext) = 0;
    virtual HRESULT STDMETHODCALLTYPE StartSnapshotSet(VSS_ID *pSnapshotSetId) = 0;
    virtual HRESULT STDMETHODCALLTYPE AddToSnapshotSet(VSS_PWSZ pwszVolumeName, VSS_ID ProviderId, VSS_ID *pidSnapshot) = 0;
    virtual HRESULT STDMETHODCALLTYPE DoSnapshotSet(IVssAsync **ppAsync) = 0;
    virtual HRESULT STDMETHODCALLTYPE DeleteSnapshots(VSS_ID SourceObjectId, VSS_OBJECT_TYPE eSourceObjectType, BOOL bForceDelete, LONG *plDeletedSnapshots, VSS_ID *pNondeletedSnapshotID) = 0;
    virtual HRESULT STDMETHODCALLTYPE ImportSnapshots(IVssAsync **ppAsync) = 0;
    virtual HRESULT STDMETHODCALLTYPE BreakSnapshotSet(VSS_ID SnapshotSetId) = 0;
    virtual HRESULT STDMETHODCALLTYPE GetSnapshotProperties(VSS_ID SnapshotId, VSS_SNAPSHOT_PROP *pProp) = 0;
    virtual HRESULT STDMETHODCALLTYPE Query(VSS_ID QueriedObjectId, VSS_OBJECT_TYPE eQueriedObjectType, VSS_OBJECT_TYPE eReturnedObjectsType, IVssEnumObject **ppEnum) = 0;
    virtual HRESULT STDMETHODCALLTYPE IsVolumeSupported(VSS_ID ProviderId, VSS_PWSZ pwszVolumeName, BOOL *pbSupportedByThisProvider) = 0;
    virtual HRESULT STDMETHODCALLTYPE DisableWriterClasses(const VSS_ID *rgWriterClassId, UINT cClassId) = 0;
    virtual HRESULT STDMETHODCALLTYPE EnableWriterClasses(const VSS_ID *rgWriterClassId, UINT cClassId) = 0;
    virtual HRESULT STDMETHODCALLTYPE DisableWriterInstances(const VSS_ID *rgWriterInstanceId, UINT cInstanceId) = 0;
    virtual HRESULT STDMETHODCALLTYPE ExposeSnapshot(VSS_ID SnapshotId, VSS_PWSZ wszPathFromRoot, LONG lAttributes, VSS_PWSZ wszExpose, VSS_PWSZ *pwszExposed) = 0;
    virtual HRESULT STDMETHODCALLTYPE RevertToSnapshot(VSS_ID SnapshotId, BOOL bForceDismount) = 0;
    virtual HRESULT STDMETHODCALLTYPE QueryRevertStatus(VSS_PWSZ pwszVolume, IVssAsync **ppAsync) = 0;
};
#else
typedef struct IVssBackupComponentsVtbl {
    IUnknown_METHODS(IVssBackupComponents)
    IVssBackupComponents_METHODS(IVssBackupComponents)
} IVssBackupComponentsVtbl;
struct IVssBackupComponents { const IVssBackupComponentsVtbl *lpVtbl; };
#endif
VSSIM_DEFINE_IID(IVssBackupComponents, 0x665c1d5f, 0xc218, 0x414d, 0xa0, 0x5d, 0x7f, 0xef, 0x5f, 0x9d, 0x5c, 0x86)

#define IVssBackupComponentsEx_METHODS(T) \
    HRESULT (STDMETHODCALLTYPE *GetWriterMetadataEx)(T *This, UINT iWriter, VSS_ID *pidInstance, IVssExamineWriterMetadataEx **ppMetadata); \
    HRESULT (STDMETHODCALLTYPE *SetSelectedForRestoreEx)(T *This, VSS_ID writerId, VSS_COMPONENT_TYPE ct, LPCWSTR wszLogicalPath, LPCWSTR wszComponentName, bool bSelectedForRestore, VSS_ID instanceId);

#if defined(__cplusplus) && !defined(CINTERFACE)
struct IVssBackupComponentsEx : public IVssBackupComponents {
    virtual HRESULT STDMETHODCALLTYPE GetWriterMetadataEx(UINT iWriter, VSS_ID *pidInstance, IVssExamineWriterMetadataEx **ppMetadata) = 0;
    virtual HRESULT STDMETHODCALLTYPE SetSelectedForRestoreEx(VSS_ID writerId, VSS_COMPONENT_TYPE ct, LPCWSTR wszLogicalPath, LPCWSTR wszComponentName, bool bSelectedForRestore, VSS_ID instanceId) = 0;
};
#else
typedef struct IVssBackupComponentsExVtbl {
    IUnknown_METHODS(IVssBackupComponentsEx)
    IVssBackupComponents_METHODS(IVssBackupComponentsEx)
    IVssBackupComponentsEx_METHODS(IVssBackupComponentsEx)
} IVssBackupComponentsExVtbl;
struct IVssBackupComponentsEx { const IVssBackupComponentsExVtbl *lpVtbl; };
#endif
VSSIM_DEFINE_IID(IVssBackupComponentsEx, 0x963f03ad, 0x9e4c, 0x4a34, 0xac, 0x15, 0xe4, 0xb6, 0x17, 0x4e, 0x50, 0x36)

#define IVssBackupComponentsEx2_METHODS(T) \
    HRESULT (STDMETHODCALLTYPE *UnexposeSnapshot)(T *This, VSS_ID snapshotId); \
    HRESULT (STDMETHODCALLTYPE *SetAuthoritativeRestore)(T *This, VSS_ID writerId, VSS_COMPONENT_TYPE ct, LPCWSTR wszLogicalPath, LPCWSTR wszComponentName, bool bAuth); \
    HRESULT (STDMETHODCALLTYPE *SetRollForward)(T *This, VSS_ID writerId, VSS_COMPONENT_TYPE ct, LPCWSTR wszLogicalPath, LPCWSTR wszComponentName, VSS_ROLLFORWARD_TYPE rollType, LPCWSTR wszRollForwardPoint); \
    HRESULT (STDMETHODCALLTYPE *SetRestoreName)(T *This, VSS_ID writerId, VSS_COMPONENT_TYPE ct, LPCWSTR wszLogicalPath, LPCWSTR wszComponentName, LPCWSTR wszRestoreName); \
    HRESULT (STDMETHODCALLTYPE *BreakSnapshotSetEx)(T *This, VSS_ID SnapshotSetID, DWORD dwBreakFlags, IVssAsync **ppAsync); \
    HRESULT (STDMETHODCALLTYPE *PreFastRecovery)(T *This, VSS_ID SnapshotSetID, DWORD dwPreFastRecoveryFlags, IVssAsync **ppAsync); \
    HRESULT (STDMETHODCALLTYPE *FastRecovery)(T *This, VSS_ID SnapshotSetID, DWORD dwFastRecoveryFlags, IVssAsync **ppAsync);

#if defined(__cplusplus) && !defined(CINTERFACE)
struct IVssBackupComponentsEx2 : public IVssBackupComponentsEx {
    virtual HRESULT STDMETHODCALLTYPE UnexposeSnapshot(VSS_ID snapshotId) = 0;
    virtual HRESULT STDMETHODCALLTYPE SetAuthoritativeRestore(VSS_ID writerId, VSS_COMPONENT_TYPE ct, LPCWSTR wszLogicalPath, LPCWSTR wszComponentName, bool bAuth) = 0;
    virtual HRESULT STDMETHODCALLTYPE SetRollForward(VSS_ID writerId, VSS_COMPONENT_TYPE ct, LPCWSTR wszLogicalPath, LPCWSTR wszComponentName, VSS_ROLLFORWARD_TYPE rollType, LPCWSTR wszRollForwardPoint) = 0;
    virtual HRESULT STDMETHODCALLTYPE SetRestoreName(VSS_ID writerId, VSS_COMPONENT_TYPE ct, LPCWSTR wszLogicalPath, LPCWSTR wszComponentName, LPCWSTR wszRestoreName) = 0;
    virtual HRESULT STDMETHODCALLTYPE BreakSnapshotSetEx(VSS_ID SnapshotSetID, DWORD dwBreakFlags, IVssAsync **ppAsync) = 0;
    virtual HRESULT STDMETHODCALLTYPE PreFastRecovery(VSS_ID SnapshotSetID, DWORD dwPreFastRecoveryFlags, IVssAsync **ppAsync) = 0;
    virtual HRESULT STDMETHODCALLTYPE FastRecovery(VSS_ID SnapshotSetID, DWORD dwFastRecoveryFlags, IVssAsync **ppAsync) = 0;
};
#else
typedef struct IVssBackupComponentsEx2Vtbl {
    IUnknown_METHODS(IVssBackupComponentsEx2)
    IVssBackupComponents_METHODS(IVssBackupComponentsEx2)
    IVssBackupComponentsEx_METHODS(IVssBackupComponentsEx2)
    IVssBackupComponentsEx2_METHODS(IVssBackupComponentsEx2)
} IVssBackupComponentsEx2Vtbl;
struct IVssBackupComponentsEx2 { const IVssBackupComponentsEx2Vtbl *lpVtbl; };
#endif
VSSIM_DEFINE_IID(IVssBackupComponentsEx2, 0xacfe2b3a, 0x22c9, 0x4ef8, 0xbd, 0x03, 0x2f, 0x9c, 0xa2, 0x30, 0x08, 0x4e)

#define IVssBackupComponentsEx3_METHODS(T) \
    HRESULT (STDMETHODCALLTYPE *GetWriterStatusEx)(T *This, UINT iWriter, VSS_ID *pidInstance, VSS_ID *pidWriter, BSTR *pbstrWriter, VSS_WRITER_STATE *pnStatus, HRESULT *phrFailureWriter, HRESULT *phrApplication, BSTR *pbstrApplicationMessage); \
    HRESULT (STDMETHODCALLTYPE *AddSnapshotToRecoverySet)(T *This, VSS_ID snapshotId, DWORD dwFlags, VSS_PWSZ pwszDestinationVolume); \
    HRESULT (STDMETHODCALLTYPE *RecoverSet)(T *This, DWORD dwFlags, IVssAsync **ppAsync); \
    HRESULT (STDMETHODCALLTYPE *GetSessionId)(T *This, VSS_ID *idSession);

#if defined(__cplusplus) && !defined(CINTERFACE)
struct IVssBackupComponentsEx3 : public IVssBackupComponentsEx2 {
    virtual HRESULT STDMETHODCALLTYPE GetWriterStatusEx(UINT iWriter, VSS_ID *pidInstance, VSS_ID *pidWriter, BSTR *pbstrWriter, VSS_WRITER_STATE *pnStatus, HRESULT *phrFailureWriter, HRESULT *phrApplication, BSTR *pbstrApplicationMessage) = 0;
    virtual HRESULT STDMETHODCALLTYPE AddSnapshotToRecoverySet(VSS_ID snapshotId, DWORD dwFlags, VSS_PWSZ pwszDestinationVolume) = 0;
    virtual HRESULT STDMETHODCALLTYPE RecoverSet(DWORD dwFlags, IVssAsync **ppAsync) = 0;
    virtual HRESULT STDMETHODCALLTYPE GetSessionId(VSS_ID *idSession) = 0;
};
#else
typedef struct IVssBackupComponentsEx3Vtbl {
    IUnknown_METHODS(IVssBackupComponentsEx3)
    IVssBackupComponents_METHODS(IVssBackupComponentsEx3)
    IVssBackupComponentsEx_METHODS(IVssBackupComponentsEx3)
    IVssBackupComponentsEx2_METHODS(IVssBackupComponentsEx3)
    IVssBackupComponentsEx3_METHODS(IVssBackupComponentsEx3)
} IVssBackupComponentsEx3Vtbl;
struct IVssBackupComponentsEx3 { const IVssBackupComponentsEx3Vtbl *lpVtbl; };
#endif
VSSIM_DEFINE_IID(IVssBackupComponentsEx3, 0xc191bfbc, 0xb602, 0x4675, 0x8b, 0xd1, 0x67, 0xd6, 0x42, 0xf5, 0x29, 0xd5)

#define IVssBackupComponentsEx4_METHODS(T) \
    HRESULT (STDMETHODCALLTYPE *GetRootAndLogicalPrefixPaths)(T *This, VSS_PWSZ pwszFilePath, VSS_PWSZ *ppwszRootPath, VSS_PWSZ *ppwszLogicalPrefix, BOOL bNormalizeFQDNforRootPath);

#if defined(__cplusplus) && !defined(CINTERFACE)
struct IVssBackupComponentsEx4 : public IVssBackupComponentsEx3 {
    virtual HRESULT STDMETHODCALLTYPE GetRootAndLogicalPrefixPaths(VSS_PWSZ pwszFilePath, VSS_PWSZ *ppwszRootPath, VSS_PWSZ *ppwszLogicalPrefix, BOOL bNormalizeFQDNforRootPath) = 0;
};
#else
typedef struct IVssBackupComponentsEx4Vtbl {
    IUnknown_METHODS(IVssBackupComponentsEx4)
    IVssBackupComponents_METHODS(IVssBackupComponentsEx4)
    IVssBackupComponentsEx_METHODS(IVssBackupComponentsEx4)
    IVssBackupComponentsEx2_METHODS(IVssBackupComponentsEx4)
    IVssBackupComponentsEx3_METHODS(IVssBackupComponentsEx4)
    IVssBackupComponentsEx4_METHODS(IVssBackupComponentsEx4)
} IVssBackupComponentsEx4Vtbl;
struct IVssBackupComponentsEx4 { const IVssBackupComponentsEx4Vtbl *lpVtbl; };
#endif
VSSIM_DEFINE_IID(IVssBackupComponentsEx4, 0xf434c2fd, 0xb553, 0x4961, 0xa9, 0xf9, 0xa8, 0xe9, 0x0b, 0x67, 0x3e, 0x53)

/* The caller releases *ppBackup. */
STDAPI CreateVssBackupComponents(IVssBackupComponents **ppBackup);
STDAPI CreateVssBackupComponentsInternal(IVssBackupComponents **ppBackup);
/* bstrXML: a saved Writer Metadata Document. The caller releases the result. */
STDAPI CreateVssExamineWriterMetadata(BSTR bstrXML,
                                      IVssExamineWriterMetadata **ppMetadata);
STDAPI CreateVssExamineWriterMetadataInternal(
    BSTR bstrXML, IVssExamineWriterMetadata **ppMetadata);
STDAPI IsVolumeSnapshotted(VSS_PWSZ pwszVolumeName, BOOL *pbSnapshotsPresent,
                           LONG *plSnapshotCapability);
STDAPI IsVolumeSnapshottedInternal(VSS_PWSZ pwszVolumeName,
                                   BOOL *pbSnapshotsPresent,
                                   LONG *plSnapshotCapability);
STDAPI ShouldBlockRevert(LPCWSTR wszVolumeName, bool *pbBlock);
STDAPI ShouldBlockRevertInternal(LPCWSTR wszVolumeName, bool *pbBlock);
EXTERN_C void STDAPICALLTYPE VssFreeSnapshotProperties(
    VSS_SNAPSHOT_PROP *pProp);
EXTERN_C void STDAPICALLTYPE VssFreeSnapshotPropertiesInternal(
    VSS_SNAPSHOT_PROP *pProp);

#endif
