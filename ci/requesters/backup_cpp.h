/*
 * backup_cpp.h - a careful backup in C++: backup().run() is the document.
 *
 * Every component that may be chosen is added. The volumes that their files
 * lie on, and the system's, are copied as far as there are shadow copies of
 * them; writer status is read after each step that writers take part in.
 * Whatever fails after the set was begun ends it by AbortBackup, and the
 * document is empty. Included once, by good_cpp.cpp.
 */
#ifndef REQUESTERS_BACKUP_CPP_H
#define REQUESTERS_BACKUP_CPP_H

#include "held.h"

#include <cstring>
#include <set>
#include <vector>

namespace
{

struct added {
    VSS_ID instance, writer;
    VSS_COMPONENT_TYPE type;
    wide path, name;

    const OLECHAR *logical() const
    {
        return path.empty() ? nullptr : path.c_str();
    }
};

class backup
{
  public:
    wide run();

  private:
    typedef HRESULT (STDMETHODCALLTYPE IVssBackupComponents::*method)(
        IVssAsync **);

    bool begin();
    bool choose();
    bool examine(IVssExamineWriterMetadata *m);
    bool look_at_files(IVssWMComponent *c, PVSSCOMPONENTINFO info);
    bool note_volume(HRESULT hr, held<IVssWMFiledesc> &file);
    bool add(const VSS_ID &instance, const VSS_ID &writer,
             PVSSCOMPONENTINFO info);
    bool step(method call, const char *what);
    bool all_well();
    bool add_volumes();
    bool snapshot();
    bool properties();
    bool conclude(wide *document);

    session b_;
    std::vector<added> added_;
    std::set<wide> volumes_;
    std::vector<VSS_ID> copies_;
};

/* Windows XP has no contexts. */
bool backup::begin()
{
    HRESULT hr;

    if (failed(CreateVssBackupComponents(b_.out()),
               "CreateVssBackupComponents") ||
        failed(b_->InitializeForBackup(nullptr), "InitializeForBackup"))
        return false;
    hr = b_->SetContext(VSS_CTX_BACKUP);
    if (hr != E_NOTIMPL && failed(hr, "SetContext"))
        return false;
    return !failed(b_->SetBackupState(true, false, VSS_BT_FULL, false),
                   "SetBackupState");
}

/* --- what is backed up --- */

/* What may not be chosen comes along with what is above it; at the top it must
 * be named all the same. */
bool backup::add(const VSS_ID &instance, const VSS_ID &writer,
                 PVSSCOMPONENTINFO info)
{
    added one;

    if (!info->bSelectable && info->bstrLogicalPath && *info->bstrLogicalPath)
        return true;
    if (failed(b_->AddComponent(instance, writer, info->type,
                                info->bstrLogicalPath,
                                info->bstrComponentName),
               "AddComponent"))
        return false;
    one.instance = instance;
    one.writer = writer;
    one.type = info->type;
    if (info->bstrLogicalPath)
        one.path = info->bstrLogicalPath;
    if (info->bstrComponentName)
        one.name = info->bstrComponentName;
    added_.push_back(one);
    return true;
}

/* "D:\data" is on "D:\"; what begins with %SystemRoot% and the like is on the
 * volume of the system. */
bool backup::note_volume(HRESULT hr, held<IVssWMFiledesc> &file)
{
    text path;
    wide on;

    if (failed(hr, "GetFile") || failed(file->GetPath(path.out()), "GetPath"))
        return false;
    on = path.str().substr(0, 3);
    if (on.size() > 1 && on[1] == ':')
        volumes_.insert(on);
    return true;
}

bool backup::look_at_files(IVssWMComponent *c, PVSSCOMPONENTINFO info)
{
    bool good = true;

    for (UINT i = 0; i < info->cFileCount && good; i++) {
        held<IVssWMFiledesc> file;

        good = note_volume(c->GetFile(i, file.out()), file);
    }
    for (UINT i = 0; i < info->cDatabases && good; i++) {
        held<IVssWMFiledesc> file;

        good = note_volume(c->GetDatabaseFile(i, file.out()), file);
    }
    for (UINT i = 0; i < info->cLogFiles && good; i++) {
        held<IVssWMFiledesc> file;

        good = note_volume(c->GetDatabaseLogFile(i, file.out()), file);
    }
    return good;
}

bool backup::examine(IVssExamineWriterMetadata *m)
{
    UINT include = 0, exclude = 0, n = 0;
    VSS_ID instance, writer;
    VSS_USAGE_TYPE usage;
    VSS_SOURCE_TYPE source;
    text name;
    bool good;

    good = !failed(
               m->GetIdentity(&instance, &writer, name.out(), &usage, &source),
               "GetIdentity") &&
           !failed(m->GetFileCounts(&include, &exclude, &n), "GetFileCounts");
    for (UINT i = 0; i < n && good; i++) {
        held<IVssWMComponent> c;
        PVSSCOMPONENTINFO info = nullptr;

        good = !failed(m->GetComponent(i, c.out()), "GetComponent") &&
               !failed(c->GetComponentInfo(&info), "GetComponentInfo");
        if (good) {
            good = add(instance, writer, info) && look_at_files(c.get(), info);
            c->FreeComponentInfo(info);
        }
    }
    return good;
}

bool backup::choose()
{
    static const OLECHAR system[] = {'C', ':', '\\', 0};
    held<IVssAsync> async;
    UINT n = 0;
    bool good;

    if (failed(b_->GatherWriterMetadata(async.out()),
               "GatherWriterMetadata") ||
        !wait(async.get(), "GatherWriterMetadata"))
        return false;
    volumes_.insert(system);
    good = !failed(b_->GetWriterMetadataCount(&n), "GetWriterMetadataCount");
    for (UINT i = 0; i < n && good; i++) {
        held<IVssExamineWriterMetadata> m;
        VSS_ID instance;

        good = !failed(b_->GetWriterMetadata(i, &instance, m.out()),
                       "GetWriterMetadata") &&
               examine(m.get());
    }
    b_->FreeWriterMetadata();
    return good && !added_.empty();
}

/* --- the steps that writers take part in --- */

bool backup::all_well()
{
    held<IVssAsync> async;
    bool good = true;
    UINT n = 0;

    if (failed(b_->GatherWriterStatus(async.out()), "GatherWriterStatus") ||
        !wait(async.get(), "GatherWriterStatus") ||
        failed(b_->GetWriterStatusCount(&n), "GetWriterStatusCount"))
        return false;
    for (UINT i = 0; i < n; i++) {
        VSS_WRITER_STATE state = VSS_WS_UNKNOWN;
        HRESULT failure = E_FAIL;
        VSS_ID instance, writer;
        text name;

        if (failed(b_->GetWriterStatus(i, &instance, &writer, name.out(),
                                       &state, &failure),
                   "GetWriterStatus")) {
            good = false;
        } else if (FAILED(failure)) {
            say("a writer failed", name.str());
            good = false;
        }
    }
    b_->FreeWriterStatus();
    return good;
}

bool backup::step(method call, const char *what)
{
    held<IVssAsync> async;

    return !failed((b_.get()->*call)(async.out()), what) &&
           wait(async.get(), what) && all_well();
}

/* Here the files would be copied from the devices. */
bool backup::properties()
{
    for (size_t i = 0; i < copies_.size(); i++) {
        VSS_SNAPSHOT_PROP prop;
        bool there;

        std::memset(&prop, 0, sizeof(prop));
        if (failed(b_->GetSnapshotProperties(copies_[i], &prop),
                   "GetSnapshotProperties"))
            return false;
        there = prop.m_pwszSnapshotDeviceObject != nullptr;
        VssFreeSnapshotProperties(&prop);
        if (!there)
            return false;
    }
    return true;
}

/* A volume without shadow copies would be read as it is. */
bool backup::add_volumes()
{
    static const VSS_ID any = {0, 0, 0, {0}};
    std::set<wide>::const_iterator at;

    for (at = volumes_.begin(); at != volumes_.end(); ++at) {
        OLECHAR *volume = const_cast<OLECHAR *>(at->c_str());
        BOOL supported = FALSE;
        VSS_ID copy;

        if (failed(b_->IsVolumeSupported(any, volume, &supported),
                   "IsVolumeSupported") ||
            !supported) {
            say("no shadow copy of", *at);
            continue;
        }
        if (failed(b_->AddToSnapshotSet(volume, any, &copy),
                   "AddToSnapshotSet"))
            return false;
        copies_.push_back(copy);
    }
    return !copies_.empty();
}

bool backup::snapshot()
{
    VSS_ID set;

    return !failed(b_->StartSnapshotSet(&set), "StartSnapshotSet") &&
           add_volumes() &&
           step(&IVssBackupComponents::PrepareForBackup, "PrepareForBackup") &&
           step(&IVssBackupComponents::DoSnapshotSet, "DoSnapshotSet") &&
           properties();
}

bool backup::conclude(wide *document)
{
    text xml;

    for (size_t i = 0; i < added_.size(); i++) {
        const added &a = added_[i];

        if (failed(b_->SetBackupSucceeded(a.instance, a.writer, a.type,
                                          a.logical(), a.name.c_str(), true),
                   "SetBackupSucceeded"))
            return false;
    }
    if (failed(b_->SaveAsXML(xml.out()), "SaveAsXML") ||
        !step(&IVssBackupComponents::BackupComplete, "BackupComplete"))
        return false;
    *document = xml.str();
    return true;
}

wide backup::run()
{
    wide document;

    if (begin() && choose() && !(snapshot() && conclude(&document)))
        b_->AbortBackup();
    return document;
}

} /* namespace */

#endif
