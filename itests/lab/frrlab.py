"""A node with an FRR beside it, a router that runs another one, and a client behind the router."""

import json
import os
import shutil
import threading
import time

import peers
from herald import Node, unpack
from lab import LabError, wait

ROUTER = '10.99.0.1'
ROUTER_AS = 65000
NODE_AS = 65001
CLIENT = '10.98.0.2'
POOL = '203.0.113.0/24'

SERVED = """\
apiVersion: heraldlb.org/v1
kind: Service
metadata:
  name: {name}
spec:
  pool: lab
  addresses: ["{address}"]
  ports:
  - {{protocol: TCP, port: 80}}
"""

POLICY = f"""\
apiVersion: metallb.io/v1beta1
kind: IPAddressPool
metadata:
  name: lab
spec:
  addresses: ["{POOL}", "fd00:113::/120"]
"""

PEER = """\
apiVersion: metallb.io/v1beta2
kind: BGPPeer
metadata:
  name: tor
spec:
  myASN: {my}
  peerASN: {peer}
  peerAddress: {address}
  holdTime: 30s
  enableGracefulRestart: true
{more}"""

ADVERTISEMENT = """\
apiVersion: metallb.io/v1beta1
kind: BGPAdvertisement
metadata:
  name: {name}
spec:
  ipAddressPools: [lab]
{more}"""


def peer(address=ROUTER, my=NODE_AS, remote=ROUTER_AS, **more):
    return PEER.format(my=my, peer=remote, address=address,
                       more=''.join(f'  {key}: {json.dumps(value)}\n' for key, value in more.items()))


def advertisement(name='all', **more):
    return ADVERTISEMENT.format(name=name, more=''.join(f'  {key}: {json.dumps(value)}\n'
                                                        for key, value in more.items()))


def router_configuration(nodes, more=()):
    lines = [f'router bgp {ROUTER_AS}', f' bgp router-id {ROUTER}', ' no bgp ebgp-requires-policy',
             ' bgp bestpath as-path multipath-relax', ' bgp graceful-restart stalepath-time 60']
    for address in nodes:
        lines += [f' neighbor {address} remote-as {NODE_AS}', f' neighbor {address} timers connect 1']
    lines += [f' {line}' for line in more]
    lines += [' address-family ipv4 unicast', '  maximum-paths 16', ' exit-address-family',
              ' address-family ipv6 unicast', *[f'  neighbor {address} activate' for address in nodes],
              ' exit-address-family']
    return '\n'.join(lines) + '\n'


class FrrLab:
    """`nodes` nodes that run Herald, each with an FRR of its own in `attached` mode."""

    def __init__(self, lab, nodes=1, home=None, more=(), router_daemons=('zebra', 'bgpd', 'bfdd')):
        self.lab = lab
        self.home = home or unpack(lab.directory)
        self.switch = lab.switch('sw')
        self.router, self.client = lab.host('r'), lab.host('c')
        self.switch.attach(self.router, 'eth0', f'{ROUTER}/24', 'fd99::1/64')
        lab.wire(self.client, 'eth0', self.router, 'eth1', [f'{CLIENT}/24'], ['10.98.0.1/24'])
        self.client.run('ip', 'route', 'add', 'default', 'via', '10.98.0.1')
        self.router.sysctl('net.ipv4.ip_forward', 1)
        self.router.sysctl('net.ipv4.fib_multipath_hash_policy', 1)
        self.addresses = [f'10.99.0.{11 + index}' for index in range(nodes)]
        self.nodes = [self._node(index, address) for index, address in enumerate(self.addresses)]
        self.frr = peers.Frr(self.router, router_configuration(self.addresses, more), daemons=router_daemons)

    def _node(self, index, address):
        host = self.lab.host(f'n{index}')
        self.switch.attach(host, 'eth0', f'{address}/24', f'fd99::{11 + index}/64')
        host.run('ip', 'route', 'add', 'default', 'via', ROUTER)
        node = Node(host, self.home)
        node.write('policy.yaml', POLICY)
        node.write('peer.yaml', peer())
        node.write('advertisement.yaml', advertisement())
        return node

    def serve(self, node, *addresses):
        """A service for each address, which the node answers for itself."""
        for address in addresses:
            name = 's' + address.replace('.', '-').replace(':', '-')
            node.write(f'{name}.yaml', SERVED.format(name=name, address=address))
            if '.' in address:
                node.host.run('ip', 'addr', 'add', address + '/32', 'dev', 'lo', check=False)

    def withdraw(self, node, address):
        node.remove('s' + address.replace('.', '-').replace(':', '-') + '.yaml')

    def route(self, prefix, family='ipv4'):
        """The router's view of a prefix: its paths."""
        return self.frr.json(f'show bgp {family} unicast {prefix}').get('paths', [])

    def wait_route(self, prefix, there=True, seconds=30, family='ipv4'):
        return wait(lambda: bool(self.route(prefix, family)) == there, seconds, 0.1,
                    f'{prefix} to be {"there" if there else "gone"}')

    def hops(self, prefix):
        """Next hops in the kernel of the router."""
        routes = self.router.routes(prefix)
        return len(routes[0].get('nexthops', [1])) if routes else 0


def configure(node, pid, **values):
    """Sets keys of a configuration of a node that has not been started, or of one that runs (File Install sees it)."""
    path = os.path.join(node.base, 'etc', f'{pid}.cfg')
    if not os.path.exists(os.path.join(node.base, 'etc', 'config.properties')):
        # As the first start would, which would not spare what stands there.
        shutil.copytree(os.path.join(node.home, 'etc'), os.path.join(node.base, 'etc'), dirs_exist_ok=True)
    with open(path, encoding='utf-8') as file:
        lines = file.read().splitlines()
    lines = [line for line in lines if line.split('=')[0].strip() not in values]
    with open(path + '.new', 'w', encoding='utf-8') as out:
        out.write('\n'.join([*lines, *(f'{key} = {value}' for key, value in values.items())]) + '\n')
    os.replace(path + '.new', path)


def install(node, *features):
    """Installs features from the distribution; HERALD_LAB_BUNDLES names jars to take instead, for bundles under way."""
    jars = dict(pair.split('=') for pair in os.environ.get('HERALD_LAB_BUNDLES', '').split(',') if pair)
    for feature in features:
        if feature in jars:
            node.do('bundle:install -s ' + ' '.join(f'file:{jar}' for jar in jars[feature].split('+')))
        else:
            node.do(f'feature:install {feature}')


def backend(node, name, seconds=30):
    """Chooses a backend and waits until it reports."""
    def chosen():
        return announcer(node, name).get('announcer') == name
    said = wait(lambda: try_choose(node, name), seconds, 0.2, f'{name} to be on offer')
    wait(chosen, seconds, 0.1, f'{name} to be used')
    return said


def try_choose(node, name):
    code, text = node.shell(f'herald:bgp-backend {name}')
    if code and 'there is no BGP backend' not in text:
        raise LabError(text)
    return not code and text


def announcer(node, name):
    """The status of one announcer as the API shows it."""
    for status in node.api('status').get('announcers', []):
        if status.get('announcer', status.get('name')) == name:
            return {**status, 'announcer': name}
    return {}


class Watch:
    """Looks at the kernel's table of the router all the time, and sends pings through it every 10 ms."""

    def __init__(self, lab, prefix, service):
        self.lab, self.prefix, self.fewest, self.looks = lab, prefix, 99, 0
        self.running = True
        self.pings = lab.client.spawn('ping', '-D', '-i', '0.01', '-W', '1', service, log='ping.log')
        self.path = os.path.join(lab.client.directory(), 'ping.log')
        with open(self.path, 'w', encoding='utf-8'):
            pass
        self.thread = threading.Thread(target=self._look, daemon=True)
        self.thread.start()

    def _look(self):
        while self.running:
            self.fewest = min(self.fewest, self.lab.hops(self.prefix))
            self.looks += 1
            time.sleep(0.02)

    def stop(self):
        """Fewest next hops seen, pings lost, pings sent."""
        self.running = False
        self.thread.join()
        self.pings.send_signal(2)
        self.pings.wait()
        with open(self.path, encoding='utf-8', errors='replace') as log:
            summary = next(line for line in log.read().splitlines()[::-1] if 'packets transmitted' in line)
        sent, received = [int(part.split()[0]) for part in summary.split(', ')[:2]]
        return self.fewest, sent - received, sent
