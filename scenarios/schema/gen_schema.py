#!/usr/bin/python3
"""Makes scenario.schema.json, the JSON Schema (draft-07) of a scenario file.

usage: gen_schema.py            writes scenario.schema.json beside this file
       gen_schema.py --check    exit code 1 when that file is stale

Editors that speak YAML (yaml-language-server) complete and explain with it:
    # yaml-language-server: $schema=../../schema/scenario.schema.json
Names come from api.def, hresult.def, enums.def, events.def, behaviours.def,
windows.def, policy.def, rules.def and the profiles; what the keys mean stands
here, after
vssim-scenario(5). `vssim check` knows more than a schema can say: it has the
last word.
"""
import json
import os
import re
import sys

sys.dont_write_bytecode = True

from schema_base import (BOOL, HERE, ROOT, TEXT, closed, described,  # noqa
                         entries, enum, list_of, one_of, read, ref)
from schema_steps import (COMMON, FORMS, method_schema, methods,  # noqa
                          step_schema)
from schema_writers import (component_schema, event_schema,  # noqa
                            file_set, writer_schema)

OUTPUT = os.path.join(HERE, 'scenario.schema.json')


def policy_schema():
    keys = {'set': described(one_of(('strict', 'lenient')),
                             'all policies at once')}
    for _, key, decision, choices, _, _, text in entries(
            read('sim/include/vssim/policy.def'), 'POLICY'):
        keys[key] = described(one_of(choices.split()),
                              '%s: %s' % (decision, text))
    return closed(keys, None, 'how decisions are taken that the '
                              'documentation leaves open')


OUTCOMES = ('kept', 'recreated', 'excluded', 'skipped', 'impossible',
            'inconsistent', 'failed')
SIZE = {'anyOf': [{'type': 'integer'},
                  {'type': 'string', 'pattern': '^[0-9]+[KMGT]?$'}]}


def disk_schema():
    return closed({
        'name': TEXT, 'number': {'type': 'integer'},
        'drive': described(TEXT, 'which piece of hardware; default: name'),
        'like': described(TEXT, 'as that disk of the machine'),
        'style': one_of(('raw', 'mbr', 'gpt')),
        'signature': {'type': ['integer', 'string']}, 'id': TEXT,
        'size': SIZE, 'sector-size': SIZE, 'removable': BOOL,
        'boot': described(BOOL, 'the boot disk of the recorded system'),
        'booted-from': described(BOOL, 'the running system came from it'),
        'esp': described(BOOL, 'holds the EFI system partition'),
        'oem': BOOL, 'missing': BOOL, 'no-media': BOOL, 'backed-up': BOOL,
        'pack': described(TEXT, 'the dynamic pack that it belongs to'),
        'volumes': list_of(closed({'guid': TEXT, 'offset': SIZE,
                                   'size': SIZE, 'critical': BOOL}))})


def machine_schema():
    return closed({
        'firmware': one_of(('efi', 'bios')),
        'format': described(ref('time'), 'per re-created disk'),
        'quick-format': described(ref('time'), 'with QuickFormat'),
        'disks': list_of(disk_schema(), 'now'),
        'at-backup': closed({'disks': list_of(disk_schema())}, None,
                            'what the ASR backup recorded; default: the '
                            'same')}, ['disks'],
        'the disks of a disaster recovery')


def world_schema():
    versions = list(entries(read('sim/include/vssim/windows.def'), 'WINDOWS'))
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
        'role': {'description': 'the writers of a machine with that role, '
                                'or those roles',
                 'anyOf': [one_of(roles()), list_of(one_of(roles()))]},
        'since': described(one_of([v[1] for v in versions]),
                           'first version that the expectations hold for'),
        'until': described(one_of([v[1] for v in versions]),
                           'last version that the expectations hold for'),
        'machine': machine_schema(),
        'freeze-timeout': described(ref('time'), 'from Freeze to Thaw'),
        'session-slots': {'type': 'integer', 'minimum': 1,
                          'description': 'sessions a writer has room for'},
        'providers': list_of(closed({
            'name': TEXT, 'id': TEXT, 'version': TEXT,
            'type': enum('VSS_PROVIDER_TYPE')})),
        'volumes': list_of(closed({
            'path': described(TEXT, 'where it is mounted'),
            'volume': described(TEXT, 'its volume GUID path'),
            'device': described(TEXT, 'device name of its shadow copies; a '
                                      'folder can be copied from'),
            'provider': TEXT,
            'supported': {'anyOf': [BOOL, ref('code')]},
            'max-snapshots': {'type': 'integer'},
            'flush': ref('time'), 'hold': ref('time'),
            'revert': BOOL, 'in-use': BOOL, 'system-files': BOOL,
            'revert-takes': ref('time')}, ['path'])),
    })


def roles():
    """Every role that a profile names, and those that none has to."""
    folder = os.path.join(ROOT, 'writers', 'profiles')
    found = {'member-server', 'workstation', 'winpe'}
    for name in os.listdir(folder):
        if name.endswith('.yaml'):
            m = re.search(r'^roles: *\[(.*)\]', read('writers/profiles/' +
                                                    name), re.M)
            found.update(w.strip() for w in m.group(1).split(',')) if m \
                else None
    return sorted(found)


def events():
    return [e[1] for e in entries(read('sim/include/vssim/events.def'),
                                  'EVENT')]


def fault_schema():
    return closed({
        'point': {
            'type': 'string',
            'description': 'alloc/METHOD/N, thread/METHOD, service/METHOD, '
                           'access/METHOD (METHOD may be *), async/EVENT, '
                           'service/crash, argument/METHOD/PARAMETER',
            'pattern': r'^(alloc/(\w+|\*)/[1-9][0-9]*|'
                       r'(thread|service|access|provider)/(\w+|\*)|'
                       r'async/(%s)|argument/\w+/\w+)$'
                       % '|'.join(events())},
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
            'additionalProperties': list_of(one_of(events()))},
        'exit': {'type': 'integer', 'description': "exec: the program's own "
                                                   'exit code'},
        'output': list_of(TEXT, 'exec: texts that the program prints'),
        'disks': {'type': 'object',
                  'description': 'what becomes of the disks of the ASR '
                                 'backup, by name',
                  'additionalProperties': one_of(OUTCOMES)},
        'log': list_of(TEXT, 'event ids or texts that were logged'),
        'findings': list_of(ref('rule'), 'rules that this requester must be '
                                         'found to break, and no others'),
    })


def definitions():
    codes = list(entries(read('sim/com/hresult.def'), 'HR'))
    phases = [e for e in entries(read('sim/vss/state.def'), 'PHASE')
              if len(e) == 3 and e[1].replace('-', '').isalpha()]
    rules = sorted(e[1] for e in entries(read('asserts/rules/rules.def'), 'RULE')
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
            'requester-rules': described(
                BOOL, 'the rules for requesters judge the script, too'),
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
