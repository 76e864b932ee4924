"""An oracle for restores: plays calls on paper and says what each must give.

It knows contract.yaml and nothing of the C sources. World.do() takes the next
step of a script, writes down what is expected of it and keeps account of the
object's state, of the writers and of virtual time (seconds). What the contract
leaves open raises Unknown; where only a detail is open, nothing is expected.
"""
import os

import yaml

HERE = os.path.dirname(os.path.abspath(__file__))
NEVER = float('inf')
EITHER = 'either'
# A file that the first component of the profile test-writer really has.
NEW_TARGET = {'component': 'database', 'wszPath': "'C:\\vssim\\store'",
              'wszFileName': 'data.db', 'bRecursive': False}
MAPPING = {'component': 'database', 'wszPath': "'C:\\vssim\\store'",
           'wszFilespec': 'data.db', 'bRecursive': False,
           'wszDestination': "'D:\\elsewhere'"}


class Unknown(Exception):
    """The contract does not say what this call gives here."""


def load_contract():
    """contract.yaml with its groups of states written out."""
    with open(os.path.join(HERE, 'contract.yaml'), encoding='utf-8') as file:
        contract = yaml.safe_load(file)
    groups = contract['groups']
    for name, call in contract['calls'].items():
        call = contract['calls'][name] = dict(call)
        for key in ('allowed', 'refused'):
            call[key] = [state for name in call.get(key, [])
                         for state in groups.get(name, [name])]
    return contract


CONTRACT = load_contract()


class Operation:
    """One asynchronous operation: when and how it ends."""

    def __init__(self, event, start):
        self.event, self.start, self.end = event, start, start
        self.result = CONTRACT['async']['finished']
        self.now = CONTRACT['async']['pending']

    def pending(self):
        return self.now == CONTRACT['async']['pending']

    def failed(self):
        return self.now not in (CONTRACT['async'][key] for key in
                                ('pending', 'finished', 'cancelled'))


class Writer:
    """A writer and what it will do when PreRestore reaches it."""

    def __init__(self, name, behaviour, post, wants=None):
        self.name, self.behaviour, self.post = name, behaviour, post
        self.wants, self.files = wants, None
        self.told_post = False
        self.selected = self.told = False
        self.answers = NEVER
        self.events = []

    def duration(self):
        if self.behaviour.get('hang'):
            return CONTRACT['writer']['given-up-after']
        if self.behaviour.get('crash') == 'before':
            return 0
        return self.behaviour.get('after', 0)

    def lost(self):
        return self.behaviour.get('crash') == 'after'

    def silent(self):
        return (self.behaviour.get('hang')
                or self.behaviour.get('crash') in ('before', 'during'))

    def code(self, choice):
        """What it reports of its own will: a code, or None."""
        said = self.behaviour
        code = said.get('veto')
        if said.get('out-of-resources'):
            code = 'VSS_E_WRITERERROR_OUTOFRESOURCES'
        if said.get('partial'):
            code = CONTRACT['writer']['partial']
        known = CONTRACT['writer']['codes'] + [CONTRACT['writer']['partial']]
        if code and code not in known \
                and choice('writer-failure-codes') != 'pass':
            code = None
            if said.get('returns', False):
                return None
            return CONTRACT['writer']['without-a-code']
        if code is None and said.get('returns', True) is False:
            return CONTRACT['writer']['without-a-code']
        return code

    def status(self, choice, extended):
        """(state, failure) after it answered PreRestore, with sources."""
        rules = CONTRACT['writer']
        if self.silent() or self.lost():
            found = rules['silent']
            return found['state'], found['failure'], found['cites']
        if self.behaviour.get('status'):
            found = rules['no-status']
            return found['state'], found['failure'], found['cites']
        code = self.code(choice)
        if code is None:
            found = rules['good']
            return found['state'], found['failure'], found['cites']
        cites = ['U03', 'U19']
        if code == rules['partial']:
            cites = ['U18']
            if not extended:
                code = rules['partial-plain']
        return rules['failed-state'], code, cites


class World:
    """One backup components object and all that it can meet."""

    def __init__(self, windows, policy, writers, faults):
        self.windows = CONTRACT['windows'][windows]
        self.policy = dict(policy)
        chosen = CONTRACT['sets'][self.policy.pop('set', 'strict')]
        self.policy = {**chosen, **self.policy}
        self.writers = [Writer(name, *what) for name, *what in writers]
        self.faults = [dict(fault) for fault in faults]
        self.time, self.phase = 0, None
        self.operations = {}
        self.latest = None
        self.planned_cancel = None
        self.freed = self.has_status = self.sent = False
        self.log, self.cites, self.steps = set(), [], []
        self.open = None

    # -- small helpers ----------------------------------------------------

    def choice(self, policy):
        return self.policy.get(policy)

    def cite(self, *names):
        for name in names:
            if name not in self.cites:
                self.cites.append(name)

    def real_code(self, code):
        if code == 'unexpected':
            self.log.add(CONTRACT['log']['unexpected'])
            return self.windows['unexpected']
        return code

    def step(self, name, **what):
        """Writes a step down; S_OK is what is expected anyway."""
        if what.get('returns') == 'S_OK':
            del what['returns']
        self.steps.append((name, what))

    def fire(self, kind):
        """The code of an armed fault of this kind that fires now."""
        for fault in self.faults:
            if fault['kind'] == kind and (
                    fault.get('persistent') or not fault.get('fired')):
                fault['fired'] = True
                rule = CONTRACT['faults'][kind]
                self.cite(*rule['cites'])
                return self.real_code(fault.get('code', rule['code']))
        return None

    # -- time -------------------------------------------------------------

    def next_moment(self, limit):
        """The first time up to limit at which something is due."""
        due = [op.end for op in self.operations.values() if op.pending()]
        if self.planned_cancel is not None:
            due.append(self.planned_cancel)
        due = [moment for moment in due if moment <= limit]
        return min(due) if due else None

    def happen(self):
        """All that is due now: operations end before a cancel is made."""
        for operation in self.operations.values():
            if operation.pending() and operation.end <= self.time:
                self.end(operation, operation.result)
        if self.planned_cancel is not None \
                and self.planned_cancel <= self.time:
            self.planned_cancel = None
            index, operation = self.cancel_step
            code = self.cancel(operation)
            if code != 'S_OK':
                self.steps[index][1]['returns'] = code

    def end(self, operation, result):
        operation.now = result
        finished = result == CONTRACT['async']['finished']
        cancelled = result == CONTRACT['async']['cancelled']
        if operation.event == 'Identify':
            self.phase = 'metadata' if finished else 'restore'
        elif operation.event == 'PreRestore':
            self.phase = 'pre-done' if finished else \
                'pre-cancelled' if cancelled else 'pre-failed'
        elif operation.event == 'PostRestore':
            self.phase = 'post-done' if finished else 'post-failed'
        elif operation.event == 'Status':
            self.has_status = finished

    def advance(self, limit, until=None):
        """Moves time to limit, or to where the operation `until` ends."""
        while True:
            moment = self.next_moment(limit)
            if moment is None:
                break
            self.time = max(self.time, moment)
            self.happen()
            if until is not None and not until.pending():
                return
        self.time = max(self.time, limit)

    # -- steps that are no methods -----------------------------------------

    def sleep(self, seconds):
        self.step('sleep', value=seconds)
        self.advance(self.time + seconds)

    def prepare(self, names):
        """Everything up to a gathered, selected object in one step."""
        self.phase = 'metadata'
        everyone = [writer.name for writer in self.writers]
        if names == everyone:
            self.step('prepare')
        else:
            self.step('prepare', select=names)
        for writer in self.writers:
            if writer.wants == 'VSS_WRE_NEVER' and writer.name in names:
                for component in ('database', 'files'):
                    self.step('SetSelectedForRestore', writer=writer.name,
                              component=component)
        for writer in self.writers:
            writer.selected = writer.name in names

    # -- checks -----------------------------------------------------------

    def in_order(self, call):
        """None when the call is in order now, otherwise its code."""
        rule = CONTRACT['calls'][call]
        self.cite(*rule['cites'])
        for policy, values in rule.get('by-policy', {}).items():
            said = values.get(self.choice(policy), {}).get(self.phase)
            if said == 'allowed':
                return None
            if said == 'unknown':
                raise Unknown(call + ' in ' + self.phase)
            if said:
                return said
        if self.phase in rule['allowed']:
            return None
        if self.phase in rule['refused']:
            return CONTRACT['code']
        raise Unknown(call + ' in ' + self.phase)

    # -- calls ------------------------------------------------------------

    def create(self):
        if self.choice('access') == 'denied':
            self.cite(*CONTRACT['faults']['access']['cites'])
            self.step('CreateVssBackupComponents',
                      returns=CONTRACT['faults']['access']['code'])
            return False
        self.step('CreateVssBackupComponents')
        self.phase = 'uninitialised'
        return True

    def plain(self, call, **arguments):
        """A call that is only in order or not; its effects on the state."""
        code = self.in_order(call)
        rule = CONTRACT['calls'][call]
        if rule.get('interface'):
            self.step('QueryInterface', iid=rule['interface'])
        if rule.get('needs') == 'a writer' and not self.writers:
            raise Unknown(call + ' without writers')
        if rule.get('needs') == 'a selection' \
                and not (self.writers and self.writers[0].selected):
            raise Unknown(call + ' of an unselected component')
        if call == 'GetWriterMetadataCount' and not code:
            code = CONTRACT['code'] if self.freed else None
            if not code:
                arguments['is_'] = len(self.writers)
        if rule.get('needs') == 'a status' and not code \
                and not self.has_status:
            code = CONTRACT['code']
        if code is None:
            if call == 'GetWriterStatusCount' or \
                    call == 'GetWriterComponentsCount':
                arguments['is_'] = len(self.writers)
            if call == 'FreeWriterStatus':
                self.has_status = False
            if rule.get('to'):
                self.phase = rule['to']
            if call == 'FreeWriterMetadata':
                self.freed = True
            if call == 'SetSelectedForRestore':
                self.writers[0].selected = True
            if call == 'AddNewTarget':
                arguments.update(NEW_TARGET)
            if call == 'AddAlternativeLocationMapping':
                arguments.update(MAPPING)
            if call == 'GatherWriterMetadata':
                self.begin(Operation('Identify', self.time))
        self.step(call, returns=code or 'S_OK', **arguments)
        return code or 'S_OK'

    def begin(self, operation):
        self.operations[operation.event] = self.latest = operation

    def pre_restore(self, null=False):
        """PreRestore, with a place for the async or without one."""
        code = self.fire('access')
        refused = self.in_order('PreRestore')
        selected = [writer for writer in self.writers if writer.selected]
        if not refused and not selected:
            self.cite(*CONTRACT['nothing-selected']['cites'])
            said = CONTRACT['nothing-selected'][
                self.choice('prerestore-nothing-selected') or 'ok']
            refused = None if said == 'S_OK' else said
        if not code and null:
            self.cite(*CONTRACT['check-order']['cites'])
            code = CONTRACT['check-order']['null-argument']
            if refused and self.choice('check-order') == 'state-first':
                code = refused
        if not code:
            code = refused
        if not code:
            for kind in ('alloc', 'thread', 'service'):
                code = code or self.fire(kind)
        if not code:
            self.tell(selected)
        what = {'returns': code or 'S_OK', 'phase': self.phase}
        if null:
            what['ppAsync'] = 'null'
        self.step('PreRestore', **what)
        return code or 'S_OK'

    def tell(self, selected):
        """PreRestore goes out: from now on it is known how all will end."""
        self.phase, self.sent = 'pre-pending', True
        operation = Operation('PreRestore', self.time)
        for writer in selected:
            if writer.wants:
                self.cite(*CONTRACT['wants']['cites'])
            if CONTRACT['wants'].get(writer.wants) == []:
                continue
            writer.told = True
            writer.events.append('PreRestore')
            writer.answers = self.time + writer.duration()
            operation.end = max(operation.end, writer.answers)
        for fault in self.faults:
            if fault['kind'] not in ('async', 'crash'):
                continue
            moment = self.time + fault.get('after', 0)
            if fault.get('event', 'PreRestore') == 'PreRestore' \
                    and moment <= operation.end:
                fault['due'] = moment
                operation.end = moment
                operation.result = None
        if operation.result is None:
            fault = next(f for f in self.faults if 'due' in f)
            operation.failure = fault
            code = self.fire(fault['kind'])
            operation.result = code
        self.begin(operation)

    def post_restore(self):
        """PostRestore to all who were sent PreRestore (U23)."""
        code = self.in_order('PostRestore')
        if code:
            self.step('PostRestore', returns=code, phase=self.phase)
            return code
        operation = Operation('PostRestore', self.time)
        told = [writer for writer in self.writers if writer.told]
        if any(writer.answers > self.time for writer in told):
            raise Unknown('PostRestore while a writer is at work')
        skip = self.choice('failed-writer-postrestore') == 'not-sent'
        for writer in told:
            if writer.wants == 'VSS_WRE_IF_REPLACE_FAILS':
                if writer.files is None:
                    raise Unknown('no word about the files')
                if writer.files == 'VSS_RS_ALL':
                    continue
            if writer.lost() or writer.silent():
                if writer.behaviour.get('hang') and not skip:
                    writer.events.append('PostRestore')
                elif writer.behaviour.get('hang'):
                    writer.events = EITHER
                continue
            if skip and writer.behaviour.get('status'):
                writer.events = EITHER
            elif not (skip and writer.code(self.choice)):
                self.cite('U23')
                writer.events.append('PostRestore')
                writer.told_post = True
                time = CONTRACT['writer']['given-up-after'] \
                    if writer.post.get('hang') else writer.post.get('after', 0)
                operation.end = max(operation.end, self.time + time)
        if any(writer.lost() for writer in told):
            operation.result = self.lost_code()
        if any(f.get('event') == 'PostRestore' for f in self.faults):
            operation.result = self.fire('async')
        self.died_in_handler(told, operation)
        self.begin(operation)
        self.phase = 'post-pending'
        self.step('PostRestore', phase=self.phase)
        return 'S_OK'

    def lost_code(self):
        rule = CONTRACT['lost-writer']
        self.cite(*rule['cites'])
        return self.real_code(
            rule[self.choice('lost-writer') or 'unexpected-writer-error'])

    def died_in_handler(self, told, operation):
        """A writer that never finished PreRestore: lost, or not counted."""
        if self.choice('failed-writer-postrestore') == 'not-sent':
            return                  # a failed writer: nobody asks for it
        if operation.result != CONTRACT['async']['finished'] or not any(
                writer.behaviour.get('crash') in ('before', 'during')
                for writer in told):
            return
        said = CONTRACT['lost-writer']['died-in-handler']
        if said == 'lost':
            operation.result = self.lost_code()
        elif said == 'open':
            log = set(self.log)
            self.open = self.lost_code()
            self.log = log

    def file_status(self, writer, status):
        """SetFileRestoreStatus for all components of a writer."""
        writer.files = status
        for component in ('database', 'files'):
            self.step('SetFileRestoreStatus', writer=writer.name,
                      component=component, status=status)

    # -- the async --------------------------------------------------------

    def query(self):
        self.cite(*CONTRACT['async']['cites'])
        what = {'is_': self.latest.now}
        if self.open and self.latest.event == 'PostRestore':
            what = {}
        self.step('QueryStatus', **what)
        return self.latest.now

    def wait(self, seconds=None):
        """Wait, for ever or for some seconds, as this Windows takes it."""
        self.cite(*CONTRACT['async']['cites'])
        what = {}
        if seconds is not None:
            what['dwMilliseconds'] = seconds
            self.cite('U05')
            if self.windows['wait'] == 'infinite-only':
                self.step('Wait', returns=CONTRACT['async']['bad-wait'],
                          takes=0, **what)
                return
            if self.windows['wait'] == 'infinite':
                seconds = None
        operation, start = self.latest, self.time
        index = len(self.steps)
        self.step('Wait', **what)
        if operation.pending():
            limit = NEVER if seconds is None else start + seconds
            self.advance(limit, operation)
        what = self.steps[index][1]
        what['takes'] = self.time - start
        if operation.failed():
            self.cite('U04')
            said = self.choice('wait-on-failure')
            if said == 'error':
                what['returns'] = operation.now
            elif said == EITHER:
                what['returns'] = ['S_OK', operation.now]
        if self.open and operation.event == 'PostRestore' \
                and self.choice('wait-on-failure'):
            what['returns'] = ['S_OK', self.open]

    def cancel(self, operation):
        """What Cancel gives, and its effect."""
        self.cite(*CONTRACT['async']['cancel-cites'])
        if not operation.pending():
            return operation.now
        self.end(operation, CONTRACT['async']['cancelled'])
        return CONTRACT['async']['cancel']

    def cancel_now(self):
        self.step('Cancel', returns=self.cancel(self.latest))

    def cancel_later(self, seconds):
        self.cancel_step = len(self.steps), self.latest
        self.planned_cancel = self.time + seconds
        self.step('Cancel', at=seconds)

    # -- status -----------------------------------------------------------

    def gather_status(self):
        code = self.in_order('GatherWriterStatus')
        if code:
            self.step('GatherWriterStatus', returns=code)
            return code
        self.step('GatherWriterStatus', wait=True)
        self.has_status = True
        self.advance(self.time)
        return 'S_OK'

    def writer_status(self, writer, extended=False):
        """GetWriterStatus, as far as the contract tells what it gives."""
        after = self.phase.startswith('post')
        rules = CONTRACT['writer']
        if after and writer.told_post and writer.post:
            self.post_status(writer)
            return
        if writer.selected and not writer.told and self.sent \
                and self.choice('never-writer') == 'not-responding':
            state = CONTRACT['wants']['spurious']['state']
            failure = CONTRACT['wants']['spurious']['failure']
        elif not writer.told or (after and not writer.silent()
                               and writer.code(self.choice) is None
                               and not writer.behaviour.get('status')
                               and not writer.lost()):
            state, failure = rules['good']['state'], rules['good']['failure']
        elif after and not (writer.lost() or writer.behaviour.get('crash')):
            return
        elif writer.answers > self.time:
            return
        else:
            state, failure, cites = writer.status(self.choice, extended)
            self.cite(*cites)
        self.step('GetWriterStatusEx' if extended else 'GetWriterStatus',
                  writer=writer.name, state=state, failure=failure)

    def post_status(self, writer):
        """GetWriterStatus of a writer whose PostRestore is described."""
        rules, said = CONTRACT['writer'], writer.post
        found = rules['good']
        if said.get('hang'):
            found = rules['silent']
        code = said.get('veto')
        if said.get('returns', True) is False:
            code = rules['without-a-code']
        state, failure = found['state'], found['failure']
        if code:
            state, failure = rules['failed-post-state'], code
        self.step('GetWriterStatus', writer=writer.name, state=state,
                  failure=failure)

    def logged(self):
        """Event ids that must be found in the log."""
        found, ids = set(self.log), CONTRACT['log']
        for writer in self.writers:
            if not writer.told or writer.answers > self.time:
                continue
            if writer.behaviour.get('hang') or (
                    writer.told_post and writer.post.get('hang')):
                found.add(ids['silent'])
            if writer.behaviour.get('status'):
                found.add(ids['no-slot'])
            if not writer.silent() and writer.code(self.choice) \
                    and not writer.behaviour.get('returns', False):
                found.add(ids['rejected'])
        return sorted(found)

    def exercised(self):
        """Whether all that was armed took effect."""
        return all(fault.get('fired') for fault in self.faults) and all(
            not writer.behaviour or
            (writer.told and writer.answers <= self.time)
            for writer in self.writers)
