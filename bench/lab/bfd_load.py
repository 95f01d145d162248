#!/usr/bin/env python3
"""CPU, memory and false downs of many BFD sessions: bfd_load.py SESSIONS INTERVAL_MS SECONDS [--stress].

Two wires in one run: Herald to FRR, and FRR to FRR as the measure. With --stress both cores are kept busy by processes
outside (stress-ng with CPU, page faults and context switches: the load that makes FRR's own sessions fall).
"""

import os
import re
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..', 'itests', 'lab'))
from bfd_detect import FLAGS, JAR, JAVA  # noqa: E402
from lab import Lab, end, wait  # noqa: E402
from peers import Frr  # noqa: E402

STRESS = ['stress-ng', '--cpu', '2', '--vm', '2', '--vm-bytes', '256M', '--switch', '2', '--quiet']


def addresses(net, host, count):
    return [f'10.{net}.{host}.{i + 1}' for i in range(count)]


def frr(host, here, there, interval):
    peers = ''.join(f' peer {b} local-address {a} interface eth0\n  receive-interval {interval}\n'
                    f'  transmit-interval {interval}\n !\n' for a, b in zip(here, there))
    return Frr(host, f'bfd\n{peers}!\n', daemons=('zebra', 'bfdd'))


def host_with(lab, switch, name, own):
    host = lab.host(name)
    switch.attach(host, 'eth0')
    for address in own:
        host.add_address('eth0', address + '/16')
    return host


def cpu(pid):
    with open(f'/proc/{pid}/stat', encoding='ascii') as file:
        fields = file.read().rsplit(')', 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf('SC_CLK_TCK')


def resident(pid):
    with open(f'/proc/{pid}/status', encoding='ascii') as file:
        return int(re.search(r'VmRSS:\s+(\d+)', file.read()).group(1)) / 1024


def up_and_downs(router):
    up = sum(1 for session in router.json('show bfd peers') if session.get('status') == 'up')
    downs = sum(session.get('session-down', 0) for session in router.json('show bfd peers counters'))
    return up, downs


def main():
    sessions, interval, seconds = (int(word) for word in sys.argv[1:4])
    with Lab('bl') as lab:
        switch = lab.switch('sw')
        a, b = addresses(91, 1, sessions), addresses(91, 2, sessions)
        c, d = addresses(92, 1, sessions), addresses(92, 2, sessions)
        herald = host_with(lab, switch, 'herald', a)
        router = frr(host_with(lab, switch, 'router', b), b, a, interval)
        left = frr(host_with(lab, switch, 'left', c), c, d, interval)
        right = frr(host_with(lab, switch, 'right', d), d, c, interval)
        process = herald.spawn(JAVA, *FLAGS, '-cp', JAR, 'org.heraldlb.bench.bfd.BfdPeer', str(interval), '3', 'single',
                               *(f'{peer}@{own}' for peer, own in zip(b, a)), stdin=subprocess.PIPE, log='herald.out')
        wait(lambda: up_and_downs(router)[0] == sessions and up_and_downs(left)[0] == sessions, 60, 0.5,
             f'{sessions} sessions to come up')
        time.sleep(5)
        before = {name: up_and_downs(daemon)[1] for name, daemon in (('herald-frr', router), ('frr-frr', left))}
        pids = {'herald': process.pid, 'bfdd to herald': router.processes['bfdd'].pid,
                'bfdd to bfdd': left.processes['bfdd'].pid}
        start = {name: cpu(pid) for name, pid in pids.items()}
        stress = subprocess.Popen(STRESS, start_new_session=True) if '--stress' in sys.argv else None
        began = time.monotonic()
        time.sleep(seconds)
        took = time.monotonic() - began
        used = {name: (cpu(pid) - start[name]) / took * 100 for name, pid in pids.items()}
        if stress:
            end(stress)
        print(f'{sessions} sessions at {interval}x3 ms for {seconds} s{" under stress" if stress else ""}')
        for name, percent in used.items():
            print(f'  {name:15} {percent:6.2f} % of a core ({percent / sessions:.3f} % a session), '
                  f'{resident(pids[name]):.0f} MiB resident')
        for name, daemon in (('herald-frr', router), ('frr-frr', left)):
            up, downs = up_and_downs(daemon)
            print(f'  {name:15} {downs - before[name]} downs, {up} of {sessions} up')
        process.stdin.close()
        process.wait(5)
        with open(os.path.join(herald.directory(), 'herald.out'), encoding='utf-8') as file:
            print('  herald ' + next((line.strip() for line in file if line.startswith('lag')), ''))
        del right


if __name__ == '__main__':
    main()
