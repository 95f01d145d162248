#!/usr/bin/env python3
"""How long an address does not answer when its owner fails: Herald beside keepalived.

    bench/lab/failover.py [--runs 10] [--json FILE] [--only WORD] [--addresses 1000] [--minutes 14]

Three nodes and a client on one switch, in namespaces. The client asks by ARP for the address every 10 ms and notes each
answer. Outage: the longest time between two answers around the event. Lost: questions that nobody answered, at worst; each
is asked from another address, so that its answer is known. Overlap: how long two nodes answered in turn. A machine that
stalls adds to every outage: the longest time between two questions is shown beside it. On return it has a JVM to start,
beside the node that answers.

`herald two networks`: membership on a network of its own, the owner loses the carrier of the other one. `takeover`: one
node has all the addresses and is killed. Each figure is printed as soon as it is there; what does not fit into the time
is left out and said so, the order being that of the list.
"""

import argparse
import json
import os
import socket
import statistics
import struct
import sys
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, '..', '..', 'itests', 'lab'))

from cluster import ClusterLab  # noqa: E402
from herald import Asker, text_of, unpack  # noqa: E402
from lab import Lab, LabError, end, wait  # noqa: E402
from link import CLIENT, FIRST, POOL, POOLS  # noqa: E402

PAUSE = 0.010
CLAIMED = 12  # seconds after which an owner counts as the one that a sticky address stays with
ASKERS = [socket.inet_aton(f'192.0.2.{place}') for place in range(128, 248)]  # more than are without an answer at a time
LATEST = 0.2  # seconds that an answer may take
SO_RCVBUFFORCE = 33  # Linux; Python has no name for it
SETTINGS = {'herald default': '', 'herald fast': 'detection = 150\ninterval = 25\n', 'herald two networks': ''}
KEEPALIVED = {'keepalived fast': 0.1, 'keepalived default': 1}
EVENTS = {'herald two networks': ('unplug',)}
GOALS = {'herald default': {'kill': 150, 'cut': 1000, 'unplug': 200, 'drain': 0, 'return': 0},
         'herald fast': {'kill': 150, 'cut': 250, 'unplug': 200, 'drain': 0, 'return': 0},
         'herald two networks': {'unplug': 200}}


class Prober:
    """Asks every 10 ms from its own threads."""

    def __init__(self, client, target):
        self.asker = Asker(client, 'eth0', CLIENT)
        self.target = target
        self.asked, self.answers, self.answered = [], [], set()
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
            self.asker.send(self.target, ASKERS[(len(self.asked) - 1) % len(ASKERS)])
            following += PAUSE
            time.sleep(max(0, following - time.monotonic()))

    def _listen(self):
        while not self.done.is_set():
            reply = self._reply()
            if reply:
                self.answers.append((time.monotonic(), reply[0]))
                last = len(self.asked) - 1
                number = last - (last - ASKERS.index(reply[1])) % len(ASKERS)
                if time.monotonic() - self.asked[number] <= LATEST:
                    self.answered.add(number)

    def _reply(self):
        """The MAC that answers and the address it answers to."""
        self.asker.socket.settimeout(0.1)
        try:
            frame = self.asker.socket.recv(2048)
        except TimeoutError:
            return None
        operation, sender, about = struct.unpack('!H6s4s', frame[20:32])
        ours = operation == 2 and about == socket.inet_aton(self.target) and frame[:6] == self.asker.mac
        return (text_of(sender), frame[38:42]) if ours and frame[38:42] in ASKERS else None

    def owner(self):
        return self.answers[-1][1] if self.answers else None

    def outcome(self, since):
        """Milliseconds: outage beyond the pause between questions, overlap, and the machine's own stall."""
        answers = [(at, mac) for at, mac in self.answers if at >= since - 0.1]
        gaps = [after[0] - before[0] for before, after in zip(answers, answers[1:])]
        asked = [at for at in self.asked if at >= since - 0.1]
        stall = max((after - before for before, after in zip(asked, asked[1:])), default=0)
        until = time.monotonic() - LATEST
        lost = sum(since - 0.1 <= at <= until and number not in self.answered for number, at in enumerate(self.asked))
        return {'outage': 1000 * max(0, max(gaps, default=0) - PAUSE), 'lost': lost, 'overlap': 1000 * overlap(answers),
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
    settles = 0.3

    def __init__(self, lab, home, who):
        self.lab = ClusterLab(lab, settings=SETTINGS[who], home=home, management='two networks' in who)
        self.lab.start()
        self.lab.wait_members(self.lab.nodes, self.lab.nodes, 90)

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
        node = self.lab.nodes[owner].start().wait_ready()
        wait(lambda: os.path.exists(node.socket_path()), 30, what='the door for commands')

    def drain(self, owner):
        self.lab.nodes[owner].do('herald:drain')

    def undrain(self, owner):
        self.lab.nodes[owner].do('herald:undrain')


def ticks(node):
    with open(f'/proc/{node.process.pid}/stat', encoding='ascii') as file:
        fields = file.read().rsplit(')', 1)[1].split()
    return int(fields[11]) + int(fields[12])


def cpu(nodes, seconds):
    """Parts of a core that each node's process takes while nothing happens."""
    before = [ticks(node) for node in nodes]
    time.sleep(seconds)
    after = [ticks(node) for node in nodes]
    return [(b - a) / os.sysconf('SC_CLK_TCK') / seconds for a, b in zip(before, after)]


class Keepalived:
    """VRRP among three hosts; the first has the highest priority."""

    def __init__(self, lab, advert):
        self.switch, self.client, self.hosts, self.processes = lab.switch('switch'), lab.host('client'), {}, {}
        self.settles = 0.3 + advert
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


def measure(cluster, who, runs, deadline):
    """Rows by event; complete ones only, and no fewer than one of each."""
    results = {}
    for run in range(runs):
        if run and time.monotonic() > deadline:
            print(f'# {who}: {run} of {runs} runs, the time is over', flush=True)
            break
        try:
            one_of_each(cluster, who, results)
        except (LabError, OSError, ValueError) as failure:
            print(f'# {who}: run {run + 1} broken off: {failure}', flush=True)
            break
    return results


def one_of_each(cluster, who, results):
    owner = cluster.ready()
    for name, act, undo in events(cluster, owner):
        if name in EVENTS.get(who, (name,)):
            results.setdefault(name, []).append(once(cluster, owner, name, act))
            if undo:
                undo()
            if name != 'kill':
                cluster.ready(owner)


def once(cluster, owner, name, act):
    mac = cluster.host(owner).mac('eth0')
    with Prober(cluster.client, FIRST) as prober:
        wait(lambda: len(prober.answers) > 20, 30, what='answers')
        begun = time.monotonic()
        back = name == 'return'
        try:
            act()
            wait(lambda: (prober.owner() == mac) == back and time.monotonic() - prober.answers[-1][0] < 0.1, 30,
                 what=f'another owner after {name}')
            time.sleep(cluster.settles)
            return prober.outcome(begun)
        except (LabError, OSError, ValueError) as failure:
            return {'failed': str(failure)}


def service(number):
    return (f'apiVersion: heraldlb.org/v1\nkind: Service\nmetadata:\n  name: s{number}\n'
            'spec:\n  ports:\n  - {protocol: TCP, port: 80}\n')


class Many:
    """A cluster with many addresses."""

    def __init__(self, lab, home, addresses):
        self.addresses = addresses
        self.cluster = ClusterLab(lab, home=home)
        self.nodes = self.cluster.nodes
        services = '---\n'.join(service(number) for number in range(addresses))
        for node in self.nodes.values():
            node.write('pools.yaml', POOLS.replace(POOL, f'{POOL}\n  - 10.99.0.0/20').replace(
                'kind: L2Advertisement\nmetadata:\n',
                "kind: L2Advertisement\nmetadata:\n  annotations: {heraldlb.org/sticky: 'true'}\n"))
            node.write('many.yaml', services)
        self.cluster.start()
        self.cluster.wait_members(self.nodes, self.nodes, 90)

    def announced(self, name):
        rows = json.loads(self.nodes[name].do('l2:list -o json'))['layer2']
        return sum(row['node'] == name for row in rows)

    def settle(self):
        self.cluster.wait_members(self.nodes, self.nodes, 90)
        self.cluster.wait_connected()
        wait(lambda: sum(self.announced(name) for name in self.nodes) >= self.addresses, 90, 0.5, 'every address announced')

    def give_all_to(self, victim):
        """The addresses are sticky: what a node got while the others were drained stays there."""
        self.settle()
        for name in self.cluster.others(victim):
            self.nodes[name].do('herald:drain')
        wait(lambda: self.announced(victim) >= self.addresses, 60, 0.5, f'{victim} to announce everything')
        time.sleep(CLAIMED)
        for name in self.cluster.others(victim):
            self.nodes[name].do('herald:undrain')
        time.sleep(CLAIMED)
        if (kept := self.announced(victim)) < self.addresses:
            raise LabError(f'{victim} kept {kept} of {self.addresses} addresses')

    def takeover(self, victim='node-a'):
        """From the end of the owner of all addresses to each first announcement, as the client hears it. Milliseconds."""
        self.give_all_to(victim)
        asker = Asker(self.cluster.client, 'eth0', CLIENT)
        asker.socket.setsockopt(socket.SOL_SOCKET, SO_RCVBUFFORCE, 1 << 24)
        mac = self.nodes[victim].host.mac('eth0')
        begun = time.monotonic()
        self.nodes[victim].kill()
        first, end_at = {}, time.monotonic() + 5
        while (left := end_at - time.monotonic()) > 0:
            asker.socket.settimeout(left)
            try:
                frame = asker.socket.recv(2048)
            except TimeoutError:
                break
            sender, about, asked = struct.unpack('!6s4s6x4s', frame[22:42])
            if about == asked and text_of(sender) != mac:
                first.setdefault(about, time.monotonic() - begun)
        asker.close()
        node = self.nodes[victim].start().wait_ready()
        wait(lambda: os.path.exists(node.socket_path()), 30, what='the door for commands')
        return {'addresses': len(first), 'first': 1000 * min(first.values(), default=0),
                'last': 1000 * max(first.values(), default=0)}


def takeover(home, addresses, runs, warm):
    with Lab('fomany') as lab:
        many = Many(lab, home, addresses)
        many.settle()
        time.sleep(warm)
        idle = cpu(many.nodes.values(), 20)
        print(f"idle, {addresses} addresses, {warm:.0f} s after the start: CPU "
              f"{' '.join(f'{100 * part:.1f}%' for part in idle)} of a core (goal: under 1%)", flush=True)
        rows = []
        for _ in range(runs):
            try:
                rows.append(many.takeover())
            except LabError as failure:
                print(f'# takeover: {failure}', flush=True)
                break
            print('takeover of {addresses} addresses: first announced {first:.0f} ms after the kill, last {last:.0f} ms '
                  '(goal: 500)'.format(**rows[-1]), '' if rows[-1]['addresses'] >= addresses else 'NOT ALL', flush=True)
        return {'idle': idle, 'takeover': rows}


def header():
    print(f"{'who':20} {'event':8} {'n':>3} {'outage ms p50':>14} {'worst':>8} {'lost':>5} {'overlap ms':>11} {'stall ms':>9} {'goal':>6}",
          flush=True)


def show(who, by_event):
    for event, rows in by_event.items():
        good = [row for row in rows if 'outage' in row]
        if not good:
            print(f'{who:20} {event:8}   0 {rows[0]["failed"]}', flush=True)
            continue
        goal = GOALS.get(who, {}).get(event)
        worst = max(row['outage'] for row in good)
        print(f"{who:20} {event:8} {len(good):3} {statistics.median(row['outage'] for row in good):14.0f} {worst:8.0f} "
              f"{max(row['lost'] for row in good):5} {max(row['overlap'] for row in good):11.0f} {max(row['stall'] for row in good):9.0f} "
              f"{'' if goal is None else f'< {goal}' if goal else '0':>6}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--runs', type=int, default=10)
    parser.add_argument('--json')
    parser.add_argument('--only', default='')
    parser.add_argument('--addresses', type=int, default=1000)
    parser.add_argument('--minutes', type=float, default=14)
    parser.add_argument('--warm', type=float, default=45, help='seconds before the idle CPU is measured')
    options = parser.parse_args()
    deadline = time.monotonic() + 60 * options.minutes
    results, many = {}, {}
    with Lab('fohome') as keep:
        home = unpack(keep.directory)
        if options.addresses and options.only in 'herald takeover':
            many = takeover(home, options.addresses, min(options.runs, 3), options.warm)
        header()
        for who in (*SETTINGS, *KEEPALIVED):
            if options.only not in who or time.monotonic() > deadline:
                continue
            with Lab('fo') as lab:
                cluster = Herald(lab, home, who) if who in SETTINGS else Keepalived(lab, KEEPALIVED[who])
                results[who] = measure(cluster, who, options.runs, deadline)
            show(who, results[who])
    if options.json:
        with open(options.json, 'w', encoding='utf-8') as out:
            json.dump({'outages': results, 'many': many}, out, indent=1)
    return 0


if __name__ == '__main__':
    sys.exit(main())
