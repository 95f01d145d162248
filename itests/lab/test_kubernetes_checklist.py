#!/usr/bin/env python3
"""Lines of MetalLB's end-to-end checklist on a real API server with two nodes: kubectl changes something, the link and the
statuses follow. Each check begins with the line's id; docs/checklist.md has all lines."""

import json
import re
import sys

import peers
from frrlab import backend, configure, install
from kubernetes import NAMESPACE, POOLS, KubeLab, endpoints, programs, service
from lab import Lab, Report, run, wait

FIRST = '192.0.2.100'
HOST = 'kubernetes.io/hostname'
EXCLUDE = 'node.kubernetes.io/exclude-from-external-load-balancers'
PEER = {'myASN': 64512, 'peerASN': 64513, 'peerAddress': '192.0.2.250'}

HERE = [{'matchLabels': {HOST: 'node-a'}}]


def metallb(kind, name, spec, version='v1beta1', labels=None):
    return json.dumps({'apiVersion': f'metallb.io/{version}', 'kind': kind, 'spec': spec,
                       'metadata': {'name': name, 'namespace': NAMESPACE, 'labels': labels or {}}})


def advertisement(**spec):
    return metallb('L2Advertisement', 'lab', {'ipAddressPools': ['lab'], **spec})


def peer(name, **spec):
    return metallb('BGPPeer', name, {**PEER, **spec}, 'v1beta2')


def prefer(weight, **labels):
    return {'weight': weight, 'preference': {'matchLabels': labels}}


class Checklist:
    def __init__(self, lab):
        self.lab = KubeLab(lab)
        self.cluster = self.lab.cluster
        self.cluster.apply(POOLS)
        self.cluster.apply(service('web'))
        self.cluster.apply(endpoints('web', list(self.lab.nodes)))
        self.lab.start()
        self._has('web', FIRST)
        self.natural = wait(lambda: self.lab.owner(FIRST), 30, 0.1, 'an owner')
        self.other = next(name for name in self.lab.nodes if name != self.natural)

    def _has(self, name, *addresses):
        wait(lambda: [address for address, _ in self.cluster.ingress(name)] == list(addresses), 30, 0.1,
             f'{name} to have {addresses}')

    def _owned(self, node):
        """The node alone answers, nobody for None. While an address moves two may answer in one look."""
        wanted = {self.lab.nodes[node].host.mac('eth0')} if node else set()
        wait(lambda: set(self.lab.asker.answers(FIRST, 0.2)) == wanted, 30, 0.05, f'{FIRST} to be answered by {node}')

    def _relabel(self, name, **labels):
        address = {'node-a': '192.0.2.11', 'node-b': '192.0.2.12'}[name]
        self.cluster.node(name, labels, address)

    def _delete(self, kind, *names):
        where = [] if kind == 'service' else ['-n', NAMESPACE]
        self.cluster.kubectl('delete', kind, *names, *where)

    # Layer 2

    def A_01_A_03_policy_local_follows_the_endpoints_policy_cluster_does_not(self):
        self.cluster.apply(service('web', externalTrafficPolicy='Local'))
        for node in (self.other, self.natural):
            self.cluster.apply(endpoints('web', [node]))
            self._owned(node)
        self.cluster.apply(service('web'))
        self.cluster.apply(endpoints('web', [self.other]))
        self._owned(self.natural)
        self.cluster.apply(endpoints('web', list(self.lab.nodes)))

    def A_04_tcp_and_udp_on_one_address(self):
        ports = [{'name': 't', 'port': 53}, {'name': 'u', 'port': 53, 'protocol': 'UDP'}]
        self.cluster.apply(service('web', ports=ports))
        self._has('web', FIRST)
        self._owned(self.natural)
        self.cluster.apply(service('web'))

    def A_05_a_node_without_network_loses_the_address_and_gets_it_back(self):
        status = {'status': {'conditions': [{'type': 'NetworkUnavailable', 'status': 'True', 'reason': 'NoRoute'}]}}
        self.cluster.kubectl('patch', 'node', self.natural, '--subresource=status', '--type=merge', '-p', json.dumps(status))
        self._owned(self.other)
        self._relabel(self.natural)
        self._owned(self.natural)

    def A_06_an_excluded_node_loses_the_address_and_gets_it_back(self):
        self._relabel(self.natural, **{EXCLUDE: 'true'})
        self._owned(self.other)
        self._relabel(self.natural)
        self._owned(self.natural)

    def A_07_A_08_a_pool_is_a_range_or_a_cidr(self):
        self.cluster.apply(metallb('IPAddressPool', 'cidr', {'addresses': ['192.0.2.128/30'], 'autoAssign': False}))
        self.cluster.apply(metallb('IPAddressPool', 'range', {'addresses': ['192.0.2.140-192.0.2.141'], 'autoAssign': False}))
        for pool, address in (('cidr', '192.0.2.128'), ('range', '192.0.2.140')):
            self.cluster.apply(service(pool, annotations={'metallb.io/address-pool': pool}))
            self._has(pool, address)

    def A_15_the_annotation_chooses_and_says_the_pool_and_nobody_moves(self):
        found = self.cluster.get('service', 'cidr')['metadata']['annotations']
        assert found.get('metallb.io/ip-allocated-from-pool') == 'cidr', found
        self._has('web', FIRST)
        self._delete('service', 'cidr', 'range')
        self._delete('ipaddresspools.metallb.io', 'cidr', 'range')

    def A_09_a_shared_address_is_announced_by_one_node(self):
        for name, port in (('one', 80), ('two', 81)):
            self.cluster.apply(service(name, annotations={'metallb.io/allow-shared-ip': 'k'}, ports=[{'port': port}]))
            self.cluster.apply(endpoints(name, list(self.lab.nodes)))
        self._has('one', '192.0.2.101')
        self._has('two', '192.0.2.101')
        assert wait(lambda: self.lab.owner('192.0.2.101'), 30, 0.1, 'an owner')
        self._delete('service', 'one', 'two')

    def A_17_the_address_follows_the_advertisement_over_the_nodes(self):
        for node in (self.other, self.natural):
            self.cluster.apply(advertisement(nodeSelectors=[{'matchLabels': {HOST: node}}]))
            self._owned(node)

    def A_18_policy_local_beside_an_advertisement_for_the_other_node(self):
        self.cluster.apply(advertisement(nodeSelectors=[{'matchLabels': {HOST: self.natural}}]))
        self.cluster.apply(metallb('L2Advertisement', 'all', {'ipAddressPools': ['lab']}))
        self.cluster.apply(service('web', externalTrafficPolicy='Local'))
        self.cluster.apply(endpoints('web', [self.other]))
        self._owned(self.other)
        self._delete('l2advertisements.metallb.io', 'all')
        self.cluster.apply(service('web'))
        self.cluster.apply(endpoints('web', list(self.lab.nodes)))

    def A_19_silence_until_a_node_has_the_label(self):
        self.cluster.apply(advertisement(nodeSelectors=[{'matchLabels': {'role': 'edge'}}]))
        self._owned(None)
        self._relabel(self.other, role='edge')
        self._owned(self.other)
        self._relabel(self.other)
        self.cluster.apply(advertisement())
        self._owned(self.natural)

    # Assignment

    def B_01_B_02_who_waits_gets_what_becomes_free(self):
        self.cluster.apply(metallb('IPAddressPool', 'tiny', {'addresses': ['192.0.2.150/32'], 'autoAssign': False}))
        wanted = {'metallb.io/address-pool': 'tiny'}
        self.cluster.apply(service('early', annotations=wanted))
        self._has('early', '192.0.2.150')
        self.cluster.apply(service('late', annotations=wanted))
        self.cluster.kubectl('patch', 'service', 'early', '-p', '{"spec": {"type": "ClusterIP"}}')
        self._has('late', '192.0.2.150')
        self._has('early')
        self.cluster.apply(service('later', annotations=wanted))
        self._delete('service', 'late')
        self._has('later', '192.0.2.150')
        self._delete('service', 'early', 'later')
        self._delete('ipaddresspools.metallb.io', 'tiny')

    def B_07_pools_of_a_namespace_by_priority_then_the_others(self):
        for name, address, priority in (('second', '192.0.2.161/32', 20), ('first', '192.0.2.160/32', 10)):
            self.cluster.apply(metallb('IPAddressPool', name, {
                'addresses': [address], 'serviceAllocation': {'priority': priority, 'namespaces': ['default']}}))
        for name, address in (('p1', '192.0.2.160'), ('p2', '192.0.2.161'), ('p3', '192.0.2.101')):
            self.cluster.apply(service(name))
            self._has(name, address)
        self._delete('service', 'p1', 'p2', 'p3')
        self._delete('ipaddresspools.metallb.io', 'first', 'second')

    def B_05_B_06_without_its_pool_a_service_gets_another_address_and_without_pools_none(self):
        self.cluster.apply(metallb('IPAddressPool', 'more', {'addresses': ['192.0.2.170/32']}))
        self._delete('ipaddresspools.metallb.io', 'lab')
        self._has('web', '192.0.2.170')
        self._delete('ipaddresspools.metallb.io', 'more')
        self._has('web')
        self.cluster.apply(POOLS)
        self._has('web', FIRST)
        self._owned(self.natural)

    # Preferences and selectors

    def C_07_C_10_a_preferred_node_wins_and_preferences_may_change(self):
        for node in (self.other, self.natural, self.other):
            self.cluster.apply(advertisement(preferredNodeSelectors=[prefer(10, **{HOST: node})]))
            self._owned(node)
        self.cluster.apply(advertisement())
        self._owned(self.natural)

    def C_11_node_selectors_limit_and_preferences_order(self):
        self.cluster.apply(advertisement(nodeSelectors=[{'matchLabels': {HOST: self.natural}}],
                                         preferredNodeSelectors=[prefer(100, **{HOST: self.other})]))
        self._owned(self.natural)

    def C_15_C_18_a_service_is_announced_while_a_selector_matches(self):
        self.cluster.apply(advertisement(serviceSelectors=[{'matchLabels': {'tier': 'a'}}, {'matchLabels': {'tier': 'b'}}]))
        self._owned(None)
        for tier in ('a', 'c', 'b'):
            self.cluster.kubectl('label', '--overwrite', 'service', 'web', f'tier={tier}')
            self._owned(None if tier == 'c' else self.natural)
        self.cluster.kubectl('label', 'service', 'web', 'tier-')
        self.cluster.apply(advertisement())
        self._owned(self.natural)

    # ConfigurationState

    def _state(self, name):
        found = self.cluster.get('configurationstates.metallb.io', name, '-n', NAMESPACE) or {}
        return found.get('status', {})

    def _speakers(self, result, *words):
        def right():
            states = [self._state(f'speaker-{name}') for name in self.lab.nodes]
            return all(state.get('result') == result and all(word in state.get('errorSummary', '') for word in words)
                       for state in states)
        wait(right, 45, 0.2, f'speakers to be {result} {words}, not {[self._state("speaker-" + n) for n in self.lab.nodes]}')

    def F_22_an_edited_peer_makes_the_speakers_invalid_and_the_controller_not(self):
        self.cluster.apply(peer('one'))
        self._speakers('Valid')
        self.cluster.apply(peer('one', bfdProfile='missing'))
        self._speakers('Invalid', 'missing')
        assert self._state('controller').get('result') == 'Valid', self._state('controller')

    def F_27_states_that_are_deleted_come_back_invalid_and_get_well(self):
        self.cluster.kubectl('delete', 'configurationstates.metallb.io', '--all', '-n', NAMESPACE)
        self._speakers('Invalid', 'missing')
        self.cluster.apply(peer('one'))
        self._speakers('Valid')

    def F_23_an_undefined_alias_is_invalid_until_it_exists(self):
        self.cluster.apply(metallb('BGPAdvertisement', 'aliased', {'communities': ['vpn']}))
        self._speakers('Invalid', 'vpn')
        self.cluster.apply(metallb('Community', 'c', {'communities': [{'name': 'vpn', 'value': '64512:7'}]}))
        self._speakers('Valid')
        self._delete('bgpadvertisements.metallb.io', 'aliased')

    def F_24_of_two_bad_peers_the_second_stays_when_the_first_goes(self):
        for name in ('x', 'y'):
            self.cluster.apply(peer(name, peerAddress='192.0.2.25' + str('xy'.index(name)), bfdProfile=f'profile-{name}'))
        self._speakers('Invalid', 'profile-x')
        self._delete('bgppeers.metallb.io', 'x')
        self._speakers('Invalid', 'profile-y')
        self._delete('bgppeers.metallb.io', 'y')
        self._speakers('Valid')

    def F_25_a_peer_with_a_secret_is_valid(self):
        self.cluster.kubectl('create', 'secret', 'generic', 'bgp', '-n', NAMESPACE, '--type=kubernetes.io/basic-auth',
                             '--from-literal=password=s3cret')
        self.cluster.apply(peer('secret', peerAddress='192.0.2.251', passwordSecret={'name': 'bgp'}))
        self._speakers('Valid')
        states = json.dumps([self._state(f'speaker-{name}') for name in self.lab.nodes])
        assert 's3cret' not in states, states

    def F_20_a_secret_of_a_wrong_type_is_the_fault_of_its_node_alone(self):
        self.cluster.kubectl('create', 'secret', 'generic', 'typed', '-n', NAMESPACE, '--from-literal=password=s3cret')
        self.cluster.apply(peer('typed', peerAddress='192.0.2.252', passwordSecret={'name': 'typed'}, nodeSelectors=HERE))
        self._alone('Invalid', 'typed')
        self.cluster.kubectl('delete', 'secret', 'typed', '-n', NAMESPACE)
        self.cluster.kubectl('create', 'secret', 'generic', 'typed', '-n', NAMESPACE, '--type=kubernetes.io/basic-auth',
                             '--from-literal=password=s3cret')
        self._speakers('Valid')
        self._delete('bgppeers.metallb.io', 'typed')

    def F_28_a_bad_peer_of_one_node_concerns_that_node_alone(self):
        self.cluster.apply(peer('single', peerAddress='192.0.2.253', bfdProfile='none', nodeSelectors=HERE))
        self._alone('Invalid', 'none')
        self._delete('bgppeers.metallb.io', 'single')
        self._speakers('Valid')

    def F_26_labels_that_bring_two_peers_of_one_address_together_are_the_fault_of_that_node(self):
        """FRR has one neighbour for each address, so the nodes announce by FRR, which they run themselves."""
        for node in self.lab.nodes.values():
            # FRR's daemons run as a user of their own.
            run(['chmod', 'go+x', node.host.lab.directory, node.host.directory()])
            install(node, 'herald-frr')
            configure(node, 'org.heraldlb.frr', mode='managed', programs=peers.FRR_LIBRARY,
                      directory=node.host.directory() + '/own', sockets=node.host.directory() + '/none')
            backend(node, 'frr', 60)
        self._relabel('node-a', left='yes')
        self._relabel('node-b', right='yes')
        for side in ('left', 'right'):
            self.cluster.apply(peer(side, peerAddress='192.0.2.254', nodeSelectors=[{'matchLabels': {side: 'yes'}}]))
        self._speakers('Valid')
        self._relabel('node-a', left='yes', right='yes')
        self._alone('Invalid', '192.0.2.254')
        self._relabel('node-a', left='yes')
        self._speakers('Valid')

    def _alone(self, result, word):
        """node-a has the fault; node-b and the controller are well, and stay so while node-a's state is renewed."""
        def right():
            bad, good, controller = (self._state(name) for name in ('speaker-node-a', 'speaker-node-b', 'controller'))
            return (bad.get('result') == result and word in bad.get('errorSummary', '')
                    and good.get('result') == controller.get('result') == 'Valid')
        wait(right, 45, 0.2, f'node-a alone to be {result} {word}')
        self.cluster.kubectl('delete', 'configurationstates.metallb.io', '--all', '-n', NAMESPACE)
        wait(right, 45, 0.2, f'node-a alone to be {result} {word} again')


def main():
    programs()
    report = Report()
    with Lab('kcheck') as lab:
        checks = Checklist(lab)
        for name in (name for name in vars(Checklist) if name[0] in 'ABCF'):
            report.run(re.sub('([ABCF])_([0-9]+)_', r'\1-\2 ', name).replace('_', ' '), getattr(checks, name))
    return report.exit_code()


if __name__ == '__main__':
    sys.exit(main())
