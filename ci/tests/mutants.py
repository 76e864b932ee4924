"""Plays the library against each mutant: VSSIM FOLDER SUFFIX [--rules]

The head of each source says what is wrong and which rule must convict it:

    Wrong: PreRestore answers E_FAIL when memory is short
    Rule: allowed-code

Prints a line "ok - ..." or "not ok - ..." a mutant; the reference and the
control must be convicted of nothing. --rules: prints instead which mutants each
invariant convicts, and in how many scenarios.
"""
import concurrent.futures
import json
import os
import re
import subprocess
import sys
import tempfile

FOLDER = "asserts/mutants"
WRONG = re.compile(r"^ \* Wrong: ((?:.*\n)+?) \* Rule: ([a-z-]+)$", re.M)
RULE = re.compile(r'^RULE\(\w+,\s*"([a-z-]+)",\s*\w+,\s*(\w+)', re.M)
SECONDS = "2"  # what one scenario may take: some mutants loop for ever


def table(name, pattern):
    with open(name, encoding="utf-8") as f:
        return pattern.findall(re.sub(r"/\*.*?\*/", "", f.read(), flags=re.S))


def mutants_of(folder):
    """(name, rule, what is wrong) of each source; the control comes first."""
    found = []
    for file in sorted(os.listdir(folder)):
        name, kind = os.path.splitext(file)
        if kind != ".c":
            continue
        with open(os.path.join(folder, file), encoding="utf-8") as f:
            said = WRONG.search(f.read().split("*/")[0])
        if not said:
            print("not ok - %s: its head does not say Wrong: and Rule:" % name)
            continue
        what = " ".join(re.sub(r"^ \*", "", line).strip()
                        for line in said.group(1).splitlines())
        found.append((name, said.group(2), what))
    return sorted(found, key=lambda m: m[1] != "none")


def play(vssim, subject):
    """What the library finds: rule -> scenarios; None when it was not played.

    What a scenario demands or expects to fail convicts nobody, nor does a
    warning.
    """
    with tempfile.NamedTemporaryFile() as report:
        done = subprocess.run(
            [vssim, "run", "-q", "--timeout", SECONDS, "--subject", subject,
             "--json", report.name, "scenarios"], stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, check=False)
        if done.returncode not in (0, 1):
            return None
        scenarios = json.load(report)["scenarios"]
    rules = {}
    for scenario in scenarios:
        for finding in scenario["findings"]:
            if (finding["severity"] == "error" and not finding["demanded"] and
                    not scenario["todo"]):
                rules.setdefault(finding["rule"], set()).add(scenario["file"])
    return rules


def judge(name, rule, what, rules, kinds):
    """A line of the report; the control comes with the rule "none"."""
    if rules is None:
        return "not ok - %s: could not be played" % name
    if rule == "none":
        guilty = sorted(r for r in rules if kinds[r] == "INVARIANT")
        return "%s - %s: %s" % ("not ok" if guilty else "ok", name,
                                ", ".join(guilty) or what)
    if rule in rules:
        return "ok - %s: %s (%s, %d scenarios)" % (name, what, rule,
                                                   len(rules[rule]))
    return "not ok - %s: %s: not convicted by %s but by %s" % (
        name, what, rule, ", ".join(sorted(rules)) or "nothing")


def main():
    vssim, folder, suffix = sys.argv[1:4]
    kinds = dict(table("asserts/rules/rules.def", RULE))
    mutants = mutants_of(FOLDER)
    for name, rule, _ in mutants:
        if rule != "none" and rule not in kinds:
            print("not ok - %s: there is no rule %s" % (name, rule))
    subjects = ["reference"] + ["%s/%s%s" % (folder, m[0], suffix)
                                for m in mutants]
    # Each play has a worker of its own; this many at once.
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        found = list(pool.map(lambda s: play(vssim, s), subjects))
    if "--rules" in sys.argv:
        for rule in (r for r, kind in kinds.items() if kind == "INVARIANT"):
            named = {m[0] for m in mutants if m[1] == rule}
            hits = ["%s%s %d" % (m[0], "*" if m[0] in named else "",
                                 len(f[rule]))
                    for m, f in zip(mutants, found[1:]) if f and rule in f]
            print("%s: %d named: %s" % (rule, len(named), ", ".join(hits)))
        return
    print(judge("reference", "none", "nothing is held against it", found[0],
                kinds) if found[0] == {} else
          "not ok - reference: %s" % found[0])
    for mutant, rules in zip(mutants, found[1:]):
        print(judge(*mutant, rules, kinds))


main()
