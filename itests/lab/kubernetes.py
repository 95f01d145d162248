"""The lab of the Kubernetes tests: a control plane, a client and nodes that run Herald, on one switch."""

import json
import os
import shutil
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), 'kubernetes'))

import binaries  # noqa: E402
from cluster import PORT, Cluster  # noqa: E402, F401
from herald import Asker, Node, unpack  # noqa: E402

SKIPPED = 77
NAMESPACE = 'metallb-system'
API = '192.0.2.2'
CLIENT = '192.0.2.1'
POOL = '192.0.2.100-192.0.2.109'
MANIFESTS = ('crds', 'namespace.yaml', 'rbac.yaml')

POOLS = f"""\
apiVersion: metallb.io/v1beta1
kind: IPAddressPool
metadata: {{name: lab, namespace: {NAMESPACE}}}
spec: {{addresses: [{POOL}]}}
---
apiVersion: metallb.io/v1beta1
kind: L2Advertisement
metadata: {{name: lab, namespace: {NAMESPACE}}}
spec: {{ipAddressPools: [lab]}}
"""


def programs():
    """Where the control plane's programs are; ends the test, as skipped, where they cannot be had."""
    try:
        return binaries.directory()
    except binaries.Missing as missing:
        print(f'# SKIP kubernetes: {missing}', flush=True)
        sys.exit(SKIPPED)


def service(name, namespace='default', annotations=None, **spec):
    """A service of type LoadBalancer."""
    spec = {'type': 'LoadBalancer', 'ports': [{'port': 80}], 'selector': {'app': name}, **spec}
    return json.dumps({'apiVersion': 'v1', 'kind': 'Service', 'spec': spec,
                       'metadata': {'name': name, 'namespace': namespace, 'annotations': annotations or {}}})


def endpoints(name, nodes, namespace='default', ready=True):
    """What the endpoint slice controller would write for a service with a pod on each of the nodes."""
    listed = [{'addresses': [f'10.244.{place}.2'], 'nodeName': node, 'conditions': {'ready': ready}}
              for place, node in enumerate(nodes)]
    return json.dumps({
        'apiVersion': 'discovery.k8s.io/v1', 'kind': 'EndpointSlice', 'addressType': 'IPv4',
        'metadata': {'name': f'{name}-abc', 'namespace': namespace, 'labels': {'kubernetes.io/service-name': name}},
        'endpoints': listed, 'ports': [{'port': 80, 'protocol': 'TCP'}]})


class KubeLab:
    """The control plane runs when this is made; nodes are started by the test."""

    def __init__(self, lab, names=('node-a', 'node-b'), settings=None, **control_plane):
        self.lab = lab
        self.home = unpack(lab.directory)
        self.switch = lab.switch('switch')
        self.client = self._host('client', CLIENT)
        self.cluster = Cluster(self._host('api', API), API, programs(), **control_plane).start()
        self.cluster.establish(*MANIFESTS)
        self.kubeconfig = self.cluster.account('herald', NAMESPACE)
        self.nodes = {}
        for place, name in enumerate(names):
            address = f'192.0.2.{11 + place}'
            self.cluster.node(name, address=address)
            node = Node(self._host(name, address), self.home)
            self.configure(node, **(settings or {}))
            self.nodes[name] = node
        self.asker = Asker(self.client, 'eth0', CLIENT)

    def _host(self, name, address):
        host = self.lab.host(name)
        host.sysctl('net.ipv4.conf.all.arp_ignore', 1)
        self.switch.attach(host, 'eth0', f'{address}/24')
        return host

    def configure(self, node, **settings):
        """Fills the node's etc/ and turns the Kubernetes source on there."""
        etc = os.path.dirname(node.documents)
        shutil.copytree(os.path.join(self.home, 'etc'), etc, dirs_exist_ok=True)
        features = os.path.join(etc, 'org.apache.karaf.features.cfg')
        with open(features, encoding='utf-8') as file:
            lines = [line.rstrip() + ', herald-kubernetes\n' if line.startswith('featuresBoot =') else line
                     for line in file]
        with open(features, 'w', encoding='utf-8') as out:
            out.writelines(lines)
        self.settings(node, **settings)

    def settings(self, node, **changed):
        """The settings of the node's Kubernetes source: these, and the lab's for what is not named."""
        values = {'kubeconfig': self.kubeconfig, 'snapshot.seconds': 1, **changed}
        path = os.path.join(os.path.dirname(node.documents), 'org.heraldlb.k8ssource.cfg')
        with open(path + '.new', 'w', encoding='utf-8') as out:
            out.writelines(f'{key} = {value}\n' for key, value in values.items())
        os.replace(path + '.new', path)

    def start(self):
        for node in self.nodes.values():
            node.start()
        for node in self.nodes.values():
            node.wait_ready()
        return self

    def owner(self, address, seconds=0.3):
        """The name of the node that answers for the address; None when nobody does. Two at once are an error."""
        macs = {node.host.mac('eth0'): name for name, node in self.nodes.items()}
        found = set(self.asker.answers(address, seconds))
        assert len(found) <= 1, f'{address} is answered by {found}'
        return macs[found.pop()] if found else None

    def leader(self):
        """Who holds the lease."""
        lease = self.cluster.get('lease', 'herald-allocator', '-n', NAMESPACE) or {}
        return lease.get('spec', {}).get('holderIdentity') or None
