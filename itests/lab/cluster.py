"""Some nodes of Herald that know of each other, on one switch, with a client."""

import hashlib
import os
import shutil
import signal

from lab import LabError, wait
from link import FIRST, POOLS, LinkLab, service_document

KEY = 'not a secret at all, but long enough'
NAMES = ('node-a', 'node-b', 'node-c')


class ClusterLab(LinkLab):
    """Three nodes. `settings` are lines of org.heraldlb.membership.cfg beside peers and key; `mode` is that of the addresses.

    With `management` the nodes have a second network, eth1, for membership; addresses are announced on eth0 alone."""

    def __init__(self, lab, names=NAMES, settings='', home=None, mode=None, management=False):
        super().__init__(lab, names, home)
        network = '198.51.100' if management else '192.0.2'
        self.places = {name: f'{network}.{11 + place}' for place, name in enumerate(names)}
        if management:
            second = lab.switch('second')
            for name, node in self.nodes.items():
                second.attach(node.host, 'eth1', f'{self.places[name]}/24')
        for node in self.nodes.values():
            # The first start would copy the distribution's etc/ over what is written here.
            shutil.copytree(os.path.join(self.home, 'etc'), os.path.dirname(node.documents), dirs_exist_ok=True)
            self.configure(node, settings)
            node.write('web.yaml', service_document('web', assignTo='lo'))
            if management:
                node.write('pools.yaml', POOLS + '  interfaces: [eth0]\n')
            if mode:
                node.write('pools.yaml', POOLS.replace(
                    'kind: L2Advertisement\nmetadata:\n',
                    f'kind: L2Advertisement\nmetadata:\n  annotations: {{heraldlb.org/mode: {mode}}}\n'))

    def configure(self, node, settings='', key=KEY, peers=None):
        path = os.path.join(os.path.dirname(node.documents), 'org.heraldlb.membership.cfg')
        with open(path + '.new', 'w', encoding='utf-8') as out:
            out.write(f'peers = {", ".join(peers or self.places.values())}\n')
            if key:
                out.write(f'.key = {key}\n')
            out.write(settings)
        os.replace(path + '.new', path)

    def members(self, name):
        """Whom a node counts as alive, as its log last said."""
        lines = [line for line in self.nodes[name].log().splitlines() if ' members: [' in line or '| members: [' in line]
        if not lines:
            return None
        inside = lines[-1].split('members: [', 1)[1].split(']', 1)[0]
        return {member.strip() for member in inside.split(',') if member.strip()}

    def wait_members(self, seen_by, expected, seconds=40):
        for name in seen_by:
            try:
                wait(lambda who=name: self.members(who) == set(expected), seconds, 0.05, f'{name} to see {expected}')
            except LabError as failure:
                raise LabError(f'{failure}: it sees {self.members(name)}\n{self.nodes[name].log()[-1500:]}') from failure

    def wait_connected(self, names=None, seconds=40):
        """Until each node has its connections in the ring, which show the end of a process at once."""
        hosts = [self.nodes[name].host for name in names or self.nodes]
        wait(lambda: all(host.run('ss', '-Htn', 'state', 'established').count(':7946') >= 2 for host in hosts), seconds, 0.1,
             'the ring')

    def owner(self, address=FIRST, seconds=30):
        return self.owner_of(address, seconds)

    def only_owner(self, address=FIRST, seconds=30):
        """The one node that answers, when exactly one does."""
        def one():
            macs = set(self.asker.answers(address, 0.15))
            return self.name_of(macs.pop()) if len(macs) == 1 else None
        return wait(one, seconds, 0.05, f'exactly one answer for {address}')

    def settled_owner(self, address=FIRST, seconds=30):
        """The first of all nodes by MetalLB's hash, once it answers and nobody else does: before, a node may own the address
        only because another is late."""
        first = min(self.nodes, key=lambda name: hashlib.sha256(f'{name}#{address}'.encode()).digest())
        wait(lambda: self.answering(address) == {first}, seconds, 0.05, f'{first} to answer for {address}, alone')
        return first

    def answering(self, address=FIRST, seconds=0.2):
        return {self.name_of(mac) for mac in self.asker.answers(address, seconds)}

    def others(self, name):
        return [other for other in self.nodes if other != name]

    def process_group(self, name, number):
        """A signal to the node's own JVM and launcher, which run in a session of their own."""
        os.killpg(self.nodes[name].process.pid, number)

    def silence(self, name, others):
        """The node and `others` do not reach each other any more; the client reaches all of them."""
        for other in others:
            self.nodes[name].host.run('ip', 'route', 'add', 'blackhole', f'{self.places[other]}/32')

    def unsilence(self, name, others):
        for other in others:
            self.nodes[name].host.run('ip', 'route', 'del', 'blackhole', f'{self.places[other]}/32')

    def freeze(self, name):
        self.process_group(name, signal.SIGSTOP)

    def wake(self, name):
        self.process_group(name, signal.SIGCONT)
