#!/usr/bin/env python3
"""Graceful restart with traffic: two nodes announce one address, a client reaches it through FRR's kernel table."""

import sys
import threading
import time

import peers
from lab import Lab, Report, wait
from speaker import Speaker, class_path

SERVICE = '192.0.2.1'

ROUTER = '''router bgp 65000
 bgp router-id 10.99.0.1
 no bgp ebgp-requires-policy
 bgp bestpath as-path multipath-relax
 neighbor 10.99.0.11 remote-as 65001
 neighbor 10.99.0.12 remote-as 65001
 neighbor 10.99.0.11 timers connect 1
 neighbor 10.99.0.12 timers connect 1
 address-family ipv4 unicast
  maximum-paths 16
 exit-address-family
'''


def topology(lab):
    switch = lab.switch('sw')
    router, client = lab.host('r'), lab.host('c')
    switch.attach(router, 'eth0', '10.99.0.1/24')
    lab.wire(client, 'eth0', router, 'eth1', ['10.98.0.2/24'], ['10.98.0.1/24'])
    client.run('ip', 'route', 'add', 'default', 'via', '10.98.0.1')
    router.sysctl('net.ipv4.ip_forward', 1)
    router.sysctl('net.ipv4.fib_multipath_hash_policy', 1)
    nodes = []
    for index in (1, 2):
        node = lab.host(f'n{index}')
        switch.attach(node, 'eth0', f'10.99.0.1{index}/24')
        node.run('ip', 'route', 'add', 'default', 'via', '10.99.0.1')
        node.run('ip', 'addr', 'add', SERVICE + '/32', 'dev', 'lo')
        nodes.append(node)
    return router, client, nodes


def start(node, graceful=True):
    speaker = Speaker(node, 'restart=30')
    speaker.say(f"peer tor 10.99.0.1 my=65001 as=65000{' gr' if graceful else ''}", f'route {SERVICE}/32', 'apply')
    return speaker


def hops(router):
    routes = router.routes(SERVICE)
    return len(routes[0].get('nexthops', [1])) if routes else 0


class Watch:
    """Looks at the kernel's table all the time, and sends pings."""

    def __init__(self, router, client):
        self.router, self.fewest, self.looks, self.running = router, 99, 0, True
        self.pings = client.spawn('ping', '-i', '0.02', '-W', '1', SERVICE, log='ping.log')
        self.path = client.directory() + '/ping.log'
        self.thread = threading.Thread(target=self._look)
        self.thread.start()

    def _look(self):
        while self.running:
            self.fewest = min(self.fewest, hops(self.router))
            self.looks += 1
            time.sleep(0.02)

    def stop(self):
        """Fewest next hops seen, and packets lost."""
        self.running = False
        self.thread.join()
        self.pings.send_signal(2)
        self.pings.wait()
        with open(self.path, encoding='utf-8') as log:
            summary = next(line for line in log.read().splitlines()[::-1] if 'packets transmitted' in line)
        sent, received = [int(part.split()[0]) for part in summary.split(', ')[:2]]
        return self.fewest, sent - received, f'{self.looks} looks, {sent} pings'


def swap(report, name, router, client, node, frr, end, successor):
    watch = Watch(router, client)
    time.sleep(0.3)
    end()
    wait(lambda: frr.session('10.99.0.11') != 'Established', 10, what='the session to end')
    report.check(f'{name}: the router keeps the route', hops(router) == 2, hops(router))
    speaker = successor()
    wait(lambda: frr.session('10.99.0.11') == 'Established', 20, what='the session to come back')
    time.sleep(1)
    fewest, lost, detail = watch.stop()
    report.check(f'{name}: both paths stay in the kernel all the time', fewest == 2, f'fewest {fewest}, {detail}')
    report.check(f'{name}: no packet is lost', lost == 0, f'{lost} lost, {detail}')
    return speaker


def main():
    if peers.missing() or not class_path():
        return 77
    report = Report()
    with Lab('bgr') as lab:
        router, client, nodes = topology(lab)
        frr = peers.Frr(router, ROUTER, daemons=('zebra', 'bgpd'))
        first, second = start(nodes[0]), start(nodes[1])
        wait(lambda: hops(router) == 2, 20, what='two paths in the kernel')
        report.check('ECMP over two nodes', True)
        wait(lambda: 'advertised=1' in str(first.status()), 20, what='the route to be told')
        speaker = swap(report, 'swap', router, client, nodes[0], frr, lambda: first.say('stop'), lambda: start(nodes[0]))
        first.kill()
        speaker = swap(report, 'kill -9', router, client, nodes[0], frr, speaker.kill, lambda: start(nodes[0]))
        wait(lambda: hops(router) == 2)
        speaker.say('nopeer tor', 'apply')
        wait(lambda: hops(router) == 1, 5, what='the route of the node that left to go')
        reason = frr.json('show bgp neighbors')['10.99.0.11'].get('lastNotificationReason', '')
        report.check('leaving for good: the route goes at once, with a reason', True, reason)
        second.kill()
        speaker.kill()
    return report.exit_code()


if __name__ == '__main__':
    sys.exit(main())
