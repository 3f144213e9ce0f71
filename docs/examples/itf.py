"""Replays a behaviour in ITF: prints each step, and what it changed. python3 itf.py FILE"""

import json
import sys


def plain(value):
    """Returns a value of ITF as one of Python: sets frozen, records as tuples of pairs, so that all can be compared."""
    if isinstance(value, list):
        return tuple(plain(part) for part in value)
    if not isinstance(value, dict):
        return value
    if "#bigint" in value:
        return int(value["#bigint"])
    if "#set" in value:
        return frozenset(plain(part) for part in value["#set"])
    if "#map" in value:
        return frozenset((plain(argument), plain(result)) for argument, result in value["#map"])
    return tuple(sorted((name, plain(part)) for name, part in value.items()))


def main(file):
    with open(file, encoding="utf-8") as text:
        behaviour = json.load(text)
    before = None
    for state in behaviour["states"]:
        after = {variable: plain(state[variable]) for variable in behaviour["vars"]}
        meta = state["#meta"]
        if before is None:
            print("in the beginning")
        else:
            # Here an implementation in another language takes the step of this name, and compares its state with `after`.
            changed = [variable for variable in behaviour["vars"] if after[variable] != before[variable]]
            arguments = ", ".join(str(plain(argument)) for argument in meta["arguments"])
            print(f"{meta['index']}: {meta['action']}({arguments}) changes {', '.join(changed) or 'nothing'}")
        before = after
    if "loop" in behaviour:
        print(f"and then from state {behaviour['loop']} on again, for ever")


if __name__ == "__main__":
    main(sys.argv[1])
