#!/usr/bin/env python3
"""One service more among many, announced through FRR: how long until its UPDATE is on the wire.

    python3 bench/lab/frr_service.py [--services 10000] [-n 20] [--seconds 330]

In one run, on one FRR with the same number of routes: FRR alone, told on its socket by a connection that stands, which is the
least that any backend can reach; Herald's FRR backend; one vtysh with three commands; frr-reload.py as MetalLB runs it. Times end when the
prefix is seen in a TCP segment at the router's interface. For Herald they begin when the document comes into its directory, which
is moved there as it had been for a while: what changed just now rests for `settle.millis` first. `1000 at once` ends when the last is
with the router. Each line is printed when it is known; after --seconds nothing new is begun.
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
from lab import Lab, LabError, percentile, run, wait  # noqa: E402

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
            if time.monotonic() - begun > 30:
                raise LabError(f'{text} is not told')
        return 1000 * (time.monotonic() - begun)


class Line:
    """bgpd's command line on its socket, as vtysh speaks to it."""

    def __init__(self, path):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.settimeout(30)
        self.socket.connect(path)
        self.say('enable')

    def say(self, *commands):
        self.socket.sendall(b''.join(command.encode() + b'\0' for command in commands))
        left, said = len(commands), b''
        while left:
            said += self.socket.recv(65536)
            while (end := said.find(b'\0\0\0')) >= 0 and len(said) > end + 3:
                said, left = said[end + 4:], left - 1


class Bench:
    def __init__(self, lab, services):
        self.services = services
        self.lab = FrrLab(lab, router_daemons=('zebra', 'bgpd'))
        self.node = self.lab.nodes[0]
        self.frr = peers.Frr(self.node.host, '', daemons=('zebra', 'bgpd'))
        configure(self.node, 'org.heraldlb.frr', mode='attached', sockets=self.frr.directory)
        configure(self.node, 'org.heraldlb.filesource', **{'settle.millis': 1})
        self.node.write('policy.yaml', POLICY)
        self.node.write('many.yaml', '---\n'.join(self.document(number) for number in range(services)))
        self.node.start().wait_ready(120)
        install(self.node, 'herald-frr')
        backend(self.node, 'frr')
        wait(lambda: self.routes() == services, 120, 0.5, f'{services} routes with the router')
        self.wire = Wire(self.lab.router)

    @staticmethod
    def document(number):
        return SERVED.format(name=f's{number}', address=address(number))

    def routes(self):
        table = self.lab.frr.json('show bgp ipv4 unicast summary')
        return table.get('peers', {}).get('10.99.0.11', {}).get('pfxRcd', 0)

    def herald(self, number):
        # Single changes: what follows the last one, FRR looked at again, is over.
        time.sleep(1)
        self.wire.drain()
        begun = time.monotonic()
        self.node.write(f'one-{number}.yaml', self.document(number))
        return self.wire.sees(address(number), begun)

    def alone(self, number):
        if not hasattr(self, '_line'):
            self._line = Line(os.path.join(self.frr.directory, 'bgpd.vty'))
        time.sleep(0.2)
        tag = self.tag()
        self.wire.drain()
        begun = time.monotonic()
        self._line.say('configure terminal', f'router bgp {NODE_AS}', 'address-family ipv4 unicast',
                       f'network {address(number)}/32 route-map {tag}', 'exit-address-family', 'exit', 'end')
        return self.wire.sees(address(number), begun)

    def vtysh(self, number):
        tag = self.tag()
        self.wire.drain()
        begun = time.monotonic()
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

    def resets(self):
        return self.lab.frr.json('show bgp neighbors')['10.99.0.11'].get('connectionsDropped')

    def burst(self, count):
        first = self.services + 5000
        have = self.routes()
        begun = time.monotonic()
        self.node.write('burst.yaml', '---\n'.join(self.document(first + number) for number in range(count)))
        wait(lambda: self.routes() == have + count, 60, 0.02, 'all of them with the router')
        return 1000 * (time.monotonic() - begun)


class Series:
    """Prints what is known as soon as it is, and begins nothing after the end."""

    def __init__(self, seconds):
        self.end = time.monotonic() + seconds

    def run(self, name, measure, first, count):
        values, why = [], ''
        for number in range(first, first + count):
            if time.monotonic() > self.end:
                why = ', out of time'
                break
            try:
                values.append(measure(number))
            except (LabError, OSError) as failure:
                why = f', then {failure}'
                break
        if values:
            print(f'{name}: n {len(values)}, p50 {statistics.median(values):.0f} ms, p90 {percentile(values, 90):.0f}, '
                  f'min {min(values):.0f}, max {max(values):.0f}{why}', flush=True)
        else:
            print(f'{name}: nothing measured{why}', flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--services', type=int, default=10000)
    parser.add_argument('-n', type=int, default=20)
    parser.add_argument('--seconds', type=float, default=330)
    options = parser.parse_args()
    series = Series(options.seconds)
    with Lab('bfs') as lab:
        bench = Bench(lab, options.services)
        print(f'# {options.services} services, set up with {series.end - time.monotonic():.0f} s left', flush=True)
        before = bench.resets()
        count, first = options.n, options.services
        series.run('herald, the first after the start', bench.herald, first, 1)
        series.run('herald, frr backend, from the document', bench.herald, first + 1, count)
        try:
            print(f'herald, 1000 services at once: {bench.burst(1000):.0f} ms', flush=True)
        except LabError as failure:
            print(f'herald, 1000 services at once: {failure}', flush=True)
        bench.node.kill()
        series.run('FRR alone, told on its socket', bench.alone, first + 2000, count)
        series.run('vtysh', bench.vtysh, first + 3000, count)
        series.run('frr-reload.py', bench.reload, first + 4000, max(2, count // 5))
        print(f'resets of the session: {bench.resets() - before}')
        print(run(['uptime']).strip())


if __name__ == '__main__':
    main()
