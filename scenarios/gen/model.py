"""The parameters of a restore, which values go together, and covering arrays.

A point is a dict from parameter to value. Rules look at a few parameters each,
so that a partial point can be completed or refused early.
"""
import itertools
import random

SLOW = ['delay', 'slow-veto', 'slow-crash', 'hang']
BEHAVIOURS = {
    'ok': {},
    'delay': {'after': 5},
    'veto-retryable': {'veto': 'VSS_E_WRITERERROR_RETRYABLE'},
    'veto-nonretryable': {'veto': 'VSS_E_WRITERERROR_NONRETRYABLE'},
    'veto-timeout': {'veto': 'VSS_E_WRITERERROR_TIMEOUT'},
    'veto-outofresources': {'veto': 'VSS_E_WRITERERROR_OUTOFRESOURCES'},
    'veto-inconsistent': {'veto': 'VSS_E_WRITERERROR_INCONSISTENTSNAPSHOT'},
    'veto-unlisted': {'veto': 'VSS_E_WRITERERROR_RECOVERY_FAILED'},
    'veto-true': {'veto': 'VSS_E_WRITERERROR_RETRYABLE', 'returns': True},
    'slow-veto': {'after': 7, 'veto': 'VSS_E_WRITERERROR_NONRETRYABLE'},
    'false': {'returns': False},
    'partial': {'partial': {'component': 'database',
                            'code': 'VSS_E_WRITERERROR_RETRYABLE'}},
    'hang': {'hang': True},
    'crash-before': {'crash': 'before'},
    'crash-during': {'crash': 'during'},
    'slow-crash': {'after': 6, 'crash': 'during'},
    'crash-after': {'crash': 'after'},
    'out-of-resources': {'out-of-resources': True},
    'not-available': {'status': 'not-available'},
}
FAULTS = {
    'none': [],
    'alloc-1': [{'kind': 'alloc', 'point': 'alloc/PreRestore/1'}],
    'alloc-2': [{'kind': 'alloc', 'point': 'alloc/PreRestore/2'}],
    'alloc-3': [{'kind': 'alloc', 'point': 'alloc/PreRestore/3'}],
    'thread': [{'kind': 'thread', 'point': 'thread/PreRestore'}],
    'service': [{'kind': 'service', 'point': 'service/PreRestore'}],
    'access': [{'kind': 'access', 'point': 'access/PreRestore'}],
    'async': [{'kind': 'async', 'point': 'async/PreRestore', 'after': 2}],
    'async-at-once': [{'kind': 'async', 'point': 'async/PreRestore'}],
    'async-memory': [{'kind': 'async', 'point': 'async/PreRestore',
                      'code': 'E_OUTOFMEMORY', 'after': 2}],
    'async-state': [{'kind': 'async', 'point': 'async/PreRestore',
                     'code': 'VSS_E_BAD_STATE', 'after': 2}],
    'async-any': [{'kind': 'async', 'point': 'async/PreRestore',
                   'code': 'VSS_E_WRITER_INFRASTRUCTURE', 'after': 2}],
    'crash': [{'kind': 'crash', 'point': 'service/crash', 'after': 4}],
    'post-async': [{'kind': 'async', 'point': 'async/PostRestore',
                    'event': 'PostRestore'}],
}
for _name in ('alloc-1', 'service', 'access'):
    FAULTS[_name + '-for-good'] = [{**FAULTS[_name][0], 'persistent': True}]
FOR_GOOD = [name for name in FAULTS if name.endswith('-for-good')]
FAILING = ['async', 'async-at-once', 'async-memory', 'async-state',
           'async-any', 'crash']
NEED_SLOW = [name for name in FAILING if name != 'async-at-once']
POLICIES = [
    'none', 'set=lenient', 'access=denied', 'check-order=state-first',
    'prerestore-before-gather=allowed', 'prerestore-nothing-selected=bad-state',
    'select-before-gather=object-not-found', 'additional-restores-late=ok',
    'backup-state-on-restore=bad-state', 'abort-on-restore=bad-state',
    'late-setters=ok', 'never-writer=not-responding',
    'previous-backup-stamp=ok', 'filters-after-gather=bad-state',
    'status-before-gather=bad-state', 'async-codes=any',
    'wait-on-failure=error', 'postrestore-after-failure=bad-state',
    'lost-writer=unexpected', 'lost-writer=finished',
    'failed-writer-postrestore=not-sent', 'writer-failure-codes=pass']
# What the first writer does when PostRestore reaches it; cancel: the requester
# cancels PostRestore meanwhile.
POST = {'ok': {}, 'delay': {'after': 8}, 'cancel': {'after': 8},
        'veto': {'veto': 'VSS_E_WRITERERROR_RETRYABLE'},
        'false': {'returns': False}, 'hang': {'hang': True}}
# When the first writer wants restore events, and how its files fared.
KINDS = {'plain': None, 'never': 'VSS_WRE_NEVER',
         'if-replace-fails': 'VSS_WRE_IF_REPLACE_FAILS'}
FILES = {'all': 'VSS_RS_ALL', 'failed': 'VSS_RS_FAILED'}
BEFORE = [
    'none', 'null-ppasync', 'InitializeForRestore', 'InitializeForBackup',
    'GatherWriterMetadata', 'FreeWriterMetadata', 'GetWriterMetadataCount',
    'SetRestoreState', 'SetBackupState', 'SetSelectedForRestore',
    'SetRestoreOptions', 'AddNewTarget', 'SetAdditionalRestores',
    'SetPreviousBackupStamp', 'SetFileRestoreStatus', 'DisableWriterClasses',
    'GatherWriterStatus', 'AbortBackup', 'GetWriterStatusCount',
    'FreeWriterStatus', 'GetWriterComponentsCount', 'SetAuthoritativeRestore',
    'SetRollForward', 'SetRestoreName', 'AddAlternativeLocationMapping',
    'PostRestore']
WINDOWS = [
    'windows-xp', 'server-2003', 'windows-vista', 'server-2008', 'windows-7',
    'server-2008-r2', 'windows-8', 'server-2012', 'server-2012-r2',
    'windows-10', 'server-2016', 'server-2019', 'server-2022', 'windows-11',
    'server-2025']
EARLY = ['uninitialised', 'backup', 'restore', 'gathering']
AFTER = ['post-pending', 'post-done', 'post-failed']
BEHAVE = ['absent'] + list(BEHAVIOURS)

PARAMETERS = {
    'state': EARLY + ['metadata', 'selected', 'pre-pending', 'pre-done',
                      'pre-failed', 'pre-cancelled'] + AFTER,
    'before': BEFORE,
    'then': BEFORE,
    'windows': WINDOWS,
    'policy': POLICIES,
    'selection': ['all', 'first', 'none'],
    'kind': list(KINDS),
    'one': BEHAVE,
    'two': BEHAVE,
    'three': BEHAVE,
    'fault': list(FAULTS),
    'wait': ['infinite', 'poll', 'enough', 'too-short'],
    'cancel': ['none', 'before', 'during', 'at-the-end', 'after'],
    'files': ['unsaid', 'all', 'failed'],
    'post': ['ok', 'delay', 'veto', 'false', 'hang', 'cancel'],
}
NAMES = list(PARAMETERS)
# What narrows the choice most comes first in a search ...
SEARCH = ['selection', 'one', 'two', 'three', 'kind', 'state', 'fault',
          'cancel', 'post', 'policy', 'files', 'wait', 'windows', 'before',
          'then']
# ... and these values are enough to find a point if there is one.
PLAIN_VALUES = {
    'one': ['delay', 'ok', 'absent', 'crash-after'],
    'two': ['absent', 'ok', 'delay'], 'three': ['absent', 'ok'],
    'fault': ['none', 'async', 'async-at-once', 'post-async'],
    'policy': ['none', 'async-codes=any', 'prerestore-before-gather=allowed'],
    'before': ['none', 'null-ppasync'], 'then': ['none'], 'kind': ['plain'],
    'files': ['unsaid', 'all', 'failed'], 'windows': ['server-2025'],
    'post': ['ok', 'cancel'],
    'wait': ['infinite', 'enough'],
}
HANDLES = ['one', 'two', 'three']


def slow(point, names=HANDLES):
    """Whether some told writer takes time."""
    return any(point[name] in SLOW for name in names)


def told(point):
    """The writers that hear PreRestore when it is accepted."""
    names = [name for name in HANDLES if point[name] != 'absent']
    return names if point['selection'] == 'all' else \
        names[:1] if point['selection'] == 'first' else []


def lasts(point):
    return slow(point, told(point))


def ends_badly(point):
    return point['fault'] in FAILING


def ends_cancelled(point):
    return point['cancel'] in ('before', 'during')


# (parameters that the rule looks at, what must hold)
RULES = [
    # Writers come one after the other; who is not told does as it likes.
    ('one two', lambda p: p['one'] != 'absent' or p['two'] == 'absent'),
    ('two three', lambda p: p['two'] != 'absent' or p['three'] == 'absent'),
    ('one selection', lambda p: p['one'] != 'absent'
     or p['selection'] == 'none'),
    ('two selection', lambda p: p['two'] != 'absent'
     or p['selection'] != 'first'),
    ('one selection', lambda p: p['selection'] != 'none'
     or p['one'] in ('absent', 'ok')),
    ('two selection', lambda p: p['selection'] == 'all'
     or p['two'] in ('absent', 'ok')),
    ('three selection', lambda p: p['selection'] == 'all'
     or p['three'] in ('absent', 'ok')),
    # Before the gather nothing is selected, waited for or cancelled.
    ('state selection', lambda p: p['selection'] == 'none'
     if p['state'] in EARLY + ['metadata'] else True),
    ('state selection', lambda p: p['state'] != 'selected'
     or p['selection'] != 'none'),
    ('state wait', lambda p: p['state'] not in EARLY
     or p['wait'] == 'infinite'),
    ('state cancel', lambda p: p['state'] not in EARLY
     or p['cancel'] == 'none'),
    ('state fault', lambda p: p['state'] not in EARLY
     or p['fault'] in ('none', 'access', 'access-for-good')),
    ('state post', lambda p: p['state'] not in EARLY or p['post'] == 'ok'),
    # While a fault lasts there is no restore.
    ('state fault', lambda p: p['fault'] not in FOR_GOOD
     or p['state'] in EARLY + ['metadata', 'selected']),
    ('fault one', lambda p: p['fault'] not in FOR_GOOD
     or p['one'] in ('absent', 'ok')),
    ('fault two', lambda p: p['fault'] not in FOR_GOOD
     or p['two'] in ('absent', 'ok')),
    ('fault three', lambda p: p['fault'] not in FOR_GOOD
     or p['three'] in ('absent', 'ok')),
    ('fault cancel', lambda p: p['fault'] not in FOR_GOOD
     or p['cancel'] == 'none'),
    ('fault post', lambda p: p['fault'] not in FOR_GOOD
     or p['post'] == 'ok'),
    ('fault selection policy', lambda p: p['selection'] != 'none'
     or p['policy'] != 'prerestore-nothing-selected=bad-state'
     or not p['fault'].startswith(('alloc', 'service'))),
    # PostRestore must reach the first writer for it to behave there.
    ('post selection', lambda p: p['post'] == 'ok'
     or p['selection'] != 'none'),
    ('post one', lambda p: p['post'] == 'ok' or p['one'] in (
        'ok', 'delay', 'veto-retryable', 'veto-true', 'slow-veto', 'partial',
        'out-of-resources')),
    ('post one policy', lambda p: p['post'] == 'ok'
     or p['policy'] != 'failed-writer-postrestore=not-sent'
     or p['one'] in ('ok', 'delay')),
    ('post policy fault', lambda p: p['post'] == 'ok'
     or p['policy'] != 'postrestore-after-failure=bad-state'
     or p['fault'] not in FAILING),
    ('post policy cancel', lambda p: p['post'] == 'ok'
     or p['policy'] != 'postrestore-after-failure=bad-state'
     or not ends_cancelled(p)),
    ('post fault', lambda p: p['post'] == 'ok' or p['fault'] != 'post-async'),
    ('state policy', lambda p: p['policy'] != 'access=denied'
     or p['state'] == 'uninitialised'),
    ('policy before', lambda p: p['policy'] != 'access=denied'
     or p['before'] == 'none'),
    ('policy fault', lambda p: p['policy'] != 'access=denied'
     or p['fault'] == 'none'),
    ('state two', lambda p: p['state'] not in EARLY or p['two'] == 'absent'),
    # Refused for want of a selection: nothing comes after.
    ('policy selection state', lambda p: p['selection'] != 'none'
     or p['policy'] != 'prerestore-nothing-selected=bad-state'
     or p['state'] in EARLY + ['metadata']),
    ('policy state then', lambda p:
     p['policy'] != 'prerestore-nothing-selected=bad-state'
     or p['state'] != 'metadata' or p['then'] != 'SetSelectedForRestore'),
    ('policy state fault cancel wait before', lambda p:
     p['policy'] != 'prerestore-nothing-selected=bad-state'
     or p['state'] != 'metadata' or p['before'] == 'SetSelectedForRestore'
     or (p['fault'] in ('none', 'access') and p['cancel'] == 'none'
         and p['wait'] == 'infinite')),
    # A second call follows a first that leaves the state alone.
    ('before then', lambda p: p['then'] == 'none'
     or p['before'] not in ('none', 'PostRestore')),
    # Who wants no events gets no behaviour; files are told of after success.
    ('kind one', lambda p: p['kind'] == 'plain' or p['one'] == 'ok' or (
        p['kind'] == 'if-replace-fails'
        and p['one'] in ('delay', 'veto-retryable', 'false'))),
    ('kind selection', lambda p: p['kind'] == 'plain'
     or p['selection'] == 'all'),
    ('kind state', lambda p: p['kind'] == 'plain'
     or p['state'] not in EARLY),
    ('kind post', lambda p: p['kind'] != 'never' or p['post'] == 'ok'),
    ('kind fault', lambda p: p['kind'] != 'never'
     or p['fault'] != 'alloc-3'),
    ('kind policy', lambda p: p['kind'] != 'never'
     or p['policy'] != 'prerestore-nothing-selected=bad-state'),
    ('kind policy', lambda p: p['kind'] != 'if-replace-fails'
     or p['policy'] != 'postrestore-after-failure=bad-state'),
    ('kind files', lambda p: p['kind'] != 'if-replace-fails'
     or p['files'] != 'unsaid'),
    ('kind files post', lambda p: p['kind'] != 'if-replace-fails'
     or p['files'] != 'all' or p['post'] == 'ok'),
    ('kind before', lambda p: p['kind'] != 'if-replace-fails'
     or p['before'] != 'SetFileRestoreStatus'),
    ('kind then', lambda p: p['kind'] != 'if-replace-fails'
     or p['then'] != 'SetFileRestoreStatus'),
    ('files state', lambda p: p['files'] == 'unsaid'
     or p['state'] not in EARLY),
    ('files selection', lambda p: p['files'] == 'unsaid'
     or p['selection'] != 'none'),
    ('files fault', lambda p: p['files'] == 'unsaid'
     or p['fault'] not in FAILING + FOR_GOOD),
    ('files cancel', lambda p: p['files'] == 'unsaid'
     or not ends_cancelled(p)),
    # Time must pass for some things to happen in it.
    ('fault one two three selection', lambda p: p['fault'] not in NEED_SLOW
     or lasts(p)),
    ('cancel one two three selection', lambda p: p['cancel'] not in
     ('during', 'at-the-end') or lasts(p)),
    ('wait one two three selection', lambda p: p['wait'] not in
     ('too-short', 'poll') or lasts(p)),
    ('wait cancel', lambda p: p['cancel'] != 'before'
     or p['wait'] == 'infinite'),
    ('wait cancel', lambda p: p['cancel'] not in ('during', 'at-the-end')
     or p['wait'] != 'poll'),
    ('wait cancel', lambda p: p['cancel'] != 'at-the-end'
     or p['wait'] == 'infinite'),
    ('fault cancel', lambda p: not (
        ends_badly(p) and p['cancel'] in ('before', 'during', 'at-the-end'))),
    ('windows wait cancel', lambda p: p['windows'] != 'windows-xp'
     or p['cancel'] != 'during' or p['wait'] == 'infinite'),
    ('fault wait', lambda p: p['fault'] != 'async-at-once'
     or p['wait'] in ('infinite', 'enough')),
    ('fault selection', lambda p: p['fault'] != 'alloc-3'
     or p['selection'] != 'none'),
    ('fault policy', lambda p: p['fault'] != 'async-any'
     or p['policy'] == 'async-codes=any'),
    # How PreRestore ends decides which states there are.
    ('state fault', lambda p: p['state'] != 'pre-failed' or ends_badly(p)),
    ('state fault', lambda p: p['state'] != 'pre-done' or not ends_badly(p)),
    ('state cancel', lambda p: p['state'] != 'pre-cancelled'
     or ends_cancelled(p)),
    ('state cancel', lambda p: p['state'] not in ('pre-done', 'pre-failed')
     or not ends_cancelled(p)),
    ('state policy fault cancel', lambda p: p['state'] not in AFTER
     or p['policy'] != 'postrestore-after-failure=bad-state'
     or not (ends_badly(p) or ends_cancelled(p))),
    ('fault policy cancel', lambda p: p['fault'] != 'post-async'
     or p['policy'] != 'postrestore-after-failure=bad-state'
     or not ends_cancelled(p)),
    # A lost writer and a failing PostRestore: which one shows is open.
    ('one two three fault', lambda p: p['fault'] != 'post-async'
     or not any(p[name].startswith('crash') or p[name] == 'slow-crash'
                for name in HANDLES)),
    ('state fault policy post one two three', lambda p:
     p['state'] not in ('post-done', 'post-failed')
     or (p['state'] == 'post-failed') == (
         p['fault'] == 'post-async' or p['post'] == 'cancel'
         or (any(p[name] == 'crash-after' for name in HANDLES)
             and p['policy'] != 'lost-writer=finished'))),
    # With a lost writer a cancel of PostRestore is a race of two failures.
    ('post one two three', lambda p: p['post'] == 'ok' or not any(
        p[name].startswith('crash') or p[name] == 'slow-crash'
        for name in HANDLES)),
    # Not modelled: what comes after a PostRestore that missed such a writer.
    ('state one two three', lambda p: p['state'] not in
     ('post-done', 'post-failed') or not any(
         p[name] in ('crash-before', 'crash-during', 'slow-crash')
         for name in HANDLES)),
]
RULES = [(scope.split(), holds) for scope, holds in RULES]


def call_rules(which, contract):
    """Rules for a call made before PreRestore: parameter `before` or `then`.

    A call is made only where the contract says what it gives.
    """
    calls = contract['calls']

    def rule_of(point):
        return calls.get(point[which], {})

    def said(point):
        """What the point's policy says of the call in this state."""
        name, _, value = point['policy'].partition('=')
        chosen = contract['sets']['lenient'] if value == 'lenient' \
            else {name: value}
        found = None
        for policy, values in rule_of(point).get('by-policy', {}).items():
            found = values.get(chosen.get(policy), {}).get(
                state_of(point), found)
        return found

    def known(point, by_policy=None):
        """Whether the pages, or the policy, speak of call and state."""
        rule, state = rule_of(point), state_of(point)
        if not rule:
            return True
        if by_policy == 'unknown':
            return False
        if state == 'uninitialised' and rule.get('to') \
                and point[which].startswith('Initialize'):
            return False
        if state == 'restore' and point[which] == 'GatherWriterMetadata':
            return False
        return bool(by_policy) or state in rule['allowed'] + rule['refused']

    def in_some_policy(point):
        rule, state = rule_of(point), state_of(point)
        return known(point) or any(
            state in cells for values in rule.get('by-policy', {}).values()
            for cells in values.values())

    def at_its_time(point):
        """What is due at the very moment of the call makes no order."""
        return point[which] != 'GatherWriterStatus' \
            or point['state'] not in ('gathering', 'post-pending')

    return [
        ([which, 'state'], in_some_policy),
        ([which, 'state'], at_its_time),
        ([which, 'state', 'fault'], lambda p: p['fault'] != 'async-at-once'
         or p[which] != 'GatherWriterStatus' or p['state'] != 'pre-pending'),
        ([which, 'state', 'policy'], lambda p: known(p, said(p))),
        ([which, 'policy'], lambda p: p[which] == 'none'
         or p['policy'] != 'access=denied'),
        ([which, 'windows'], lambda p: WINDOWS.index(p['windows'])
         >= WINDOWS.index(rule_of(p).get('since', WINDOWS[0]))),
        ([which, 'one'], lambda p: p['one'] != 'absent'
         or rule_of(p).get('needs') not in ('a writer', 'a selection')),
        ([which, 'selection'], lambda p: p['selection'] != 'none'
         or rule_of(p).get('needs') != 'a selection'),
        ([which, 'state', 'selection', 'one', 'two', 'three'], lambda p:
         p[which] != 'GatherWriterStatus' or p['state'] != 'pre-pending'
         or lasts(p)),
    ]


def state_of(point):
    return 'metadata' if point['state'] == 'selected' else point['state']


class Model:
    """Points over PARAMETERS that keep all rules."""

    def __init__(self, contract, parameters=None):
        self.contract = contract
        self.values = parameters or PARAMETERS
        rules = RULES + call_rules('before', contract) \
            + call_rules('then', contract)
        self.rules = {name: [(set(names), holds) for names, holds in rules
                             if name in names] for name in NAMES}
        # In a search in order, a rule is due when its last name has a value.
        self.due = {name: [] for name in NAMES}
        for names, holds in rules:
            self.due[max(names, key=SEARCH.index)].append(holds)
        self.all_rules = rules

    def keeps(self, point, name):
        """Whether the rules about name that can be checked hold."""
        return all(holds(point) for names, holds in self.rules[name]
                   if names <= point.keys())

    def sensible(self, point):
        return all(holds(point) for _, holds in self.all_rules)

    def full(self):
        """Every sensible point, in order."""
        point = {}

        def place(index):
            if index == len(SEARCH):
                yield {name: point[name] for name in NAMES}
                return
            name = SEARCH[index]
            for value in self.values[name]:
                point[name] = value
                if all(holds(point) for holds in self.due[name]):
                    yield from place(index + 1)
                del point[name]

        yield from place(0)

    def complete(self, fixed, dice, score=None):
        """A sensible point that has the fixed values, or None.

        First a limited search in any order; when that is in vain, an
        exhaustive one over few values, which are enough for every state.
        """
        if not all(self.keeps(fixed, name) for name in fixed):
            return None
        return self.fill(dict(fixed), dice, score, self.values, 150) \
            or self.fill(dict(fixed), dice, None,
                         {**self.values, **PLAIN_VALUES}, None)

    def fill(self, point, dice, score, domain, tries):
        """Completes the point by backtracking, in at most so many tries."""
        names = [name for name in SEARCH if name not in point]
        left = [tries]

        def values_of(name):
            values = list(domain[name])
            if domain is self.values:
                dice.shuffle(values)
            if score:
                values.sort(key=lambda value: -score(point, name, value))
            return values

        def place(index):
            if index == len(names):
                return True
            name = names[index]
            for value in values_of(name):
                if left[0] is not None:
                    left[0] -= 1
                    if left[0] < 0:
                        return False
                point[name] = value
                if self.keeps(point, name) and place(index + 1):
                    return True
                del point[name]
            return False

        return point if place(0) else None

    def random(self, count, seed):
        dice = random.Random(seed)
        for _ in range(count):
            fixed = {}
            while not fixed:
                state = dice.choice(self.values['state'])
                fixed = self.complete({'state': state}, dice) or {}
            yield fixed

    def tuples(self, strength):
        """All tuples of so many parameters' values that break no rule."""
        for names in itertools.combinations(NAMES, strength):
            for values in itertools.product(*(self.values[name]
                                              for name in names)):
                point = dict(zip(names, values))
                if all(self.keeps(point, name) for name in names):
                    yield tuple(zip(names, values))

    def t_way(self, strength):
        """Points that together have every feasible tuple; greedy."""
        dice = random.Random(strength)
        missing = {}
        for each in self.tuples(strength):
            missing[each] = None
        while missing:
            each = next(iter(missing))

            def gain(point, name, value):
                others = list(point.items()) if strength == 2 else []
                return sum(pair_of(other, (name, value)) in missing
                           for other in others)

            point = self.complete(dict(each), dice, gain)
            del missing[each]
            if point is None:
                continue
            for names in itertools.combinations(NAMES, strength):
                missing.pop(tuple((name, point[name]) for name in names),
                            None)
            yield {name: point[name] for name in NAMES}


ORDER = {name: index for index, name in enumerate(NAMES)}


def pair_of(one, two):
    return (one, two) if ORDER[one[0]] < ORDER[two[0]] else (two, one)
