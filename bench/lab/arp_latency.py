#!/usr/bin/env python3
"""How fast ARP requests (or neighbour solicitations, with --nd) are answered: by the kernel for its own address, by a minimal C responder, by Herald over a packet
socket and over libpcap, in turn in one run, each on a wire of its own.

    arp_latency.py [--rounds N] [--slow COUNT] [--starts N] [--flood SECONDS] [--only NAME,NAME] [--jvm FLAGS] [--nd]
"""

import argparse
import os
import statistics
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, '..', '..', 'itests', 'lab'))

from l2node import L2Node, available  # noqa: E402
from lab import Lab, wait  # noqa: E402

COUNT = 20000
# Beside the address that is asked for. Consecutive IPv6 addresses have a group each, equal last halves share one.
MORE = {('herald-10000', False): ['172.16.0.0+9999'], ('herald-10000', True): ['fd00::1:0+9999'],
        ('herald-10000-one-group', True): ['fd00::1:0*9999']}
NAMES = ('kernel', 'c', 'herald', 'herald-pcap', 'herald-10000')


def compiled(lab, name):
    path = os.path.join(lab.directory, name)
    subprocess.run(['cc', '-O2', '-Wall', '-o', path, os.path.join(HERE, f'{name}.c')], check=True)
    return path


def pairs(line):
    return {key: float(value) for key, value in (word.split('=') for word in line.split())}


def memory(pid):
    with open(f'/proc/{pid}/status') as status:
        return next(int(line.split()[1]) / 1024 for line in status if line.startswith('VmRSS'))


def cpu(pid):
    with open(f'/proc/{pid}/stat') as stat:
        fields = stat.read().rsplit(')', 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf('SC_CLK_TCK')


class Bench:
    def __init__(self, lab, options):
        self.options = options
        self.lab = lab
        self.probe = compiled(lab, 'arp_probe')
        self.responder = compiled(lab, 'arp_responder')
        self.client = lab.host('client')
        self.seen = {}
        self.pids = {}
        names = options.only.split(',') if options.only else NAMES
        self.wires = {name: self.wire(number, name) for number, name in enumerate(names)}

    def wire(self, number, name):
        node = self.lab.host(f'n{number}')
        interface, net = f'w{number}', f'10.96.{number}'
        self.lab.wire(self.client, interface, node, 'eth0', [f'{net}.1/24'], [f'{net}.2/24'])
        if self.options.nd:
            node.add_address('eth0', f'fd96:{number}::2/64')
            return node, interface, f'fd96:{number}::2' if name == 'kernel' else f'fd96:{number}::100'
        self.client.sysctl(f'net.ipv4.conf.{interface}.arp_ignore', 8)
        address = f'{net}.2' if name == 'kernel' else f'{net}.100'
        return node, interface, address

    def start(self, name):
        node, _, address = self.wires[name]
        if name == 'c':
            self.pids[name] = node.spawn(self.responder, 'eth0', address).pid
        elif name != 'kernel':
            herald = L2Node(node, 'pcap' if name == 'herald-pcap' else 'socket', flags=self.options.jvm.split())
            more = MORE.get((name, self.options.nd), [])
            herald.plan(address, *more)
            self.pids[name] = herald.process.pid
            return herald
        return None

    def ask(self, name, *words):
        _, interface, address = self.wires[name]
        return pairs(self.client.run(self.probe, interface, address, *map(str, words), check=False, timeout=120))

    def note(self, name, measure, result):
        for key, value in result.items():
            self.seen.setdefault((name, f'{measure} {key}'), []).append(value)

    def round(self, name):
        self.note(name, 'back-to-back', self.ask(name, 'latency', COUNT))
        if self.options.slow:
            self.note(name, '10/s', self.ask(name, 'latency', self.options.slow, 10))
        if self.options.flood:
            pid = self.pids.get(name)
            before = (memory(pid), cpu(pid)) if pid else (0, 0)
            self.note(name, 'flood', self.ask(name, 'flood', self.options.flood))
            if pid:
                self.note(name, 'flood', {'grown MiB': memory(pid) - before[0], 'cpu s': cpu(pid) - before[1]})

    def first_requests(self):
        for _ in range(self.options.starts):
            herald = self.start('herald')
            self.note('herald', 'first request', {'us': self.ask('herald', 'latency', 1)['first']})
            herald.stop()

    def table(self):
        rows = [('back-to-back p50', 1.25), ('back-to-back p99', 2), ('back-to-back p999', None), ('10/s p50', 1.25),
                ('10/s p99', 2), ('10/s max', None), ('flood rate', None), ('flood replies', None), ('flood cpu s', None),
                ('flood grown MiB', None)]
        print(f'{"median":20}' + ''.join(f'{name:>22}' for name in self.wires))
        for row, goal in rows:
            self.row(row, goal)
        firsts = self.seen.get(('herald', 'first request us'))
        if firsts:
            print(f'first request after start: median {statistics.median(firsts) / 1000:.2f} ms,'
                  f' worst {max(firsts) / 1000:.2f} ms (goal 5) in {len(firsts)} starts')

    def row(self, row, goal):
        reference = self.seen.get(('c', row))
        cells = []
        for name in self.wires:
            values = self.seen.get((name, row))
            text = f'{statistics.median(values):.1f}' if values else '-'
            if values and reference and name.startswith('herald') and goal:
                text += f' x{statistics.median(values) / statistics.median(reference):.2f}'
            cells.append(f'{text:>22}')
        print(f'{row:20}' + ''.join(cells) + (f'  goal x{goal}' if goal else ''))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--rounds', type=int, default=10)
    parser.add_argument('--slow', type=int, default=200)
    parser.add_argument('--starts', type=int, default=10)
    parser.add_argument('--flood', type=float, default=2)
    parser.add_argument('--only', default='')
    parser.add_argument('--jvm', default='')
    parser.add_argument('--nd', action='store_true')
    options = parser.parse_args()
    if not available():
        sys.exit('build it first: mvn -q -pl bench -am package -DskipTests')
    with Lab('arp') as lab:
        bench = Bench(lab, options)
        if options.nd:
            hosts = [bench.client, *(node for node, _, _ in bench.wires.values())]
            wait(lambda: all('tentative' not in text and 'fe80' in text
                             for text in (host.run('ip', '-6', 'addr') for host in hosts)), 20, 0.2, 'link-local addresses')
        else:
            bench.first_requests()
        for name in bench.wires:
            bench.start(name)
        wait(lambda: all(bench.ask(name, 'latency', 1)['answered'] for name in bench.wires), 10, 0.2, 'answers')
        for number in range(options.rounds):
            for name in bench.wires:
                bench.round(name)
            print(f'round {number + 1} of {options.rounds}, load {os.getloadavg()[0]:.1f}', file=sys.stderr)
        bench.table()


if __name__ == '__main__':
    main()
