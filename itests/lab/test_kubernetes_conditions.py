#!/usr/bin/env python3
"""Conditions, BGP statuses and session states on a real API server, with an FRR as the peer; and nothing written twice."""

import json
import sys
import time

import peers
from kubernetes import NAMESPACE, POOLS, KubeLab, endpoints, programs, service
from lab import Lab, Report, wait

ROUTER = '192.0.2.3'
ROUTED = '198.51.100.0/28'
STEADY_SECONDS = 8
BGP = f"""\
apiVersion: metallb.io/v1beta1
kind: IPAddressPool
metadata: {{name: routed, namespace: {NAMESPACE}}}
spec: {{addresses: [{ROUTED}], autoAssign: false}}
---
apiVersion: metallb.io/v1beta1
kind: BGPAdvertisement
metadata: {{name: routed, namespace: {NAMESPACE}}}
spec: {{ipAddressPools: [routed]}}
---
apiVersion: metallb.io/v1beta2
kind: BGPPeer
metadata: {{name: tor, namespace: {NAMESPACE}}}
spec: {{myASN: 65001, peerASN: 65000, peerAddress: {ROUTER}, connectTime: 1s}}
"""
CONFIGURATION = ('ipaddresspools.metallb.io', 'l2advertisements.metallb.io', 'bgpadvertisements.metallb.io',
                 'bgppeers.metallb.io', 'bfdprofiles.metallb.io', 'communities.metallb.io',
                 'heraldipaddresspools.heraldlb.org', 'reservations.heraldlb.org')


def router_configuration(nodes):
    lines = ['router bgp 65000', f' bgp router-id {ROUTER}', ' no bgp ebgp-requires-policy']
    for node in nodes:
        lines += [f' neighbor {node} remote-as 65001', f' neighbor {node} timers connect 1']
    return '\n'.join(lines) + '\n'


class Conditions:
    def __init__(self, lab):
        self.kube = KubeLab(lab)
        self.cluster = self.kube.cluster
        self.nodes = self.kube.nodes
        host = lab.host('router')
        self.kube.switch.attach(host, 'eth0', ROUTER + '/24')
        self.router = peers.Frr(host, router_configuration(('192.0.2.11', '192.0.2.12')), daemons=('zebra', 'bgpd'))

    def _conditions(self, kind, name, namespace=NAMESPACE):
        found = self.cluster.get(kind, name, '-n', namespace) or {}
        return {one['type']: one for one in found.get('status', {}).get('conditions', [])}

    def _service(self, name):
        return self._conditions('service', name, 'default')

    def _says(self, wanted, kind, name, namespace=NAMESPACE):
        """Waits until each condition has the status and reason; returns them."""
        def right():
            found = self._conditions(kind, name, namespace)
            said = {key: (one['status'], one['reason']) for key, one in found.items()}
            return found if said == wanted else None
        try:
            return wait(right, 45, 0.3, f'{kind} {name}: {wanted}')
        except Exception as failure:
            raise AssertionError(f'{failure}: it has {self._conditions(kind, name, namespace)}') from failure

    def a_service_says_that_it_is_announced(self):
        self.cluster.apply(POOLS)
        self.kube.start()
        self.cluster.apply(service('web'))
        self.cluster.apply(endpoints('web', list(self.nodes)))
        found = self._says({'Accepted': ('True', 'Accepted'), 'Allocated': ('True', 'Allocated'),
                            'Announced': ('True', 'Announced')}, 'service', 'web', 'default')
        assert found['Announced']['message'] == 'by layer 2', found
        assert all(one['lastTransitionTime'] for one in found.values()), found

    def a_service_without_an_address_says_why(self):
        self.cluster.apply(service('lost', annotations={'metallb.io/address-pool': 'nowhere'}))
        found = self._says({'Accepted': ('True', 'Accepted'), 'Allocated': ('False', 'UnknownPool'),
                            'Announced': ('False', 'NotAllocated')}, 'service', 'lost', 'default')
        assert 'nowhere' in found['Allocated']['message'], found
        return found['Allocated']['message']

    def a_service_of_somebody_elses_has_none(self):
        self.cluster.apply(service('foreign', loadBalancerClass='example.com/other'))
        self.cluster.kubectl('delete', 'service', 'lost')
        time.sleep(2)
        assert self._service('foreign') == {}, self._service('foreign')

    def conditions_go_when_it_is_no_balancer_any_more(self):
        self.cluster.apply(service('short'))
        wait(lambda: self._service('short').get('Announced', {}).get('reason') == 'NotAnnounced'
             or self._service('short').get('Announced', {}).get('status') == 'True', 45, 0.3, 'conditions')
        self.cluster.kubectl('patch', 'service', 'short', '-p', '{"spec": {"type": "ClusterIP"}}')
        wait(lambda: self._service('short') == {}, 45, 0.3, 'their end')
        self.cluster.kubectl('delete', 'service', 'short')

    def every_configuration_object_is_accepted(self):
        self.cluster.apply(BGP)
        self.cluster.apply(json.dumps({
            'apiVersion': 'heraldlb.org/v1', 'kind': 'IPAddressPool', 'metadata': {'name': 'more', 'namespace': NAMESPACE},
            'spec': {'addresses': ['203.0.113.0/28'], 'autoAssign': False}}))
        for kind, name in (('ipaddresspools.metallb.io', 'lab'), ('ipaddresspools.metallb.io', 'routed'),
                           ('l2advertisements.metallb.io', 'lab'), ('bgpadvertisements.metallb.io', 'routed'),
                           ('bgppeers.metallb.io', 'tor'), ('heraldipaddresspools.heraldlb.org', 'more')):
            found = self._conditions_hold(kind, name)
            assert found['Accepted']['observedGeneration'] >= 1, found

    def _conditions_hold(self, kind, name):
        def right():
            found = self._conditions(kind, name)
            return found if found.get('Accepted', {}).get('status') == 'True' else None
        return wait(right, 45, 0.3, f'{kind} {name} to be accepted')

    def one_that_is_refused_says_why(self):
        self.cluster.apply(json.dumps({
            'apiVersion': 'metallb.io/v1beta1', 'kind': 'IPAddressPool', 'metadata': {'name': 'twice', 'namespace': NAMESPACE},
            'spec': {'addresses': ['192.0.2.105-192.0.2.120']}}))
        found = wait(lambda: self._conditions('ipaddresspools.metallb.io', 'twice').get('Accepted'), 45, 0.3, 'a condition')
        assert found['status'] == 'False', found
        assert 'lab' in found['message'], found
        first = found['lastTransitionTime']
        self.cluster.kubectl('patch', 'ipaddresspools.metallb.io', 'twice', '-n', NAMESPACE, '--type=merge', '-p',
                             '{"spec": {"addresses": ["203.0.113.32/28"], "autoAssign": false}}')
        accepted = self._conditions_hold('ipaddresspools.metallb.io', 'twice')['Accepted']
        assert accepted['observedGeneration'] == 2 and accepted['lastTransitionTime'] >= first, accepted
        self.cluster.kubectl('delete', 'ipaddresspools.metallb.io', 'twice', '-n', NAMESPACE)
        return f"{found['reason']}: {found['message']}"

    def D_34_each_node_says_to_which_peers_it_announces(self):
        self.cluster.apply(service('far', annotations={'metallb.io/address-pool': 'routed'}))
        self.cluster.apply(endpoints('far', list(self.nodes)))
        wanted = {(node, ('tor',)) for node in self.nodes}
        wait(lambda: self._routed('far') == wanted, 45, 0.3, f'{wanted}, not {self._routed("far")}')
        found = self._says({'Accepted': ('True', 'Accepted'), 'Allocated': ('True', 'Allocated'),
                            'Announced': ('True', 'Announced')}, 'service', 'far', 'default')
        assert found['Announced']['message'] == 'by BGP', found
        address = self.cluster.ingress('far')[0][0]
        paths = self.router.json(f'show bgp ipv4 unicast {address}/32').get('paths', [])
        assert len(paths) == 2, paths

    def _routed(self, name):
        found = self.cluster.get('servicebgpstatuses.metallb.io', '-n', NAMESPACE, '-l', f'metallb.io/service-name={name}')
        return {(one['status']['node'], tuple(one['status']['peers'])) for one in (found or {}).get('items', [])}

    def D_34_a_node_that_is_not_selected_has_no_status(self):
        self._select({'nodeSelectors': [{'matchLabels': {'kubernetes.io/hostname': 'node-a'}}]})
        wait(lambda: self._routed('far') == {('node-a', ('tor',))}, 45, 0.3, 'one status')
        self._select({'nodeSelectors': []})
        wait(lambda: len(self._routed('far')) == 2, 45, 0.3, 'both again')

    def _select(self, spec):
        self.cluster.kubectl('patch', 'bgpadvertisements.metallb.io', 'routed', '-n', NAMESPACE, '--type=merge', '-p',
                             json.dumps({'spec': spec}))

    def sessions_say_how_they_are(self):
        wanted = {(node, 'tor', 'Established') for node in self.nodes}
        wait(lambda: self._sessions() == wanted, 45, 0.3, f'{wanted}, not {self._sessions()}')

    def _sessions(self):
        found = self.cluster.get('bgpsessionstates.heraldlb.org', '-n', NAMESPACE) or {}
        return {(one['status']['node'], one['status']['peer'], one['status']['bgpStatus'])
                for one in found.get('items', []) if 'status' in one}

    def nothing_is_written_while_nothing_happens(self):
        """The newest version of anything but leases; versions are counted by the store for all objects together."""
        before = wait(self._quiet, 60, 0.1, f'{STEADY_SECONDS} s without a write')
        return f'{before} objects unchanged for {STEADY_SECONDS} s'

    def _quiet(self):
        before = self._versions()
        time.sleep(STEADY_SECONDS)
        return len(before) if self._versions() == before else None

    def _versions(self):
        kinds = ('services', 'events', *CONFIGURATION, 'servicel2statuses.metallb.io', 'servicebgpstatuses.metallb.io',
                 'configurationstates.metallb.io', 'bgpsessionstates.heraldlb.org')
        found = self.cluster.get(','.join(kinds), '-A') or {}
        return {(one['kind'], one['metadata']['name']): one['metadata']['resourceVersion'] for one in found.get('items', [])}

    def a_session_that_is_down_is_no_announcement(self):
        self.router.vtysh('conf t', 'router bgp 65000', 'neighbor 192.0.2.11 shutdown', 'neighbor 192.0.2.12 shutdown')
        wait(lambda: {state for _, _, state in self._sessions()} == {'Down'}, 45, 0.3, 'both down')
        self._says({'Accepted': ('True', 'Accepted'), 'Allocated': ('True', 'Allocated'),
                    'Announced': ('False', 'NotAnnounced')}, 'service', 'far', 'default')
        self.router.vtysh('conf t', 'router bgp 65000', 'no neighbor 192.0.2.11 shutdown', 'no neighbor 192.0.2.12 shutdown')
        self._says({'Accepted': ('True', 'Accepted'), 'Allocated': ('True', 'Allocated'),
                    'Announced': ('True', 'Announced')}, 'service', 'far', 'default')

    def D_34_a_peer_and_a_service_that_go_take_their_statuses_along(self):
        self.cluster.kubectl('delete', 'bgppeers.metallb.io', 'tor', '-n', NAMESPACE)
        wait(lambda: self._routed('far') == set() and self._sessions() == set(), 45, 0.3, 'the end of the statuses')
        self.cluster.kubectl('delete', 'service', 'web')
        wait(lambda: not (self.cluster.get('servicel2statuses.metallb.io', '-n', NAMESPACE) or {}).get('items'), 45, 0.3,
             'no layer 2 status')

    def definitions_without_conditions_are_left_alone(self):
        """MetalLB's own definitions: their status is an empty object. No write is tried twice, and nothing is said."""
        definition = self.cluster.get('crd', 'l2advertisements.metallb.io')
        for version in definition['spec']['versions']:
            version['schema']['openAPIV3Schema']['properties']['status'] = {'type': 'object'}
        definition['metadata'].pop('managedFields', None)
        self.cluster.kubectl('replace', '-f', '-', text=json.dumps(definition))
        time.sleep(2)  # until the API server reads by it
        self.cluster.apply(json.dumps({
            'apiVersion': 'metallb.io/v1beta1', 'kind': 'L2Advertisement', 'metadata': {'name': 'plain', 'namespace': NAMESPACE},
            'spec': {'ipAddressPools': ['lab']}}))
        self.cluster.apply(service('after'))
        self.cluster.apply(endpoints('after', list(self.nodes)))
        self._says({'Accepted': ('True', 'Accepted'), 'Allocated': ('True', 'Allocated'),
                    'Announced': ('True', 'Announced')}, 'service', 'after', 'default')
        assert self._conditions('l2advertisements.metallb.io', 'plain') == {}
        for node in self.nodes.values():
            assert 'cannot be written' not in node.log(), [line for line in node.log().splitlines() if 'cannot be w' in line]


TESTS = [name for name, value in vars(Conditions).items() if callable(value) and not name.startswith('_')]


def main():
    programs()
    report = Report()
    with Lab('kcond') as lab:
        tests = Conditions(lab)
        for name in TESTS:
            report.run('kubernetes conditions: ' + name.replace('_', ' '), getattr(tests, name))
    return report.exit_code()


if __name__ == '__main__':
    sys.exit(main())
