#!/usr/bin/env python3
"""How long an address does not answer when its owner fails: Herald beside keepalived.

    bench/lab/failover.py [--runs 10] [--json FILE] [--only WORD] [--addresses 1000]

Three nodes and a client on one switch, in namespaces. The client asks by ARP for the address every 10 ms and notes each
answer. Outage: the longest time between two answers around the event. Overlap: how long two nodes answered in turn. A
machine that stalls adds to every figure: the longest time between two questions is shown beside it.
"""

import argparse
import json
import os
import statistics
import struct
import sys
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, '..', '..', 'itests', 'lab'))

from cluster import ClusterLab  # noqa: E402
from herald import Asker, text_of, unpack  # noqa: E402
from lab import Lab, end, wait  # noqa: E402
from link import CLIENT, FIRST  # noqa: E402

PAUSE = 0.010
SETTINGS = {'herald default': '', 'herald fast': 'detection = 150\ninterval = 25\n'}
KEEPALIVED = {'keepalived default': 1, 'keepalived fast': 0.1}
GOALS = {('herald default', 'kill'): 150, ('herald default', 'cut'): 1000, ('herald default', 'unplug'): 200,
         ('herald default', 'drain'): 0, ('herald default', 'return'): 0,
         ('herald fast', 'kill'): 150, ('herald fast', 'cut'): 250, ('herald fast', 'unplug'): 200,
         ('herald fast', 'drain'): 0, ('herald fast', 'return'): 0}


class Prober:
    """Asks every 10 ms from its own threads."""

    def __init__(self, client, target):
        self.asker = Asker(client, 'eth0', CLIENT)
        self.target = target
        self.asked, self.answers = [], []
        self.done = threading.Event()
        self.threads = [threading.Thread(target=each, daemon=True) for each in (self._ask, self._listen)]

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.done.set()
        for thread in self.threads:
            thread.join(2)
        self.asker.close()

    def _ask(self):
        following = time.monotonic()
        while not self.done.is_set():
            self.asked.append(time.monotonic())
            self.asker.send(self.target)
            following += PAUSE
            time.sleep(max(0, following - time.monotonic()))

    def _listen(self):
        while not self.done.is_set():
            mac = self.asker.receive(self.target, 0.1)
            if mac:
                self.answers.append((time.monotonic(), mac))

    def owner(self):
        return self.answers[-1][1] if self.answers else None

    def outcome(self, since):
        """Milliseconds: outage beyond the pause between questions, overlap, and the machine's own stall."""
        answers = [(at, mac) for at, mac in self.answers if at >= since - 0.1]
        gaps = [after[0] - before[0] for before, after in zip(answers, answers[1:])]
        asked = [at for at in self.asked if at >= since - 0.1]
        stall = max((after - before for before, after in zip(asked, asked[1:])), default=0)
        return {'outage': 1000 * max(0, max(gaps, default=0) - PAUSE), 'overlap': 1000 * overlap(answers),
                'stall': 1000 * max(0, stall - PAUSE)}


def overlap(answers):
    """From the first answer of the last owner to the last answer of anybody else."""
    if not answers:
        return 0
    heir = answers[-1][1]
    first = next(at for at, mac in answers if mac == heir)
    others = [at for at, mac in answers if mac != heir and at > first]
    return max(others, default=first) - first


class Herald:
    def __init__(self, lab, home, settings):
        self.lab = ClusterLab(lab, settings=settings, home=home)
        self.lab.start()
        self.lab.wait_members(self.lab.nodes, self.lab.nodes)

    def ready(self, owner=None):
        self.lab.wait_members(self.lab.nodes, self.lab.nodes)
        self.lab.wait_connected()
        found = self.lab.only_owner()
        return wait(lambda: self.lab.only_owner() == owner, 60, what=f'{owner} to answer') and owner if owner else found

    client = property(lambda self: self.lab.client)
    switch = property(lambda self: self.lab.switch)

    def host(self, owner):
        return self.lab.nodes[owner].host

    def kill(self, owner):
        self.lab.nodes[owner].kill()

    def restore(self, owner):
        self.lab.nodes[owner].start().wait_ready()

    def drain(self, owner):
        self.lab.nodes[owner].do('herald:drain')

    def undrain(self, owner):
        self.lab.nodes[owner].do('herald:undrain')

    def cpu(self, seconds):
        """Parts of a core that each node's process takes while nothing happens."""
        def ticks(node):
            with open(f'/proc/{node.process.pid}/stat', encoding='ascii') as file:
                fields = file.read().rsplit(')', 1)[1].split()
            return int(fields[11]) + int(fields[12])
        before = [ticks(node) for node in self.lab.nodes.values()]
        time.sleep(seconds)
        after = [ticks(node) for node in self.lab.nodes.values()]
        return [(b - a) / os.sysconf('SC_CLK_TCK') / seconds for a, b in zip(before, after)]


class Keepalived:
    """VRRP among three hosts; the first has the highest priority."""

    def __init__(self, lab, advert):
        self.switch, self.client, self.hosts, self.processes, self.advert = lab.switch('switch'), lab.host('client'), {}, {}, advert
        self.switch.attach(self.client, 'eth0', f'{CLIENT}/24')
        for place, name in enumerate(('node-a', 'node-b', 'node-c')):
            host = self.hosts[name] = lab.host(name)
            self.switch.attach(host, 'eth0', f'192.0.2.{11 + place}/24')
            with open(os.path.join(host.directory(), 'keepalived.conf'), 'w', encoding='utf-8') as out:
                out.write('global_defs {\n vrrp_version 3\n router_id ' + name + '\n}\nvrrp_instance one {\n state BACKUP\n'
                          f' interface eth0\n virtual_router_id 51\n priority {200 - 10 * place}\n advert_int {advert}\n'
                          f' virtual_ipaddress {{\n  {FIRST}/32 dev eth0\n }}\n}}\n')
            self.restore(name)

    def ready(self, owner=None):
        asker = Asker(self.client, 'eth0', CLIENT)
        def one():
            macs = set(asker.answers(FIRST, 0.15))
            names = [name for name, host in self.hosts.items() if {host.mac('eth0')} == macs]
            return names[0] if names and names[0] in (owner or 'node-a',) else None
        return wait(one, 60, 0.1, 'the first host to answer')

    def host(self, owner):
        return self.hosts[owner]

    def kill(self, owner):
        """With its helpers, as a crash of the node's software would be; the address stays where it is."""
        path = os.path.join(self.hosts[owner].directory(), 'keepalived.pid')
        parent = self.processes[owner].pid
        with open(f'/proc/{parent}/task/{parent}/children', encoding='ascii') as file:
            children = [int(pid) for pid in file.read().split()]
        for pid in (parent, *children):
            os.kill(pid, 9)
        self.processes[owner].wait()
        if os.path.exists(path):
            os.unlink(path)

    def restore(self, owner):
        host = self.hosts[owner]
        host.run('ip', 'addr', 'del', f'{FIRST}/32', 'dev', 'eth0', check=False)
        d = host.directory()
        self.processes[owner] = host.spawn('keepalived', '-n', '-P', '-f', f'{d}/keepalived.conf', '-p', f'{d}/keepalived.pid',
                                           '-r', f'{d}/vrrp.pid', log='keepalived.log')

    def drain(self, owner):
        end(self.processes[owner])

    undrain = restore


def events(cluster, owner):
    """(name, what happens, what undoes it) in the order in which they are measured."""
    host = cluster.host(owner)
    return (('kill', lambda: cluster.kill(owner), None), ('return', lambda: cluster.restore(owner), None),
            ('cut', lambda: cluster.switch.cut(host), lambda: cluster.switch.heal(host)),
            ('unplug', lambda: cluster.switch.unplug(host), lambda: cluster.switch.plug(host)),
            ('drain', lambda: cluster.drain(owner), lambda: cluster.undrain(owner)))


def measure(cluster, runs):
    results = {}
    for _ in range(runs):
        owner = cluster.ready()
        mac = cluster.host(owner).mac('eth0')
        for name, act, undo in events(cluster, owner):
            with Prober(cluster.client, FIRST) as prober:
                wait(lambda p=prober: len(p.answers) > 20, 30, what='answers')
                begun = time.monotonic()
                act()
                back = name == 'return'
                try:
                    wait(lambda p=prober: (p.owner() == mac) == back and time.monotonic() - p.answers[-1][0] < 0.1, 30,
                         what=f'another owner after {name}')
                    time.sleep(1.0)
                    results.setdefault(name, []).append(prober.outcome(begun))
                except Exception as failure:
                    results.setdefault(name, []).append({'failed': str(failure)})
            if undo:
                undo()
            if name != 'kill':
                cluster.ready(owner)
    return results


def takeover(home, addresses, runs):
    """From the end of the owner of many addresses to the last one announced, as the client hears gratuitous ARP."""
    results = []
    with Lab('fomany') as lab:
        cluster = ClusterLab(lab, settings='', home=home)
        services = '---\n'.join(
            f'apiVersion: heraldlb.org/v1\nkind: Service\nmetadata:\n  name: s{i}\nspec:\n  ports:\n  - {{protocol: TCP, port: 80}}\n'
            for i in range(addresses))
        for node in cluster.nodes.values():
            with open(os.path.join(node.documents, 'pools.yaml'), encoding='utf-8') as file:
                text = file.read().replace('192.0.2.100-192.0.2.109', '192.0.2.100-192.0.2.109\n  - 10.99.0.0/20')
            node.write('pools.yaml', text)
            node.write('many.yaml', services)
        cluster.start()
        herald = Herald.__new__(Herald)
        herald.lab = cluster
        for _ in range(runs):
            cluster.wait_members(cluster.nodes, cluster.nodes)
            cluster.wait_connected()
            time.sleep(8)
            idle = herald.cpu(10)
            raw = Asker(cluster.client, 'eth0', CLIENT)
            victim = 'node-a'
            mac = cluster.nodes[victim].host.mac('eth0')
            begun = time.monotonic()
            cluster.nodes[victim].kill()
            first, heard = {}, time.monotonic() + 5
            while time.monotonic() < heard:
                raw.socket.settimeout(max(0.01, heard - time.monotonic()))
                try:
                    frame = raw.socket.recv(2048)
                except TimeoutError:
                    break
                sender, about, asked = struct.unpack('!6s4s6x4s', frame[22:42])
                if about == asked and text_of(sender) != mac:
                    first.setdefault(about, time.monotonic() - begun)
            raw.close()
            results.append({'addresses': len(first), 'first': 1000 * min(first.values(), default=0),
                            'last': 1000 * max(first.values(), default=0), 'idle cpu': idle})
            cluster.nodes[victim].start().wait_ready()
    return results


def table(results):
    print(f"{'who':20} {'event':8} {'n':>3} {'outage ms p50':>14} {'worst':>8} {'overlap ms':>11} {'stall ms':>9} {'goal':>6}")
    for who, by_event in results.items():
        for event, rows in by_event.items():
            good = [row for row in rows if 'outage' in row]
            goal = GOALS.get((who, event))
            if not good:
                print(f'{who:20} {event:8}   0 {rows[0]["failed"]}')
                continue
            worst = max(row['outage'] for row in good)
            print(f"{who:20} {event:8} {len(good):3} {statistics.median(row['outage'] for row in good):14.0f} {worst:8.0f} "
                  f"{max(row['overlap'] for row in good):11.0f} {max(row['stall'] for row in good):9.0f} "
                  f"{'' if goal is None else f'< {goal}' if goal else '0':>6}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--runs', type=int, default=10)
    parser.add_argument('--json')
    parser.add_argument('--only', default='')
    parser.add_argument('--addresses', type=int, default=1000)
    options = parser.parse_args()
    results, many = {}, []
    with Lab('fohome') as keep:
        home = unpack(keep.directory)
        for who in (*SETTINGS, *KEEPALIVED):
            if options.only not in who:
                continue
            with Lab('fo') as lab:
                cluster = Herald(lab, home, SETTINGS[who]) if who in SETTINGS else Keepalived(lab, KEEPALIVED[who])
                results[who] = measure(cluster, options.runs)
        if options.addresses and options.only in 'herald takeover':
            many = takeover(home, options.addresses, min(options.runs, 3))
    table(results)
    for row in many:
        print(f"takeover of {row['addresses']} addresses: first after {row['first']:.0f} ms, last after {row['last']:.0f} ms; "
              f"idle CPU {' '.join(f'{100 * part:.1f}%' for part in row['idle cpu'])} (goal: under 1%)")
    if options.json:
        with open(options.json, 'w', encoding='utf-8') as out:
            json.dump({'outages': results, 'takeover': many}, out, indent=1)
    return 0


if __name__ == '__main__':
    sys.exit(main())
