"""The steps of a requester, from api.def; see gen_schema.py."""
import re

from schema_base import (BOOL, ENUMS, NULL, TEXT, closed, described, enum,
                         list_of, one_of, read, ref)

INDEXED = ('GetWriterStatus', 'GetWriterStatusEx', 'GetWriterMetadata',
           'GetWriterMetadataEx', 'GetWriterComponents')
GIVES_STATUS = ('GetWriterStatus', 'GetWriterStatusEx')
COMPONENT_IFACES = ('IVssComponent', 'IVssComponentEx', 'IVssComponentEx2')


class Param:
    def __init__(self, text):
        m = re.match(r'(in|out) (.*?)(\**)(\w+)$', text.strip())
        self.out = m.group(1) == 'out'
        self.type = m.group(2).strip()
        self.name = m.group(4)

    def schema(self):
        if self.out:
            return described(NULL, 'out-parameter: null passes no place for '
                                   'it; expected values stand in out')
        if self.name == 'dwMilliseconds':
            return {'anyOf': [ref('time'), {'const': 'INFINITE'}]}
        if self.type == 'const VSS_ID':
            return {'anyOf': [list_of(TEXT), NULL]}
        if self.type in ENUMS:
            return {'anyOf': [enum(self.type), {'type': 'integer'}]}
        if self.type in ('bool', 'BOOL', 'WINBOOL'):
            return {'type': ['boolean', 'integer']}
        if self.type == 'HRESULT':
            return ref('code')
        if self.name in ('lContext', 'lAttributes'):
            return {'anyOf': [{'type': ['integer', 'string']},
                              list_of(TEXT)]}
        if self.type in ('UINT', 'DWORD', 'LONG', 'INT'):
            return {'type': ['integer', 'string']}
        if self.type in ('VSS_ID', 'IID'):
            return described(TEXT, 'a GUID, or the handle of a writer')
        return {'type': ['string', 'number', 'null']}


def methods():
    """name -> (interfaces, parameters), in the order of api.def."""
    found, iface = {}, None
    for line in read('sim/com/api.def').splitlines():
        m = re.match(r'interface (\w+)', line)
        if m:
            iface = m.group(1)
            continue
        m = re.match(r'\s+-?\d+ (\w+) \((.*)\)', line)
        if not m:
            continue
        params = [Param(p) for p in m.group(2).split(',') if p.strip()]
        ifaces, known = found.setdefault(m.group(1), ([], []))
        ifaces.append(iface)
        known += [p for p in params if p.name not in [k.name for k in known]]
    return found


def short_forms(name, ifaces, params):
    names = [p.name for p in params]
    on_component = any(i in COMPONENT_IFACES for i in ifaces)
    if on_component or name in INDEXED or any(
            n in names for n in ('writerId', 'instanceId', 'rgWriterClassId',
                                 'rgWriterInstanceId')):
        yield 'writer'
    if on_component or 'wszComponentName' in names:
        yield 'component'
    if any(p.out and p.type == 'IVssAsync' for p in params):
        yield 'wait'
        yield 'ends'
    if name in INDEXED:
        yield 'found'
    if name in GIVES_STATUS:
        yield 'state'
        yield 'failure'
    if name == 'GetWriterStatusEx':
        yield 'application'
        yield 'text'
    if 'bstrXML' in names:
        yield 'document'


FORMS = {
    'writer': described(TEXT, 'handle of a writer: fills writerId and '
                              'instanceId, or looks the index up'),
    'component': described(TEXT, 'name of a component of the writer: fills '
                                 'type, logical path and name'),
    'wait': described(BOOL, 'then Wait(INFINITE), QueryStatus and Release'),
    'ends': described(ref('code'), 'what QueryStatus must give at the end; '
                                   'implies wait'),
    'found': described(BOOL, 'false: there must be no such writer'),
    'state': described(enum('VSS_WRITER_STATE'), 'expected writer state'),
    'failure': described(ref('code'), 'expected failure of the writer'),
    'application': described({'type': ['string', 'integer']},
                             'expected code of the application'),
    'text': described(TEXT, 'expected message of the application'),
    'document': closed({
        'file': described(TEXT, 'a saved Backup Components Document'),
        'saved': described(TEXT, 'name that an earlier SaveAsXML was given '
                                 'with as')}),
}

COMMON = {
    'returns': {'description': 'the code, or one of the codes, that the call '
                               'must return; default S_OK',
                'anyOf': [ref('code'), list_of(ref('code'))]},
    'out': {'type': 'object', 'description': 'expected out-parameters by '
            'name; any: not NULL'},
    'is': {'description': 'expected value of the first out-parameter'},
    'takes': described(ref('time'), 'virtual time between call and return'),
    'phase': described(ref('phase'), 'expected phase after the call'),
    'at': described(ref('time'), 'do it that much later, from another thread, '
                                 'inside a later Wait or sleep'),
    'as': described(TEXT, 'names the object that is handed out'),
    'on': described(TEXT, 'the object to call; default: the latest of the '
                          'right kind'),
    'keep': described(BOOL, 'do not release it at the end'),
    'each-alloc': described(ref('code'), 'repeat the call, failing its 1st, '
                            '2nd, 3rd ... allocation; each must return this'),
}


def method_schema(name, ifaces, params):
    own = {p.name: p.schema() for p in params}
    for key in short_forms(name, ifaces, params):
        own.setdefault(key, ref('form-' + key))
    return {'description': ', '.join(ifaces), 'type': ['object', 'null'],
            'allOf': [ref('common')], 'properties': own,
            'propertyNames': {'anyOf': [ref('common-key'),
                                        one_of(own)]}}


def own_steps():
    on_object = closed(
        dict({k: COMMON[k] for k in ('on', 'as', 'out', 'at', 'keep',
                                     'returns', 'phase')},
             iid=described(TEXT, 'an interface name or a GUID')))
    on_object['type'] = ['object', 'null']
    prepare = closed({
        'select': list_of(TEXT, 'handles of the writers to select; default: '
                                'all that are alive, backed up and want '
                                'restore events'),
        'document': FORMS['document'], 'as': COMMON['as']})
    prepare['type'] = ['object', 'null']
    backup = closed({
        'select': list_of(TEXT, 'handles of the writers; default: all that '
                                'are alive and backed up'),
        'volumes': list_of(TEXT), 'as': described(TEXT, 'names the document '
                                                        'that it saves'),
        'keep': COMMON['keep']})
    backup['type'] = ['object', 'null']
    return {
        'prepare': described(prepare, 'CreateVssBackupComponents, '
                             'InitializeForRestore, GatherWriterMetadata '
                             'waited for, SetSelectedForRestore'),
        'backup': described(backup, 'a whole good backup, up to SaveAsXML and '
                                    'BackupComplete'),
        'finish': described(NULL, 'PostRestore and GatherWriterStatus waited '
                                  'for, FreeWriterStatus'),
        'sleep': described(ref('time'), 'lets virtual time pass'),
        'set': described(TEXT, 'sets a flag that behaviour may depend on'),
        'note': described(TEXT, 'a remark in the trace'),
        'exit': described({'type': 'integer'}, 'how a program that did the '
                          'same would have ended'),
        'Clean': described(closed({
            'disk': TEXT, 'bForce': BOOL, 'bForceOEM': BOOL,
            'bFullClean': BOOL, 'returns': COMMON['returns'],
            'ends': described(ref('code'), 'of the async'),
            'takes': COMMON['takes'], 'at': COMMON['at']}, ['disk']),
            'the way through the virtual disk service to '
            'IVdsAdvancedDisk::Clean, and its async waited for'),
        'registry': described(closed({
            'LastInstance': {'type': ['string', 'integer']},
            'RestoredVolumes': list_of(TEXT),
            'QuickFormat': {'type': 'integer'}}),
            'writes the key ASR\\RestoreSession'),
        'QueryInterface': on_object, 'AddRef': on_object,
        'Release': on_object,
    }


def step_schema():
    known = methods()
    steps = own_steps()
    for name, (ifaces, _) in known.items():
        steps.setdefault(name, ref('step-' + name))
        for iface in ifaces:
            if iface.startswith(('IVds', 'IEnumVds')):
                steps['%s.%s' % (iface, name)] = ref('step-' + name)
    return {'description': 'a step: a method of the API or one of prepare, '
                           'backup, finish, sleep, set, note, exit, Clean, '
                           'registry',
            'anyOf': [one_of(n for n in steps
                             if n not in ('sleep', 'set', 'note', 'exit', 'Clean',
                                          'registry')),
                      dict(closed(steps), minProperties=1, maxProperties=1)]}
