#!/usr/bin/env python3
"""Many Services on a real API server: many at once on running nodes, cold start, steady state, and an API server that dies.

    kubernetes_scale.py [SERVICES [BURST]]     10000 and 1000 where nothing else is said; ends within 20 minutes

Two nodes announce by BGP to one FRR, whose table says what is announced. Prints each figure beside its goal as soon as it is
known. Control plane, FRR and both nodes share the machine.
"""

import http.client
import json
import os
import ssl
import sys
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, '..', '..', 'itests', 'lab'))

import peers  # noqa: E402
from herald import inside  # noqa: E402
from kubernetes import API, NAMESPACE, KubeLab, endpoints, programs, service  # noqa: E402
from lab import Lab, LabError, wait  # noqa: E402

ROUTER = '192.0.2.3'
LONGEST = 1200  # seconds for everything
THREADS = 4
STEADY = 20
SETTLING = 240  # seconds after a start: until then the JVM compiles what it has learned, and gives back what it needed
OUTAGE = 20
OUTAGES = 3
ASKED = 0.5  # seconds between questions to the router: each costs a process, on the cores that are measured
WRITTEN = ('/api/v1/services', f'/apis/metallb.io/v1beta1/namespaces/{NAMESPACE}/servicebgpstatuses',
           f'/apis/metallb.io/v1beta1/namespaces/{NAMESPACE}/ipaddresspools',
           f'/apis/metallb.io/v1beta1/namespaces/{NAMESPACE}/configurationstates', '/api/v1/events',
           f'/apis/heraldlb.org/v1/namespaces/{NAMESPACE}/bgpsessionstates')
CONFIGURATION = f"""\
apiVersion: metallb.io/v1beta1
kind: IPAddressPool
metadata: {{name: big, namespace: {NAMESPACE}}}
spec: {{addresses: [10.200.0.0/16]}}
---
apiVersion: metallb.io/v1beta1
kind: BGPAdvertisement
metadata: {{name: big, namespace: {NAMESPACE}}}
---
apiVersion: metallb.io/v1beta2
kind: BGPPeer
metadata: {{name: tor, namespace: {NAMESPACE}}}
spec: {{myASN: 65001, peerASN: 65000, peerAddress: {ROUTER}, connectTime: 1s}}
"""
BEGUN = time.monotonic()


def left():
    """Seconds that are left of the whole time."""
    return max(1.0, BEGUN + LONGEST - time.monotonic())


def say(what, value, unit, goal=None):
    verdict = '' if goal is None else f'   goal {goal:g} {unit}   {"ok" if value <= goal else "MISSED"}'
    print(f'{time.monotonic() - BEGUN:6.1f} s  {what:<58} {value:8.1f} {unit}{verdict}', flush=True)


class Api:
    """One connection to the API server, from inside the lab."""

    def __init__(self, kube):
        cluster = kube.cluster
        self.client = kube.client
        self.context = ssl.create_default_context(cafile=cluster.path('ca.crt'))
        self.context.load_cert_chain(cluster.path('admin.crt'), cluster.path('admin.key'))
        self.connection = self._open()

    def _open(self):
        connection = http.client.HTTPSConnection(API, 6443, context=self.context, timeout=60)
        inside(self.client, connection.connect)
        return connection

    def ask(self, method, path, body=None, accept='application/json'):
        try:
            status, text = self._once(method, path, body, accept)
        except (OSError, http.client.HTTPException):  # the API server ends connections that nobody uses
            self.connection = self._open()
            status, text = self._once(method, path, body, accept)
        if status == 429 and left() > 1:  # the API server begins to serve a kind
            time.sleep(0.5)
            return self.ask(method, path, body, accept)
        if status >= 300 and (method, status) != ('POST', 409):
            raise LabError(f'{method} {path}: {status} {text[:300]}')
        return json.loads(text)

    def _once(self, method, path, body, accept):
        self.connection.request(method, path, body, {'Content-Type': 'application/json', 'Accept': accept})
        answer = self.connection.getresponse()
        return answer.status, answer.read()

    def create(self, name):
        self.ask('POST', '/apis/discovery.k8s.io/v1/namespaces/default/endpointslices', endpoints(name, ['node-a', 'node-b']))
        self.ask('POST', '/api/v1/namespaces/default/services', service(name, allocateLoadBalancerNodePorts=False))

    def versions(self):
        """Version by object, of everything that Herald writes but its lease."""
        found = {}
        for path in WRITTEN:
            page = self.ask('GET', path, accept='application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1')
            found.update({path + one['metadata']['name']: one['metadata']['resourceVersion'] for one in page.get('items') or []})
        return found

    def services(self):
        found = self.ask('GET', '/api/v1/namespaces/default/services')
        return {one['metadata']['name']: [entry['ip'] for entry in one['status'].get('loadBalancer', {}).get('ingress', [])]
                for one in found.get('items') or [] if one['spec']['type'] == 'LoadBalancer'}


class Scale:
    def __init__(self, lab, count, burst):
        self.kube = KubeLab(lab, settings={'snapshot.seconds': 30}, memory='4GiB')  # as shipped; the lab's own are small
        self.count = count
        self.burst = burst
        host = lab.host('router')
        self.kube.switch.attach(host, 'eth0', ROUTER + '/24')
        lines = ['router bgp 65000', f' bgp router-id {ROUTER}', ' no bgp ebgp-requires-policy']
        for node in ('192.0.2.11', '192.0.2.12'):
            lines += [f' neighbor {node} remote-as 65001', f' neighbor {node} timers connect 1']
        self.router = peers.Frr(host, '\n'.join(lines) + '\n', daemons=('zebra', 'bgpd'))
        self.apis = [Api(self.kube) for _ in range(THREADS)]
        self.api = self.apis[0]
        self.kube.cluster.apply(CONFIGURATION)

    def _routes(self):
        """Prefixes that the router has from each of the two nodes; the smaller number."""
        found = self.router.json('show bgp ipv4 unicast summary').get('peers') or {}
        return min([peer.get('pfxRcd', 0) for peer in found.values()] or [0])

    def _create(self, names):
        names = list(names)

        def some(place):
            for name in names[place::THREADS]:
                self.apis[place].create(name)

        threads = [threading.Thread(target=some, args=(place,)) for place in range(THREADS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(left())

    def _until(self, condition, seconds, step=0.1):
        """Seconds until it is true; None when it does not get so in time."""
        begun = time.monotonic()
        try:
            wait(condition, min(seconds, left()), step)
            return time.monotonic() - begun
        except LabError:
            return None

    def _quiet(self, seconds, most):
        """Waits until nothing was written for so long; the number of writes that were still going on when it gives up."""
        deadline = time.monotonic() + max(0.0, min(most, left() - 60))
        before = self.api.versions()
        while True:
            time.sleep(seconds)
            now = self.api.versions()
            changed = sum(now.get(key) != version for key, version in before.items()) + len(now.keys() - before.keys())
            if changed == 0 or time.monotonic() > deadline:
                return changed
            before = now

    def fill(self):
        begun = time.monotonic()
        names = [f's-{number}' for number in range(self.count)]
        self._create(names[self.burst:])
        last = time.monotonic()
        self._create(names[:self.burst])
        say(f'{self.count} services and their endpoints created', time.monotonic() - begun, 's')
        say(f'the last {self.burst} of them, with the API server alone', time.monotonic() - last, 's')
        begun = time.monotonic()
        self.kube.start()
        self._until(lambda: self._routes() >= self.count, 120, 0.5)
        say('all of them announced, since the nodes were started', time.monotonic() - begun, 's')
        changing = self._quiet(3, left() - 190)  # the rest needs its time too
        say('statuses and conditions of all of them written', time.monotonic() - begun, 's')
        if changing:
            print(f'# still being written: {changing} objects in 3 s; what follows is disturbed by it', flush=True)

    def cold_start(self):
        self._quiet(3, min(200, left() / 2))
        before = self.api.services()
        versions = self.api.versions()
        for node in self.kube.nodes.values():
            node.stop()
        wait(lambda: self._routes() == 0, 30, 0.2, 'no route')
        begun = time.monotonic()
        for node in self.kube.nodes.values():
            node.start()
        for name, node in self.kube.nodes.items():
            self._until(node.is_ready, 90)
            say(f'cold start: {name} ready', time.monotonic() - begun, 's', 15)
        self._until(lambda: self._routes() >= len(before), 60)
        say('cold start: all routes at the router', time.monotonic() - begun, 's')
        say('cold start: routes missing', len(before) - self._routes(), '', 0)
        after = self.api.services()
        say('cold start: addresses changed', sum(after.get(name) != given for name, given in before.items()), '', 0)
        time.sleep(5)
        now = self.api.versions()
        rewritten = [key for key, version in versions.items() if '/services' in key and now.get(key) != version]
        say('cold start: services written again', len(rewritten), '', 0)
        others = [key for key, version in versions.items() if '/services' not in key and now.get(key) != version]
        say('cold start: other objects written again', len(others), '')

    def steady_state(self):
        self._quiet(3, 40)
        settling = min(SETTLING, left() / 2)
        time.sleep(settling)
        say('steady: measured so long after the cold start was over', settling, 's')
        before = self.api.versions()
        pids = {name: node.process.pid for name, node in self.kube.nodes.items()}
        ticks = {name: cpu(pid) for name, pid in pids.items()}
        begun = time.monotonic()
        time.sleep(STEADY)
        passed = time.monotonic() - begun
        for name, pid in pids.items():
            say(f'steady: {name} CPU', 100 * (cpu(pid) - ticks[name]) / passed, '%', 1)
            say(f'steady: {name} resident', resident(pid), 'MiB', 300)
        now = self.api.versions()
        say(f'steady: writes in {STEADY} s', sum(now.get(key) != before.get(key) for key in now.keys() | before.keys()), '', 0)

    def many_at_once(self):
        before = len(self.api.services())
        wanted = before + self.burst
        announced = []
        begun = time.monotonic()
        watch = threading.Thread(target=lambda: announced.append(
            self._until(lambda: self._routes() >= wanted, 60, ASKED)))
        watch.start()
        self._create(f'b-{number}' for number in range(self.burst))
        created = time.monotonic() - begun
        say(f'{self.burst} at once: created', created, 's')
        self._until(lambda: sum(bool(given) for given in self.api.services().values()) >= wanted, 60, ASKED)
        addressed = time.monotonic() - begun
        say(f'{self.burst} at once: all have addresses', addressed, 's', 5)
        say('                after the last was created', addressed - created, 's')
        watch.join(left())
        routed = announced[0] if announced and announced[0] else 99
        say(f'{self.burst} at once: all announced', routed, 's', 6)
        say('                after the last was created', routed - created, 's')

    def outage(self):
        for number in range(OUTAGES):
            if left() > OUTAGE + 60:
                self._quiet(3, 30)
                self._outage(f'after-{number}')

    def _outage(self, name):
        before = self._routes()
        self.kube.cluster.kill_server()
        deadline = time.monotonic() + OUTAGE
        least = before
        while time.monotonic() < deadline:
            least = min(least, self._routes())
            time.sleep(0.5)
        say(f'API server away for {OUTAGE} s: routes lost', before - least, '', 0)
        started = time.monotonic()
        self.kube.cluster.start_server()
        begun = time.monotonic()
        say('API server: from its start to ready', begun - started, 's')
        self.api = Api(self.kube)
        self.api.create(name)
        say('API server ready to a new service created', time.monotonic() - begun, 's')
        path = f'/api/v1/namespaces/default/services/{name}'
        took = self._until(lambda: self.api.ask('GET', path)['status'].get('loadBalancer', {}).get('ingress'), 60)
        say('API server ready to a new service with an address', time.monotonic() - begun if took else 99, 's', 5)
        self._until(lambda: self._routes() > before, 30)
        say('API server ready to its route', time.monotonic() - begun, 's', 5)
        say('routes lost when it came back', max(0, before + 1 - self._routes()), '', 0)


def cpu(pid):
    """Seconds of CPU that a process has used."""
    with open(f'/proc/{pid}/stat', encoding='ascii') as file:
        fields = file.read().rsplit(')', 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf('SC_CLK_TCK')


def resident(pid):
    with open(f'/proc/{pid}/status', encoding='ascii') as file:
        return next(int(line.split()[1]) / 1024 for line in file if line.startswith('VmRSS'))


def main():
    programs()
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10000
    burst = int(sys.argv[2]) if len(sys.argv) > 2 else 1000
    failed = False
    with Lab('kscale') as lab:
        scale = Scale(lab, count, burst)
        for part in (scale.fill, scale.many_at_once, scale.cold_start, scale.steady_state, scale.outage):
            if left() < 20:
                print(f'# no time left for {part.__name__}', flush=True)
                continue
            try:
                part()
            except Exception as failure:  # a part that fails must not hide the others
                failed = True
                print(f'# {part.__name__}: {failure}', flush=True)
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
