#!/usr/bin/python3
"""Makes scenario.schema.json, the JSON Schema (draft-07) of a scenario file.

usage: gen_schema.py            writes scenario.schema.json beside this file
       gen_schema.py --check    exit code 1 when that file is stale

Editors that speak YAML (yaml-language-server) complete and explain with it:
    # yaml-language-server: $schema=../../schema/scenario.schema.json
Names come from api.def, hresult.def, enums.def, windows.def, policy.def,
rules.def and the profiles; what the keys mean stands here, after
vssim-scenario(5). `vssim check` knows more than a schema can say: it has the
last word.
"""
import json
import os
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
OUTPUT = os.path.join(HERE, 'scenario.schema.json')

INDEXED = ('GetWriterStatus', 'GetWriterStatusEx', 'GetWriterMetadata',
           'GetWriterMetadataEx', 'GetWriterComponents')
GIVES_STATUS = ('GetWriterStatus', 'GetWriterStatusEx')
COMPONENT_IFACES = ('IVssComponent', 'IVssComponentEx', 'IVssComponentEx2')


def read(*path):
    with open(os.path.join(ROOT, *path), encoding='utf-8') as f:
        return f.read()


def entries(text, macro):
    """The arguments of each MACRO(...) of a .def file, strings unquoted."""
    text = re.sub(r'/\*.*?\*/', '', text, flags=re.S)
    text = re.sub(r'^#.*?(?<!\\)$', '', text, flags=re.M)
    token = re.compile(r'"((?:[^"\\]|\\.)*)"|([(),])|([^\s"(),]+)')
    for start in re.finditer(r'\b%s\(' % macro, text):
        args, depth = [''], 1
        for m in token.finditer(text, start.end()):
            quoted, mark, word = m.groups()
            if mark == '(':
                depth += 1
            elif mark == ')':
                depth -= 1
                if not depth:
                    break
            elif mark == ',' and depth == 1:
                args.append('')
            else:
                args[-1] += quoted if quoted is not None else word or ''
        yield args


def ref(name):
    return {'$ref': '#/definitions/' + name}


def described(schema, text):
    """A $ref hides what stands beside it in draft-07: hence allOf."""
    if '$ref' in schema:
        schema = {'allOf': [schema]}
    return dict(schema, description=text)


def one_of(names, texts=None):
    schema = {'enum': list(names)}
    if texts:
        schema['enumDescriptions'] = list(texts)
    return schema


def closed(properties, required=None, text=None):
    schema = {'type': 'object', 'additionalProperties': False,
              'properties': properties}
    if required:
        schema['required'] = required
    if text:
        schema['description'] = text
    return schema


def list_of(schema, text=None):
    out = {'type': 'array', 'items': schema}
    if text:
        out['description'] = text
    return out


TEXT = {'type': ['string', 'number']}
BOOL = {'type': 'boolean'}
NULL = {'type': 'null'}


def enumerations():
    types = {}
    for kind, name, _ in entries(read('sim/com/enums.def'), 'ENUM_VALUE'):
        types.setdefault(kind, []).append(name)
    return types


ENUMS = enumerations()


def enum(kind):
    return one_of(ENUMS[kind])


# --- steps ---

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
        'as': COMMON['as']})
    prepare['type'] = ['object', 'null']
    return {
        'prepare': described(prepare, 'CreateVssBackupComponents, '
                             'InitializeForRestore, GatherWriterMetadata '
                             'waited for, SetSelectedForRestore'),
        'finish': described(NULL, 'PostRestore and GatherWriterStatus waited '
                                  'for, FreeWriterStatus'),
        'sleep': described(ref('time'), 'lets virtual time pass'),
        'set': described(TEXT, 'sets a flag that behaviour may depend on'),
        'note': described(TEXT, 'a remark in the trace'),
        'QueryInterface': on_object, 'AddRef': on_object,
        'Release': on_object,
    }


def step_schema():
    known = methods()
    steps = own_steps()
    steps.update({name: ref('step-' + name) for name in known})
    return {'description': 'a step: a method of the API or one of prepare, '
                           'finish, sleep, set, note',
            'anyOf': [one_of(n for n in steps
                             if n not in ('sleep', 'set', 'note')),
                      dict(closed(steps), minProperties=1, maxProperties=1)]}


# --- writers ---

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
        'SetFailure': closed(FAILURE)}, None, 'an edit of the document')
    unless = dict(closed({
        'flag': described(TEXT, 'the flag is set'),
        'logical-path': described(TEXT, 'every selected component has it'),
        'restore-options': TEXT, 'additional-restores': BOOL,
        'file-restore-status': enum('VSS_FILE_RESTORE_STATUS'),
        'new-target': described(TEXT, 'a new target leads there')},
        None, 'the behaviour does not apply when this holds as the handler '
              'starts'), minProperties=1, maxProperties=1)
    return closed({
        'after': described(ref('time'), 'how long the handler runs'),
        'veto': described(ref('code'), 'SetWriterFailure, and the handler '
                                       'returns false'),
        'returns': described(BOOL, 'what the handler returns'),
        'message': described(TEXT, 'failure message on every component'),
        'partial': closed(dict(FAILURE, component=TEXT), None,
                          'SetWriterFailureEx with a partial failure'),
        'times': {'type': 'integer', 'minimum': 1,
                  'description': 'only for the first N deliveries'},
        'hang': described(BOOL, 'the handler never ends'),
        'crash': described(one_of(('before', 'during', 'after')),
                           "when the writer's process dies"),
        'restarts': described(BOOL, 'a new instance appears after a crash'),
        'out-of-resources': described(
            BOOL, 'veto with VSS_E_WRITERERROR_OUTOFRESOURCES'),
        'refuse': described(BOOL, '(Identify) the writer is not listed'),
        'status': described({'const': 'not-available'},
                            'VSS has no status for it afterwards'),
        'edit': list_of(edit), 'unless': unless,
    }, None, 'how the writer behaves at this event; all may be combined')


def profile_names():
    folder = os.path.join(ROOT, 'writers', 'profiles')
    return sorted(n[:-5] for n in os.listdir(folder) if n.endswith('.yaml'))


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
        'behaviour': closed({'Identify': event, 'PreRestore': event,
                             'PostRestore': event}),
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
        'cites': list_of(TEXT),
    }, None, 'a writer of the simulated world')


# --- world, faults, expect ---

def policy_schema():
    keys = {'set': described(one_of(('strict', 'lenient')),
                             'all policies at once')}
    for _, key, decision, choices, _, _, text in entries(
            read('sim/base/policy.def'), 'POLICY'):
        keys[key] = described(one_of(choices.split()),
                              '%s: %s' % (decision, text))
    return closed(keys, None, 'how decisions are taken that the '
                              'documentation leaves open')


def world_schema():
    versions = list(entries(read('sim/base/windows.def'), 'WINDOWS'))
    return closed({
        'windows': described(one_of([v[1] for v in versions],
                                    [v[2] for v in versions]),
                             'Windows version; default server-2022'),
        'policy': policy_schema(),
        'hung-writer': described({'anyOf': [ref('time'),
                                            {'const': 'never'}]},
                                 'VSS gives up a writer after this; '
                                 'default 60s'),
        'document': described(TEXT, 'Backup Components Document of a real '
                                    'machine'),
        'metadata': list_of(TEXT, 'its Writer Metadata Documents'),
    })


def fault_schema():
    return closed({
        'point': {
            'type': 'string',
            'description': 'alloc/METHOD/N, thread/METHOD, service/METHOD, '
                           'access/METHOD (METHOD may be *), async/EVENT, '
                           'service/crash, argument/METHOD/PARAMETER',
            'pattern': r'^(alloc/(\w+|\*)/[1-9][0-9]*|(thread|service|access)'
                       r'/(\w+|\*)|async/(Identify|PreRestore|PostRestore|'
                       r'Status)|argument/\w+/\w+)$'},
        'code': described(ref('code'), 'what the failure is called'),
        'after': described(ref('time'), 'async, crash: when'),
        'count': {'type': 'integer', 'minimum': 1,
                  'description': 'skips the first N-1 occasions'},
        'persistent': described(BOOL, 'every time and not only once'),
        'value': {'description': 'argument: what it becomes'},
    }, ['point'])


def expect_schema():
    return closed({
        'events': {
            'type': 'object',
            'description': 'exactly which events, other than Identify, each '
                           'writer received, by handle',
            'additionalProperties': list_of(
                one_of(('PreRestore', 'PostRestore')))},
        'log': list_of(TEXT, 'event ids or texts that were logged'),
        'findings': list_of(ref('rule'), 'rules that this requester must be '
                                         'found to break, and no others'),
    })


def definitions():
    codes = list(entries(read('sim/com/hresult.def'), 'HR'))
    phases = [e for e in entries(read('sim/vss/state.def'), 'PHASE')
              if len(e) == 3 and e[1].replace('-', '').isalpha()]
    rules = sorted(e[1] for e in entries(read('asserts/rules.def'), 'RULE')
                   if len(e) > 2 and e[1] != 'id')
    out = {
        'time': {'description': 'virtual time: 250ms, 12s, 5m, 2h, 1d',
                 'anyOf': [{'type': 'string',
                            'pattern': r'^[0-9]+(\.[0-9]+)?(ms|s|m|h|d)$'},
                           {'const': 0}]},
        'code': described(one_of([c[0] for c in codes],
                                 [c[2] for c in codes]), 'an HRESULT by name'),
        'phase': one_of([p[1] for p in phases], [p[2] for p in phases]),
        'rule': one_of(rules),
        'file-set': file_set(), 'component': component_schema(),
        'event': event_schema(), 'writer': writer_schema(),
        'world': world_schema(), 'fault': fault_schema(),
        'expect': expect_schema(),
        'common': {'properties': COMMON}, 'common-key': one_of(COMMON),
    }
    out.update({'form-' + k: v for k, v in FORMS.items()})
    out['step'] = step_schema()
    for name, (ifaces, params) in methods().items():
        out['step-' + name] = method_schema(name, ifaces, params)
    return out


def schema():
    words = {'anyOf': [TEXT, list_of(TEXT)]}
    return {
        '$schema': 'http://json-schema.org/draft-07/schema#',
        'title': 'vssim scenario',
        'description': 'The world, the writers with their behaviour, the '
                       'calls of a requester, and what must come of them. '
                       'See vssim-scenario(5). Made by gen_schema.py.',
        'type': 'object', 'additionalProperties': False,
        'required': ['vssim', 'scenario'],
        'properties': {
            'vssim': {'const': 1, 'description': 'format version'},
            'scenario': described(TEXT, 'one sentence: what is shown'),
            'cites': described(words, 'pages, decisions U.., links'),
            'tags': words,
            'skip': described(TEXT, 'why it is not played'),
            'todo': described(ref('rule'), 'rule that is expected to fail'),
            'seed': {'type': 'integer'},
            'include': described(words, 'files of the scenario tree that '
                                        'are put before this one'),
            'world': ref('world'),
            'writers': list_of(ref('writer'),
                               'default: one, the profile test-writer'),
            'faults': list_of(ref('fault')),
            'requester': list_of(ref('step'), 'the calls, in order'),
            'expect': ref('expect'),
        },
    }


def text():
    """One definition a line: small, and differences are readable."""
    top = schema()
    lines = ['%s: %s' % (json.dumps(k), json.dumps(v)) for k, v in
             top.items()]
    inner = ',\n'.join('  %s: %s' % (json.dumps(k), json.dumps(v))
                       for k, v in definitions().items())
    lines.append('"definitions": {\n%s\n }' % inner)
    return '{\n ' + ',\n '.join(lines) + '\n}\n'


def main():
    made = text()
    if sys.argv[1:] == ['--check']:
        try:
            with open(OUTPUT, encoding='utf-8') as f:
                stale = f.read() != made
        except OSError:
            stale = True
        if stale:
            print('%s is stale: run scenarios/schema/gen_schema.py'
                  % os.path.relpath(OUTPUT, ROOT))
        return 1 if stale else 0
    if sys.argv[1:]:
        print(__doc__)
        return 2
    with open(OUTPUT, 'w', encoding='utf-8') as f:
        f.write(made)
    return 0


if __name__ == '__main__':
    sys.exit(main())
