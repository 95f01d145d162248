#!/usr/bin/env python3
"""False downs of BFD over minutes, the whole appliance beside FRR and BIRD in one run: bfd_soak.py [--minutes 10] [--load KIND] ...

Wires, side by side, SESSIONS each at INTERVAL x 3: appliance to FRR, FRR to FRR, BIRD to FRR. Nothing is cut, so that every
down is a false one. A capture tells why each session fell: because the whole machine stood still, because the silent end was late,
or because the detector gave up though packets had come (bfd_wire.py). Loads:
  outside   stress-ng keeps both cores busy with CPU, page faults and context switches: a load that lets even the kernel stand still
  cpu       stress-ng keeps both cores busy with eight processes that only compute
  inside    the appliance plans 10,000 services anew every two seconds, sends 10,000 routes to each of 10 new peers every ten,
            and has one bundle after another updated, BFD's own among them
  none
"""

import argparse
import os
import shutil
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..', 'itests', 'lab'))
from bfd_gc import lag, late  # noqa: E402
from bfd_wire import capture, causes  # noqa: E402
from bfd_load import STRESS, addresses, bird, frr, host_with, resident, up_and_downs, write_json  # noqa: E402
from herald import Node, unpack  # noqa: E402
from lab import Lab, end, run, wait  # noqa: E402

SERVICES = 10_000
SINKS = 10
SINK_AS, NODE_AS = 65000, 65001
STRESSES = {'outside': STRESS, 'cpu': ['stress-ng', '--cpu', '8', '--quiet']}
BUNDLES = ('l2', 'bgp', 'ipam', 'file-source', 'bfd')


def documents(sinks):
    pool = ('apiVersion: metallb.io/v1beta1\nkind: IPAddressPool\nmetadata: {name: big}\nspec: {addresses: [10.128.0.0/16]}\n'
            '---\napiVersion: metallb.io/v1beta1\nkind: BGPAdvertisement\nmetadata: {name: big}\n')
    peers = ''.join(f'---\napiVersion: heraldlb.org/v1\nkind: BGPPeer\nmetadata: {{name: sink{i}}}\n'
                    f'spec: {{myASN: {NODE_AS}, peerASN: {SINK_AS}, peerAddress: {each}, passive: true}}\n'
                    for i, each in enumerate(sinks))
    return pool + peers


def services(turn):
    return ''.join(f'---\napiVersion: heraldlb.org/v1\nkind: Service\nmetadata: {{name: s{i}}}\n'
                   f'spec: {{ports: [{{protocol: TCP, port: {80 + (turn if i % 100 == 0 else 0)}}}]}}\n' for i in range(SERVICES))


class Soak:
    def __init__(self, lab, options):
        self.lab, self.options = lab, options
        count, interval = options.sessions, options.interval
        self.switch = switch = lab.switch('sw')
        sides = {net: (addresses(net, 1, count), addresses(net, 2, count)) for net in (91, 92, 93)}
        (a, b), (c, d), (e, f) = sides.values()
        self.names = dict.fromkeys(a, 'herald') | dict.fromkeys((*b, *c, *d, *f), 'frr') | dict.fromkeys(e, 'bird')
        self.wires = {'91': 'herald-frr', '92': 'frr-frr', '93': 'bird-frr'}
        self.host = host_with(lab, switch, 'herald', a)
        self.routers = {'herald-frr': frr(host_with(lab, switch, 'router', b), b, a, interval),
                        'frr-frr': frr(host_with(lab, switch, 'left', c), c, d, interval)}
        self.others = [frr(host_with(lab, switch, 'right', d), d, c, interval),
                       bird(host_with(lab, switch, 'bird', e), e, f, interval)]
        self.routers['bird-frr'] = frr(host_with(lab, switch, 'tobird', f), f, e, interval)
        self.sink = lab.host('sink')
        self.sinks = [f'10.94.0.{10 + i}' for i in range(SINKS)]
        switch.attach(self.sink, 'eth0', *(each + '/24' for each in self.sinks))
        self.host.add_address('eth0', '10.94.0.1/24')
        self.node = self.make_node(a, b)
        self.receivers = None

    def make_node(self, own, peers):
        node = Node(self.host, unpack(self.lab.directory), {'HERALD_HEAP': self.options.heap})
        etc = os.path.join(node.base, 'etc')
        shutil.copytree(os.path.join(node.home, 'etc'), etc, dirs_exist_ok=True)
        with open(os.path.join(etc, 'org.heraldlb.bgp.cfg'), 'w', encoding='utf-8') as file:
            file.write('listen = true\n')
        with open(os.path.join(etc, 'org.heraldlb.bfd.cfg'), 'w', encoding='utf-8') as file:
            file.write(f'realTimePriority = {self.options.priority}\n')
        for i, (here, there) in enumerate(zip(own, peers)):
            with open(os.path.join(etc, f'org.heraldlb.bfd.session-s{i}.cfg'), 'w', encoding='utf-8') as file:
                file.write(f'peer = {there}\nlocal = {here}\ntransmitInterval = {self.options.interval}\n'
                           f'receiveInterval = {self.options.interval}\n')
        return node

    def all_up(self):
        return all(up_and_downs(router)[0] == self.options.sessions for router in self.routers.values())

    def start(self):
        self.node.start().wait_ready()
        if self.options.load == 'inside':
            self.start_inside()
        wait(self.all_up, 120, 0.5, 'all sessions to be up')
        time.sleep(10)

    def start_inside(self):
        self.binary = os.path.join(self.lab.directory, 'bgp_sink')
        run(['cc', '-O2', '-o', self.binary, os.path.join(os.path.dirname(os.path.abspath(__file__)), 'bgp_sink.c')], timeout=60)
        self.node.write('big.yaml', documents(self.sinks))
        self.node.write('services.yaml', services(0))
        wait(self.is_planned, 120, 0.5, 'all routes to be planned')
        self.send_routes()
        wait(lambda: 'ALLRECV' in self.sink_log(), 60, 0.5, 'all routes at all peers')

    def is_planned(self):
        return self.node.shell('bgp:peers')[1].count(f' {SERVICES} ') >= SINKS

    def send_routes(self):
        """New receivers, to which everything is sent. One that is refused does not come back by itself."""
        if self.receivers:
            end(self.receivers)
        self.receivers = self.sink.spawn(self.binary, '-a', '10.94.0.1', '-s', self.sinks[0], '-n', str(SINKS), '-A', str(SINK_AS),
                                         '-e', str(SERVICES), '-m', '4', log='sink.log')

    def sink_log(self):
        with open(os.path.join(self.sink.directory(), 'sink.log'), encoding='utf-8') as file:
            return file.read()

    def work(self, until):
        """The load from inside; returns how often what was done."""
        done = {'documents': 0, 'updates': 0, 'sent': 0}
        while time.monotonic() < until:
            done['documents'] += 1
            self.node.write('services.yaml', services(done['documents']))
            time.sleep(2)
            if done['documents'] % 5 == 0:
                self.node.shell(f'bundle:update org.heraldlb.{BUNDLES[done["updates"] % len(BUNDLES)]}')
                done['updates'] += 1
            elif done['documents'] % 5 == 3 and self.is_planned():
                self.send_routes()
                done['sent'] += 1
        return done

    def soak(self):
        path = os.path.join(self.lab.directory, 'capture.pcap')
        recorder = capture(self.switch, path)
        time.sleep(2)
        before = {name: up_and_downs(router)[1] for name, router in self.routers.items()}
        lag_before, since = lag(self.node), time.time()
        command = STRESSES.get(self.options.load)
        stress = subprocess.Popen(command, start_new_session=True) if command else None
        until = time.monotonic() + 60 * self.options.minutes
        try:
            done = self.work(until) if self.options.load == 'inside' else time.sleep(60 * self.options.minutes)
        finally:
            if stress:
                end(stress)
        wires = {name: {'false_downs': up_and_downs(router)[1] - before[name], 'causes': {}}
                 for name, router in self.routers.items()}
        end(recorder)
        self.blame(wires, causes(path, since, time.time()))
        wires['herald-frr']['resident_mib'] = round(resident(self.node.process.pid))
        result = {'load': self.options.load, 'minutes': self.options.minutes, 'interval_ms': self.options.interval,
                  'sessions': self.options.sessions, 'wires': wires, 'done': done}
        # A swap of BFD's own bundle begins a new histogram.
        if self.options.load != 'inside':
            (p99, p999, worst), count = late(lag_before, lag(self.node))
            result['timers'] = {'fired': count, 'p99_ms': p99, 'p999_ms': p999, 'worst_ms': worst}
        return result

    def blame(self, wires, rows):
        """Adds up why the sessions of each wire fell."""
        for row in rows:
            wire = wires[self.wires[row['detector'].split('.')[1]]]['causes']
            detector, silent = self.names[row['detector']], self.names[row['silent']]
            words = {'machine': 'the machine stood still', 'sender': f'{silent} was silent',
                     'detector': f'{detector} gave up too early'}[row['cause']]
            wire[words] = wire.get(words, 0) + 1


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--minutes', type=float, default=10)
    parser.add_argument('--load', choices=('outside', 'cpu', 'inside', 'none'), default='outside')
    parser.add_argument('--interval', type=int, default=50, help='milliseconds')
    parser.add_argument('--sessions', type=int, default=4, help='on each wire')
    parser.add_argument('--heap', default='512m')
    parser.add_argument('--priority', type=int, default=0, help='realTimePriority of the appliance; the daemons have none')
    parser.add_argument('--json')
    options = parser.parse_args()
    with Lab('bs') as lab:
        soak = Soak(lab, options)
        soak.start()
        result = soak.soak()
        soak.node.stop()
    print(f'{options.sessions} sessions on each wire at {options.interval}x3 ms for {options.minutes} minutes, load {options.load}')
    for name, each in result['wires'].items():
        why = ', '.join(f'{count} {words}' for words, count in sorted(each['causes'].items()))
        print(f'  {name:11} {each["false_downs"]:5} false downs' + (f', of which {why}' if why else ''))
    print(f'  appliance {result["wires"]["herald-frr"]["resident_mib"]} MiB resident, {result.get("timers", result["done"])}')
    within = result['wires']['herald-frr']['false_downs'] <= result['wires']['frr-frr']['false_downs']
    print(f'  not more than between two FRRs: {"yes" if within else "no"}')
    write_json(options.json, result)


if __name__ == '__main__':
    main()
