#!/usr/bin/env python3
"""From `bin/herald run` to the first answered ARP request, and what an idle node costs: start.py [RUNS] [IDLE_SECONDS].

One node, one service in a file. Each run is timed with an empty data/ (a new node) and with data/ kept (a restart), as
unpacked and again after `bin/herald archive`. The client asks every 5 ms.
"""

import os
import re
import shutil
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..', 'itests', 'lab'))
from herald import distribution  # noqa: E402
from lab import Lab, percentile, run, wait  # noqa: E402
from link import FIRST, LinkLab, service_document  # noqa: E402


def resident(pid):
    with open(f'/proc/{pid}/status', encoding='ascii') as file:
        return int(re.search(r'VmRSS:\s+(\d+)', file.read()).group(1)) / 1024


def cpu(pid):
    with open(f'/proc/{pid}/stat', encoding='ascii') as file:
        fields = file.read().rsplit(')', 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf('SC_CLK_TCK')


def one_start(link, node, keep_data):
    if not keep_data:
        shutil.rmtree(os.path.join(node.base, 'data'), ignore_errors=True)
    begun = time.monotonic()
    node.start()
    wait(lambda: link.asker.ask(FIRST, 0.005), 60, 0, 'the first ARP reply')
    took = time.monotonic() - begun
    spent = cpu(node.process.pid)
    node.wait_ready()
    node.stop()
    return took, spent


def series(link, node, label, runs):
    for keep_data, what in ((False, 'data/ empty'), (True, 'data/ kept')):
        one_start(link, node, keep_data)
        results = [one_start(link, node, keep_data) for _ in range(runs)]
        times = [took for took, _ in results]
        print(f'{label:20} {what:12} n {runs:3}  first ARP reply after s: min {min(times):.2f}  median '
              f'{percentile(times, 50):.2f}  max {max(times):.2f}   CPU s: median '
              f'{percentile([spent for _, spent in results], 50):.2f}', flush=True)


def main():
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    idle = int(sys.argv[2]) if len(sys.argv) > 2 else 300
    with Lab('st') as lab:
        link = LinkLab(lab, ('node-a',))
        node = link.nodes['node-a']
        node.write('web.yaml', service_document('web'))
        series(link, node, 'as unpacked', runs)
        run([os.path.join(node.home, 'bin', 'herald'), '--base', node.base, 'archive'], timeout=300)
        series(link, node, 'after archive', runs)
        node.start().wait_ready()
        time.sleep(10)
        start = cpu(node.process.pid)
        begun = time.monotonic()
        time.sleep(idle)
        share = (cpu(node.process.pid) - start) / (time.monotonic() - begun) * 100
        print(f'idle for {idle} s with one service: {resident(node.process.pid):.0f} MiB resident, {share:.2f} % of a core')
        size = os.path.getsize(distribution()) / 1e6
        print(f'distribution: {size:.1f} MB')


if __name__ == '__main__':
    main()
