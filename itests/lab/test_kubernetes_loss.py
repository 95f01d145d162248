#!/usr/bin/env python3
"""Two nodes that lose the API server, each other, their rights and the bundle itself: no service moves."""

import json
import re
import sys
import time

from kubernetes import NAMESPACE, POOLS, KubeLab, endpoints, programs, service
from lab import Lab, Report, run, wait

FIRST = '192.0.2.100'
SERVICES = ('web', 'mail', 'shop')
BUNDLE = 'org.heraldlb.k8s-source'
VERBS = ('update', 'restart', 'refresh', 'reinstall')


class Loss:
    def __init__(self, lab):
        self.kube = KubeLab(lab)
        self.cluster = self.kube.cluster
        self.nodes = self.kube.nodes

    def services_are_there(self):
        self.cluster.apply(POOLS)
        for name in SERVICES:
            self.cluster.apply(service(name))
            self.cluster.apply(endpoints(name, list(self.nodes)))
        self.kube.start()
        wait(lambda: all(self.cluster.ingress(name) for name in SERVICES), 45, 0.2, 'addresses')
        wait(self._leader, 30, 0.2, 'a holder of the lease')
        self.given = self._given()

    def _given(self):
        return {name: self.cluster.ingress(name) for name in SERVICES}

    def _leader(self):
        holder = self.kube.leader()
        return holder if holder in self.nodes else None

    def _codes(self, node):
        return {row['code'] for row in node.api('problems').get('problems', [])}

    def the_holder_is_killed_and_another_takes_over(self):
        before = self._leader()
        self.nodes[before].kill()
        begun = time.monotonic()
        after = wait(lambda: self._leader() not in (None, before) and self._leader(), 45, 0.1, 'a new holder')
        took = time.monotonic() - begun
        self.cluster.apply(service('extra'))
        wait(lambda: self.cluster.ingress('extra'), 45, 0.1, 'an address from the new holder')
        assert self._given() == self.given, (self.given, self._given())
        self.cluster.kubectl('delete', 'service', 'extra')
        self._restart(self.nodes[before])
        assert self._given() == self.given, (self.given, self._given())
        return f'{before} -> {after} in {took:.1f} s'

    def the_holder_stops_and_another_takes_over_at_once(self):
        before = self._leader()
        begun = time.monotonic()
        self.nodes[before].stop()
        stopped = time.monotonic()
        after = wait(lambda: self._leader() not in (None, before) and self._leader(), 45, 0.1, 'a new holder')
        took = time.monotonic() - begun
        assert self._given() == self.given
        self._restart(self.nodes[before])
        return f'{before} -> {after} {took:.1f} s after the signal, the process was gone after {stopped - begun:.1f} s'

    def _restart(self, node):
        """A node is ready from its snapshot on disk before it is connected."""
        connections = self._connections(node)
        node.start().wait_ready()
        wait(lambda: self._connections(node) > connections, 60, 0.2, 'the connection')

    def a_lease_of_another_clock_is_respected(self):
        """The holder's times are of long ago: by a clock that is an hour behind. Nobody takes it from it."""
        holder = wait(self._leader, 30, 0.2, 'a holder')
        other = next(name for name in self.nodes if name != holder)
        for _ in range(8):
            self.cluster.kubectl('patch', 'lease', 'herald-allocator', '-n', NAMESPACE, '--type=merge', '-p',
                                 '{"spec": {"renewTime": "2020-01-01T00:00:00.000000Z"}}')
            time.sleep(0.5)
        assert self._leader() == holder, f'{other} took the lease of {holder}'

    def the_bundle_is_exchanged_on_the_holder(self):
        for verb in VERBS:
            self._exchange(wait(self._leader, 30, 0.2, 'a holder'), verb)

    def the_bundle_is_exchanged_on_the_other(self):
        holder = wait(self._leader, 30, 0.2, 'a holder')
        for verb in VERBS:
            self._exchange(next(name for name in self.nodes if name != holder), verb)

    @staticmethod
    def _act(node, verb):
        if verb == 'restart':
            node.do(f'bundle:stop {BUNDLE}')
            node.do(f'bundle:start {BUNDLE}')
        elif verb == 'reinstall':
            place = re.search(r'\|\s*(\S+/k8s-source/\S+)\s*$', node.do('bundle:list -l -t 0'), re.M).group(1)
            node.do(f'bundle:uninstall {BUNDLE}')
            assert 'Bundle ID' in node.do(f'bundle:install -s {place}')
        else:
            node.do(f'bundle:{verb} {BUNDLE}')

    def _exchange(self, name, verb):
        """Nothing is asked again and nothing is withdrawn: the owner answers all the time."""
        owner = wait(lambda: self.kube.owner(FIRST), 30, 0.1, 'an owner')
        versions = self._versions()
        node = self.nodes[name]
        connections = self._connections(node)
        self._act(node, verb)
        quiet = set()
        deadline = time.monotonic() + 45
        while self._connections(node) <= connections:
            quiet.add(self.kube.owner(FIRST))
            assert time.monotonic() < deadline, f'the bundle does not speak after {verb}'
        wait(lambda: self._sources(node).get('kubernetes'), 45, 0.1, 'the new bundle to have read everything')
        wait(self._leader, 30, 0.2, 'a holder')
        quiet.add(self.kube.owner(FIRST))
        assert quiet <= {owner}, f'{owner} should answer during {verb}, it was {quiet}'
        held = {name: [node.addresses().get(f'default/{name}')] for name in SERVICES}
        assert held == {name: [[given[0][0]]] for name, given in self.given.items()}, held
        assert self._versions() == versions, f'a status was written again after {verb}'

    def _sources(self, node):
        return {row['source']: row['synced'] for row in node.api('status').get('sources', [])}

    @staticmethod
    def _connections(node):
        return node.log().count('connected to the API server')

    def _versions(self):
        return {name: self.cluster.get('service', name)['metadata']['resourceVersion'] for name in SERVICES}

    def rights_that_are_withdrawn_are_named_while_the_connection_stands(self):
        binding = self.cluster.get('clusterrolebinding', 'herald')
        self.cluster.kubectl('delete', 'clusterrolebinding', 'herald')
        try:
            begun = time.monotonic()
            for node in self.nodes.values():
                wait(lambda node=node: 'kubernetesForbidden' in self._codes(node), 90, 0.3, 'the problem')
            took = time.monotonic() - begun
            text = next(row['text'] for row in node.api('problems')['problems'] if row['code'] == 'kubernetesForbidden')
            assert self.kube.owner(FIRST), 'the address was lost'
            time.sleep(6)
            assert 'kubernetesForbidden' in self._codes(node), 'the problem did not stay'
        finally:
            for key in ('managedFields', 'resourceVersion', 'uid', 'creationTimestamp'):
                binding['metadata'].pop(key, None)
            self.cluster.apply(json.dumps(binding))
        for node in self.nodes.values():
            wait(lambda node=node: 'kubernetesForbidden' not in self._codes(node), 60, 0.3, 'its end')
        return f'{took:.0f} s: {text}'

    def what_changed_while_nodes_were_cut_off_is_caught_up(self):
        """The API server starts anew and its store forgets the past: no watch can go on, everything is listed."""
        for node in self.nodes.values():
            self.kube.switch.cut(node.host)
        self.cluster.kubectl('delete', 'service', 'shop')
        self.cluster.kill_server()
        self._forget()
        self.cluster.start_server()
        self.cluster.apply(service('late'))
        self.cluster.apply(endpoints('late', list(self.nodes)))
        for node in self.nodes.values():
            self.kube.switch.run('bridge', 'link', 'set', 'dev', f'p-{node.host.name}', 'state', '3')
        begun = time.monotonic()
        late = wait(lambda: self.cluster.ingress('late'), 60, 0.1, 'an address')
        took = time.monotonic() - begun
        for node in self.nodes.values():
            wait(lambda node=node: 'default/shop' not in node.addresses(), 60, 0.1, 'the end of shop')
        wait(lambda: self.kube.owner(late[0][0]), 30, 0.1, 'an ARP reply')
        assert {name: self.cluster.ingress(name) for name in ('web', 'mail')} == {
            name: self.given[name] for name in ('web', 'mail')}
        return f'{took:.1f} s after the link was back'

    def _forget(self):
        """Compacts the store to its newest revision."""
        ask = ['curl', '-s', '-m', '10', '-X', 'POST', 'http://127.0.0.1:2379/v3/']
        status = json.loads(run(self.cluster.host.command(*ask[:-1], ask[-1] + 'maintenance/status', '-d', '{}')))
        revision = status['header']['revision']
        run(self.cluster.host.command(*ask[:-1], ask[-1] + 'kv/compaction', '-d', json.dumps({'revision': revision})))

    def hold_for_a_while_then_nothing(self):
        for node in self.nodes.values():
            self.kube.settings(node, **{'on.control.plane.loss': 'hold-for', 'hold.seconds': 6})
        wait(lambda: self.kube.owner(FIRST) and self._leader(), 60, 0.2, 'everything as before')
        self.cluster.kill_server()
        for node in self.nodes.values():
            wait(lambda node=node: 'kubernetesUnreachable' in self._codes(node), 60, 0.2, 'the problem')
        assert self.kube.owner(FIRST), 'it was not held'
        wait(lambda: self.kube.owner(FIRST) is None, 90, 0.2, 'silence')
        self.cluster.start_server()
        wait(lambda: self.kube.owner(FIRST), 60, 0.1, 'the return')
        assert self.cluster.ingress('web') == self.given['web']


TESTS = [name for name, value in vars(Loss).items() if callable(value) and not name.startswith('_')]


def main():
    programs()
    report = Report()
    with Lab('kloss') as lab:
        tests = Loss(lab)
        for name in TESTS:
            report.run('kubernetes loss: ' + name.replace('_', ' '), getattr(tests, name))
    return report.exit_code()


if __name__ == '__main__':
    sys.exit(main())
