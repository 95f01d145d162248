#!/usr/bin/env python3
"""How late BFD's timers fire in the whole appliance under one collector after another: bfd_gc.py [SECONDS] [NAME...].

A node with ten sessions at 50x3 ms to FRR plans 10,000 services anew all the time (a document is replaced twice a second)
while stress-ng keeps both cores busy (not with CALM=1). PRIORITY gives the BFD thread a real-time priority; JAVA_25 names a
second Java (its home).
"""

import json
import os
import re
import shutil
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..', 'itests', 'lab'))
from herald import Node, unpack  # noqa: E402
from lab import Lab, end, wait  # noqa: E402
from peers import Frr  # noqa: E402

SESSIONS = 10
SERVICES = 10_000
HEAP = os.environ.get('HERALD_HEAP', '512m')
STRESS = ['stress-ng', '--cpu', '2', '--switch', '1', '--quiet']
JAVA_25 = os.environ.get('JAVA_25', '/usr/lib/jvm/temurin-25-jdk-amd64')
CALM = bool(os.environ.get('CALM'))
PRIORITY = os.environ.get('PRIORITY', '0')
RUNS = {f'{java}-{collector}': (home, collector)
        for java, home in (('17', None), ('25', JAVA_25)) for collector in ('serial', 'g1', 'zgc', 'shenandoah')}


def pools():
    return ('apiVersion: metallb.io/v1beta1\nkind: IPAddressPool\nmetadata: {name: big}\nspec: {addresses: [10.128.0.0/16]}\n'
            '---\napiVersion: metallb.io/v1beta1\nkind: L2Advertisement\nmetadata: {name: big}\n')


def services(turn):
    yield from (f'---\napiVersion: heraldlb.org/v1\nkind: Service\nmetadata: {{name: s{i}}}\n'
                f'spec: {{ports: [{{protocol: TCP, port: {80 + (turn if i % 100 == 0 else 0)}}}]}}\n' for i in range(SERVICES))


def lag(node):
    """Cumulative counts by bound in milliseconds."""
    text = node.get('/metrics', 20)[1]
    found = re.findall(r'herald_bfd_timer_lag_seconds_bucket\{le="([^"]+)"\} (\d+)', text)
    return {float(bound.replace('+Inf', 'inf')) * 1000: int(count) for bound, count in found}


def late(before, after):
    """p99, p99.9 and the worst of what fired in between, as upper bounds in milliseconds, and how many."""
    counts = {bound: after[bound] - before[bound] for bound in after}
    total = counts[float('inf')]
    return [next(bound for bound in sorted(counts) if counts[bound] >= total * part) for part in (0.99, 0.999, 1)], total


def resident(pid):
    with open(f'/proc/{pid}/status', encoding='ascii') as file:
        return int(re.search(r'VmRSS:\s+(\d+)', file.read()).group(1)) / 1024


def measure(name, seconds):
    java, collector = RUNS[name]
    with Lab('gc') as lab:
        switch = lab.switch('sw')
        host, router = lab.host('node'), lab.host('router')
        here, there = ([f'10.95.{side}.{i + 1}' for i in range(SESSIONS)] for side in (1, 2))
        for each, own in ((host, here), (router, there)):
            switch.attach(each, 'eth0')
            for address in own:
                each.add_address('eth0', address + '/16')
        peers = ''.join(f' peer {a} local-address {b} interface eth0\n  receive-interval 50\n  transmit-interval 50\n !\n'
                        for a, b in zip(here, there))
        frr = Frr(router, f'bfd\n{peers}!\n', daemons=('zebra', 'bfdd'))
        environment = {'HERALD_GC': collector, 'HERALD_HEAP': HEAP}
        if java:
            environment['JAVA_HOME'] = java
        node = Node(host, unpack(lab.directory), environment)
        etc = os.path.join(node.base, 'etc')
        shutil.copytree(os.path.join(node.home, 'etc'), etc, dirs_exist_ok=True)
        with open(os.path.join(etc, 'org.heraldlb.bfd.cfg'), 'w', encoding='utf-8') as file:
            file.write(f'realTimePriority = {PRIORITY}\n')
        for i, (a, b) in enumerate(zip(here, there)):
            with open(os.path.join(etc, f'org.heraldlb.bfd.session-s{i}.cfg'), 'w', encoding='utf-8') as file:
                file.write(f'peer = {b}\nlocal = {a}\ntransmitInterval = 50\nreceiveInterval = 50\n')
        begun = time.monotonic()
        node.start().wait_ready(90)
        ready = time.monotonic() - begun
        wait(lambda: sum(each.get('status') == 'up' for each in frr.json('show bfd peers')) == SESSIONS, 60, 0.2,
             'all sessions')
        idle = resident(node.process.pid)
        node.write('pools.yaml', pools())
        node.write('services.yaml', ''.join(services(0)))
        time.sleep(10)
        stress = None if CALM else subprocess.Popen(STRESS, start_new_session=True)
        before, downs = lag(node), frr_downs(frr)
        stop, turn = time.monotonic() + seconds, 0
        while time.monotonic() < stop:
            turn += 1
            node.write('services.yaml', ''.join(services(turn)))
            time.sleep(0.5)
        after = lag(node)
        if stress:
            end(stress)
        (p99, p999, worst), count = late(before, after)
        generation = json.loads(node.get('/api/v1/status', 20)[1] or '{}').get('generation')
        print(f'{name:14} ready {ready:5.1f} s  resident {idle:4.0f} / {resident(node.process.pid):4.0f} MiB  timers {count:6} '
              f'p99 <= {p99:.3f}  p99.9 <= {p999:.3f}  worst <= {worst:.3f} ms  false downs {frr_downs(frr) - downs}  '
              f'generation {generation}', flush=True)
        node.stop()


def frr_downs(frr):
    return sum(each.get('session-down', 0) for each in frr.json('show bfd peers counters'))


def main():
    seconds = int(sys.argv[1]) if len(sys.argv) > 1 else 30
    for name in sys.argv[2:] or RUNS:
        measure(name, seconds)


if __name__ == '__main__':
    main()
