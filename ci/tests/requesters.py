"""Which scenarios a requester is held to: KIND LEAVE-OUT PLACE...

KIND restore: a requester that only restores; backup: one that makes a backup
first. A scenario belongs to backup when its script makes one, or a writer or
a fault acts in one; to restore when nothing that it declares needs a backup;
to both when it has no script. Scripts of scenarios/requester are wrong on
purpose and belong to neither, as does other YAML. A line of LEAVE-OUT that no
file answers to is an error.
"""
import os
import re
import sys

import yaml

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
with open("sim/include/vssim/events.def", encoding="utf-8") as table:
    BACKUP_EVENTS = set(re.findall(
        r'EVENT\(\w+, "(\w+)", WRITERS,[^)]*?BACKUP(?:_END)?,\s*"',
        table.read()))
BACKUP_CALLS = BACKUP_EVENTS | {
    "InitializeForBackup", "StartSnapshotSet", "AddToSnapshotSet",
    "DoSnapshotSet", "Commit", "DeleteSnapshots", "GetSnapshotProperties",
    "IsVolumeSupported", "IsVolumeSnapshotted", "Query", "SetBackupSucceeded",
}


def points(scenario):
    for fault in scenario.get("faults", []):
        yield from str(fault.get("point", "")).split("/")


def behaviours(scenario):
    for writer in scenario.get("writers", []):
        if isinstance(writer, dict):
            yield from writer.get("behaviour", {})


def calls(scenario):
    for step in scenario.get("requester", []):
        yield from [step] if isinstance(step, str) else step


def kinds(scenario):
    needs = (set(behaviours(scenario)) & BACKUP_EVENTS or
             set(points(scenario)) & BACKUP_CALLS)
    if "requester" not in scenario:
        return {"backup"} if needs else {"restore", "backup"}
    makes = "InitializeForBackup" in set(calls(scenario))
    found = {"backup"} if needs or makes else {"restore"}
    if makes and not needs and set(behaviours(scenario)):
        found.add("restore")  # its writers act in a restore
    return found


def scenarios(places):
    for place in places:
        for folder, _, names in os.walk(place):
            for name in names:
                if name.endswith(".yaml"):
                    yield os.path.join(folder, name)


def main():
    kind, leave_out, places = sys.argv[1], sys.argv[2], sys.argv[3:]
    with open(leave_out) as lines:
        left = {f"{line.split()[0]}.yaml" for line in lines}
    left = {n if n.startswith("ci/") else f"scenarios/{n}" for n in left}
    gone = [name for name in left if not os.path.exists(name)]
    if gone:
        sys.exit(f"requesters.py: left out but not there: {gone}")
    for name in sorted(scenarios(places)):
        if name in left or name.startswith("scenarios/requester/"):
            continue
        with open(name) as text:
            scenario = yaml.load(text, LOADER)
        if "vssim" in scenario and kind in kinds(scenario):
            print(name)


main()
