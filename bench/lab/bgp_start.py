#!/usr/bin/env python3
"""From the start of a process to Established with FRR: Herald's speaker (without a container), the whole of Herald where it is
built, and ExaBGP; then from the moment that the peer's port opens: bgp_start.py [REPETITIONS].

Goals: Herald no later than ExaBGP's time plus the container's start (bench/lab/start.py), and within 1 s after the port opens.
"""

import os
import statistics
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, '..', '..', 'itests', 'lab'))

import peers  # noqa: E402
from lab import Lab, wait  # noqa: E402
from speaker import Speaker  # noqa: E402

FRR = '''router bgp 65002
 bgp router-id 10.95.0.2
 no bgp ebgp-requires-policy
 neighbor 10.95.0.1 remote-as 65001
 neighbor 10.95.0.1 passive
'''

EXABGP = '''neighbor 10.95.0.2 { router-id 10.95.0.1; local-address 10.95.0.1; local-as 65001; peer-as 65002; hold-time 9;
  family { ipv4 unicast; } static { route 192.0.2.1/32 next-hop self; } }
'''


def herald(node):
    speaker = Speaker(node, 'id=10.95.0.1')
    speaker.say('route 192.0.2.1/32', 'peer frr 10.95.0.2 my=65001 as=65002', 'apply')
    return speaker.process


def exabgp(node):
    path = os.path.join(node.directory(), 'exabgp.conf')
    with open(path, 'w', encoding='utf-8') as file:
        file.write(EXABGP)
    return node.spawn('/usr/bin/python3', '/usr/sbin/exabgp', path, env={
        'exabgp.daemon.user': 'root', 'exabgp.log.destination': 'stdout', 'exabgp.api.cli': 'false', 'exabgp.daemon.drop': 'false'})


def up(frr):
    wait(lambda: frr.session('10.95.0.1') == 'Established', 60, 0.01, 'the session')
    return time.monotonic()


def one(start):
    with Lab('bgs') as lab:
        node, router = lab.host('n'), lab.host('r')
        lab.wire(node, 'eth0', router, 'eth0', ['10.95.0.1/24'], ['10.95.0.2/24'])
        frr = peers.Frr(router, FRR, daemons=('zebra', 'bgpd'))
        time.sleep(2)
        begun = time.monotonic()
        start(node)
        figures = {'start': up(frr) - begun}
        router.run('ip', 'route', 'flush', 'cache')
        # The port closes for three seconds, as when a router restarts, and opens again.
        frr.vtysh('conf t', 'router bgp 65002', 'no neighbor 10.95.0.1')
        router.run('iptables', '-A', 'INPUT', '-p', 'tcp', '--dport', '179', '-j', 'REJECT', '--reject-with', 'tcp-reset', check=False)
        time.sleep(3)
        frr.vtysh('conf t', 'router bgp 65002', 'neighbor 10.95.0.1 remote-as 65001', 'neighbor 10.95.0.1 passive')
        router.run('iptables', '-F', check=False)
        opened = time.monotonic()
        figures['port'] = up(frr) - opened
        return figures


def main():
    repetitions = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    for name, start in (('herald', herald), ('exabgp', exabgp)):
        runs = [one(start) for _ in range(repetitions)]
        medians = {key: statistics.median(figures[key] for figures in runs) for key in runs[0]}
        print(f'{name:8} runs={repetitions} start-to-Established={medians["start"]:.2f} s '
              f'port-open-to-Established={medians["port"]:.2f} s', flush=True)


if __name__ == '__main__':
    main()
