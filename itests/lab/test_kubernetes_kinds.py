#!/usr/bin/env python3
"""The kinds of deploy/ on a real API server: what it refuses, and what it takes. No node runs."""

import json
import os
import sys

from kubernetes import API, NAMESPACE, programs
from cluster import Cluster
from lab import Lab, LabError, Report, wait

SEVERAL = [{'matchLabels': {'a': 'b'}}, {'matchLabels': {'a': 'b'}}]
PEER = {'myASN': 64512, 'peerASN': 64513, 'peerAddress': '192.0.2.1'}

# (checklist id or section, what it is, kind, spec, a part of what the API server says)
REFUSED = [
    ('1.1', 'a pool without addresses', 'IPAddressPool', {}, 'addresses: Required'),
    ('1.1', 'a pool with an empty list', 'IPAddressPool', {'addresses': []}, 'at least 1'),
    ('1.1', 'a lone address', 'IPAddressPool', {'addresses': ['192.0.2.1']}, 'a CIDR, or a range'),
    ('1.1', 'a bad CIDR', 'IPAddressPool', {'addresses': ['192.0.2.0/33']}, 'a CIDR, or a range'),
    ('1.1', 'a bad range', 'IPAddressPool', {'addresses': ['192.0.2.1-x']}, 'a CIDR, or a range'),
    ('1.1', 'a range of two families', 'IPAddressPool', {'addresses': ['192.0.2.1-2001:db8::1']}, 'one family'),
    ('1.1', 'duplicate namespaces', 'IPAddressPool',
     {'addresses': ['192.0.2.0/24'], 'serviceAllocation': {'namespaces': ['a', 'a']}}, 'Duplicate'),
    ('1.1', 'duplicate namespace selectors', 'IPAddressPool',
     {'addresses': ['192.0.2.0/24'], 'serviceAllocation': {'namespaceSelectors': SEVERAL}}, 'Duplicate'),
    ('1.1', 'a word for autoAssign', 'IPAddressPool', {'addresses': ['192.0.2.0/24'], 'autoAssign': 'no'}, 'boolean'),
    ('1.2', 'duplicate pool names (L2)', 'L2Advertisement', {'ipAddressPools': ['a', 'a']}, 'Duplicate'),
    ('1.2', 'duplicate node selectors (L2)', 'L2Advertisement', {'nodeSelectors': SEVERAL}, 'Duplicate'),
    ('1.2', 'a preference of weight 0', 'L2Advertisement',
     {'preferredNodeSelectors': [{'weight': 0, 'preference': {}}]}, 'greater than or equal to 1'),
    ('1.2', 'a preference of weight 101', 'L2Advertisement',
     {'preferredNodeSelectors': [{'weight': 101, 'preference': {}}]}, 'less than or equal to 100'),
    ('1.3', 'aggregation length 0', 'BGPAdvertisement', {'aggregationLength': 0}, 'greater than or equal to 1'),
    ('1.3', 'aggregation length 33', 'BGPAdvertisement', {'aggregationLength': 33}, 'less than or equal to 32'),
    ('1.3', 'aggregation length 129', 'BGPAdvertisement', {'aggregationLengthV6': 129}, 'less than or equal to 128'),
    ('1.3', 'duplicate communities', 'BGPAdvertisement', {'communities': ['1:1', '1:1']}, 'Duplicate'),
    ('1.3', 'duplicate peers', 'BGPAdvertisement', {'peers': ['a', 'a']}, 'Duplicate'),
    ('1.3', 'a local preference of 33 bits', 'BGPAdvertisement', {'localPref': 1 << 32}, 'less than or equal to'),
    ('F-03', 'serviceSelectors with aggregation', 'BGPAdvertisement',
     {'aggregationLength': 24, 'serviceSelectors': [{'matchLabels': {'a': 'b'}}]}, 'mutually exclusive'),
    ('F-04', 'a malformed peer address', 'BGPPeer', {**PEER, 'peerAddress': '192.0.2.400'}, 'invalid BGPPeer address'),
    ('1.4', 'a peer without myASN', 'BGPPeer', {'peerASN': 1, 'peerAddress': '192.0.2.1'}, 'myASN: Required'),
    ('1.4', 'myASN 0', 'BGPPeer', {**PEER, 'myASN': 0}, 'greater than or equal to 1'),
    ('1.4', 'a peer without any peer AS', 'BGPPeer', {'myASN': 1, 'peerAddress': '192.0.2.1'}, 'peerASN and dynamicASN'),
    ('1.4', 'a peer with two peer ASes', 'BGPPeer', {**PEER, 'dynamicASN': 'external'}, 'peerASN and dynamicASN'),
    ('1.4', 'an unknown dynamicASN', 'BGPPeer',
     {'myASN': 1, 'peerAddress': '192.0.2.1', 'dynamicASN': 'both'}, 'Unsupported value'),
    ('1.4', 'an address and an interface', 'BGPPeer', {**PEER, 'interface': 'eth0'}, 'peerAddress and interface'),
    ('1.4', 'neither address nor interface', 'BGPPeer', {'myASN': 1, 'peerASN': 2}, 'peerAddress and interface'),
    ('1.4', 'port 0', 'BGPPeer', {**PEER, 'peerPort': 0}, 'greater than or equal to 1'),
    ('1.4', 'port 16385', 'BGPPeer', {**PEER, 'peerPort': 16385}, 'less than or equal to 16384'),
    ('1.4', 'a hold time of 2 s', 'BGPPeer', {**PEER, 'holdTime': '2s'}, 'invalid hold time'),
    ('1.4', 'a keepalive above the hold time', 'BGPPeer',
     {**PEER, 'holdTime': '30s', 'keepaliveTime': '31s'}, 'invalid keepaliveTime'),
    ('1.4', 'a connect time of half a second', 'BGPPeer', {**PEER, 'connectTime': '500ms'}, 'connect time'),
    ('1.4', 'a connect time that is not whole', 'BGPPeer', {**PEER, 'connectTime': '1500ms'}, 'whole number'),
    ('1.4', 'a bad router ID', 'BGPPeer', {**PEER, 'routerID': '2001:db8::1'}, 'invalid router ID'),
    ('1.4', 'two passwords', 'BGPPeer', {**PEER, 'password': 'x', 'passwordSecret': {'name': 'y'}}, 'mutually exclusive'),
    ('1.4', 'multihop inside an AS', 'BGPPeer', {**PEER, 'peerASN': 64512, 'ebgpMultiHop': True}, 'another AS'),
    ('1.4', 'duplicate node selectors (peer)', 'BGPPeer', {**PEER, 'nodeSelectors': SEVERAL}, 'Duplicate'),
    ('1.5', 'an interval of 9 ms', 'BFDProfile', {'receiveInterval': 9}, 'greater than or equal to 10'),
    ('1.5', 'an interval of 60001 ms', 'BFDProfile', {'transmitInterval': 60001}, 'less than or equal to 60000'),
    ('1.5', 'a multiplier of 1', 'BFDProfile', {'detectMultiplier': 1}, 'greater than or equal to 2'),
    ('1.5', 'a TTL of 255', 'BFDProfile', {'minimumTtl': 255}, 'less than or equal to 254'),
    ('F-07', 'a community of 17 bits', 'Community', {'communities': [{'name': 'a', 'value': '65536:1'}]}, '16 bits'),
    ('F-08', 'a wrong marker of a large community', 'Community',
     {'communities': [{'name': 'a', 'value': 'big:1:2:3'}]}, 'invalid community format'),
    ('1.3', 'a community of three parts', 'Community',
     {'communities': [{'name': 'a', 'value': '1:2:3'}]}, 'invalid community format'),
    ('F-10', 'a large community of 33 bits', 'Community',
     {'communities': [{'name': 'a', 'value': 'large:4294967296:1:1'}]}, '32 bits'),
    ('F-11', 'an alias twice in one object', 'Community',
     {'communities': [{'name': 'a', 'value': '1:1'}, {'name': 'a', 'value': '1:2'}]}, 'Duplicate'),
]

TAKEN = [
    ('1.1', 'host bits in a CIDR', 'IPAddressPool', {'addresses': ['10.20.30.40/24']}),
    ('1.1', 'blanks around the dash', 'IPAddressPool', {'addresses': ['192.0.2.1 - 192.0.2.9', '2001:db8::/64']}),
    ('1.1', 'an empty allocation', 'IPAddressPool', {'addresses': ['192.0.2.0/24'], 'serviceAllocation': {'priority': 5}}),
    ('1.2', 'an advertisement of everything', 'L2Advertisement', {}),
    ('1.2', 'preferences', 'L2Advertisement', {'preferredNodeSelectors': [
        {'weight': 100, 'preference': {'matchLabels': {'a': 'b'}}}]}),
    ('1.3', 'an alias that does not exist yet', 'BGPAdvertisement', {'communities': ['later', '1:2', 'large:1:2:3']}),
    ('1.3', 'aggregation', 'BGPAdvertisement', {'aggregationLength': 24, 'localPref': 100}),
    ('1.4', 'a peer of a missing BFD profile', 'BGPPeer', {**PEER, 'bfdProfile': 'missing'}),
    ('1.4', 'an unnumbered peer', 'BGPPeer', {'myASN': 1, 'dynamicASN': 'external', 'interface': 'eth0'}),
    ('1.4', 'timers', 'BGPPeer', {**PEER, 'holdTime': '1m30s', 'keepaliveTime': '30s', 'connectTime': '10s'}),
    ('1.4', 'a hold time of 0', 'BGPPeer', {**PEER, 'holdTime': '0s'}),
    ('1.5', 'a BFD profile', 'BFDProfile', {'receiveInterval': 10, 'echoMode': True, 'minimumTtl': 254}),
    ('1.6', 'aliases', 'Community', {'communities': [
        {'name': 'a', 'value': '65535:65535'}, {'name': 'b', 'value': 'large:4294967295:0:1'}]}),
]

HERALD = [
    ('a pool', 'IPAddressPool', {'addresses': ['192.0.2.0/24'], 'excluded': ['192.0.2.7'], 'strategy': 'random-stable',
                                 'releaseGrace': '10m'}),
    ('an L2 advertisement', 'L2Advertisement', {'ownership': {'mode': 'quorum', 'sticky': True, 'conflictPolicy': 'warn'}}),
    ('a BGP advertisement', 'BGPAdvertisement', {'med': 10, 'prepend': 3, 'weighting': 'link-bandwidth'}),
    ('a peer', 'BGPPeer', {**PEER, 'peerPort': 17900, 'role': 'rs-client', 'ttlSecurityHops': 1, 'maxPrefixes': 10}),
    ('a BFD profile', 'BFDProfile', {'detectMultiplier': 3}),
    ('a community', 'Community', {'communities': [{'name': 'a', 'value': '1:1'}]}),
    ('a reservation', 'Reservation', {'service': 'default/web', 'addresses': ['192.0.2.9'],
                                      'expires': '2030-12-31T23:59:59Z'}),
    ('a quota', 'NamespaceQuota', {'namespace': 'default', 'maxAddresses': 3}),
]

OUTSIDE = {'F-14': ('BFDProfile', {}), 'F-15': ('IPAddressPool', {'addresses': ['192.0.2.0/24']}), 'F-16': ('BGPPeer', PEER),
           'F-17': ('BGPAdvertisement', {}), 'F-18': ('L2Advertisement', {}), 'F-19': ('Community', {})}


def document(kind, spec, name='one', namespace=NAMESPACE, group='metallb.io'):
    version = 'v1' if group == 'heraldlb.org' else 'v1beta2' if kind == 'BGPPeer' else 'v1beta1'
    return json.dumps({'apiVersion': f'{group}/{version}', 'kind': kind, 'spec': spec,
                       'metadata': {'name': name, 'namespace': namespace}})


class Kinds:
    def __init__(self, lab):
        host = lab.host('api')
        host.add_address('lo', f'{API}/32')
        self.cluster = Cluster(host, API, programs()).start()
        self.cluster.establish('namespace.yaml', 'crds', 'admission.yaml')

    def refused(self, kind, spec, said, **where):
        out = self.cluster.refused(document(kind, spec, **where))
        assert said in out, f'it says: {out}'

    def taken(self, kind, spec, group):
        self.cluster.apply(document(kind, spec, group=group))
        self.cluster.kubectl('delete', '-f', '-', text=document(kind, spec, group=group))

    def outside(self, kind, spec):
        """The policy is in force some time after it was applied."""
        wait(lambda: self._refuses_outside(kind, spec), 30, 0.2, 'the refusal')

    def _refuses_outside(self, kind, spec):
        text = document(kind, spec, namespace='default')
        try:
            return 'resource must be created in metallb-system namespace' in self.cluster.refused(text)
        except LabError:
            self.cluster.kubectl('delete', '-f', '-', text=text)
            return False

    def the_older_version_of_a_peer_is_taken(self):
        old = json.loads(document('BGPPeer', PEER, name='old'))
        old['apiVersion'] = 'metallb.io/v1beta1'
        assert 'deprecated' in self.cluster.apply(json.dumps(old))
        found = self.cluster.get('bgppeers.v1beta2.metallb.io', 'old', '-n', NAMESPACE)
        assert found['spec']['peerAddress'] == PEER['peerAddress'] and found['spec']['peerPort'] == 179, found

    def graceful_restart_is_immutable(self):
        self.cluster.apply(document('BGPPeer', {**PEER, 'enableGracefulRestart': True}))
        self.refused('BGPPeer', {**PEER, 'enableGracefulRestart': False}, 'cannot be changed after creation')

    def an_update_is_checked_too(self):
        self.cluster.apply(document('IPAddressPool', {'addresses': ['192.0.2.0/24']}))
        self.refused('IPAddressPool', {'addresses': ['192.0.2.0/99']}, 'a CIDR, or a range')

    def columns_are_shown(self):
        shown = self.cluster.kubectl('get', 'ipaddresspools.metallb.io', '-n', NAMESPACE)
        assert 'AUTO ASSIGN' in shown and 'AVOID BUGGY IPS' in shown and '192.0.2.0/24' in shown, shown

    def the_category_names_them_all(self):
        shown = self.cluster.kubectl('get', 'herald', '-A')
        assert 'ipaddresspool.metallb.io/one' in shown and 'bgppeer.metallb.io/one' in shown, shown


def main():
    programs()
    report = Report()
    with Lab('kinds') as lab:
        kinds = Kinds(lab)
        for number, what, kind, spec, said in REFUSED:
            report.run(f'kinds: {number} refused: {what}', kinds.refused, kind, spec, said)
        for number, what, kind, spec in TAKEN:
            report.run(f'kinds: {number} taken: {what}', kinds.taken, kind, spec, 'metallb.io')
        for what, kind, spec in HERALD:
            report.run(f'kinds: heraldlb.org taken: {what}', kinds.taken, kind, spec, 'heraldlb.org')
        for number, (kind, spec) in OUTSIDE.items():
            report.run(f'kinds: {number} refused: {kind} outside the namespace', kinds.outside, kind, spec)
        for name in ('the_older_version_of_a_peer_is_taken', 'graceful_restart_is_immutable', 'an_update_is_checked_too', 'columns_are_shown',
                     'the_category_names_them_all'):
            report.run('kinds: ' + name.replace('_', ' '), getattr(kinds, name))
    return report.exit_code()


if __name__ == '__main__':
    sys.exit(main())
