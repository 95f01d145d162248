#!/usr/bin/env python3
"""Whether busy nodes take each other for dead: three nodes, every core loaded, for minutes.

    bench/lab/false_suspicion.py [--minutes 10] [--only default|fast] [--calm 20] [--json FILE]

Each setting runs for so many minutes in turn. Load comes and goes: a sudden one after a calm time is the hard case, as
whatever learns from a calm time has learned the wrong thing. stress-ng keeps each core busy with --workers processes, and one
more with memory, for 30 s, then there is calm for 10 s, and so on. Counted, from the nodes' logs: members that were given
up, by the reason; and addresses that moved, as a client hears them announced by another node than before. The client asks
every 10 ms too; the longest time between two of its own questions shows how loaded the machine was.
"""

import argparse
import json
import os
import re
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, '..', '..', 'itests', 'lab'))
sys.path.insert(0, HERE)

from cluster import ClusterLab  # noqa: E402
from failover import SETTINGS, Prober  # noqa: E402
from herald import unpack  # noqa: E402
from lab import Lab, end  # noqa: E402
from link import FIRST  # noqa: E402

LOADED, CALM = 30, 10
GONE = re.compile(r'members: \[[^\]]*\], gone: \{([^}]*)\}')


def losses(node):
    """Each loss that the node has noted: a member with the reason, once for each time it was new."""
    found, before = [], set()
    seen = set()
    for line in node.log().splitlines():
        match = GONE.search(line)
        # The log goes to the console and to the file: each line is there twice.
        stamp = line[:23]
        if match and (stamp, match.group(1)) not in seen:
            seen.add((stamp, match.group(1)))
            now = {entry.strip() for entry in match.group(1).split(',') if entry.strip()}
            found += sorted(now - before)
            before = now
    return found


def moves(answers):
    """How often the answer came from somebody else than the one before."""
    return sum(1 for before, after in zip(answers, answers[1:]) if before[1] != after[1])


def load(host, workers):
    return host.spawn('stress-ng', '--cpu', str(workers * os.cpu_count()), '--vm', '1', '--vm-bytes', '64M',
                      '--timeout', f'{LOADED}s', '--quiet', log='stress.log')


def watch(home, name, minutes, calm, workers):
    with Lab('fsus') as lab:
        cluster = ClusterLab(lab, settings=SETTINGS[name], home=home)
        cluster.start()
        cluster.wait_members(cluster.nodes, cluster.nodes, 90)
        cluster.only_owner()
        time.sleep(calm)
        before = {node: len(losses(cluster.nodes[node])) for node in cluster.nodes}
        with Prober(cluster.client, FIRST) as prober:
            stop = time.monotonic() + 60 * minutes
            while (left := stop - time.monotonic()) > 0:
                stress = load(cluster.client, workers)
                time.sleep(min(LOADED, left))
                end(stress)
                time.sleep(max(0, min(CALM, stop - time.monotonic())))
                counts = {node: len(losses(cluster.nodes[node])) - before[node] for node in cluster.nodes}
                print(f'# {name}: {minutes - max(0, stop - time.monotonic()) / 60:.1f} min, suspicions {counts}, '
                      f'moves {moves(prober.answers)}', flush=True)
        outcome = prober.outcome(0)
        found = {node: losses(cluster.nodes[node])[before[node]:] for node in cluster.nodes}
        return {'minutes': minutes, 'suspicions': found, 'moves': moves(prober.answers), **outcome}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--minutes', type=float, default=10)
    parser.add_argument('--only', default='')
    parser.add_argument('--calm', type=float, default=20, help='seconds of calm before the first load')
    parser.add_argument('--workers', type=int, default=1, help='processes that keep each core busy')
    parser.add_argument('--json')
    options = parser.parse_args()
    rows = {}
    with Lab('fshome') as keep:
        home = unpack(keep.directory)
        for name in ('herald default', 'herald fast'):
            if options.only not in name:
                continue
            row = rows[name] = watch(home, name, options.minutes, options.calm, options.workers)
            total = sum(len(found) for found in row['suspicions'].values())
            print(f"{name}: {options.minutes:g} min with all cores loaded: {total} suspicions (goal 0), load average "
                  f"{os.getloadavg()[0]:.0f} "
                  f"{row['suspicions'] if total else ''}, {row['moves']} moves (goal 0), longest time without an answer "
                  f"{row['outage']:.0f} ms, the machine's own stall {row['stall']:.0f} ms", flush=True)
    if options.json:
        with open(options.json, 'w', encoding='utf-8') as out:
            json.dump(rows, out, indent=1)
    return 0


if __name__ == '__main__':
    sys.exit(main())
