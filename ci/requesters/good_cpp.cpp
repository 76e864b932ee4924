/*
 * good_cpp.cpp - a careful requester in C++, for this system and for Windows.
 *
 * Built natively with our Windows headers (good_cpp); with mingw-w64 and its
 * own headers, whose IVssWriterComponentsExt has one vtable and no IUnknown
 * (good_win.cpp); and with mingw-w64 and our headers, whose layout is
 * Microsoft's. With --backup it makes a backup and restores what that saved.
 */
#ifndef GOOD_WIN
#include <windows.h>

#include <vsbackup.h>
#include <vss.h>
#include <vswriter.h>
#endif

#include "backup_cpp.h"
#include "restore_cpp.h"

#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>

namespace
{

/* --- the document --- */

wide read_document(const char *file)
{
    std::ifstream in(file ? file : "", std::ios::binary);
    std::string bytes((std::istreambuf_iterator<char>(in)),
                      std::istreambuf_iterator<char>());
    wide out;

    for (size_t i = 0; i < bytes.size(); i++) {
        unsigned c = static_cast<unsigned char>(bytes[i]);

        if (c >= 0xE0 && i + 2 < bytes.size()) {
            c = (c & 15u) << 12 | (bytes[i + 1] & 63u) << 6 |
                (bytes[i + 2] & 63u);
            i += 2;
        } else if (c >= 0xC0 && i + 1 < bytes.size()) {
            c = (c & 31u) << 6 | (bytes[i + 1] & 63u);
            i++;
        }
        out += static_cast<OLECHAR>(c);
    }
    return out;
}

} /* namespace */

int main(int argc, char **argv)
{
    const char *from = argc > 1 ? argv[1] : std::getenv("VSSIM_DOCUMENT");
    bool saves = from && std::strcmp(from, "--backup") == 0;
    wide document;
    bool good;

    CoInitializeEx(nullptr, COINIT_MULTITHREADED);
    document = saves ? backup().run() : read_document(from);
    if (document.empty() && saves) {
        std::puts("not backed up");
        return 1;
    }
    if (document.empty()) {
        std::fputs("requester: no document: name its file, or set "
                   "VSSIM_DOCUMENT\n",
                   stderr);
        return 2;
    }
    good = restore(document).run();
    CoUninitialize();
    std::puts(good ? "restored" : "not all was restored");
    return good ? 0 : 1;
}
