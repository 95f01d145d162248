"""The lab that most tests and the demonstration use: a client and some nodes on one switch, a web server on each node."""

import os

from herald import Asker, Node, unpack
from lab import wait

HERE = os.path.dirname(os.path.abspath(__file__))
CLIENT = '192.0.2.1'
POOL = '192.0.2.100-192.0.2.109'
FIRST = '192.0.2.100'

POOLS = f"""\
apiVersion: metallb.io/v1beta1
kind: IPAddressPool
metadata:
  name: lab
spec:
  addresses:
  - {POOL}
---
apiVersion: metallb.io/v1beta1
kind: L2Advertisement
metadata:
  name: lab
spec:
  ipAddressPools: [lab]
"""

WEB = """\
apiVersion: heraldlb.org/v1
kind: Service
metadata:
  name: web
spec:
  ports:
  - {protocol: TCP, port: 80}
  assignTo: lo
  healthCheck:
    http: {port: 80, path: /}
    interval: 500ms
    timeout: 400ms
    rise: 1
    fall: 3
"""


def nodes_document(names):
    return '---\n'.join(f'apiVersion: v1\nkind: Node\nmetadata:\n  name: {name}\n' for name in names)


def service_document(name, **spec):
    """A service that the hosts serve themselves, without a health check."""
    lines = [f'  {key}: {value}' for key, value in spec.items()]
    return '\n'.join(['apiVersion: heraldlb.org/v1', 'kind: Service', 'metadata:', f'  name: {name}', 'spec:',
                      '  ports:', '  - {protocol: TCP, port: 80}', *lines]) + '\n'


class LinkLab:
    """Hosts and nodes, not yet started."""

    def __init__(self, lab, names=('node-a', 'node-b'), home=None):
        self.lab = lab
        self.home = home or unpack(lab.directory)
        self.switch = lab.switch('switch')
        self.client = lab.host('client')
        self.switch.attach(self.client, 'eth0', f'{CLIENT}/24')
        self.nodes = {}
        for place, name in enumerate(names):
            self._add(name, f'192.0.2.{11 + place}', names)
        self.asker = Asker(self.client, 'eth0', CLIENT)

    def _add(self, name, address, names):
        host = self.lab.host(name)
        # The service address stands on lo: without this the kernel itself would answer ARP for it.
        host.sysctl('net.ipv4.conf.all.arp_ignore', 1)
        host.sysctl('net.ipv4.conf.all.arp_announce', 2)
        self.switch.attach(host, 'eth0', f'{address}/24')
        host.spawn('python3', os.path.join(HERE, 'web.py'), name, start_new_session=True)
        node = Node(host, self.home)
        node.write('pools.yaml', POOLS)
        node.write('nodes.yaml', nodes_document(names))
        self.nodes[name] = node

    def start(self):
        for node in self.nodes.values():
            node.start()
        for node in self.nodes.values():
            node.wait_ready()
        return self

    def owner_of(self, address, seconds=5):
        """The name of the node whose interface answers for the address; waits for an answer."""
        mac = wait(lambda: self.asker.ask(address), seconds, 0.01, f'an ARP reply for {address}')
        return self.name_of(mac)

    def name_of(self, mac):
        for name, node in self.nodes.items():
            if node.host.mac('eth0') == mac:
                return name
        return mac
