/*
 * wintypes.h - the part of <windows.h> that VSS requesters need.
 *
 * On Windows, who includes the real <windows.h> first gets that; the headers
 * of the same names in this folder forward to it there. Who does not, as
 * vssim itself, gets the same types under the same names from here on every
 * system: their sizes and layouts agree, which ci/tests/layout.sh checks.
 *
 * WCHAR is 16 bits wide everywhere: write u"text" literals, not L"text".
 * BSTRs handed out by the API are freed with SysFreeString. Input "BSTRs" may
 * be plain WCHAR strings: no length prefix is ever read from an input.
 */
#ifndef VSSIM_WIN32_WINTYPES_H
#define VSSIM_WIN32_WINTYPES_H

/* Windows' own header has been there. */
#if defined(_WIN32) && defined(_WINDEF_)
#define VSSIM_REAL_WINDOWS_H
#include <oleauto.h>
#include <stdbool.h>
#include <stdint.h>
#define IUnknown_METHODS(T) \
    HRESULT (STDMETHODCALLTYPE *QueryInterface)(T *This, REFIID riid, \
                                                void **ppvObject); \
    ULONG (STDMETHODCALLTYPE *AddRef)(T *This); \
    ULONG (STDMETHODCALLTYPE *Release)(T *This);
#else

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#ifndef __cplusplus
#include <uchar.h>
#endif

#define STDMETHODCALLTYPE
#define STDAPICALLTYPE
#define WINAPI
#ifdef __cplusplus
#define EXTERN_C extern "C"
#else
#define EXTERN_C extern
#endif
#define STDAPI EXTERN_C HRESULT STDAPICALLTYPE

typedef int32_t HRESULT;
typedef int32_t LONG;
typedef uint32_t ULONG;
typedef uint32_t DWORD;
typedef uint32_t UINT;
typedef int32_t INT;
typedef int32_t BOOL;
typedef int32_t WINBOOL;
typedef uint8_t BYTE;
typedef int64_t LONGLONG;
typedef uint64_t ULONGLONG;
typedef uint16_t USHORT;
typedef char16_t WCHAR;
typedef WCHAR *LPWSTR;
typedef const WCHAR *LPCWSTR;
typedef WCHAR *BSTR;
typedef WCHAR OLECHAR;

typedef struct _FILETIME {
    DWORD dwLowDateTime;
    DWORD dwHighDateTime;
} FILETIME;

typedef struct _GUID {
    uint32_t Data1;
    uint16_t Data2;
    uint16_t Data3;
    uint8_t Data4[8];
} GUID;
typedef GUID IID;
typedef GUID CLSID;

#ifndef TRUE
#define TRUE 1
#define FALSE 0
#endif
#define INFINITE 0xFFFFFFFFu
#define SUCCEEDED(hr) (((HRESULT)(hr)) >= 0)
#define FAILED(hr) (((HRESULT)(hr)) < 0)

#ifdef __cplusplus
typedef const GUID &REFGUID;
typedef const IID &REFIID;
inline bool IsEqualGUID(REFGUID a, REFGUID b)
{
    return memcmp(&a, &b, sizeof(GUID)) == 0;
}
inline bool operator==(REFGUID a, REFGUID b) { return IsEqualGUID(a, b); }
inline bool operator!=(REFGUID a, REFGUID b) { return !IsEqualGUID(a, b); }
#else
typedef const GUID *REFGUID;
typedef const IID *REFIID;
static inline bool IsEqualGUID(REFGUID a, REFGUID b)
{
    return memcmp(a, b, sizeof(GUID)) == 0;
}
#endif
#define IsEqualIID IsEqualGUID

#define S_OK ((HRESULT)0)
#define S_FALSE ((HRESULT)1)
#define E_NOTIMPL ((HRESULT)0x80004001u)
#define E_NOINTERFACE ((HRESULT)0x80004002u)
#define E_POINTER ((HRESULT)0x80004003u)
#define E_FAIL ((HRESULT)0x80004005u)
#define E_UNEXPECTED ((HRESULT)0x8000FFFFu)
#define E_ACCESSDENIED ((HRESULT)0x80070005u)
#define E_OUTOFMEMORY ((HRESULT)0x8007000Eu)
#define E_INVALIDARG ((HRESULT)0x80070057u)

typedef struct IUnknown IUnknown;

#define IUnknown_METHODS(T) \
    HRESULT (STDMETHODCALLTYPE *QueryInterface)(T *This, REFIID riid, \
                                                void **ppvObject); \
    ULONG (STDMETHODCALLTYPE *AddRef)(T *This); \
    ULONG (STDMETHODCALLTYPE *Release)(T *This);

#if defined(__cplusplus) && !defined(CINTERFACE)
struct IUnknown {
    virtual HRESULT STDMETHODCALLTYPE QueryInterface(REFIID riid,
                                                     void **ppvObject) = 0;
    virtual ULONG STDMETHODCALLTYPE AddRef() = 0;
    virtual ULONG STDMETHODCALLTYPE Release() = 0;
};
#else
typedef struct IUnknownVtbl {
    IUnknown_METHODS(IUnknown)
} IUnknownVtbl;
struct IUnknown { const IUnknownVtbl *lpVtbl; };
#endif

typedef struct IClassFactory IClassFactory;
#if defined(__cplusplus) && !defined(CINTERFACE)
struct IClassFactory : public IUnknown {
    virtual HRESULT STDMETHODCALLTYPE CreateInstance(IUnknown *pUnkOuter,
                                                     REFIID riid,
                                                     void **ppvObject) = 0;
    virtual HRESULT STDMETHODCALLTYPE LockServer(BOOL fLock) = 0;
};
#else
typedef struct IClassFactoryVtbl {
    IUnknown_METHODS(IClassFactory)
    HRESULT (STDMETHODCALLTYPE *CreateInstance)(IClassFactory *This,
                                                IUnknown *pUnkOuter,
                                                REFIID riid,
                                                void **ppvObject);
    HRESULT (STDMETHODCALLTYPE *LockServer)(IClassFactory *This, BOOL fLock);
} IClassFactoryVtbl;
struct IClassFactory { const IClassFactoryVtbl *lpVtbl; };
#endif

/* Provided by the library for native builds; oleaut32 has them on Windows. */
EXTERN_C BSTR SysAllocString(const OLECHAR *text);
EXTERN_C BSTR SysAllocStringLen(const OLECHAR *text, UINT length);
EXTERN_C void SysFreeString(BSTR text);
EXTERN_C UINT SysStringLen(BSTR text);
EXTERN_C void *CoTaskMemAlloc(size_t size);
EXTERN_C void CoTaskMemFree(void *memory);
/* COM needs no preparation here; requesters call these all the same. */
EXTERN_C HRESULT CoInitialize(void *reserved);
EXTERN_C HRESULT CoInitializeEx(void *reserved, DWORD mode);
EXTERN_C void CoUninitialize(void);
/* Know CLSID_VdsLoader alone; vds.h. */
#ifdef __cplusplus
#define VSSIM_REF(T) const T &
#else
#define VSSIM_REF(T) const T *
#endif
EXTERN_C HRESULT CoCreateInstance(VSSIM_REF(CLSID) rclsid, IUnknown *pUnkOuter,
                                  DWORD dwClsContext, REFIID riid, void **ppv);
EXTERN_C HRESULT CoGetClassObject(VSSIM_REF(CLSID) rclsid, DWORD dwClsContext,
                                  void *pvReserved, REFIID riid, void **ppv);
#define CLSCTX_LOCAL_SERVER 4
EXTERN_C HRESULT CoInitializeSecurity(void *descriptor, LONG count,
                                      void *services, void *reserved,
                                      DWORD level, DWORD impersonation,
                                      void *list, DWORD capabilities,
                                      void *reserved3);
#define COINIT_APARTMENTTHREADED 2
#define COINIT_MULTITHREADED 0
#define RPC_C_AUTHN_LEVEL_PKT_PRIVACY 6
#define RPC_C_IMP_LEVEL_IDENTIFY 2
#define RPC_C_IMP_LEVEL_IMPERSONATE 3
#define EOAC_NONE 0

#endif /* VSSIM_REAL_WINDOWS_H */

/*
 * Every interface id is a constant that each translation unit may define:
 * no import library is needed, and __uuidof works in C++ on every compiler.
 */
#ifdef __cplusplus
template <typename T> struct vssim_uuid;
#ifndef VSSIM_REAL_WINDOWS_H
#undef __uuidof /* the compiler's headers may have one */
#define __uuidof(T) (vssim_uuid<T>::value())
#endif
#define VSSIM_DEFINE_IID(T, a, b, c, d, e, f, g, h, i, j, k) \
    static const IID IID_##T __attribute__((unused)) = \
        {a, b, c, {d, e, f, g, h, i, j, k}}; \
    template <> struct vssim_uuid<T> { \
        static const IID &value() { return IID_##T; } \
    };
#else
#define VSSIM_DEFINE_IID(T, a, b, c, d, e, f, g, h, i, j, k) \
    static const IID IID_##T __attribute__((unused)) = \
        {a, b, c, {d, e, f, g, h, i, j, k}};
#endif

#ifndef VSSIM_REAL_WINDOWS_H
VSSIM_DEFINE_IID(IUnknown, 0x00000000, 0x0000, 0x0000,
                 0xc0, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x46)

VSSIM_DEFINE_IID(IClassFactory, 0x00000001, 0x0000, 0x0000,
                 0xc0, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x46)

/* The default provider of AddToSnapshotSet, the id that Query takes. */
static const GUID GUID_NULL __attribute__((unused)) = {
    0, 0, 0, {0, 0, 0, 0, 0, 0, 0, 0}};
#endif

#endif
