#!/usr/bin/env python3
"""Writes a trace of a small system: a write, a snapshot, and the first write after it.

    python3 docs/examples/trace.py > run.ndjson
    ./faultline validate run.ndjson

The system has one agent, one disk of one segment, and one block in it. What another system must do to be checked is all
here: number the events of each place, date them by a clock that runs ahead of what they depend on, and say what was done
in the words of the specification. When storage performs an I/O need not be said; see docs/traces.md.
"""
import json
import sys

AGENT, HOST, DISK, SNAPSHOT = "a1", "h1", "disk", "snap"
CUT = {"originals": {SNAPSHOT: DISK}}
ZERO, FIRST, SECOND = "0" * 16, "1" * 16, "2" * 16
OLD_LOCATION, NEW_LOCATION = 0, 1

clock = 0     # one for all places of this process: each event is later than all before it
numbers = {}  # how many events each place had
lines = []


def event(place, action, **arguments):
    """Something happened at a place."""
    global clock
    clock += 1
    numbers[place] = numbers.get(place, 0) + 1
    lines.append({"n": numbers[place], "time": clock, "place": place, "action": action, **arguments})


def obeys(command):
    """The agent changes its table, answers, and the controller hears of it."""
    event(AGENT, "ApplyCommand", command=command)
    event(AGENT, "AnswerCommand", command=command)
    event("controller", "ReceiveAnswer", answer={"command": command, "entries": []})


def about(kind, blocking, **more):
    """A command to the agent about the whole disk, which is one segment."""
    where = {"disk": DISK, "first": 0, "count": 1}
    return {"type": kind, "to": AGENT, "range": where, **more, "blocking": blocking}


def entry(location, states, version):
    return [{"location": location, "states": states, "version": version}]


def writes(value):
    """The host hands in a write, which the agent's entry does not allow; the controller is told."""
    event(HOST, "Write", host=HOST, agent=AGENT, disk=DISK, segment=0, block=0, value=value)
    event(AGENT, "Fault", host=HOST)
    fault = {"agent": AGENT, "disk": DISK, "segment": 0, "kind": "write"}
    event("controller", "ReceiveFault", fault=fault)
    return fault


# The agent knows nothing yet: its first I/O faults, and it is sent the entry as it is.
fault = writes(FIRST)
event("controller", "Refresh", fault=fault)
obeys(about("set_entry", False, entries=entry(OLD_LOCATION, [], 0)))
event("controller", "FinishJob", segment=0)
event(AGENT, "Retry", host=HOST, location=OLD_LOCATION)
event(AGENT, "Complete", host=HOST, value=FIRST)

# A snapshot: no write gets through any more, all agents have answered, the table is copied.
event("operator", "AskSnapshot", cut=CUT)
event("controller", "Freeze", cut=CUT, version=1)
obeys(about("set_entry_state", True, state="Nw", on=True, version=1))
event("controller", "CopyTable", cut=CUT, version=2)
event("controller", "AnswerSnapshot", cut=CUT)

# The first write after it: the segment is copied, all agents leave the old location, and only then writes go on.
fault = writes(SECOND)
event("controller", "BeginCopy", fault=fault, location=NEW_LOCATION)
event("controller", "CopyBlock", segment=0, block=0, value=FIRST)
event("controller", "Switch", segment=0, version=3)
obeys(about("set_entry", True, entries=entry(NEW_LOCATION, ["Nw"], 3)))
event("controller", "LiftAfterCopy", segment=0, version=4)
obeys(about("set_entry", False, entries=entry(NEW_LOCATION, [], 4)))
event("controller", "FinishJob", segment=0)
event(AGENT, "Retry", host=HOST, location=NEW_LOCATION)
event(AGENT, "Complete", host=HOST, value=SECOND)

header = {"faultline": 10, "agents": [AGENT], "disks": [DISK], "segments": 1, "blocks": 1, "zero": ZERO,
          "mapping": "all", "capacity": 0, "places": [AGENT, "controller", "operator"]}
for line in [header, *lines, {"end": len(lines)}]:
    sys.stdout.write(json.dumps(line) + "\n")
