#!/usr/bin/env python3
"""From a Service at the API server to its status and to the first ARP reply, and how long many Services take.

    kubernetes_apply.py [SERVICES [MANY]]      one after the other (20), then so many at once (1000)

Services are created through the API server's HTTP door by one client that keeps its connection, so that the time to start
kubectl is not in the figures. Prints milliseconds: p50, p99, most. Two nodes, one API server and etcd share the machine.
"""

import http.client
import json
import os
import ssl
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, '..', '..', 'itests', 'lab'))

from herald import inside  # noqa: E402
from kubernetes import API, NAMESPACE, KubeLab, endpoints, programs, service  # noqa: E402
from lab import Lab, percentile, wait  # noqa: E402

POOLS = f"""\
apiVersion: metallb.io/v1beta1
kind: IPAddressPool
metadata: {{name: lab, namespace: {NAMESPACE}}}
spec: {{addresses: [192.0.2.100-192.0.2.250, 10.200.0.0/16]}}
---
apiVersion: metallb.io/v1beta1
kind: L2Advertisement
metadata: {{name: lab, namespace: {NAMESPACE}}}
"""


class Api:
    """One connection to the API server, from inside the lab."""

    def __init__(self, lab):
        cluster = lab.cluster
        context = ssl.create_default_context(cafile=cluster.path('ca.crt'))
        context.load_cert_chain(cluster.path('admin.crt'), cluster.path('admin.key'))
        self.connection = http.client.HTTPSConnection(API, 6443, context=context, timeout=60)
        inside(lab.client, self.connection.connect)

    def ask(self, method, path, body=None):
        self.connection.request(method, path, body, {'Content-Type': 'application/json'})
        answer = self.connection.getresponse()
        text = answer.read()
        assert answer.status < 300, text[:500]
        return json.loads(text)

    def create(self, name):
        self.ask('POST', '/apis/discovery.k8s.io/v1/namespaces/default/endpointslices', endpoints(name, ['node-a', 'node-b']))
        self.ask('POST', '/api/v1/namespaces/default/services', service(name))

    def ingress(self, name):
        found = self.ask('GET', f'/api/v1/namespaces/default/services/{name}')
        return found['status'].get('loadBalancer', {}).get('ingress', [])

    def addressed(self):
        found = self.ask('GET', '/api/v1/namespaces/default/services')
        return sum(bool(one['status'].get('loadBalancer', {}).get('ingress')) for one in found['items'])


def show(what, seconds):
    values = [1000 * one for one in seconds]
    print(f'{what}: p50 {percentile(values, 50):.0f} ms, p99 {percentile(values, 99):.0f} ms, most {max(values):.0f} ms, '
          f'n={len(values)}', flush=True)


def one_after_the_other(lab, api, state, count):
    status, answer = [], []
    for number in range(count):
        name = f'{state}-{number}'
        begun = time.monotonic()
        api.create(name)
        found = wait(lambda name=name: api.ingress(name), 30, 0.002, 'a status')
        status.append(time.monotonic() - begun)
        address = found[0]['ip']
        wait(lambda address=address: lab.asker.ask(address, 0.01), 30, 0.001, 'an ARP reply')
        answer.append(time.monotonic() - begun)
    show(f'{state}: create to status', status)
    show(f'{state}: create to ARP reply', answer)


def many_at_once(api, count):
    before = api.addressed()
    begun = time.monotonic()
    for number in range(count):
        api.create(f'many-{number}')
    created = time.monotonic() - begun
    wait(lambda: api.addressed() >= before + count, 120, 0.05, 'all statuses')
    print(f'{count} services: created in {created:.1f} s, all with addresses {time.monotonic() - begun:.1f} s after the first',
          flush=True)


def memory(lab):
    for name, node in lab.nodes.items():
        with open(f'/proc/{node.process.pid}/status', encoding='ascii') as file:
            rss = next(int(line.split()[1]) / 1024 for line in file if line.startswith('VmRSS'))
        print(f'{name}: {rss:.0f} MiB resident', flush=True)


def main():
    programs()
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    many = int(sys.argv[2]) if len(sys.argv) > 2 else 1000
    with Lab('kbench') as lab:
        kube = KubeLab(lab, settings={'snapshot.seconds': 30})
        kube.cluster.apply(POOLS)
        kube.start()
        wait(kube.leader, 30, 0.2, 'a holder of the lease')
        api = Api(kube)
        one_after_the_other(kube, api, 'cold', 3)
        one_after_the_other(kube, api, 'warm', count)
        many_at_once(api, many)
        memory(kube)
    return 0


if __name__ == '__main__':
    sys.exit(main())
