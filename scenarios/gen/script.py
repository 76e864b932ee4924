"""From a point of the model to a script that the oracle has gone through."""
import oracle
from model import BEHAVIOURS, EARLY, FAULTS, FILES, HANDLES, KINDS, POST

LONG, SHORT, CANCEL_AT = 3600, 1, 3


def policy_of(point):
    name, _, value = point['policy'].partition('=')
    return {name: value} if value else {}


def build(point):
    """The oracle's world after all steps for this point were made in it."""
    writers = [(name, BEHAVIOURS[point[name]],
                POST[point['post']] if name == 'one' else {},
                KINDS[point['kind']] if name == 'one' else None)
               for name in HANDLES if point[name] != 'absent']
    world = oracle.World(point['windows'], policy_of(point), writers,
                         FAULTS[point['fault']])
    if point['state'] in EARLY:
        early(world, point)
    else:
        names = [writer.name for writer in world.writers]
        world.prepare(names if point['selection'] == 'all' else
                      names[:1] if point['selection'] == 'first' else [])
        restore(world, point)
    return world


def before(world, point):
    """The calls under test before PreRestore."""
    call_before(world, point['before'])
    call_before(world, point['then'])


def call_before(world, call):
    if call == 'none':
        return
    if call == 'null-ppasync':
        world.pre_restore(null=True)
    elif call == 'GatherWriterStatus':
        world.gather_status()
    elif call == 'PostRestore':
        world.post_restore()
    else:
        world.plain(call)


def early(world, point):
    if not world.create():
        return
    if point['state'] == 'backup':
        world.plain('InitializeForBackup')
    elif point['state'] in ('restore', 'gathering'):
        world.plain('InitializeForRestore')
        if point['state'] == 'gathering':
            world.plain('GatherWriterMetadata')
    before(world, point)
    code = pre_restore(world)
    if code == 'S_OK' or point['state'] == 'gathering':
        world.wait()
        world.query()
    if code == 'S_OK':
        world.post_restore()
        world.wait()
        world.query()


def pre_restore(world):
    """PreRestore, and again when only a fault stood in its way."""
    armed = sum(not fault.get('fired') for fault in world.faults)
    code = world.pre_restore()
    if code != 'S_OK' and armed != sum(not fault.get('fired')
                                       for fault in world.faults):
        code = world.pre_restore()
    return code


def probe(world, point, *states):
    """The call before and PreRestore, in the states that are asked for."""
    if point['state'] in states:
        before(world, point)
        if point['state'] not in ('metadata', 'selected'):
            pre_restore(world)


def restore(world, point):
    probe(world, point, 'metadata', 'selected')
    if pre_restore(world) != 'S_OK':
        return
    probe(world, point, 'pre-pending')
    go_on(world, point)
    settle(world)
    status(world, point)
    if point['files'] != 'unsaid':
        world.file_status(world.writers[0], FILES[point['files']])
    probe(world, point, 'pre-done', 'pre-failed', 'pre-cancelled')
    if world.phase != 'post-pending' and world.post_restore() != 'S_OK':
        return
    probe(world, point, 'post-pending')
    if point['post'] == 'cancel':
        world.cancel_later(CANCEL_AT)
    world.wait()
    world.query()
    if point['post'] == 'cancel':
        world.sleep(120)
    probe(world, point, 'post-done', 'post-failed')
    world.gather_status()
    for writer in world.writers:
        world.writer_status(writer)


def go_on(world, point):
    """Waiting for PreRestore and cancelling it, in the ways of the point."""
    if point['cancel'] == 'before':
        world.cancel_now()
        world.query()
    if point['cancel'] == 'during':
        if point['wait'] == 'too-short':
            world.wait(SHORT)
            world.query()
        world.cancel_later(CANCEL_AT)
        world.wait(LONG if point['wait'] == 'enough' else None)
        if world.latest.pending():
            world.wait()
    elif point['cancel'] == 'at-the-end':
        world.sleep(world.latest.end - world.time)
        world.cancel_now()
    elif point['wait'] == 'poll':
        world.query()
        world.sleep(SHORT)
        world.query()
        world.sleep(LONG)
    elif point['wait'] == 'infinite':
        world.wait()
    else:
        world.wait(LONG if point['wait'] == 'enough' else SHORT)
        if world.latest.pending():
            world.query()
            world.wait()
    world.query()
    if point['cancel'] == 'after':
        world.cancel_now()
        world.query()


def settle(world):
    """Time for the writers that a cancel or a failure left at work."""
    if any(writer.told and writer.answers > world.time
           for writer in world.writers):
        world.sleep(120)


def status(world, point):
    world.gather_status()
    for writer in world.writers:
        world.writer_status(writer)
    if 'partial' in [point[name] for name in HANDLES] \
            and world.windows.get('status-ex'):
        world.step('QueryInterface', iid='IVssBackupComponentsEx3')
        for writer in world.writers:
            if writer.behaviour.get('partial'):
                world.writer_status(writer, extended=True)
