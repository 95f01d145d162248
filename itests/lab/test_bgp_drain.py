#!/usr/bin/env python3
"""Maintenance of BGP in the whole appliance: two nodes tell FRR one address, a client behind it keeps asking over both paths.
herald:drain of one, bgp:peer-disable across a restart, vip:withdraw: the router sees what it should, and no datagram is lost."""

import json
import os
import select
import shutil
import socket
import sys
import threading
import time

import peers
from herald import inside
from lab import Lab, Report, wait
from link import LinkLab
from routed import FIRST, Router

NODES = {'node-a': '192.0.2.11', 'node-b': '192.0.2.12'}
PORT = 7007
GRACE = 6
ECHO = f'''
import socket, sys
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.bind(("0.0.0.0", {PORT}))
while True:
    data, peer = s.recvfrom(64)
    s.sendto(data + b" " + sys.argv[1].encode(), peer)
'''


class Datagrams:
    """Asks from many ports, so that both paths are used, and counts what comes back."""

    def __init__(self, host, address, sockets=24):
        self.address = address
        self.sockets = [inside(host, self._socket) for _ in range(sockets)]
        self.waiting = {}
        self.seen = {}
        self.sent = 0
        self.done = threading.Event()
        self.thread = threading.Thread(target=self._run, daemon=True)

    @staticmethod
    def _socket():
        made = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        made.setblocking(False)
        return made

    def _run(self):
        while not self.done.wait(0.005):
            self._ask()
            self._listen(0)
        end = time.monotonic() + 10
        while self.waiting and time.monotonic() < end:
            self._listen(0.1)

    def _ask(self):
        self.sent += 1
        self.waiting[self.sent] = time.monotonic()
        self.sockets[self.sent % len(self.sockets)].sendto(str(self.sent).encode(), (self.address, PORT))

    def _listen(self, seconds):
        for ready in select.select(self.sockets, [], [], seconds)[0]:
            number, _, name = ready.recv(64).decode().partition(' ')
            self.waiting.pop(int(number), None)
            self.seen[name] = self.seen.get(name, 0) + 1

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.done.set()
        self.thread.join()
        for each in self.sockets:
            each.close()

    def lost(self):
        return len(self.waiting)


class Maintenance:
    def __init__(self, lab):
        self.link = LinkLab(lab, tuple(NODES))
        for name, node in self.link.nodes.items():
            # The first start would copy the distribution's etc/ over what is written here.
            etc = os.path.dirname(node.documents)
            shutil.copytree(os.path.join(self.link.home, 'etc'), etc, dirs_exist_ok=True)
            self._set(etc, 'drain.gracefulShutdown.seconds', GRACE)
            node.host.spawn('python3', '-c', ECHO, name, start_new_session=True)
        self.router = Router(self.link, list(NODES.values()))

    @staticmethod
    def _set(etc, key, value):
        path = os.path.join(etc, 'org.heraldlb.core.cfg')
        with open(path, encoding='utf-8') as file:
            lines = [line for line in file.read().splitlines() if not line.startswith(key)]
        with open(path, 'w', encoding='utf-8') as file:
            file.write('\n'.join([*lines, f'{key} = {value}']) + '\n')

    def _path(self, name):
        """The router's path to the address by one node, {} when it has none."""
        shown = self.router.frr.json(f'show bgp ipv4 unicast {FIRST}/32')
        for path in shown.get('paths', []):
            if path['nexthops'][0]['ip'] == NODES[name]:
                return path
        return {}

    def _neighbor(self, name):
        return self.router.frr.json('show bgp neighbors').get(NODES[name], {})

    def both_paths_carry_traffic(self):
        self.router.start()
        self.link.start()
        self.router.wait_established(60)
        self.router.wait_next_hops(list(NODES.values()), 60)
        with Datagrams(self.router.far, FIRST) as probes:
            wait(lambda: len(probes.seen) == 2, 30, 0.1, 'answers from both nodes')
        return f'{probes.seen}'

    def a_drained_node_says_goodbye_in_order(self):
        node = self.link.nodes['node-a']
        answer, steps = [], []
        with Datagrams(self.router.far, FIRST) as probes:
            order = threading.Thread(target=lambda: answer.append(node.do('herald:drain --reason "new kernel" -o json')))
            order.start()
            wait(lambda: 'graceful-shutdown' in str(self._path('node-a').get('community', {})), 30, 0.05,
                 'GRACEFUL_SHUTDOWN at the router')
            steps.append('community')
            self.router.wait_next_hops([NODES['node-b']], 30)
            assert self._neighbor('node-a').get('bgpState') == 'Established', 'the session ended before the routes were moved'
            wait(lambda: not self._path('node-a'), 60, 0.05, 'the withdrawal')
            assert self._neighbor('node-a').get('bgpState') == 'Established', 'the session ended before the withdrawal'
            steps.append('withdrawal')
            wait(lambda: self._neighbor('node-a').get('lastShutdownDescription') == 'new kernel', 60, 0.1,
                 'the Cease with its text')
            steps.append('Cease')
            order.join(60)
        assert json.loads(answer[0])['safe'], answer
        assert probes.lost() == 0, f'{probes.lost()} of {probes.sent} lost'
        return f'{", ".join(steps)}; {probes.sent} datagrams, none lost; {probes.seen}'

    def an_undrained_node_is_back(self):
        with Datagrams(self.router.far, FIRST) as probes:
            self.link.nodes['node-a'].do('herald:undrain')
            self.router.wait_established(60)
            self.router.wait_next_hops(list(NODES.values()), 60)
            before = probes.seen.get('node-a', 0)
            wait(lambda: probes.seen.get('node-a', 0) > before, 30, 0.1, 'answers from node-a')
        assert probes.lost() == 0, f'{probes.lost()} of {probes.sent} lost'
        assert 'graceful-shutdown' not in str(self._path('node-a').get('community', {}))
        return f'{probes.sent} datagrams, none lost'

    def a_disabled_peer_stays_so_across_a_restart(self):
        node = self.link.nodes['node-b']
        said = node.do('bgp:peer-disable router --for 10m --reason "line card"')
        assert 'peer router is disabled until' in said and 'line card' in said, said
        wait(lambda: self._neighbor('node-b').get('lastShutdownDescription') == 'line card', 30, 0.1, 'FRR to show the text')
        self.router.wait_next_hops([NODES['node-a']], 30)
        assert 'peer router is disabled until' in node.do('herald:status')
        assert 'disabled: line card' in node.do('bgp:peers'), node.do('bgp:peers')
        node.stop()
        node.start().wait_ready()
        wait(lambda: 'disabled: line card' in node.do('bgp:peers'), 60, 0.2, 'the order after the restart')
        assert self._neighbor('node-b').get('bgpState') != 'Established'
        assert 'disabled by the operator: line card' in node.do('bgp:doctor router')
        node.do('bgp:peer-enable router')
        self.router.wait_established(60)
        self.router.wait_next_hops(list(NODES.values()), 60)

    def one_address_is_withdrawn_for_a_while(self):
        node = self.link.nodes['node-a']
        with Datagrams(self.router.far, FIRST) as probes:
            said = node.do(f'vip:withdraw {FIRST} --for 10m --reason disk')
            self.router.wait_next_hops([NODES['node-b']], 30)
            assert f'{FIRST} is withdrawn until' in said and 'disk' in said, said
            assert self._neighbor('node-a').get('bgpState') == 'Established'
            wait(lambda: f' {FIRST}/' not in node.host.run('ip', 'addr', 'show', 'lo'), 60, 0.1, 'the address to leave the host')
            node.do(f'vip:restore {FIRST}')
            self.router.wait_next_hops(list(NODES.values()), 30)
        assert probes.lost() == 0, f'{probes.lost()} of {probes.sent} lost'
        return f'{probes.sent} datagrams, none lost'

    def an_aggregate_is_told_of(self):
        node = self.link.nodes['node-a']
        path = os.path.join(node.documents, 'routed.yaml')
        with open(path, encoding='utf-8') as file:
            text = file.read()
        node.write('routed.yaml', text.replace('ipAddressPools: [routed]', 'ipAddressPools: [routed]\n  aggregationLength: 31'))
        wait(lambda: self.router.frr.json('show bgp ipv4 unicast 203.0.113.10/31').get('paths'), 60, 0.1, 'the aggregate')
        said = wait(lambda: (text := node.do(f'vip:withdraw {FIRST} --for 10m')) and '203.0.113.10/31' in text and text, 30, 0.5,
                    'word of the aggregate')
        assert 'stays' in said, said
        assert self.router.frr.json('show bgp ipv4 unicast 203.0.113.10/31').get('paths')
        return said.strip().splitlines()[-1].strip()


TESTS = [name for name, value in vars(Maintenance).items() if callable(value) and not name.startswith('_')]


def main():
    if peers.missing():
        return 77
    report = Report()
    with Lab('bgm') as lab:
        maintenance = Maintenance(lab)
        for name in TESTS:
            report.run('bgp maintenance: ' + name.replace('_', ' '), getattr(maintenance, name))
            if report.failed and name == TESTS[0]:
                for node in maintenance.link.nodes.values():
                    print(node.log()[-2000:])
                break
    return report.exit_code()


if __name__ == '__main__':
    sys.exit(main())
