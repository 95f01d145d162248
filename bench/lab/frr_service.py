#!/usr/bin/env python3
"""One service more among many, announced through FRR: how long until its UPDATE is on the wire.

    python3 bench/lab/frr_service.py [--services 10000] [-n 20]

Three ways in one run, on the same FRR with the same number of routes: Herald's FRR backend (from the document in its
directory), one vtysh with three commands, and frr-reload.py as MetalLB runs it. Times end when the prefix is seen in a TCP segment at
the router's interface. `burst` is 1,000 services at once, until the last is with the router.
"""

import argparse
import os
import socket
import statistics
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..', 'itests', 'lab'))

import peers  # noqa: E402
from frrlab import NODE_AS, ROUTER, SERVED, FrrLab, backend, configure, install  # noqa: E402
from herald import inside  # noqa: E402
from lab import Lab, run, wait  # noqa: E402

POLICY = """\
apiVersion: metallb.io/v1beta1
kind: IPAddressPool
metadata: {name: lab}
spec: {addresses: ["10.128.0.0/15"]}
"""


def address(number):
    return f'10.128.{number >> 8}.{number & 255}'


class Wire:
    """Sees a /32 in an UPDATE that comes in at the router."""

    def __init__(self, host):
        self.socket = inside(host, self._open)

    @staticmethod
    def _open():
        raw = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(3))
        raw.bind(('eth0', 3))
        raw.settimeout(30)
        return raw

    def drain(self):
        self.socket.setblocking(False)
        try:
            while self.socket.recv(65536):
                pass
        except BlockingIOError:
            pass
        self.socket.settimeout(30)

    def sees(self, text, begun):
        wanted = b'\x20' + socket.inet_aton(text)
        while wanted not in self.socket.recv(65536)[54:]:
            pass
        return 1000 * (time.monotonic() - begun)


class Bench:
    def __init__(self, lab, services):
        self.services = services
        self.lab = FrrLab(lab, router_daemons=('zebra', 'bgpd'))
        self.node = self.lab.nodes[0]
        self.frr = peers.Frr(self.node.host, '', daemons=('zebra', 'bgpd'))
        configure(self.node, 'org.heraldlb.frr', mode='attached', sockets=self.frr.directory)
        self.node.write('policy.yaml', POLICY)
        self.node.write('many.yaml', '---\n'.join(self.document(number) for number in range(services)))
        self.node.start().wait_ready(300)
        install(self.node, 'herald-frr')
        backend(self.node, 'frr')
        wait(lambda: self.routes() == services, 300, 0.5, f'{services} routes with the router')
        self.wire = Wire(self.lab.router)

    @staticmethod
    def document(number):
        return SERVED.format(name=f's{number}', address=address(number))

    def routes(self):
        table = self.lab.frr.json('show bgp ipv4 unicast summary')
        return table.get('peers', {}).get('10.99.0.11', {}).get('pfxRcd', 0)

    def herald(self, number):
        self.wire.drain()
        begun = time.monotonic()
        self.node.write(f'one-{number}.yaml', self.document(number))
        return self.wire.sees(address(number), begun)

    def vtysh(self, number):
        self.wire.drain()
        begun = time.monotonic()
        tag = self.tag()
        self.frr.vtysh('configure terminal', f'router bgp {NODE_AS}', 'address-family ipv4 unicast',
                       f'network {address(number)}/32 route-map {tag}')
        return self.wire.sees(address(number), begun)

    def tag(self):
        if not hasattr(self, '_tag'):
            running = self.frr.vtysh('show running-config')
            self._tag = next(line.split()[1] for line in running.splitlines() if line.startswith('route-map herald-tag-'))
        return self._tag

    def reload(self, number):
        """Without Herald, which would put back what the file lacks."""
        path = os.path.join(self.frr.directory, 'reload.conf')
        running = self.frr.vtysh('show running-config').split('Current configuration:', 1)[1]
        anchor = f'  network {address(0)}/32'
        with open(path, 'w', encoding='utf-8') as file:
            file.write(running.replace(anchor, f'  network {address(number)}/32 route-map {self.tag()}\n{anchor}', 1))
        self.wire.drain()
        begun = time.monotonic()
        self.node.host.run('/usr/lib/frr/frr-reload.py', '--reload', '--vty_socket', self.frr.directory, '--confdir',
                           self.frr.directory, '--rundir', self.frr.directory, '--bindir', '/usr/bin', path, check=False,
                           timeout=120)
        return self.wire.sees(address(number), begun)

    def burst(self, count):
        first = self.services + 5000
        have = self.routes()
        begun = time.monotonic()
        self.node.write('burst.yaml', '---\n'.join(self.document(first + number) for number in range(count)))
        wait(lambda: self.routes() == have + count, 60, 0.02, 'all of them with the router')
        return 1000 * (time.monotonic() - begun)


def line(name, values):
    print(f'{name}: n {len(values)}, p50 {statistics.median(values):.0f} ms, min {min(values):.0f}, max {max(values):.0f}',
          flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--services', type=int, default=10000)
    parser.add_argument('-n', type=int, default=20)
    options = parser.parse_args()
    with Lab('bfs') as lab:
        bench = Bench(lab, options.services)
        before = bench.lab.frr.json('show bgp neighbors')['10.99.0.11'].get('connectionsDropped')
        bench.herald(options.services)
        line('herald, frr backend, from the document', [bench.herald(options.services + 1 + i) for i in range(options.n)])
        print(f'herald, 1000 services at once: {bench.burst(1000):.0f} ms')
        bench.node.kill()
        line('vtysh', [bench.vtysh(options.services + 2000 + i) for i in range(options.n)])
        line('frr-reload.py', [bench.reload(options.services + 3000 + i) for i in range(max(2, options.n // 5))])
        after = bench.lab.frr.json('show bgp neighbors')['10.99.0.11'].get('connectionsDropped')
        print(f'resets of the session: {after - before}')
        print(run(['uptime']).strip())


if __name__ == '__main__':
    main()
