/*
 * vds.h - the part of the Virtual Disk Service that leads to a disk's Clean,
 * for programs built natively; our own, since mingw-w64 has no such header.
 *
 * Interface ids, methods in vtable order and structures after the public
 * protocol specification [MS-VDS] (3.1, 2.2). Methods that the simulation
 * does not have answer E_NOTIMPL; their structures are declared as void.
 */
#ifndef VSSIM_WIN32_VDS_H
#define VSSIM_WIN32_VDS_H

#include "vss.h"

#define VDS_QUERY_SOFTWARE_PROVIDERS 0x1
#define VDS_QUERY_HARDWARE_PROVIDERS 0x2
#define VDS_QUERY_VIRTUALDISK_PROVIDERS 0x4

/* VDS_DISK_STATUS, VDS_PARTITION_STYLE, VDS_HEALTH, VDS_ASYNC_OUTPUT_TYPE */
#define VDS_DS_ONLINE 1
#define VDS_DS_NO_MEDIA 3
#define VDS_DS_MISSING 6
#define VDS_PST_UNKNOWN 0
#define VDS_PST_MBR 1
#define VDS_PST_GPT 2
#define VDS_H_HEALTHY 1
#define VDS_ASYNCOUT_CLEAN 11
/* VDS_DISK_FLAG */
#define VDS_DF_BOOT_DISK 0x100
#define VDS_DF_SYSTEM_DISK 0x80
/* winioctl.h */
#define VDS_MEDIA_REMOVABLE 11
#define VDS_MEDIA_FIXED 12

typedef struct _VDS_SERVICE_PROP {
    LPWSTR pwszVersion;
    ULONG ulFlags;
} VDS_SERVICE_PROP;

typedef struct _VDS_PROVIDER_PROP {
    GUID id;
    LPWSTR pwszName;
    GUID guidVersionId;
    LPWSTR pwszVersion;
    DWORD type;
    ULONG ulFlags;
    ULONG ulStripeSizeFlags;
    USHORT sRebuildPriority;
} VDS_PROVIDER_PROP;

typedef struct _VDS_PACK_PROP {
    GUID id;
    LPWSTR pwszName;
    DWORD status;
    ULONG ulFlags;
} VDS_PACK_PROP;

typedef struct _VDS_DISK_PROP {
    GUID id;
    DWORD status;
    DWORD ReserveMode;
    DWORD health;
    DWORD dwDeviceType;
    DWORD dwMediaType;
    ULONGLONG ullSize;
    ULONG ulBytesPerSector;
    ULONG ulSectorsPerTrack;
    ULONG ulTracksPerCylinder;
    ULONG ulFlags;
    DWORD BusType;
    DWORD PartitionStyle;
    union {
        DWORD dwSignature;
        GUID DiskGuid;
    } u;
    LPWSTR pwszDiskAddress;
    LPWSTR pwszName;
    LPWSTR pwszFriendlyName;
    LPWSTR pwszAdaptorName;
    LPWSTR pwszDevicePath;
} VDS_DISK_PROP;

typedef struct _VDS_ASYNC_OUTPUT {
    DWORD type;
    union {
        struct {
            ULONGLONG ullOffset;
            GUID volumeId;
        } cp;
        IUnknown *pUnk;
    } u;
} VDS_ASYNC_OUTPUT;

typedef struct IVdsServiceLoader IVdsServiceLoader;
typedef struct IVdsService IVdsService;
typedef struct IVdsProvider IVdsProvider;
typedef struct IVdsSwProvider IVdsSwProvider;
typedef struct IVdsPack IVdsPack;
typedef struct IVdsDisk IVdsDisk;
typedef struct IVdsAdvancedDisk IVdsAdvancedDisk;
typedef struct IEnumVdsObject IEnumVdsObject;
typedef struct IVdsAsync IVdsAsync;

#if defined(__cplusplus) && !defined(CINTERFACE)
struct IVdsServiceLoader : public IUnknown {
    virtual HRESULT STDMETHODCALLTYPE LoadService(LPWSTR pwszMachineName,
        IVdsService **ppService) = 0;
};
#else
typedef struct IVdsServiceLoaderVtbl {
    IUnknown_METHODS(IVdsServiceLoader)
    HRESULT (STDMETHODCALLTYPE *LoadService)(IVdsServiceLoader *This,
        LPWSTR pwszMachineName, IVdsService **ppService);
} IVdsServiceLoaderVtbl;
struct IVdsServiceLoader { const IVdsServiceLoaderVtbl *lpVtbl; };
#endif

#if defined(__cplusplus) && !defined(CINTERFACE)
struct IVdsService : public IUnknown {
    virtual HRESULT STDMETHODCALLTYPE IsServiceReady() = 0;
    virtual HRESULT STDMETHODCALLTYPE WaitForServiceReady() = 0;
    virtual HRESULT STDMETHODCALLTYPE GetProperties(
        VDS_SERVICE_PROP *pServiceProp) = 0;
    virtual HRESULT STDMETHODCALLTYPE QueryProviders(DWORD masks,
        IEnumVdsObject **ppEnum) = 0;
    virtual HRESULT STDMETHODCALLTYPE QueryMaskedDisks(
        IEnumVdsObject **ppEnum) = 0;
    virtual HRESULT STDMETHODCALLTYPE QueryUnallocatedDisks(
        IEnumVdsObject **ppEnum) = 0;
    virtual HRESULT STDMETHODCALLTYPE GetObject(GUID ObjectId,
        DWORD type, IUnknown **ppObjectUnk) = 0;
    virtual HRESULT STDMETHODCALLTYPE QueryDriveLetters(
        WCHAR wcFirstLetter, DWORD count, void *pDriveLetterPropArray) = 0;
    virtual HRESULT STDMETHODCALLTYPE QueryFileSystemTypes(
        void **ppFileSystemTypeProps, LONG *plNumberOfFileSystems) = 0;
    virtual HRESULT STDMETHODCALLTYPE Reenumerate() = 0;
    virtual HRESULT STDMETHODCALLTYPE Refresh() = 0;
    virtual HRESULT STDMETHODCALLTYPE CleanupObsoleteMountPoints() = 0;
    virtual HRESULT STDMETHODCALLTYPE Advise(IUnknown *pSink,
        DWORD *pdwCookie) = 0;
    virtual HRESULT STDMETHODCALLTYPE Unadvise(DWORD dwCookie) = 0;
    virtual HRESULT STDMETHODCALLTYPE Reboot() = 0;
    virtual HRESULT STDMETHODCALLTYPE SetFlags(DWORD ulFlags) = 0;
    virtual HRESULT STDMETHODCALLTYPE ClearFlags(DWORD ulFlags) = 0;
};
#else
typedef struct IVdsServiceVtbl {
    IUnknown_METHODS(IVdsService)
    HRESULT (STDMETHODCALLTYPE *IsServiceReady)(IVdsService *This);
    HRESULT (STDMETHODCALLTYPE *WaitForServiceReady)(IVdsService *This);
    HRESULT (STDMETHODCALLTYPE *GetProperties)(IVdsService *This,
        VDS_SERVICE_PROP *pServiceProp);
    HRESULT (STDMETHODCALLTYPE *QueryProviders)(IVdsService *This,
        DWORD masks, IEnumVdsObject **ppEnum);
    HRESULT (STDMETHODCALLTYPE *QueryMaskedDisks)(IVdsService *This,
        IEnumVdsObject **ppEnum);
    HRESULT (STDMETHODCALLTYPE *QueryUnallocatedDisks)(IVdsService *This,
        IEnumVdsObject **ppEnum);
    HRESULT (STDMETHODCALLTYPE *GetObject)(IVdsService *This,
        GUID ObjectId, DWORD type, IUnknown **ppObjectUnk);
    HRESULT (STDMETHODCALLTYPE *QueryDriveLetters)(IVdsService *This,
        WCHAR wcFirstLetter, DWORD count, void *pDriveLetterPropArray);
    HRESULT (STDMETHODCALLTYPE *QueryFileSystemTypes)(IVdsService *This,
        void **ppFileSystemTypeProps, LONG *plNumberOfFileSystems);
    HRESULT (STDMETHODCALLTYPE *Reenumerate)(IVdsService *This);
    HRESULT (STDMETHODCALLTYPE *Refresh)(IVdsService *This);
    HRESULT (STDMETHODCALLTYPE *CleanupObsoleteMountPoints)(
        IVdsService *This);
    HRESULT (STDMETHODCALLTYPE *Advise)(IVdsService *This,
        IUnknown *pSink, DWORD *pdwCookie);
    HRESULT (STDMETHODCALLTYPE *Unadvise)(IVdsService *This,
        DWORD dwCookie);
    HRESULT (STDMETHODCALLTYPE *Reboot)(IVdsService *This);
    HRESULT (STDMETHODCALLTYPE *SetFlags)(IVdsService *This, DWORD ulFlags);
    HRESULT (STDMETHODCALLTYPE *ClearFlags)(IVdsService *This,
        DWORD ulFlags);
} IVdsServiceVtbl;
struct IVdsService { const IVdsServiceVtbl *lpVtbl; };
#endif

#if defined(__cplusplus) && !defined(CINTERFACE)
struct IVdsProvider : public IUnknown {
    virtual HRESULT STDMETHODCALLTYPE GetProperties(
        VDS_PROVIDER_PROP *pProviderProp) = 0;
};
#else
typedef struct IVdsProviderVtbl {
    IUnknown_METHODS(IVdsProvider)
    HRESULT (STDMETHODCALLTYPE *GetProperties)(IVdsProvider *This,
        VDS_PROVIDER_PROP *pProviderProp);
} IVdsProviderVtbl;
struct IVdsProvider { const IVdsProviderVtbl *lpVtbl; };
#endif

#if defined(__cplusplus) && !defined(CINTERFACE)
struct IVdsSwProvider : public IUnknown {
    virtual HRESULT STDMETHODCALLTYPE QueryPacks(IEnumVdsObject **ppEnum) = 0;
    virtual HRESULT STDMETHODCALLTYPE CreatePack(IVdsPack **ppPack) = 0;
};
#else
typedef struct IVdsSwProviderVtbl {
    IUnknown_METHODS(IVdsSwProvider)
    HRESULT (STDMETHODCALLTYPE *QueryPacks)(IVdsSwProvider *This,
        IEnumVdsObject **ppEnum);
    HRESULT (STDMETHODCALLTYPE *CreatePack)(IVdsSwProvider *This,
        IVdsPack **ppPack);
} IVdsSwProviderVtbl;
struct IVdsSwProvider { const IVdsSwProviderVtbl *lpVtbl; };
#endif

#if defined(__cplusplus) && !defined(CINTERFACE)
struct IVdsPack : public IUnknown {
    virtual HRESULT STDMETHODCALLTYPE GetProperties(
        VDS_PACK_PROP *pPackProp) = 0;
    virtual HRESULT STDMETHODCALLTYPE GetProvider(
        IVdsProvider **ppProvider) = 0;
    virtual HRESULT STDMETHODCALLTYPE QueryVolumes(IEnumVdsObject **ppEnum) = 0;
    virtual HRESULT STDMETHODCALLTYPE QueryDisks(IEnumVdsObject **ppEnum) = 0;
    virtual HRESULT STDMETHODCALLTYPE CreateVolume(DWORD type,
        void *pInputDiskArray, LONG lNumberOfDisks, ULONG ulStripeSize,
        IVdsAsync **ppAsync) = 0;
    virtual HRESULT STDMETHODCALLTYPE AddDisk(GUID DiskId,
        DWORD PartitionStyle, BOOL bAsHotSpare) = 0;
    virtual HRESULT STDMETHODCALLTYPE MigrateDisks(void *pDiskArray,
        LONG lNumberOfDisks, GUID TargetPack, BOOL bForce,
        BOOL bQueryOnly, void *pResults, BOOL *pbRebootNeeded) = 0;
    virtual HRESULT STDMETHODCALLTYPE ReplaceDisk(GUID OldDiskId,
        GUID NewDiskId, IVdsAsync **ppAsync) = 0;
    virtual HRESULT STDMETHODCALLTYPE RemoveMissingDisk(GUID DiskId) = 0;
    virtual HRESULT STDMETHODCALLTYPE Recover(IVdsAsync **ppAsync) = 0;
};
#else
typedef struct IVdsPackVtbl {
    IUnknown_METHODS(IVdsPack)
    HRESULT (STDMETHODCALLTYPE *GetProperties)(IVdsPack *This,
        VDS_PACK_PROP *pPackProp);
    HRESULT (STDMETHODCALLTYPE *GetProvider)(IVdsPack *This,
        IVdsProvider **ppProvider);
    HRESULT (STDMETHODCALLTYPE *QueryVolumes)(IVdsPack *This,
        IEnumVdsObject **ppEnum);
    HRESULT (STDMETHODCALLTYPE *QueryDisks)(IVdsPack *This,
        IEnumVdsObject **ppEnum);
    HRESULT (STDMETHODCALLTYPE *CreateVolume)(IVdsPack *This, DWORD type,
        void *pInputDiskArray, LONG lNumberOfDisks, ULONG ulStripeSize,
        IVdsAsync **ppAsync);
    HRESULT (STDMETHODCALLTYPE *AddDisk)(IVdsPack *This, GUID DiskId,
        DWORD PartitionStyle, BOOL bAsHotSpare);
    HRESULT (STDMETHODCALLTYPE *MigrateDisks)(IVdsPack *This,
        void *pDiskArray, LONG lNumberOfDisks, GUID TargetPack,
        BOOL bForce, BOOL bQueryOnly, void *pResults, BOOL *pbRebootNeeded);
    HRESULT (STDMETHODCALLTYPE *ReplaceDisk)(IVdsPack *This,
        GUID OldDiskId, GUID NewDiskId, IVdsAsync **ppAsync);
    HRESULT (STDMETHODCALLTYPE *RemoveMissingDisk)(IVdsPack *This,
        GUID DiskId);
    HRESULT (STDMETHODCALLTYPE *Recover)(IVdsPack *This,
        IVdsAsync **ppAsync);
} IVdsPackVtbl;
struct IVdsPack { const IVdsPackVtbl *lpVtbl; };
#endif

#if defined(__cplusplus) && !defined(CINTERFACE)
struct IVdsDisk : public IUnknown {
    virtual HRESULT STDMETHODCALLTYPE GetProperties(
        VDS_DISK_PROP *pDiskProperties) = 0;
    virtual HRESULT STDMETHODCALLTYPE GetPack(IVdsPack **ppPack) = 0;
    virtual HRESULT STDMETHODCALLTYPE GetIdentificationData(void *pLunInfo) = 0;
    virtual HRESULT STDMETHODCALLTYPE QueryExtents(void **ppExtentArray,
        LONG *plNumberOfExtents) = 0;
    virtual HRESULT STDMETHODCALLTYPE ConvertStyle(DWORD NewStyle) = 0;
    virtual HRESULT STDMETHODCALLTYPE SetFlags(DWORD ulFlags) = 0;
    virtual HRESULT STDMETHODCALLTYPE ClearFlags(DWORD ulFlags) = 0;
};
#else
typedef struct IVdsDiskVtbl {
    IUnknown_METHODS(IVdsDisk)
    HRESULT (STDMETHODCALLTYPE *GetProperties)(IVdsDisk *This,
        VDS_DISK_PROP *pDiskProperties);
    HRESULT (STDMETHODCALLTYPE *GetPack)(IVdsDisk *This, IVdsPack **ppPack);
    HRESULT (STDMETHODCALLTYPE *GetIdentificationData)(IVdsDisk *This,
        void *pLunInfo);
    HRESULT (STDMETHODCALLTYPE *QueryExtents)(IVdsDisk *This,
        void **ppExtentArray, LONG *plNumberOfExtents);
    HRESULT (STDMETHODCALLTYPE *ConvertStyle)(IVdsDisk *This,
        DWORD NewStyle);
    HRESULT (STDMETHODCALLTYPE *SetFlags)(IVdsDisk *This, DWORD ulFlags);
    HRESULT (STDMETHODCALLTYPE *ClearFlags)(IVdsDisk *This, DWORD ulFlags);
} IVdsDiskVtbl;
struct IVdsDisk { const IVdsDiskVtbl *lpVtbl; };
#endif

#if defined(__cplusplus) && !defined(CINTERFACE)
struct IVdsAdvancedDisk : public IUnknown {
    virtual HRESULT STDMETHODCALLTYPE GetPartitionProperties(
        ULONGLONG ullOffset, void *pPartitionProp) = 0;
    virtual HRESULT STDMETHODCALLTYPE QueryPartitions(
        void **ppPartitionPropArray, LONG *plNumberOfPartitions) = 0;
    virtual HRESULT STDMETHODCALLTYPE CreatePartition(
        ULONGLONG ullOffset, ULONGLONG ullSize, void *para,
        IVdsAsync **ppAsync) = 0;
    virtual HRESULT STDMETHODCALLTYPE DeletePartition(
        ULONGLONG ullOffset, BOOL bForce, BOOL bForceProtected) = 0;
    virtual HRESULT STDMETHODCALLTYPE ChangeAttributes(
        ULONGLONG ullOffset, void *para) = 0;
    virtual HRESULT STDMETHODCALLTYPE AssignDriveLetter(
        ULONGLONG ullOffset, WCHAR wcLetter) = 0;
    virtual HRESULT STDMETHODCALLTYPE DeleteDriveLetter(
        ULONGLONG ullOffset, WCHAR wcLetter) = 0;
    virtual HRESULT STDMETHODCALLTYPE GetDriveLetter(ULONGLONG ullOffset,
        void *pwcLetter) = 0;
    virtual HRESULT STDMETHODCALLTYPE FormatPartition(
        ULONGLONG ullOffset, DWORD type, LPWSTR pwszLabel,
        DWORD dwUnitAllocationSize, BOOL bForce, BOOL bQuickFormat,
        BOOL bEnableCompression, IVdsAsync **ppAsync) = 0;
    virtual HRESULT STDMETHODCALLTYPE Clean(BOOL bForce, BOOL bForceOEM,
        BOOL bFullClean, IVdsAsync **ppAsync) = 0;
};
#else
typedef struct IVdsAdvancedDiskVtbl {
    IUnknown_METHODS(IVdsAdvancedDisk)
    HRESULT (STDMETHODCALLTYPE *GetPartitionProperties)(
        IVdsAdvancedDisk *This, ULONGLONG ullOffset, void *pPartitionProp);
    HRESULT (STDMETHODCALLTYPE *QueryPartitions)(IVdsAdvancedDisk *This,
        void **ppPartitionPropArray, LONG *plNumberOfPartitions);
    HRESULT (STDMETHODCALLTYPE *CreatePartition)(IVdsAdvancedDisk *This,
        ULONGLONG ullOffset, ULONGLONG ullSize, void *para,
        IVdsAsync **ppAsync);
    HRESULT (STDMETHODCALLTYPE *DeletePartition)(IVdsAdvancedDisk *This,
        ULONGLONG ullOffset, BOOL bForce, BOOL bForceProtected);
    HRESULT (STDMETHODCALLTYPE *ChangeAttributes)(IVdsAdvancedDisk *This,
        ULONGLONG ullOffset, void *para);
    HRESULT (STDMETHODCALLTYPE *AssignDriveLetter)(
        IVdsAdvancedDisk *This, ULONGLONG ullOffset, WCHAR wcLetter);
    HRESULT (STDMETHODCALLTYPE *DeleteDriveLetter)(
        IVdsAdvancedDisk *This, ULONGLONG ullOffset, WCHAR wcLetter);
    HRESULT (STDMETHODCALLTYPE *GetDriveLetter)(IVdsAdvancedDisk *This,
        ULONGLONG ullOffset, void *pwcLetter);
    HRESULT (STDMETHODCALLTYPE *FormatPartition)(IVdsAdvancedDisk *This,
        ULONGLONG ullOffset, DWORD type, LPWSTR pwszLabel,
        DWORD dwUnitAllocationSize, BOOL bForce, BOOL bQuickFormat,
        BOOL bEnableCompression, IVdsAsync **ppAsync);
    HRESULT (STDMETHODCALLTYPE *Clean)(IVdsAdvancedDisk *This,
        BOOL bForce, BOOL bForceOEM, BOOL bFullClean, IVdsAsync **ppAsync);
} IVdsAdvancedDiskVtbl;
struct IVdsAdvancedDisk { const IVdsAdvancedDiskVtbl *lpVtbl; };
#endif

#if defined(__cplusplus) && !defined(CINTERFACE)
struct IEnumVdsObject : public IUnknown {
    virtual HRESULT STDMETHODCALLTYPE Next(ULONG celt,
        IUnknown **ppObjectArray, ULONG *pcFetched) = 0;
    virtual HRESULT STDMETHODCALLTYPE Skip(ULONG celt) = 0;
    virtual HRESULT STDMETHODCALLTYPE Reset() = 0;
    virtual HRESULT STDMETHODCALLTYPE Clone(IEnumVdsObject **ppEnum) = 0;
};
#else
typedef struct IEnumVdsObjectVtbl {
    IUnknown_METHODS(IEnumVdsObject)
    HRESULT (STDMETHODCALLTYPE *Next)(IEnumVdsObject *This, ULONG celt,
        IUnknown **ppObjectArray, ULONG *pcFetched);
    HRESULT (STDMETHODCALLTYPE *Skip)(IEnumVdsObject *This, ULONG celt);
    HRESULT (STDMETHODCALLTYPE *Reset)(IEnumVdsObject *This);
    HRESULT (STDMETHODCALLTYPE *Clone)(IEnumVdsObject *This,
        IEnumVdsObject **ppEnum);
} IEnumVdsObjectVtbl;
struct IEnumVdsObject { const IEnumVdsObjectVtbl *lpVtbl; };
#endif

#if defined(__cplusplus) && !defined(CINTERFACE)
struct IVdsAsync : public IUnknown {
    virtual HRESULT STDMETHODCALLTYPE Cancel() = 0;
    virtual HRESULT STDMETHODCALLTYPE Wait(HRESULT *pHrResult,
        VDS_ASYNC_OUTPUT *pAsyncOut) = 0;
    virtual HRESULT STDMETHODCALLTYPE QueryStatus(HRESULT *pHrResult,
        ULONG *pulPercentCompleted) = 0;
};
#else
typedef struct IVdsAsyncVtbl {
    IUnknown_METHODS(IVdsAsync)
    HRESULT (STDMETHODCALLTYPE *Cancel)(IVdsAsync *This);
    HRESULT (STDMETHODCALLTYPE *Wait)(IVdsAsync *This,
        HRESULT *pHrResult, VDS_ASYNC_OUTPUT *pAsyncOut);
    HRESULT (STDMETHODCALLTYPE *QueryStatus)(IVdsAsync *This,
        HRESULT *pHrResult, ULONG *pulPercentCompleted);
} IVdsAsyncVtbl;
struct IVdsAsync { const IVdsAsyncVtbl *lpVtbl; };
#endif

VSSIM_DEFINE_IID(IVdsServiceLoader, 0xe0393303, 0x90d4, 0x4a97,
                 0xab, 0x71, 0xe9, 0xb6, 0x71, 0xee, 0x27, 0x29)
VSSIM_DEFINE_IID(IVdsService, 0x0818a8ef, 0x9ba9, 0x40d8,
                 0xa6, 0xf9, 0xe2, 0x28, 0x33, 0xcc, 0x77, 0x1e)
VSSIM_DEFINE_IID(IVdsProvider, 0x10c5e575, 0x7984, 0x4e81,
                 0xa5, 0x6b, 0x43, 0x1f, 0x5f, 0x92, 0xae, 0x42)
VSSIM_DEFINE_IID(IVdsSwProvider, 0x9aa58360, 0xce33, 0x4f92,
                 0xb6, 0x58, 0xed, 0x24, 0xb1, 0x44, 0x25, 0xb8)
VSSIM_DEFINE_IID(IVdsPack, 0x3b69d7f5, 0x9d94, 0x4648,
                 0x91, 0xca, 0x79, 0x93, 0x9b, 0xa2, 0x63, 0xbf)
VSSIM_DEFINE_IID(IVdsDisk, 0x07e5c822, 0xf00c, 0x47a1,
                 0x8f, 0xce, 0xb2, 0x44, 0xda, 0x56, 0xfd, 0x06)
VSSIM_DEFINE_IID(IVdsAdvancedDisk, 0x6e6f6b40, 0x977c, 0x4069,
                 0xbd, 0xdd, 0xac, 0x71, 0x00, 0x59, 0xf8, 0xc0)
VSSIM_DEFINE_IID(IEnumVdsObject, 0x118610b7, 0x8d94, 0x4030,
                 0xb5, 0xb8, 0x50, 0x08, 0x89, 0x78, 0x8e, 0x4e)
VSSIM_DEFINE_IID(IVdsAsync, 0xd5d23b6d, 0x5a55, 0x4492,
                 0x98, 0x89, 0x39, 0x7a, 0x3c, 0x2d, 0x2d, 0xbc)

static const CLSID CLSID_VdsLoader __attribute__((unused)) = {
    0x9c38ed61, 0xd565, 0x4728,
    {0xae, 0xee, 0xc8, 0x09, 0x52, 0xf0, 0xec, 0xde}};

#endif
