/*
 * vswriter.h - enumerations and interfaces that writers and requesters share:
 * IVssWMFiledesc, IVssWMDependency, IVssComponent (+Ex, Ex2) and
 * IVssWriterComponents.
 */
#ifndef VSSIM_WIN32_VSWRITER_H
#define VSSIM_WIN32_VSWRITER_H

#include "vss.h"

typedef enum _VSS_USAGE_TYPE {
    VSS_UT_UNDEFINED = 0,
    VSS_UT_BOOTABLESYSTEMSTATE = 1,
    VSS_UT_SYSTEMSERVICE = 2,
    VSS_UT_USERDATA = 3,
    VSS_UT_OTHER = 4
} VSS_USAGE_TYPE, *PVSS_USAGE_TYPE;

typedef enum _VSS_SOURCE_TYPE {
    VSS_ST_UNDEFINED = 0,
    VSS_ST_TRANSACTEDDB = 1,
    VSS_ST_NONTRANSACTEDDB = 2,
    VSS_ST_OTHER = 3
} VSS_SOURCE_TYPE, *PVSS_SOURCE_TYPE;

typedef enum _VSS_RESTOREMETHOD_ENUM {
    VSS_RME_UNDEFINED = 0,
    VSS_RME_RESTORE_IF_NOT_THERE = 1,
    VSS_RME_RESTORE_IF_CAN_REPLACE = 2,
    VSS_RME_STOP_RESTORE_START = 3,
    VSS_RME_RESTORE_TO_ALTERNATE_LOCATION = 4,
    VSS_RME_RESTORE_AT_REBOOT = 5,
    VSS_RME_RESTORE_AT_REBOOT_IF_CANNOT_REPLACE = 6,
    VSS_RME_CUSTOM = 7,
    VSS_RME_RESTORE_STOP_START = 8
} VSS_RESTOREMETHOD_ENUM, *PVSS_RESTOREMETHOD_ENUM;

typedef enum _VSS_WRITERRESTORE_ENUM {
    VSS_WRE_UNDEFINED = 0,
    VSS_WRE_NEVER = 1,
    VSS_WRE_IF_REPLACE_FAILS = 2,
    VSS_WRE_ALWAYS = 3
} VSS_WRITERRESTORE_ENUM, *PVSS_WRITERRESTORE_ENUM;

typedef enum _VSS_COMPONENT_TYPE {
    VSS_CT_UNDEFINED = 0,
    VSS_CT_DATABASE = 1,
    VSS_CT_FILEGROUP = 2
} VSS_COMPONENT_TYPE, *PVSS_COMPONENT_TYPE;

typedef enum _VSS_COMPONENT_FLAGS {
    VSS_CF_BACKUP_RECOVERY = 1,
    VSS_CF_APP_ROLLBACK_RECOVERY = 2,
    VSS_CF_NOT_SYSTEM_STATE = 4
} VSS_COMPONENT_FLAGS, *PVSS_COMPONENT_FLAGS;

typedef enum _VSS_RESTORE_TARGET {
    VSS_RT_UNDEFINED = 0,
    VSS_RT_ORIGINAL = 1,
    VSS_RT_ALTERNATE = 2,
    VSS_RT_DIRECTED = 3,
    VSS_RT_ORIGINAL_LOCATION = 4
} VSS_RESTORE_TARGET, *PVSS_RESTORE_TARGET;

typedef enum _VSS_FILE_RESTORE_STATUS {
    VSS_RS_UNDEFINED = 0,
    VSS_RS_NONE = 1,
    VSS_RS_ALL = 2,
    VSS_RS_FAILED = 3
} VSS_FILE_RESTORE_STATUS, *PVSS_FILE_RESTORE_STATUS;

typedef enum _VSS_SUBSCRIBE_MASK {
    VSS_SM_POST_SNAPSHOT_FLAG = 1,
    VSS_SM_BACKUP_EVENTS_FLAG = 2,
    VSS_SM_RESTORE_EVENTS_FLAG = 4,
    VSS_SM_IO_THROTTLING_FLAG = 8
} VSS_SUBSCRIBE_MASK, *PVSS_SUBSCRIBE_MASK;

typedef enum _VSS_FILE_SPEC_BACKUP_TYPE {
    VSS_FSBT_FULL_BACKUP_REQUIRED = 0x1,
    VSS_FSBT_DIFFERENTIAL_BACKUP_REQUIRED = 0x2,
    VSS_FSBT_INCREMENTAL_BACKUP_REQUIRED = 0x4,
    VSS_FSBT_LOG_BACKUP_REQUIRED = 0x8,
    VSS_FSBT_FULL_SNAPSHOT_REQUIRED = 0x100,
    VSS_FSBT_DIFFERENTIAL_SNAPSHOT_REQUIRED = 0x200,
    VSS_FSBT_INCREMENTAL_SNAPSHOT_REQUIRED = 0x400,
    VSS_FSBT_LOG_SNAPSHOT_REQUIRED = 0x800,
    VSS_FSBT_CREATED_DURING_BACKUP = 0x10000,
    VSS_FSBT_ALL_BACKUP_REQUIRED = 0xf,
    VSS_FSBT_ALL_SNAPSHOT_REQUIRED = 0xf00
} VSS_FILE_SPEC_BACKUP_TYPE, *PVSS_FILE_SPEC_BACKUP_TYPE;

typedef struct IVssWMFiledesc IVssWMFiledesc;
typedef struct IVssWMDependency IVssWMDependency;
typedef struct IVssComponent IVssComponent;
typedef struct IVssComponentEx IVssComponentEx;
typedef struct IVssComponentEx2 IVssComponentEx2;
typedef struct IVssWriterComponents IVssWriterComponents;

#define IVssWMFiledesc_METHODS(T) \
    HRESULT (STDMETHODCALLTYPE *GetPath)(T *This, BSTR *pbstrPath); \
    HRESULT (STDMETHODCALLTYPE *GetFilespec)(T *This, BSTR *pbstrFilespec); \
    HRESULT (STDMETHODCALLTYPE *GetRecursive)(T *This, bool *pbRecursive); \
    HRESULT (STDMETHODCALLTYPE *GetAlternateLocation)(T *This, BSTR *pbstrAlternateLocation); \
    HRESULT (STDMETHODCALLTYPE *GetBackupTypeMask)(T *This, DWORD *pdwTypeMask);

#if defined(__cplusplus) && !defined(CINTERFACE)
struct IVssWMFiledesc : public IUnknown {
    virtual HRESULT STDMETHODCALLTYPE GetPath(BSTR *pbstrPath) = 0;
    virtual HRESULT STDMETHODCALLTYPE GetFilespec(BSTR *pbstrFilespec) = 0;
    virtual HRESULT STDMETHODCALLTYPE GetRecursive(bool *pbRecursive) = 0;
    virtual HRESULT STDMETHODCALLTYPE GetAlternateLocation(BSTR *pbstrAlternateLocation) = 0;
    virtual HRESULT STDMETHODCALLTYPE GetBackupTypeMask(DWORD *pdwTypeMask) = 0;
};
#else
typedef struct IVssWMFiledescVtbl {
    IUnknown_METHODS(IVssWMFiledesc)
    IVssWMFiledesc_METHODS(IVssWMFiledesc)
} IVssWMFiledescVtbl;
struct IVssWMFiledesc { const IVssWMFiledescVtbl *lpVtbl; };
#endif

#define IVssWMDependency_METHODS(T) \
    HRESULT (STDMETHODCALLTYPE *GetWriterId)(T *This, VSS_ID *pWriterId); \
    HRESULT (STDMETHODCALLTYPE *GetLogicalPath)(T *This, BSTR *pbstrLogicalPath); \
    HRESULT (STDMETHODCALLTYPE *GetComponentName)(T *This, BSTR *pbstrComponentName);

#if defined(__cplusplus) && !defined(CINTERFACE)
struct IVssWMDependency : public IUnknown {
    virtual HRESULT STDMETHODCALLTYPE GetWriterId(VSS_ID *pWriterId) = 0;
    virtual HRESULT STDMETHODCALLTYPE GetLogicalPath(BSTR *pbstrLogicalPath) = 0;
    virtual HRESULT STDMETHODCALLTYPE GetComponentName(BSTR *pbstrComponentName) = 0;
};
#else
typedef struct IVssWMDependencyVtbl {
    IUnknown_METHODS(IVssWMDependency)
    IVssWMDependency_METHODS(IVssWMDependency)
} IVssWMDependencyVtbl;
struct IVssWMDependency { const IVssWMDependencyVtbl *lpVtbl; };
#endif

#define IVssComponent_METHODS(T) \
    HRESULT (STDMETHODCALLTYPE *GetLogicalPath)(T *This, BSTR *pbstrPath); \
    HRESULT (STDMETHODCALLTYPE *GetComponentType)(T *This, VSS_COMPONENT_TYPE *pct); \
    HRESULT (STDMETHODCALLTYPE *GetComponentName)(T *This, BSTR *pbstrName); \
    HRESULT (STDMETHODCALLTYPE *GetBackupSucceeded)(T *This, bool *pbSucceeded); \
    HRESULT (STDMETHODCALLTYPE *GetAlternateLocationMappingCount)(T *This, UINT *pcMappings); \
    HRESULT (STDMETHODCALLTYPE *GetAlternateLocationMapping)(T *This, UINT iMapping, IVssWMFiledesc **ppFiledesc); \
    HRESULT (STDMETHODCALLTYPE *SetBackupMetadata)(T *This, LPCWSTR wszData); \
    HRESULT (STDMETHODCALLTYPE *GetBackupMetadata)(T *This, BSTR *pbstrData); \
    HRESULT (STDMETHODCALLTYPE *AddPartialFile)(T *This, LPCWSTR wszPath, LPCWSTR wszFilename, LPCWSTR wszRanges, LPCWSTR wszMetadata); \
    HRESULT (STDMETHODCALLTYPE *GetPartialFileCount)(T *This, UINT *pcPartialFiles); \
    HRESULT (STDMETHODCALLTYPE *GetPartialFile)(T *This, UINT iPartialFile, BSTR *pbstrPath, BSTR *pbstrFilename, BSTR *pbstrRange, BSTR *pbstrMetadata); \
    HRESULT (STDMETHODCALLTYPE *IsSelectedForRestore)(T *This, bool *pbSelectedForRestore); \
    HRESULT (STDMETHODCALLTYPE *GetAdditionalRestores)(T *This, bool *pbAdditionalRestores); \
    HRESULT (STDMETHODCALLTYPE *GetNewTargetCount)(T *This, UINT *pcNewTarget); \
    HRESULT (STDMETHODCALLTYPE *GetNewTarget)(T *This, UINT iNewTarget, IVssWMFiledesc **ppFiledesc); \
    HRESULT (STDMETHODCALLTYPE *AddDirectedTarget)(T *This, LPCWSTR wszSourcePath, LPCWSTR wszSourceFilename, LPCWSTR wszSourceRangeList, LPCWSTR wszDestinationPath, LPCWSTR wszDestinationFilename, LPCWSTR wszDestinationRangeList); \
    HRESULT (STDMETHODCALLTYPE *GetDirectedTargetCount)(T *This, UINT *pcDirectedTarget); \
    HRESULT (STDMETHODCALLTYPE *GetDirectedTarget)(T *This, UINT iDirectedTarget, BSTR *pbstrSourcePath, BSTR *pbstrSourceFileName, BSTR *pbstrSourceRangeList, BSTR *pbstrDestinationPath, BSTR *pbstrDestinationFilename, BSTR *pbstrDestinationRangeList); \
    HRESULT (STDMETHODCALLTYPE *SetRestoreMetadata)(T *This, LPCWSTR wszRestoreMetadata); \
    HRESULT (STDMETHODCALLTYPE *GetRestoreMetadata)(T *This, BSTR *pbstrRestoreMetadata); \
    HRESULT (STDMETHODCALLTYPE *SetRestoreTarget)(T *This, VSS_RESTORE_TARGET target); \
    HRESULT (STDMETHODCALLTYPE *GetRestoreTarget)(T *This, VSS_RESTORE_TARGET *pTarget); \
    HRESULT (STDMETHODCALLTYPE *SetPreRestoreFailureMsg)(T *This, LPCWSTR wszPreRestoreFailureMsg); \
    HRESULT (STDMETHODCALLTYPE *GetPreRestoreFailureMsg)(T *This, BSTR *pbstrPreRestoreFailureMsg); \
    HRESULT (STDMETHODCALLTYPE *SetPostRestoreFailureMsg)(T *This, LPCWSTR wszPostRestoreFailureMsg); \
    HRESULT (STDMETHODCALLTYPE *GetPostRestoreFailureMsg)(T *This, BSTR *pbstrPostRestoreFailureMsg); \
    HRESULT (STDMETHODCALLTYPE *SetBackupStamp)(T *This, LPCWSTR wszBackupStamp); \
    HRESULT (STDMETHODCALLTYPE *GetBackupStamp)(T *This, BSTR *pbstrBackupStamp); \
    HRESULT (STDMETHODCALLTYPE *GetPreviousBackupStamp)(T *This, BSTR *pbstrBackupStamp); \
    HRESULT (STDMETHODCALLTYPE *GetBackupOptions)(T *This, BSTR *pbstrBackupOptions); \
    HRESULT (STDMETHODCALLTYPE *GetRestoreOptions)(T *This, BSTR *pbstrRestoreOptions); \
    HRESULT (STDMETHODCALLTYPE *GetRestoreSubcomponentCount)(T *This, UINT *pcRestoreSubcomponent); \
    HRESULT (STDMETHODCALLTYPE *GetRestoreSubcomponent)(T *This, UINT iComponent, BSTR *pbstrLogicalPath, BSTR *pbstrComponentName, bool *pbRepair); \
    HRESULT (STDMETHODCALLTYPE *GetFileRestoreStatus)(T *This, VSS_FILE_RESTORE_STATUS *pStatus); \
    HRESULT (STDMETHODCALLTYPE *AddDifferencedFilesByLastModifyTime)(T *This, LPCWSTR wszPath, LPCWSTR wszFilespec, BOOL bRecursive, FILETIME ftLastModifyTime); \
    HRESULT (STDMETHODCALLTYPE *AddDifferencedFilesByLastModifyLSN)(T *This, LPCWSTR wszPath, LPCWSTR wszFilespec, BOOL bRecursive, BSTR bstrLsnString); \
    HRESULT (STDMETHODCALLTYPE *GetDifferencedFilesCount)(T *This, UINT *pcDifferencedFiles); \
    HRESULT (STDMETHODCALLTYPE *GetDifferencedFile)(T *This, UINT iDifferencedFile, BSTR *pbstrPath, BSTR *pbstrFilespec, BOOL *pbRecursive, BSTR *pbstrLsnString, FILETIME *pftLastModifyTime);

#if defined(__cplusplus) && !defined(CINTERFACE)
struct IVssComponent : public IUnknown {
    virtual HRESULT STDMETHODCALLTYPE GetLogicalPath(BSTR *pbstrPath) = 0;
    virtual HRESULT STDMETHODCALLTYPE GetComponentType(VSS_COMPONENT_TYPE *pct) = 0;
    virtual HRESULT STDMETHODCALLTYPE GetComponentName(BSTR *pbstrName) = 0;
    virtual HRESULT STDMETHODCALLTYPE GetBackupSucceeded(bool *pbSucceeded) = 0;
    virtual HRESULT STDMETHODCALLTYPE GetAlternateLocationMappingCount(UINT *pcMappings) = 0;
    virtual HRESULT STDMETHODCALLTYPE GetAlternateLocationMapping(UINT iMapping, IVssWMFiledesc **ppFiledesc) = 0;
    virtual HRESULT STDMETHODCALLTYPE SetBackupMetadata(LPCWSTR wszData) = 0;
    virtual HRESULT STDMETHODCALLTYPE GetBackupMetadata(BSTR *pbstrData) = 0;
    virtual HRESULT STDMETHODCALLTYPE AddPartialFile(LPCWSTR wszPath, LPCWSTR wszFilename, LPCWSTR wszRanges, LPCWSTR wszMetadata) = 0;
    virtual HRESULT STDMETHODCALLTYPE GetPartialFileCount(UINT *pcPartialFiles) = 0;
    virtual HRESULT STDMETHODCALLTYPE GetPartialFile(UINT iPartialFile, BSTR *pbstrPath, BSTR *pbstrFilename, BSTR *pbstrRange, BSTR *pbstrMetadata) = 0;
    virtual HRESULT STDMETHODCALLTYPE IsSelectedForRestore(bool *pbSelectedForRestore) = 0;
    virtual HRESULT STDMETHODCALLTYPE GetAdditionalRestores(bool *pbAdditionalRestores) = 0;
    virtual HRESULT STDMETHODCALLTYPE GetNewTargetCount(UINT *pcNewTarget) = 0;
    virtual HRESULT STDMETHODCALLTYPE GetNewTarget(UINT iNewTarget, IVssWMFiledesc **ppFiledesc) = 0;
    virtual HRESULT STDMETHODCALLTYPE AddDirectedTarget(LPCWSTR wszSourcePath, LPCWSTR wszSourceFilename, LPCWSTR wszSourceRangeList, LPCWSTR wszDestinationPath, LPCWSTR wszDestinationFilename, LPCWSTR wszDestinationRangeList) = 0;
    virtual HRESULT STDMETHODCALLTYPE GetDirectedTargetCount(UINT *pcDirectedTarget) = 0;
    virtual HRESULT STDMETHODCALLTYPE GetDirectedTarget(UINT iDirectedTarget, BSTR *pbstrSourcePath, BSTR *pbstrSourceFileName, BSTR *pbstrSourceRangeList, BSTR *pbstrDestinationPath, BSTR *pbstrDestinationFilename, BSTR *pbstrDestinationRangeList) = 0;
    virtual HRESULT STDMETHODCALLTYPE SetRestoreMetadata(LPCWSTR wszRestoreMetadata) = 0;
    virtual HRESULT STDMETHODCALLTYPE GetRestoreMetadata(BSTR *pbstrRestoreMetadata) = 0;
    virtual HRESULT STDMETHODCALLTYPE SetRestoreTarget(VSS_RESTORE_TARGET target) = 0;
    virtual HRESULT STDMETHODCALLTYPE GetRestoreTarget(VSS_RESTORE_TARGET *pTarget) = 0;
    virtual HRESULT STDMETHODCALLTYPE SetPreRestoreFailureMsg(LPCWSTR wszPreRestoreFailureMsg) = 0;
    virtual HRESULT STDMETHODCALLTYPE GetPreRestoreFailureMsg(BSTR *pbstrPreRestoreFailureMsg) = 0;
    virtual HRESULT STDMETHODCALLTYPE SetPostRestoreFailureMsg(LPCWSTR wszPostRestoreFailureMsg) = 0;
    virtual HRESULT STDMETHODCALLTYPE GetPostRestoreFailureMsg(BSTR *pbstrPostRestoreFailureMsg) = 0;
    virtual HRESULT STDMETHODCALLTYPE SetBackupStamp(LPCWSTR wszBackupStamp) = 0;
    virtual HRESULT STDMETHODCALLTYPE GetBackupStamp(BSTR *pbstrBackupStamp) = 0;
    virtual HRESULT STDMETHODCALLTYPE GetPreviousBackupStamp(BSTR *pbstrBackupStamp) = 0;
    virtual HRESULT STDMETHODCALLTYPE GetBackupOptions(BSTR *pbstrBackupOptions) = 0;
    virtual HRESULT STDMETHODCALLTYPE GetRestoreOptions(BSTR *pbstrRestoreOptions) = 0;
    virtual HRESULT STDMETHODCALLTYPE GetRestoreSubcomponentCount(UINT *pcRestoreSubcomponent) = 0;
    virtual HRESULT STDMETHODCALLTYPE GetRestoreSubcomponent(UINT iComponent, BSTR *pbstrLogicalPath, BSTR *pbstrComponentName, bool *pbRepair) = 0;
    virtual HRESULT STDMETHODCALLTYPE GetFileRestoreStatus(VSS_FILE_RESTORE_STATUS *pStatus) = 0;
    virtual HRESULT STDMETHODCALLTYPE AddDifferencedFilesByLastModifyTime(LPCWSTR wszPath, LPCWSTR wszFilespec, BOOL bRecursive, FILETIME ftLastModifyTime) = 0;
    virtual HRESULT STDMETHODCALLTYPE AddDifferencedFilesByLastModifyLSN(LPCWSTR wszPath, LPCWSTR wszFilespec, BOOL bRecursive, BSTR bstrLsnString) = 0;
    virtual HRESULT STDMETHODCALLTYPE GetDifferencedFilesCount(UINT *pcDifferencedFiles) = 0;
    virtual HRESULT STDMETHODCALLTYPE GetDifferencedFile(UINT iDifferencedFile, BSTR *pbstrPath, BSTR *pbstrFilespec, BOOL *pbRecursive, BSTR *pbstrLsnString, FILETIME *pftLastModifyTime) = 0;
};
#else
typedef struct IVssComponentVtbl {
    IUnknown_METHODS(IVssComponent)
    IVssComponent_METHODS(IVssComponent)
} IVssComponentVtbl;
struct IVssComponent { const IVssComponentVtbl *lpVtbl; };
#endif
VSSIM_DEFINE_IID(IVssComponent, 0xd2c72c96, 0xc121, 0x4518, 0xb6, 0x27, 0xe5, 0xa9, 0x3d, 0x01, 0x0e, 0xad)

#define IVssComponentEx_METHODS(T) \
    HRESULT (STDMETHODCALLTYPE *SetPrepareForBackupFailureMsg)(T *This, LPCWSTR wszFailureMsg); \
    HRESULT (STDMETHODCALLTYPE *SetPostSnapshotFailureMsg)(T *This, LPCWSTR wszFailureMsg); \
    HRESULT (STDMETHODCALLTYPE *GetPrepareForBackupFailureMsg)(T *This, BSTR *pbstrFailureMsg); \
    HRESULT (STDMETHODCALLTYPE *GetPostSnapshotFailureMsg)(T *This, BSTR *pbstrFailureMsg); \
    HRESULT (STDMETHODCALLTYPE *GetAuthoritativeRestore)(T *This, bool *pbAuth); \
    HRESULT (STDMETHODCALLTYPE *GetRollForward)(T *This, VSS_ROLLFORWARD_TYPE *pRollType, BSTR *pbstrPoint); \
    HRESULT (STDMETHODCALLTYPE *GetRestoreName)(T *This, BSTR *pbstrName);

#if defined(__cplusplus) && !defined(CINTERFACE)
struct IVssComponentEx : public IVssComponent {
    virtual HRESULT STDMETHODCALLTYPE SetPrepareForBackupFailureMsg(LPCWSTR wszFailureMsg) = 0;
    virtual HRESULT STDMETHODCALLTYPE SetPostSnapshotFailureMsg(LPCWSTR wszFailureMsg) = 0;
    virtual HRESULT STDMETHODCALLTYPE GetPrepareForBackupFailureMsg(BSTR *pbstrFailureMsg) = 0;
    virtual HRESULT STDMETHODCALLTYPE GetPostSnapshotFailureMsg(BSTR *pbstrFailureMsg) = 0;
    virtual HRESULT STDMETHODCALLTYPE GetAuthoritativeRestore(bool *pbAuth) = 0;
    virtual HRESULT STDMETHODCALLTYPE GetRollForward(VSS_ROLLFORWARD_TYPE *pRollType, BSTR *pbstrPoint) = 0;
    virtual HRESULT STDMETHODCALLTYPE GetRestoreName(BSTR *pbstrName) = 0;
};
#else
typedef struct IVssComponentExVtbl {
    IUnknown_METHODS(IVssComponentEx)
    IVssComponent_METHODS(IVssComponentEx)
    IVssComponentEx_METHODS(IVssComponentEx)
} IVssComponentExVtbl;
struct IVssComponentEx { const IVssComponentExVtbl *lpVtbl; };
#endif
VSSIM_DEFINE_IID(IVssComponentEx, 0x156c8b5e, 0xf131, 0x4bd7, 0x9c, 0x97, 0xd1, 0x92, 0x3b, 0xe7, 0xe1, 0xfa)

#define IVssComponentEx2_METHODS(T) \
    HRESULT (STDMETHODCALLTYPE *SetFailure)(T *This, HRESULT hr, HRESULT hrApplication, LPCWSTR wszApplicationMessage, DWORD dwReserved); \
    HRESULT (STDMETHODCALLTYPE *GetFailure)(T *This, HRESULT *phr, HRESULT *phrApplication, BSTR *pbstrApplicationMessage, DWORD *pdwReserved);

#if defined(__cplusplus) && !defined(CINTERFACE)
struct IVssComponentEx2 : public IVssComponentEx {
    virtual HRESULT STDMETHODCALLTYPE SetFailure(HRESULT hr, HRESULT hrApplication, LPCWSTR wszApplicationMessage, DWORD dwReserved) = 0;
    virtual HRESULT STDMETHODCALLTYPE GetFailure(HRESULT *phr, HRESULT *phrApplication, BSTR *pbstrApplicationMessage, DWORD *pdwReserved) = 0;
};
#else
typedef struct IVssComponentEx2Vtbl {
    IUnknown_METHODS(IVssComponentEx2)
    IVssComponent_METHODS(IVssComponentEx2)
    IVssComponentEx_METHODS(IVssComponentEx2)
    IVssComponentEx2_METHODS(IVssComponentEx2)
} IVssComponentEx2Vtbl;
struct IVssComponentEx2 { const IVssComponentEx2Vtbl *lpVtbl; };
#endif
VSSIM_DEFINE_IID(IVssComponentEx2, 0x3b5be0f2, 0x07a9, 0x4e4b, 0xbd, 0xd3, 0xcf, 0xdc, 0x8e, 0x2c, 0x0d, 0x2d)

#define IVssWriterComponents_METHODS(T) \
    HRESULT (STDMETHODCALLTYPE *GetComponentCount)(T *This, UINT *pcComponents); \
    HRESULT (STDMETHODCALLTYPE *GetWriterInfo)(T *This, VSS_ID *pidInstance, VSS_ID *pidWriter); \
    HRESULT (STDMETHODCALLTYPE *GetComponent)(T *This, UINT iComponent, IVssComponent **ppComponent);

#if defined(__cplusplus) && !defined(CINTERFACE)
struct IVssWriterComponents {
    virtual HRESULT STDMETHODCALLTYPE GetComponentCount(UINT *pcComponents) = 0;
    virtual HRESULT STDMETHODCALLTYPE GetWriterInfo(VSS_ID *pidInstance, VSS_ID *pidWriter) = 0;
    virtual HRESULT STDMETHODCALLTYPE GetComponent(UINT iComponent, IVssComponent **ppComponent) = 0;
};
#else
typedef struct IVssWriterComponentsVtbl {
    IVssWriterComponents_METHODS(IVssWriterComponents)
} IVssWriterComponentsVtbl;
struct IVssWriterComponents { const IVssWriterComponentsVtbl *lpVtbl; };
#endif

#endif
