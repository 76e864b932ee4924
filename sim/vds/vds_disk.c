/* vds_disk.c - a disk of the virtual disk service; vds_clean.c has its
 * Clean. */
#include <stdio.h>
#include <string.h>

#include "com/object.h"
#include "vds/vds_object.h"

#define GEN_VDS
#include "api_gen.inc"

VDS_UNKNOWN(IVdsDisk, vds_of, disk)
VDS_UNKNOWN(IVdsAdvancedDisk, vds_of_more, advanced)

static HRESULT STDMETHODCALLTYPE disk_GetProperties(IVdsDisk *This,
                                                    VDS_DISK_PROP *prop)
{
    static const DWORD styles[] = {VDS_PST_UNKNOWN, VDS_PST_MBR, VDS_PST_GPT};
    struct vds_object *self = vds_of(This);
    const struct machine_disk *d = self->disk;
    char name[64];

    if (!prop)
        return E_INVALIDARG;
    memset(prop, 0, sizeof(*prop));
    prop->id = vds_id("disk", d->name);
    prop->status = d->missing    ? VDS_DS_MISSING
                   : d->no_media ? VDS_DS_NO_MEDIA
                                 : VDS_DS_ONLINE;
    prop->health = VDS_H_HEALTHY;
    prop->dwDeviceType = 7;
    prop->dwMediaType = d->removable ? VDS_MEDIA_REMOVABLE : VDS_MEDIA_FIXED;
    prop->ullSize = d->size;
    prop->ulBytesPerSector = d->sector;
    prop->ulFlags = d->booted_from ? VDS_DF_BOOT_DISK | VDS_DF_SYSTEM_DISK : 0;
    prop->PartitionStyle = styles[d->style];
    if (d->style == MACHINE_MBR)
        prop->u.dwSignature = d->signature;
    else if (d->style == MACHINE_GPT)
        prop->u.DiskGuid = d->id;
    snprintf(name, sizeof(name), "\\\\?\\PhysicalDrive%u", d->number);
    prop->pwszName = vds_text(self->world, name);
    prop->pwszFriendlyName = vds_text(self->world, d->name);
    if (prop->pwszName && prop->pwszFriendlyName)
        return S_OK;
    self->world->host.task_free(&self->world->host, prop->pwszName);
    self->world->host.task_free(&self->world->host, prop->pwszFriendlyName);
    prop->pwszName = prop->pwszFriendlyName = NULL;
    return E_OUTOFMEMORY;
}

static HRESULT STDMETHODCALLTYPE disk_GetPack(IVdsDisk *This, IVdsPack **out)
{
    struct vds_object *self = vds_of(This), *pack;

    if (!out)
        return E_INVALIDARG;
    *out = NULL;
    if (self->disk->style == MACHINE_RAW)
        return (HRESULT)0x80042417u; /* VDS_E_DISK_NOT_INITIALIZED */
    pack = vds_pack_object(self->world, self->disk);
    *out = (IVdsPack *)(void *)pack;
    return pack ? S_OK : E_OUTOFMEMORY;
}

static HRESULT STDMETHODCALLTYPE disk_Clean(IVdsAdvancedDisk *This, BOOL force,
                                            BOOL force_oem, BOOL full,
                                            IVdsAsync **out)
{
    return vds_clean(vds_of_more(This), force, force_oem, full, out);
}

static const IVdsDiskVtbl disk_vtbl = {VDS_HEAD(disk),
                                       disk_GetProperties,
                                       disk_GetPack,
                                       notimpl_IVdsDisk_GetIdentificationData,
                                       notimpl_IVdsDisk_QueryExtents,
                                       notimpl_IVdsDisk_ConvertStyle,
                                       notimpl_IVdsDisk_SetFlags,
                                       notimpl_IVdsDisk_ClearFlags};
static const IVdsAdvancedDiskVtbl advanced_vtbl = {
    VDS_HEAD(advanced),
    notimpl_IVdsAdvancedDisk_GetPartitionProperties,
    notimpl_IVdsAdvancedDisk_QueryPartitions,
    notimpl_IVdsAdvancedDisk_CreatePartition,
    notimpl_IVdsAdvancedDisk_DeletePartition,
    notimpl_IVdsAdvancedDisk_ChangeAttributes,
    notimpl_IVdsAdvancedDisk_AssignDriveLetter,
    notimpl_IVdsAdvancedDisk_DeleteDriveLetter,
    notimpl_IVdsAdvancedDisk_GetDriveLetter,
    notimpl_IVdsAdvancedDisk_FormatPartition,
    disk_Clean};
static const struct vds_kind disk_kind = {
    API_VDS_DISK, &disk_vtbl, &advanced_vtbl,
    &IID_IVdsDisk, &IID_IVdsAdvancedDisk};

struct vds_object *vds_disk_object(struct world *w, struct machine_disk *disk)
{
    struct vds_object *o = vds_make(w, &disk_kind);

    if (o)
        o->disk = disk;
    return o;
}
