/* sample_documents.h - parts of documents that several tests read. */
#ifndef VSS_TEST_SAMPLE_DOCUMENTS_H
#define VSS_TEST_SAMPLE_DOCUMENTS_H

#define ID(n) "0000000" #n "-0000-0000-0000-000000000000"
#define BCD "<BACKUP_COMPONENTS xmlns=\"x-schema:#VssComponentMetadata\">"
#define WMD "<WRITER_METADATA xmlns=\"x-schema:#VssWriterMetadataInfo\">"

/* Whatever may be missing is, and text stands where none belongs. */
static const char odd_metadata[] =
    "<v:WRITER_METADATA xmlns:v=\"x-schema:#VssWriterMetadataInfo\" "
    "backupSchema=\"12\">text<v:IDENTIFICATION writerId=\"" ID(
        1) "\" "
           "instanceName=\"i\" majorVersion=\"2:\"/><v:BACKUP_LOCATIONS>text"
           "<v:DATABASE componentName=\"one\" logicalPath=\"db\">"
           "<v:DATABASE_FILES path=\"p\" filespecBackupType=\"3\" "
           "recursive=\"1\"/>"
           "<v:DATABASE_FILES filespec=\"f\" filespecBackupType=\"\"/>"
           "<v:DEPENDENCY logicalPath=\"l\"/>"
           "</v:DATABASE><v:OTHER/>"
           "<v:FILE_GROUP componentName=\"g\" logicalPath=\"\"/>"
           "<v:INCLUDE_FILES path=\"i\"/></v:BACKUP_LOCATIONS>"
           "</v:WRITER_METADATA>";

#endif
