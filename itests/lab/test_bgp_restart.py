#!/usr/bin/env python3
"""Graceful restart with traffic: two nodes announce a service of both families, a client reaches it through FRR's kernel table."""

import sys
import threading
import time

import peers
from lab import Lab, Report, wait
from speaker import Speaker, class_path

# What the checklist calls a line, in a test: the router, a session with the first node, and the service.
FAMILIES = {
    'IPv4': ('10.99.0.1', '10.99.0.11', '192.0.2.1'),
    'IPv6': ('fd00:99::1', 'fd00:99::11', '2001:db8:1::1'),
}
SURVIVES = {'IPv4': 'D-06, D-08', 'IPv6': 'D-07, D-08'}
GOES = {'IPv4': 'D-09, D-11', 'IPv6': 'D-10, D-11'}

ROUTER = '''router bgp 65000
 bgp router-id 10.99.0.1
 no bgp ebgp-requires-policy
 bgp bestpath as-path multipath-relax
 neighbor 10.99.0.11 remote-as 65001
 neighbor 10.99.0.12 remote-as 65001
 neighbor 10.99.0.11 timers connect 1
 neighbor 10.99.0.12 timers connect 1
 neighbor fd00:99::11 remote-as 65001
 neighbor fd00:99::12 remote-as 65001
 neighbor fd00:99::11 timers connect 1
 neighbor fd00:99::12 timers connect 1
 address-family ipv4 unicast
  no neighbor fd00:99::11 activate
  no neighbor fd00:99::12 activate
  maximum-paths 16
 exit-address-family
 address-family ipv6 unicast
  neighbor fd00:99::11 activate
  neighbor fd00:99::12 activate
  maximum-paths 16
 exit-address-family
'''


def topology(lab):
    switch = lab.switch('sw')
    router, client = lab.host('r'), lab.host('c')
    switch.attach(router, 'eth0', '10.99.0.1/24', 'fd00:99::1/64')
    lab.wire(client, 'eth0', router, 'eth1', ['10.98.0.2/24', 'fd00:98::2/64'], ['10.98.0.1/24', 'fd00:98::1/64'])
    client.run('ip', 'route', 'add', 'default', 'via', '10.98.0.1')
    client.run('ip', '-6', 'route', 'add', 'default', 'via', 'fd00:98::1')
    router.sysctl('net.ipv4.ip_forward', 1)
    router.sysctl('net.ipv6.conf.all.forwarding', 1)
    router.sysctl('net.ipv4.fib_multipath_hash_policy', 1)
    router.sysctl('net.ipv6.fib_multipath_hash_policy', 1)
    nodes = []
    for index in (1, 2):
        node = lab.host(f'n{index}')
        switch.attach(node, 'eth0', f'10.99.0.1{index}/24', f'fd00:99::1{index}/64')
        node.run('ip', 'route', 'add', 'default', 'via', '10.99.0.1')
        node.run('ip', '-6', 'route', 'add', 'default', 'via', 'fd00:99::1')
        for *_, service in FAMILIES.values():
            node.add_address('lo', service)
        nodes.append(node)
    return router, client, nodes


def start(node, graceful=True):
    speaker = Speaker(node, 'restart=30')
    for family, (tor, _, service) in FAMILIES.items():
        speaker.say(f"peer tor{family} {tor} my=65001 as=65000{' gr' if graceful else ''}",
                    f"route {service}/{128 if ':' in service else 32}")
    speaker.say('apply')
    return speaker


def hops(router):
    """Paths in the kernel, by family."""
    found = {}
    for family, (*_, service) in FAMILIES.items():
        routes = router.routes(service, '-' + family[-1])
        found[family] = sum(len(route.get('nexthops', [1])) for route in routes)
    return found


def wait_hops(router, count, seconds=30):
    wait(lambda: set(hops(router).values()) == {count}, seconds, what=f'{count} paths of each family in the kernel: {hops(router)}')


def sessions(frr):
    """With the first node."""
    shown = frr.json('show bgp neighbors')
    return [shown.get(ours, {}).get('bgpState') == 'Established' for _, ours, _ in FAMILIES.values()]


class Watch:
    """Looks at the kernel's table all the time, and sends pings."""

    def __init__(self, router, client):
        self.router, self.fewest, self.looks, self.running = router, hops(router), 0, True
        self.pings = {family: client.spawn('ping', '-i', '0.02', '-W', '1', service, log=f'ping-{family}.log')
                      for family, (*_, service) in FAMILIES.items()}
        self.directory = client.directory()
        self.thread = threading.Thread(target=self._look)
        self.thread.start()

    def _look(self):
        while self.running:
            seen = hops(self.router)
            self.fewest = {family: min(fewest, seen[family]) for family, fewest in self.fewest.items()}
            self.looks += 1
            time.sleep(0.02)

    def stop(self):
        """By family: fewest next hops seen, packets lost, and how closely it was looked at."""
        self.running = False
        self.thread.join()
        return {family: (self.fewest[family], *self._lost(family, ping)) for family, ping in self.pings.items()}

    def _lost(self, family, ping):
        ping.send_signal(2)
        ping.wait()
        with open(f'{self.directory}/ping-{family}.log', encoding='utf-8') as log:
            summary = next(line for line in log.read().splitlines()[::-1] if 'packets transmitted' in line)
        sent, received = [int(part.split()[0]) for part in summary.split(', ')[:2]]
        return sent - received, f'{self.looks} looks, {sent} pings'


def swap(report, name, router, client, node, frr, end, successor):
    watch = Watch(router, client)
    time.sleep(0.3)
    end()
    wait(lambda: not any(sessions(frr)), 20, what='the sessions to end')
    found = hops(router)
    report.check(f'{name}: the router keeps the routes', set(found.values()) == {2}, found)
    speaker = successor()
    wait(lambda: all(sessions(frr)), 30, what='the sessions to come back')
    time.sleep(1)
    for family, (fewest, lost, detail) in watch.stop().items():
        report.check(f'{name}: both paths stay in the kernel all the time ({family})', fewest == 2, f'fewest {fewest}, {detail}')
        report.check(f'{name}: no packet is lost ({SURVIVES[family]}, {family})', lost == 0, f'{lost} lost, {detail}')
    return speaker


def leaving_for_good(report, router, frr, speaker):
    for family in FAMILIES:
        speaker.say(f'nopeer tor{family}')
    speaker.say('apply')
    wait_hops(router, 1)
    reason = frr.json('show bgp neighbors')['10.99.0.11'].get('lastNotificationReason', '')
    report.check('leaving for good: the routes go at once, with a reason', True, reason)


def without_graceful_restart(report, router, node):
    speaker = start(node, graceful=False)
    wait_hops(router, 2)
    speaker.kill()
    wait_hops(router, 1)
    for family, lines in GOES.items():
        report.check(f'without graceful restart the route goes ({lines}, {family})', True)


def main():
    if peers.missing() or not class_path():
        return 77
    report = Report()
    with Lab('bgr') as lab:
        router, client, nodes = topology(lab)
        frr = peers.Frr(router, ROUTER, daemons=('zebra', 'bgpd'))
        first, second = start(nodes[0]), start(nodes[1])
        wait_hops(router, 2)
        report.check('ECMP over two nodes', True)
        wait(lambda: str(first.status()).count('advertised=1') == 2, 20, what='the routes to be told')
        speaker = swap(report, 'swap', router, client, nodes[0], frr, lambda: first.say('stop'), lambda: start(nodes[0]))
        first.kill()
        speaker = swap(report, 'kill -9', router, client, nodes[0], frr, speaker.kill, lambda: start(nodes[0]))
        wait_hops(router, 2)
        leaving_for_good(report, router, frr, speaker)
        speaker.kill()
        without_graceful_restart(report, router, nodes[0])
        second.kill()
    return report.exit_code()


if __name__ == '__main__':
    sys.exit(main())
