"""Writers, their components and behaviour; see gen_schema.py."""
import os
import sys

from schema_base import (BOOL, ROOT, TEXT, closed, described, entries, enum,
                         list_of, one_of, read, ref)


def file_set():
    return closed({'path': TEXT, 'spec': TEXT, 'recursive': BOOL,
                   'alternate': TEXT, 'mask': {'type': 'integer'}})


def component_schema():
    files = list_of(ref('file-set'))
    return closed({
        'type': one_of(('VSS_CT_DATABASE', 'VSS_CT_FILEGROUP')),
        'path': described(TEXT, 'logical path'), 'name': TEXT,
        'caption': TEXT, 'selectable': BOOL, 'selectable-for-restore': BOOL,
        'restore-metadata': BOOL, 'notify-on-backup-complete': BOOL,
        'flags': list_of(enum('VSS_COMPONENT_FLAGS')),
        'files': files, 'databases': files, 'logs': files,
        'dependencies': list_of(closed({'class': TEXT, 'path': TEXT,
                                        'name': TEXT})),
    }, ['name'], 'a component of the writer')


FAILURE = {
    'code': described(ref('code'), 'the failure'),
    'application': described({'type': ['string', 'integer']},
                             "the application's own code"),
    'text': described(TEXT, "the application's own message"),
}


def event_schema():
    edit = closed({
        'component': described(TEXT, 'which component; default: every one'),
        'SetRestoreTarget': enum('VSS_RESTORE_TARGET'),
        'SetRestoreMetadata': TEXT,
        'SetPreRestoreFailureMsg': TEXT, 'SetPostRestoreFailureMsg': TEXT,
        'AddDirectedTarget': closed({k: TEXT for k in (
            'source-path', 'source-file', 'source-ranges', 'path', 'file',
            'ranges')}),
        'SetFailure': closed(FAILURE),
        'SetBackupMetadata': TEXT, 'SetBackupStamp': TEXT,
        'AddPartialFile': closed({k: TEXT for k in (
            'path', 'file', 'ranges', 'metadata')}),
        'AddDifferencedFilesByLastModifyTime': closed({
            'path': TEXT, 'spec': TEXT, 'recursive': BOOL,
            'time': {'type': ['string', 'integer']}}),
        'SetPrepareForBackupFailureMsg': TEXT,
        'SetPostSnapshotFailureMsg': TEXT}, None, 'an edit of the document')
    unless = dict(closed({
        'flag': described(TEXT, 'the flag is set'),
        'logical-path': described(TEXT, 'every selected component has it'),
        'restore-options': TEXT, 'additional-restores': BOOL,
        'file-restore-status': enum('VSS_FILE_RESTORE_STATUS'),
        'new-target': described(TEXT, 'a new target leads there')},
        None, 'the behaviour does not apply when this holds as the handler '
              'starts'), minProperties=1, maxProperties=1)
    own = {
        'veto': ref('code'), 'returns': BOOL,
        'partial': closed(dict(FAILURE, component=TEXT)),
        'crash': one_of(('before', 'during', 'after')),
        'out-of-resources': BOOL, 'status': {'const': 'not-available'},
        'edit': list_of(edit), 'unless': unless}
    kinds = {'FLAG': BOOL, 'TIME': ref('time'), 'TEXT': TEXT,
             'COUNT': {'type': 'integer', 'minimum': 1}}
    return closed(
        {key: described(value_of(key, kind, own, kinds), text)
         for _, key, kind, _, text in entries(
             read('writers/behaviours.def'), 'BEHAVIOUR')},
        None, 'how the writer behaves at this event; all may be combined')


def value_of(key, kind, own, kinds):
    table, name = (own, key) if kind == 'OWN' else (kinds, kind)
    if name not in table:
        sys.exit('gen_schema.py: writers/behaviours.def has %s, a key of kind '
                 '%s: %s in scenarios/schema/schema_writers.py must say what '
                 'it may be' % (key, kind, 'own' if table is own else 'kinds'))
    return table[name]


def profile_names():
    folder = os.path.join(ROOT, 'writers', 'profiles')
    return sorted(n[:-5] for n in os.listdir(folder) if n.endswith('.yaml'))


def heard_events():
    """The events that writers hear; the scenario's order is the table's."""
    return [e[1] for e in entries(read('sim/include/vssim/events.def'),
                                  'EVENT') if e[2] == 'WRITERS']


def writer_schema():
    event = ref('event')
    return closed({
        'profile': {'description': 'a known writer, or ./file.yaml',
                    'anyOf': [one_of(profile_names()),
                              {'type': 'string', 'pattern': '/'}]},
        'as': described(TEXT, "handle; default: the profile's name"),
        'instance-name': described(TEXT, 'tells instances of a class apart'),
        'live': described(BOOL, 'false: in the document, not running'),
        'backed-up': described(BOOL, 'false: running, not in the document'),
        'behaviour': closed({name: event for name in heard_events()}),
        'name': described(TEXT, 'name string of the writer'),
        'class': described(TEXT, 'writer class id'),
        'usage': enum('VSS_USAGE_TYPE'), 'source': enum('VSS_SOURCE_TYPE'),
        'restore-method': enum('VSS_RESTOREMETHOD_ENUM'),
        'writer-restore': enum('VSS_WRITERRESTORE_ENUM'),
        'service': TEXT, 'user-procedure': TEXT, 'reboot-required': BOOL,
        'backup-schema': list_of(enum('VSS_BACKUP_SCHEMA')),
        'version': TEXT, 'components': list_of(ref('component')),
        'mappings': list_of(ref('file-set')),
        'excludes': list_of(ref('file-set')), 'text': TEXT,
        'cites': list_of(TEXT), 'since': TEXT, 'until': TEXT,
        'edition': one_of(('server', 'client')), 'roles': list_of(TEXT),
        'winpe': BOOL, 'hosted-in': TEXT, 'other-names': list_of(TEXT),
    }, None, 'a writer of the simulated world')
