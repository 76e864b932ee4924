#!/usr/bin/python3
"""Writes scenarios with all expectations that the contract supports.

  gen.py --t-way 2 | vssim run -
  gen.py --full --shard 1/4 --out DIR

See README.md in this folder.
"""
import argparse
import itertools
import os
import sys

import model
import oracle
import script

PLAIN = {'before': 'none', 'policy': 'none', 'fault': 'none',
         'wait': 'infinite', 'cancel': 'none', 'one': 'absent',
         'two': 'absent', 'three': 'absent', 'post': 'ok', 'then': 'none',
         'kind': 'plain', 'files': 'unsaid'}
# --full is the product of each of these: every call in every state, all that
# writers can do, every way to wait for, cancel and fail the operation, and
# every way in which PostRestore ends. What is not named has all its values.
FEW_WINDOWS = ['windows-xp', 'server-2003', 'server-2025']
PLAINLY = {'then': ['none'], 'kind': ['plain'], 'files': ['unsaid']}
BLOCKS = {
    'calls': {'windows': ['server-2025'],
              'selection': ['all', 'none'],
              'one': ['absent', 'delay'],
              'two': ['absent'], 'three': ['absent'],
              'fault': ['none', 'access', 'async', 'post-async'],
              'wait': ['infinite'], 'cancel': ['none', 'before'],
              'post': ['ok']},
    'writers': {'state': ['selected'], 'before': ['none'],
                'windows': ['server-2008', 'server-2025'],
                'policy': ['none', 'lost-writer=unexpected',
                           'failed-writer-postrestore=not-sent',
                           'writer-failure-codes=pass'],
                'three': ['absent', 'slow-veto'],
                'fault': ['none', 'async-at-once'],
                'wait': ['infinite'], 'cancel': ['none', 'during'],
                'post': ['ok']},
    'asyncs': {'state': ['selected', 'pre-pending', 'pre-done', 'pre-failed',
                         'pre-cancelled'],
               'before': ['none'],
               'policy': ['none', 'set=lenient', 'async-codes=any',
                          'wait-on-failure=error',
                          'postrestore-after-failure=bad-state'],
               'windows': FEW_WINDOWS,
               'selection': ['all'],
               'one': ['ok', 'slow-veto'],
               'two': ['absent', 'hang'], 'three': ['absent'],
               'post': ['ok']},
    'ends': {'before': ['none', 'PostRestore'], 'windows': ['server-2025'],
             'policy': ['none', 'failed-writer-postrestore=not-sent'],
             'selection': ['all'], 'two': ['absent', 'ok', 'false'],
             'three': ['absent'], 'fault': ['none', 'async'],
             'wait': ['infinite'],
             'kind': list(model.KINDS), 'files': ['unsaid', 'all', 'failed']},
}


def full():
    """Every point of every block, once."""
    seen = set()
    for block in BLOCKS.values():
        part = model.Model(oracle.CONTRACT,
                           {**model.PARAMETERS, **PLAINLY, **block})
        for point in part.full():
            key = tuple(point.values())
            if key not in seen:
                seen.add(key)
                yield point


def title(point):
    """Names every parameter that is not the plain one."""
    said = [key + ' ' + point[key] for key in model.NAMES
            if point[key] != PLAIN.get(key)]
    return ', '.join(said)


def seconds(value):
    return '0' if value == 0 else '%ds' % value


def scalar(key, value):
    """A value as flow YAML; the few kinds that scripts have."""
    if isinstance(value, bool):
        return 'true' if value else 'false'
    if key in ('after', 'at', 'takes', 'dwMilliseconds', 'sleep'):
        return seconds(value)
    if isinstance(value, list):
        return '[' + ', '.join(scalar(None, each) for each in value) + ']'
    if isinstance(value, dict):
        return mapping(value)
    return str(value)


def mapping(what):
    inner = ', '.join('%s: %s' % (key.rstrip('_'), scalar(key, value))
                      for key, value in what.items())
    return '{ ' + inner + ' }'


def step_line(name, what):
    if name == 'sleep':
        return '  - sleep: ' + seconds(what['value'])
    return '  - ' + name + (': ' + mapping(what) if what else '')


def writer_line(index, writer):
    what = {'profile': 'test-writer', 'as': writer.name}
    if index:
        what['class'] = '5afe0000-0000-4000-8000-00000000000%d' % (index + 1)
    if writer.wants:
        what['writer-restore'] = writer.wants
    behaviour = {'PreRestore': writer.behaviour, 'PostRestore': writer.post}
    behaviour = {event: said for event, said in behaviour.items() if said}
    if behaviour:
        what['behaviour'] = behaviour
    return '  - ' + mapping(what)


def document(point, world):
    """The text of one scenario."""
    lines = ['vssim: 1', 'scenario: ' + title(point),
             'cites: [' + ', '.join(world.cites) + ']']
    policy = script.policy_of(point)
    lines.append('world: ' + mapping(
        {'windows': point['windows'], 'policy': policy} if policy
        else {'windows': point['windows']}))
    if world.writers:
        lines.append('writers:')
        lines += [writer_line(index, writer)
                  for index, writer in enumerate(world.writers)]
    else:
        lines.append('writers: []')
    if world.faults:
        lines.append('faults:')
        lines += ['  - ' + mapping({key: fault[key] for key in
                                    ('point', 'code', 'after',
                                     'persistent')
                                    if key in fault})
                  for fault in world.faults]
    lines.append('requester:')
    lines += [step_line(name, what) for name, what in world.steps]
    lines += expectations(world)
    return '\n'.join(lines) + '\n'


def expectations(world):
    events = {writer.name: writer.events for writer in world.writers
              if writer.events != oracle.EITHER}
    lines = []
    if events:
        lines.append('  events: ' + mapping(events))
    if world.logged():
        lines.append('  log: ' + scalar(None, world.logged()))
    return ['expect:'] + lines if lines else []


def chosen(args):
    """The points that the command line asks for."""
    if args.full:
        points = full()
    else:
        whole = model.Model(oracle.CONTRACT)
        points = whole.t_way(args.t_way) if args.t_way \
            else whole.random(args.random, args.seed)
    if args.shard:
        first, _, count = args.shard.partition('/')
        points = itertools.islice(points, int(first) - 1, None, int(count))
    return points


def parse(arguments):
    parser = argparse.ArgumentParser(
        description='Scenarios of restores, with what must come of them.')
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument('--full', action='store_true',
                      help='every sensible point of three large products')
    what.add_argument('--t-way', type=int, metavar='N',
                      help='every combination of N values, in few scenarios')
    what.add_argument('--random', type=int, metavar='N',
                      help='N points of the whole model')
    parser.add_argument('--seed', type=int, default=1, help='for --random')
    parser.add_argument('--shard', metavar='I/N',
                        help='only the I-th of N parts (1/N ... N/N)')
    parser.add_argument('--list', action='store_true',
                        help='titles instead of scenarios')
    parser.add_argument('--count', action='store_true', help='only how many')
    parser.add_argument('--out', metavar='DIR',
                        help='a file for each instead of one stream')
    return parser.parse_args(arguments)


def main(arguments=None):
    args = parse(arguments)
    count = 0
    for point in chosen(args):
        count += 1
        if args.count:
            continue
        if args.list:
            print(title(point))
            continue
        text = document(point, script.build(point))
        if args.out:
            name = os.path.join(args.out, '%06d.yaml' % count)
            with open(name, 'w', encoding='utf-8') as file:
                file.write(text)
        else:
            sys.stdout.write(text if count == 1 else '---\n' + text)
    if args.count:
        print(count)
    return 0


if __name__ == '__main__':
    try:
        sys.exit(main())
    except BrokenPipeError:
        sys.exit(141)
