#!/usr/bin/env python3
"""BGP lines of MetalLB's end-to-end checklist on a real API server: two nodes, two FRRs, both families on each session. What
kubectl changes is awaited at the routers. Each check begins with the ids of its lines; docs/checklist.md has all lines."""

import json
import re
import sys

import peers
from kubernetes import NAMESPACE, KubeLab, endpoints, programs, service
from lab import Lab, Report, wait

ROUTERS = {'tor': ('192.0.2.3', 65000), 'spine': ('192.0.2.4', 65001)}
NODES = {'node-a': '192.0.2.11', 'node-b': '192.0.2.12'}
HOST = 'kubernetes.io/hostname'
FOUR, SIX = '198.51.100.0/28', '2001:db8:7::/124'
FIRST4, FIRST6 = '198.51.100.0/32', '2001:db8:7::/128'
DUAL = {'ipFamilyPolicy': 'RequireDualStack', 'ipFamilies': ['IPv4', 'IPv6']}
BOTH = set(NODES)


def metallb(kind, name, spec, version='v1beta1', labels=None):
    return json.dumps({'apiVersion': f'metallb.io/{version}', 'kind': kind, 'spec': spec,
                       'metadata': {'name': name, 'namespace': NAMESPACE, 'labels': labels or {}}})


def configuration(own, remote):
    lines = [f'router bgp {remote}', f' bgp router-id {own}', ' no bgp ebgp-requires-policy',
             *(f' neighbor {node} remote-as 65001' for node in NODES.values()),
             *(f' neighbor {node} timers connect 1' for node in NODES.values()), ' address-family ipv6 unicast',
             *(f'  neighbor {node} activate' for node in NODES.values()), ' exit-address-family']
    return '\n'.join(lines) + '\n'


def on(*nodes):
    return {'nodeSelectors': [{'matchExpressions': [{'key': HOST, 'operator': 'In', 'values': list(nodes)}]}]}


class Routes:
    def __init__(self, lab):
        self.kube = KubeLab(lab)
        self.cluster = self.kube.cluster
        for place, node in enumerate(self.kube.nodes.values()):
            node.host.add_address('eth0', f'2001:db8:9::{11 + place}/64')
        self.routers = {}
        for name, (address, remote) in ROUTERS.items():
            host = lab.host(name)
            self.kube.switch.attach(host, 'eth0', address + '/24')
            host.add_address('eth0', f'2001:db8:9::{address[-1]}/64')
            self.routers[name] = peers.Frr(host, configuration(address, remote), daemons=('zebra', 'bgpd'))
            self._peer(name)
        self._pool()
        self._advertise('all')
        self._service('web')
        self.kube.start()

    # What kubectl does

    def _pool(self, zone='a'):
        self.cluster.apply(metallb('IPAddressPool', 'routed', {'addresses': [FOUR, SIX]}, labels={'zone': zone}))

    def _peer(self, name, **more):
        address, remote = ROUTERS[name]
        self.cluster.apply(metallb('BGPPeer', name, {
            'myASN': 65001, 'peerASN': remote, 'peerAddress': address, 'connectTime': '1s',
            'dualStackAddressFamily': True, **more}, 'v1beta2'))

    def _advertise(self, name, **spec):
        self.cluster.apply(metallb('BGPAdvertisement', name, spec))

    def _service(self, name, annotations=None, nodes=tuple(NODES), **spec):
        self.cluster.apply(service(name, annotations=annotations, **{**DUAL, **spec}))
        self.cluster.apply(endpoints(name, nodes))

    def _forget(self, kind, *names):
        self.cluster.kubectl('delete', kind, *names, *([] if kind == 'service' else ['-n', NAMESPACE]))

    # What the routers know

    def _paths(self, router, prefix):
        family = 'ipv6' if ':' in prefix else 'ipv4'
        paths = self.routers[router].json(f'show bgp {family} unicast {prefix}').get('paths', [])
        names = {address: name for name, address in NODES.items()}
        return {names.get(path.get('peer', {}).get('peerId')): path for path in paths}

    def _told(self, router, prefix, nodes, holds=lambda path: True):
        """Waits until the router has the prefix from exactly these nodes, with what is asked for."""
        def right():
            paths = self._paths(router, prefix)
            return set(paths) == set(nodes) and all(holds(path) for path in paths.values())
        wait(right, 45, 0.1, f'{router} to have {prefix} from {set(nodes)}, not {list(self._paths(router, prefix))}')

    def _everywhere(self, nodes=tuple(NODES), prefixes=(FIRST4, FIRST6), holds=lambda path: True):
        for router in ROUTERS:
            for prefix in prefixes:
                self._told(router, prefix, nodes, holds)

    @staticmethod
    def _community(*values):
        return lambda path: path.get('community', {}).get('string', '').split() == list(values)

    def D_01_D_02_D_03_every_node_tells_every_router_both_addresses(self):
        self._everywhere()

    def D_04_D_05_requested_addresses_are_told(self):
        self._service('asked', {'metallb.io/loadBalancerIPs': '198.51.100.7,2001:db8:7::7'})
        self._everywhere(prefixes=('198.51.100.7/32', '2001:db8:7::7/128'))
        self._forget('service', 'asked')
        self._everywhere((), ('198.51.100.7/32', '2001:db8:7::7/128'))

    def D_12_a_node_without_network_is_silent_and_the_other_goes_on(self):
        status = {'status': {'conditions': [{'type': 'NetworkUnavailable', 'status': 'True', 'reason': 'NoRoute'}]}}
        self.cluster.kubectl('patch', 'node', 'node-b', '--subresource=status', '--type=merge', '-p', json.dumps(status))
        self._everywhere(('node-a',))
        self.cluster.node('node-b', address=NODES['node-b'])
        self._everywhere()

    def D_13_D_14_D_15_with_policy_local_only_nodes_with_endpoints(self):
        self._service('web', nodes=('node-b',), externalTrafficPolicy='Local')
        self._everywhere(('node-b',))
        self._service('web')
        self._everywhere()

    def D_18_D_19_a_shared_address_is_told_while_somebody_has_it(self):
        for name, port in (('one', 80), ('two', 81)):
            self._service(name, {'metallb.io/allow-shared-ip': 'k', 'metallb.io/loadBalancerIPs': '198.51.100.5,2001:db8:7::5'},
                          ports=[{'port': port}])
        shared = ('198.51.100.5/32', '2001:db8:7::5/128')
        self._everywhere(prefixes=shared)
        self._forget('service', 'one')
        self._everywhere(prefixes=shared)
        self._forget('service', 'two')
        self._everywhere((), shared)

    def _stated(self, service_name):
        """(node, peers) of each ServiceBGPStatus of the service."""
        found = self.cluster.get('servicebgpstatuses.metallb.io', '-n', NAMESPACE, '-l', f'metallb.io/service-name={service_name}')
        return {(one['status']['node'], tuple(one['status']['peers'])) for one in (found or {}).get('items', [])}

    def D_35_D_36_each_node_states_its_peers_for_services_of_both_families_and_of_ipv6(self):
        self._service('six', ipFamilyPolicy='SingleStack', ipFamilies=['IPv6'])
        for name in ('web', 'six'):
            wanted = {(node, ('spine', 'tor')) for node in NODES}
            wait(lambda name=name, wanted=wanted: self._stated(name) == wanted, 45, 0.3, f'{name} to state {wanted}')
        self._advertise('all', peers=['tor', 'nobody'], **on('node-a'))
        for name in ('web', 'six'):
            wait(lambda name=name: self._stated(name) == {('node-a', ('tor',))}, 45, 0.3, f'{name} to state one peer')
        self._forget('service', 'six')
        wait(lambda: not self._stated('six'), 45, 0.3, 'no status of a service that is gone')
        self._advertise('all')

    def D_47_D_51_D_53_D_55_preference_and_alias_arrive(self):
        self.cluster.apply(metallb('Community', 'names', {'communities': [{'name': 'vpn', 'value': '65001:77'}]}))
        self._advertise('all', localPref=250, communities=['vpn'])
        for prefix in (FIRST4, FIRST6):
            self._told('spine', prefix, BOTH, lambda path: path.get('locPrf') == 250 and self._community('65001:77')(path))
            self._told('tor', prefix, BOTH, self._community('65001:77'))

    def D_58_two_advertisements_of_a_prefix_give_the_union(self):
        self._advertise('all', communities=['65001:1'])
        self._advertise('more', communities=['65001:2'])
        self._everywhere(holds=self._community('65001:1', '65001:2'))
        self._forget('bgpadvertisements.metallb.io', 'more')
        self._everywhere(holds=self._community('65001:1'))

    def D_59_D_60_another_preference_and_an_aggregate_replace_the_route(self):
        self._advertise('all', localPref=300, aggregationLength=28, aggregationLengthV6=124)
        for prefix in (FOUR, SIX):
            self._told('spine', prefix, BOTH, lambda path: path.get('locPrf') == 300)
        self._everywhere((), (FIRST4, FIRST6))
        self._advertise('all')
        self._everywhere()

    def E_07_E_08_E_09_peers_of_an_advertisement_limit_who_hears(self):
        self._advertise('all', peers=['tor'])
        for prefix in (FIRST4, FIRST6):
            self._told('spine', prefix, ())
            self._told('tor', prefix, BOTH)
        self._advertise('all')
        self._everywhere()

    def E_11_E_12_E_13_each_router_sees_its_own_communities(self):
        self._advertise('all', peers=['tor'], communities=['65001:1'])
        self._advertise('more', peers=['spine'], communities=['65001:2'])
        for prefix in (FIRST4, FIRST6):
            self._told('tor', prefix, BOTH, self._community('65001:1'))
            self._told('spine', prefix, BOTH, self._community('65001:2'))
        self._forget('bgpadvertisements.metallb.io', 'more')
        self._advertise('all')
        self._everywhere()

    def E_15_E_25_services_with_nodes_of_their_own(self):
        self._service('mail', {'metallb.io/loadBalancerIPs': '198.51.100.9,2001:db8:7::9'})
        mail = ('198.51.100.9/32', '2001:db8:7::9/128')
        for name, tier, node in (('web', 'a', 'node-a'), ('mail', 'b', 'node-b')):
            self.cluster.kubectl('label', 'service', name, f'tier={tier}')
            self._advertise('all' if tier == 'a' else 'more', serviceSelectors=[{'matchLabels': {'tier': tier}}], **on(node))
        self._everywhere(('node-a',))
        self._everywhere(('node-b',), mail)
        self._advertise('all', serviceSelectors=[{'matchLabels': {'tier': 'a'}}], **on('nowhere'))
        self._everywhere(())
        self._everywhere(('node-b',), mail)
        self._forget('service', 'mail')
        self._forget('bgpadvertisements.metallb.io', 'more')

    def E_19_two_advertisements_add_their_nodes(self):
        self._advertise('all', **on('node-a'))
        self._advertise('more', **on('node-b'))
        self._everywhere()
        self._forget('bgpadvertisements.metallb.io', 'more')
        self._everywhere(('node-a',))

    def E_23_E_24_silence_until_a_node_has_the_label(self):
        self._advertise('all', nodeSelectors=[{'matchLabels': {'role': 'edge'}}])
        self._everywhere(())
        self.cluster.node('node-b', {'role': 'edge'}, NODES['node-b'])
        self._everywhere(('node-b',))
        self.cluster.node('node-b', address=NODES['node-b'])
        self._advertise('all')
        self._everywhere()

    def E_27_E_29_a_peer_is_talked_to_by_its_nodes(self):
        self._peer('tor', **on('node-a'))
        for prefix in (FIRST4, FIRST6):
            self._told('tor', prefix, ('node-a',))
            self._told('spine', prefix, BOTH)
        self._peer('tor', nodeSelectors=[])
        self._everywhere()

    def E_31_E_33_E_35_E_37_pool_and_service_are_selected_by_labels(self):
        self._advertise('all', ipAddressPoolSelectors=[{'matchLabels': {'zone': 'a'}}],
                        serviceSelectors=[{'matchLabels': {'tier': 'x'}}, {'matchLabels': {'tier': 'a'}}])
        self._everywhere()
        self.cluster.kubectl('label', '--overwrite', 'service', 'web', 'tier=c')
        self._everywhere(())
        self.cluster.kubectl('label', '--overwrite', 'service', 'web', 'tier=x')
        self._everywhere()
        self._pool('b')
        self._everywhere(())
        self._pool('a')
        self._everywhere()

    def E_39_E_40_a_host_route_stands_beside_the_aggregate(self):
        self._advertise('all', aggregationLength=28, aggregationLengthV6=124)
        self._advertise('host', serviceSelectors=[{'matchLabels': {'tier': 'x'}}])
        self._everywhere(prefixes=(FIRST4, FIRST6, FOUR, SIX))
        self.cluster.kubectl('label', 'service', 'web', 'tier-')
        self._everywhere((), (FIRST4, FIRST6))
        self._everywhere(prefixes=(FOUR, SIX))


def main():
    programs()
    lacking = peers.missing()
    if lacking:
        print(f'# SKIP kubernetes routes: {lacking}', flush=True)
        return 77
    report = Report()
    with Lab('kroutes') as lab:
        routes = Routes(lab)
        for name in (name for name in vars(Routes) if name[0] in 'DE'):
            report.run(re.sub('([DE])_([0-9]+)_', r'\1-\2 ', name).replace('_', ' '), getattr(routes, name))
    return report.exit_code()


if __name__ == '__main__':
    sys.exit(main())
