"""A router that runs FRR joins the link lab: it learns addresses from the nodes by BGP, and a client lives behind it."""

from herald import fetch
from lab import LabError, wait
from peers import Frr

ROUTER = '192.0.2.2'
FAR = '198.51.100.1'
FAR_NET = '198.51.100.0/24'
POOL = '203.0.113.10-203.0.113.19'
FIRST = '203.0.113.10'
ROUTER_AS = 65000
NODE_AS = 65001

ROUTED = f"""\
apiVersion: metallb.io/v1beta1
kind: IPAddressPool
metadata:
  name: routed
spec:
  addresses:
  - {POOL}
  autoAssign: false
---
apiVersion: metallb.io/v1beta1
kind: BGPAdvertisement
metadata:
  name: routed
spec:
  ipAddressPools: [routed]
---
apiVersion: metallb.io/v1beta2
kind: BGPPeer
metadata:
  name: router
spec:
  myASN: {NODE_AS}
  peerASN: {ROUTER_AS}
  peerAddress: {ROUTER}
---
apiVersion: heraldlb.org/v1
kind: Service
metadata:
  name: shop
spec:
  pool: routed
  ports:
  - {{protocol: TCP, port: 80}}
  assignTo: lo
  healthCheck:
    http: {{port: 80, path: /}}
    interval: 500ms
    timeout: 400ms
    rise: 1
    fall: 3
"""


def configuration(nodes):
    lines = [f'router bgp {ROUTER_AS}', f' bgp router-id {ROUTER}', ' no bgp ebgp-requires-policy',
             ' bgp bestpath as-path multipath-relax']
    for address in nodes:
        lines += [f' neighbor {address} remote-as {NODE_AS}', f' neighbor {address} timers connect 1']
    return '\n'.join([*lines, ' address-family ipv4 unicast', '  maximum-paths 16', ' exit-address-family']) + '\n'


class Router:
    """FRR on the switch of a link lab, and a client on its far side."""

    def __init__(self, link, addresses):
        self.link = link
        self.addresses = addresses
        lab = link.lab
        self.host = lab.host('router')
        self.far = lab.host('far')
        link.switch.attach(self.host, 'eth0', f'{ROUTER}/24')
        lab.wire(self.host, 'eth1', self.far, 'eth0', ['198.51.100.254/24'], [f'{FAR}/24'])
        self.host.sysctl('net.ipv4.ip_forward', 1)
        # By ports as well, so that one client can show both paths.
        self.host.sysctl('net.ipv4.fib_multipath_hash_policy', 1)
        self.far.run('ip', 'route', 'add', 'default', 'via', '198.51.100.254')
        for node in link.nodes.values():
            node.host.run('ip', 'route', 'add', FAR_NET, 'via', ROUTER)
            node.write('routed.yaml', ROUTED)
        self.frr = None

    def start(self):
        self.frr = Frr(self.host, configuration(self.addresses), daemons=('zebra', 'bgpd'))

    def wait_established(self, seconds=20):
        wait(lambda: all(self.frr.session(address) == 'Established' for address in self.addresses), seconds, 0.1,
             'BGP sessions with all nodes')

    def next_hops(self, prefix=f'{FIRST}/32'):
        """What the kernel of the router would really do with a packet."""
        routes = self.host.routes(prefix)
        if not routes:
            return []
        hops = routes[0].get('nexthops', routes)
        return sorted(hop['gateway'] for hop in hops if 'gateway' in hop)

    def wait_next_hops(self, wanted, seconds=10):
        return wait(lambda: self.next_hops() == sorted(wanted) and wanted, seconds, 0.05,
                    f'the router to send {FIRST} to {", ".join(wanted)}')

    def visits(self, count=40):
        """Who answered how often when the far client asked `count` times."""
        seen = {}
        for _ in range(count):
            status, text = fetch(self.far, FIRST, 80)
            if status != 200:
                raise LabError(f'{FIRST} answers {status}')
            seen[text.strip()] = seen.get(text.strip(), 0) + 1
        return seen
