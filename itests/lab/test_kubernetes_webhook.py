#!/usr/bin/env python3
"""The webhook on a real API server: what several objects say together is refused, and nothing else."""

import base64
import json
import os
import re
import sys

from herald import fetch
from kubernetes import NAMESPACE, KubeLab, programs
from lab import REPOSITORY, Lab, Report, end, wait

NODE = '192.0.2.11'
PORT = 9443
URL = f'https://{NODE}:{PORT}'
CERTIFICATE_SECONDS = 15
PEER = {'myASN': 64512, 'peerASN': 64513, 'peerAddress': '198.51.100.1'}
DEFINITION = 'bgppeers.metallb.io'

REPORTS = (('metallb.io', 'v1beta1', 'ServiceL2Status'), ('metallb.io', 'v1beta1', 'ServiceBGPStatus'),
           ('heraldlb.org', 'v1', 'BGPSessionState'))

GOOD = [
    ('IPAddressPool', 'taken', {'addresses': ['198.51.100.0/25']}),
    ('IPAddressPool', 'narrow', {'addresses': ['203.0.113.0/28']}),
    ('IPAddressPool', 'v6', {'addresses': ['2001:db8::/64']}),
    ('BFDProfile', 'fast', {'receiveInterval': 50}),
    ('BFDProfile', 'echo', {'echoMode': True}),
    ('BGPPeer', 'one', {**PEER, 'bfdProfile': 'fast'}),
    ('BGPPeer', 'here', {**PEER, 'peerAddress': '198.51.100.4',
                         'nodeSelectors': [{'matchLabels': {'kubernetes.io/hostname': 'node-a'}}]}),
    ('BGPAdvertisement', 'preferred', {'ipAddressPools': ['taken'], 'localPref': 100}),
    ('BGPAdvertisement', 'six', {'ipAddressPools': ['v6'], 'peers': ['one']}),
    ('Community', 'first', {'communities': [{'name': 'nice', 'value': '65000:1'}]}),
    ('L2Advertisement', 'all', {}),
]

# (checklist id or section, what it is, kind, name, spec, the rule)
FAULTS = [
    ('F-01', 'a range over a pool', 'IPAddressPool', 'other', {'addresses': ['198.51.100.100-198.51.100.200']},
     'overlaps with already defined CIDR'),
    ('F-01', 'an edit that makes a pool overlap', 'IPAddressPool', 'narrow', {'addresses': ['198.51.100.0/24']},
     'overlaps with already defined CIDR'),
    ('F-02', 'aggregation above a pool', 'BGPAdvertisement', 'wide', {'aggregationLength': 26, 'ipAddressPools': ['narrow']},
     'invalid aggregation length 26: prefix 28 in this pool is more specific than the aggregation length for addresses'
     ' 203.0.113.0/28'),
    ('F-05', 'one neighbour as two peers', 'BGPPeer', 'two', PEER, 'already exists as one'),
    ('1.9', 'two router IDs on a node', 'BGPPeer', 'two', {**PEER, 'peerAddress': '198.51.100.2', 'routerID': '10.0.0.1'},
     'the same routerID'),
    ('1.9', 'two local ASes on a node', 'BGPPeer', 'two', {**PEER, 'peerAddress': '198.51.100.2', 'myASN': 64999},
     'the same myASN'),
    ('F-11', 'an alias in two objects', 'Community', 'second', {'communities': [{'name': 'nice', 'value': '65000:2'}]},
     'duplicate definition of community'),
    ('1.3', 'two local preferences for a pool', 'BGPAdvertisement', 'rival', {'ipAddressPools': ['taken'], 'localPref': 200},
     'localPref'),
    ('1.5', 'BFD echo towards an IPv6 pool', 'BGPPeer', 'one', {**PEER, 'bfdProfile': 'echo'}, 'echo'),
]

PASSING = [
    ('1.1', 'a pool beside the others', 'IPAddressPool', 'beside', {'addresses': ['198.51.100.128/25']}),
    ('1.4', 'a peer of a missing BFD profile', 'BGPPeer', 'later',
     {**PEER, 'peerAddress': '198.51.100.3', 'bfdProfile': 'missing'}),
    ('F-06', 'a neighbour twice on different nodes', 'BGPPeer', 'elsewhere',
     {**PEER, 'peerAddress': '198.51.100.4', 'nodeSelectors': [{'matchLabels': {'kubernetes.io/hostname': 'node-z'}}]}),
    ('1.3', 'an alias that comes later', 'BGPAdvertisement', 'later', {'ipAddressPools': ['narrow'], 'communities': ['soon']}),
]


def document(kind, name, spec, version=None):
    version = version or ('v1beta2' if kind == 'BGPPeer' else 'v1beta1')
    return json.dumps({'apiVersion': f'metallb.io/{version}', 'kind': kind, 'spec': spec,
                       'metadata': {'name': name, 'namespace': NAMESPACE}})


class Webhook:
    def __init__(self, lab):
        self.lab = KubeLab(lab, names=('node-a',))
        self.cluster = self.lab.cluster
        self.node = self.lab.nodes['node-a']
        self.etc = os.path.dirname(self.node.documents)
        self.cluster.node('node-z', address='192.0.2.26')
        self._deploy()
        self._edit('org.apache.karaf.features.cfg', 'featuresBoot = ', add=', herald-k8s-webhook')
        self._edit('org.heraldlb.core.cfg', 'checks = ', replace='FRR')
        self._edit('org.heraldlb.observability.cfg', 'bind = ', replace='0.0.0.0')
        self._edit('org.heraldlb.k8swebhook.cfg', 'names =', replace=f' {NODE}')
        self._edit('org.heraldlb.k8swebhook.cfg', 'certificate.seconds = ', replace=str(CERTIFICATE_SECONDS))
        self._edit('org.heraldlb.k8swebhook.cfg', 'authority.seconds = ', replace=str(4 * CERTIFICATE_SECONDS))

    def _edit(self, name, start, add='', replace=None):
        path = os.path.join(self.etc, name)
        with open(path, encoding='utf-8') as file:
            lines = file.read().splitlines()
        found = [place for place, line in enumerate(lines) if line.startswith(start)]
        assert len(found) == 1, f'{name} has no line {start}'
        lines[found[0]] = lines[found[0]] + add if replace is None else start + replace
        with open(path + '.new', 'w', encoding='utf-8') as out:
            out.write('\n'.join(lines) + '\n')
        os.replace(path + '.new', path)

    def _deploy(self):
        """deploy/webhook.yaml, with the node's address instead of a Service, whose network is not there."""
        path = os.path.join(REPOSITORY, 'deploy', 'webhook.yaml')
        text = self.cluster.kubectl('create', '--dry-run=client', '--validate=false', '-o', 'json', '-f', path)
        decoder, place = json.JSONDecoder(), 0
        while text[place:].strip():
            found, place = decoder.raw_decode(text, place + len(text[place:]) - len(text[place:].lstrip()))
            for one in found.get('items', [found]):
                for webhook in one.get('webhooks', []):
                    webhook['clientConfig'] = {'url': URL + '/validate'}
                self.cluster.apply(json.dumps(one))

    def _configuration(self):
        return self.cluster.get('validatingwebhookconfiguration', 'herald-webhook')

    def _bundle(self):
        return self._configuration()['webhooks'][0]['clientConfig'].get('caBundle', '')

    def the_bundle_is_written_to_the_configuration(self):
        self.lab.start()
        wait(self._bundle, 60, 0.3, 'a caBundle')

    def a_node_that_is_gone_has_left_reports(self):
        """That takes a minute to see, which this script has."""
        for group, version, kind in REPORTS:
            self.cluster.apply(json.dumps({'apiVersion': f'{group}/{version}', 'kind': kind, 'metadata': {
                'name': 'left', 'namespace': NAMESPACE, 'labels': {'metallb.io/node': 'node-gone'}}}))
        assert len(self._left('node-gone')) == 3, self._left('node-gone')

    def _left(self, node):
        kinds = ','.join(f'{kind.lower()}.{group}' for group, _, kind in REPORTS)
        return self.cluster.kubectl('get', kinds, '-n', NAMESPACE, '-l', f'metallb.io/node={node}', '-o', 'name').split()

    def the_allocator_has_removed_them(self):
        wait(lambda: not self._left('node-gone'), 90, 0.5, 'the end of what node-gone has left')
        assert self._left('node-a'), 'those of other nodes stay'

    def good_ones_pass(self):
        self.cluster.apply('\n---\n'.join(document(kind, name, spec) for kind, name, spec in GOOD))

    def refused(self, kind, name, spec, rule):
        self._refuses(document(kind, name, spec), rule)

    def _refuses(self, text, rule):
        """The API server learns of a new bundle some time after it was written, and calls nobody until then."""
        def says():
            said.append(self.cluster.kubectl('apply', '--dry-run=server', '-f', '-', text=text, check=False))
            return rule in said[-1] and 'denied the request' in said[-1]
        said = []
        try:
            wait(says, 30, 0.5, rule)
        except Exception as failure:
            raise AssertionError(f'it says: {said[-1]}') from failure
        assert 'denied the request' in self.cluster.refused(text)

    def passes(self, kind, name, spec):
        text = document(kind, name, spec)
        said = self.cluster.apply(text)
        self.cluster.kubectl('delete', '-f', '-', text=text)
        return said

    def a_missing_profile_is_a_warning(self):
        said = self.passes('BGPPeer', 'later', {**PEER, 'peerAddress': '198.51.100.3', 'bfdProfile': 'missing'})
        assert 'Warning:' in said and 'BFD profile missing of peer later does not exist' in said, said

    def two_faulty_ones_in_one_file(self):
        text = '\n---\n'.join(document('IPAddressPool', name, {'addresses': ['100.64.0.0/24']}) for name in ('x', 'y'))
        said = self.cluster.refused(text)
        assert 'ipaddresspool.metallb.io/x created' in said and 'overlaps' in said, said
        self.cluster.kubectl('delete', 'ipaddresspools.metallb.io', 'x', '-n', NAMESPACE)

    def a_profile_that_is_used_is_not_deleted(self):
        profile = ('bfdprofiles.metallb.io', 'fast', '-n', NAMESPACE)
        said = self.cluster.kubectl('delete', *profile, check=False)
        assert 'failed to delete BFDProfile fast, used by BGPPeer one' in said, said
        self.cluster.kubectl('delete', 'bgppeers.v1beta2.metallb.io', 'one', '-n', NAMESPACE)
        self.cluster.kubectl('delete', *profile)
        self.cluster.apply(document('BFDProfile', 'fast', {'receiveInterval': 50}))
        self.cluster.apply(document('BGPPeer', 'one', {**PEER, 'bfdProfile': 'fast'}))

    def the_network_policy_leaves_what_is_needed_and_nothing_else(self):
        """deploy/networkpolicy.yaml as a firewall on the node, as a plugin that covers the host's network would make it."""
        with open(os.path.join(REPOSITORY, 'deploy', 'networkpolicy.yaml'), encoding='utf-8') as file:
            allowed = {(protocol.lower(), int(port))
                       for port, protocol in re.findall(r'port: (\d+), protocol: (\w+)', file.read())}
        host = self.node.host
        listening = {int(line.split()[3].rsplit(':', 1)[1]) for line in host.run('ss', '-Hltn').splitlines()
                     if not line.split()[3].startswith(('127.', '[::1]', '[::ffff:127.'))}
        assert {port for protocol, port in allowed if protocol == 'tcp'} >= listening >= {7472, PORT}, listening
        stranger = host.spawn(sys.executable, '-m', 'http.server', '8099', '--bind', NODE)
        wait(lambda: self._answers(8099), 10, 0.1, 'a server beside Herald')
        rules = ['add table inet guard', 'add chain inet guard in {type filter hook input priority 0; policy drop;}',
                 'add rule inet guard in iif lo accept', 'add rule inet guard in ct state established,related accept',
                 *(f'add rule inet guard in {protocol} dport {port} accept' for protocol, port in sorted(allowed))]
        host.run('nft', '; '.join(rules))
        try:
            assert self._answers(7472, '/metrics')
            self._refuses(document('IPAddressPool', 'other', {'addresses': ['198.51.100.100-198.51.100.200']}), 'overlaps')
            assert not self._answers(8099), 'what is not listed is reached'
            self.cluster.apply(document('IPAddressPool', 'while', {'addresses': ['100.64.9.0/24']}))
            wait(lambda: '"while"' in self.node.do('pool:list -o json'), 20, 0.2, 'what the API server says')
        finally:
            host.run('nft', 'delete', 'table', 'inet', 'guard')
            end(stranger)
        self.cluster.kubectl('delete', 'ipaddresspools.metallb.io', 'while', '-n', NAMESPACE)

    def _answers(self, port, path='/'):
        """Whether the node answers the client."""
        try:
            return fetch(self.lab.client, NODE, port, path)[0] == 200
        except OSError:
            return False

    def labels_of_a_good_one_may_change(self):
        self.cluster.kubectl('label', 'ipaddresspools.metallb.io', 'taken', 'a=b', '-n', NAMESPACE)

    def states_of_sessions_are_written(self):
        """They are Herald's own reports, and of its group."""
        wait(lambda: self._left('node-a'), 30, 0.5, 'a BGPSessionState')
        assert 'BGPSessionState' not in self._complaints(), self._complaints()

    def an_older_peer_goes_through_the_conversion(self):
        conversion = {'strategy': 'Webhook', 'webhook': {
            'conversionReviewVersions': ['v1'], 'clientConfig': {'url': URL + '/convert'}}}
        self.cluster.kubectl('patch', 'crd', DEFINITION, '--type=merge', '-p', json.dumps({'spec': {'conversion': conversion}}))
        wait(self._conversion_is_trusted, 30, 0.3, "the conversion's caBundle")
        spec = {**PEER, 'peerAddress': '198.51.100.9', 'holdTime': '90s'}
        text = document('BGPPeer', 'old', spec, 'v1beta1')
        said = []

        def taken():
            said.append(self.cluster.kubectl('apply', '-f', '-', text=text, check=False))
            return 'bgppeer.metallb.io/old' in said[-1]

        try:
            wait(taken, 30, 0.5, 'the older version to be taken')
        except Exception as failure:
            raise AssertionError(f'it says: {said[-1]}\n{self._complaints()}') from failure
        found = self._peer('v1beta2')
        assert found['apiVersion'] == 'metallb.io/v1beta2' and found['spec']['holdTime'] == '90s', found

    def _conversion_is_trusted(self):
        return self.cluster.get('crd', DEFINITION)['spec']['conversion']['webhook']['clientConfig'].get('caBundle')

    def _peer(self, version):
        shown = self.cluster.kubectl('get', f'bgppeers.{version}.metallb.io', 'old', '-n', NAMESPACE, '-o', 'json')
        return json.loads(shown[shown.index('{'):])  # a warning that the older version is deprecated stands before it

    def an_older_peer_keeps_what_its_version_lacks(self):
        self.cluster.kubectl('patch', 'bgppeers.v1beta2.metallb.io', 'old', '-n', NAMESPACE, '--type=merge', '-p',
                             '{"spec": {"vrf": "red", "dualStackAddressFamily": true}}')
        assert 'vrf' not in self._peer('v1beta1')['spec']
        self.cluster.kubectl('patch', 'bgppeers.v1beta1.metallb.io', 'old', '-n', NAMESPACE, '--type=merge', '-p',
                             '{"spec": {"holdTime": "30s"}}')
        found = self._peer('v1beta2')
        assert found['spec']['vrf'] == 'red' and found['spec']['holdTime'] == '30s', found
        assert found['spec']['dualStackAddressFamily'] is True, found
        assert 'annotations' not in found['metadata'] or 'heraldlb.org/bgppeer-v1beta2' not in found['metadata']['annotations']

    def no_review_is_lost_while_certificates_change(self):
        """Until the authority has been replaced and a certificate of the new one is served."""
        text = document('IPAddressPool', 'other', {'addresses': ['198.51.100.0/26']})
        seen, asked = [], 0

        def changed():
            nonlocal asked
            said = self.cluster.kubectl('create', '--dry-run=server', '-f', '-', text=text, check=False)
            assert 'overlaps with already defined CIDR' in said, f'request {asked}: {said}\n{self._complaints()}'
            asked += 1
            issuer = self._served()
            if issuer not in seen:
                seen.append(issuer)
            return len(seen) > 1 and asked >= 20

        wait(changed, 12 * CERTIFICATE_SECONDS, 0.3, 'a certificate of another authority')
        assert self._failed_open() == self.failed_open, self._complaints()

    def _served(self):
        """Checks what is served by the bundle that the API server has, and returns who signed it."""
        bundle = self.cluster.path('bundle.pem')
        with open(bundle, 'wb') as out:
            out.write(base64.b64decode(self._bundle()))
        said = self.lab.client.run(
            'openssl', 's_client', '-connect', f'{NODE}:{PORT}', '-CAfile', bundle, '-verify_return_error', '-verify_ip',
            NODE, check=False)
        assert 'Verify return code: 0 (ok)' in said, said
        return next(line for line in said.splitlines() if line.startswith('issuer='))

    def _complaints(self):
        return '\n'.join(line for line in self.cluster.log().splitlines() if 'webhook' in line)[-3000:]

    def _failed_open(self):
        metrics = self.cluster.kubectl('get', '--raw', '/metrics')
        return [line for line in metrics.splitlines() if line.startswith('apiserver_admission_webhook_fail_open_count')]

    def no_key_is_in_the_log(self):
        assert 'PRIVATE KEY' not in self.node.log()

    def bodies_that_are_no_reviews_are_refused(self):
        before = self.node.log().count('Exception')
        for body, status in (('', 400), ('{', 400), ('[1]', 400), ('{"kind": "AdmissionReview"}', 400)):
            assert self._post('/validate', body) == status, body
        large = self.cluster.path('large')
        with open(large, 'w', encoding='ascii') as out:
            out.write('{"a": "' + 'x' * (3 << 20) + '"}')
        assert self._post('/validate', '@' + large) == 413
        assert self._post('/elsewhere', '{}') == 404
        assert self.node.log().count('Exception') == before

    def _post(self, path, body):
        return int(self.lab.client.run('curl', '-sk', '-o', '/dev/null', '-w', '%{http_code}', '-H', 'Expect:', '--data-binary',
                                       body, URL + path))

    def given_files_are_served_and_read_again(self):
        for name in ('given', 'next'):
            self.cluster.certificate(name, f'/CN={name}', f'subjectAltName=IP:{NODE}')
        self._give('given')
        self._edit('org.heraldlb.k8swebhook.cfg', 'certificate.file =', replace=' ' + self.cluster.path('served.crt'))
        self._edit('org.heraldlb.k8swebhook.cfg', 'key.file =', replace=' ' + self.cluster.path('served.key'))
        self._edit('org.heraldlb.k8swebhook.cfg', 'certificates = ', replace='files')
        wait(lambda: 'CN = given' in self._subject(), 30, 0.5, 'the given certificate')
        self._give('next')
        wait(lambda: 'CN = next' in self._subject(), 30, 0.5, 'the next certificate')

    def files_that_are_no_certificate_are_a_problem(self):
        with open(self.cluster.path('served.key'), 'w', encoding='ascii') as out:
            out.write('no key')
        wait(lambda: 'webhookCertificate' in self.node.do('herald:problems'), 30, 0.5, 'the problem')
        assert 'CN = next' in self._subject(), 'the last good one is served on'
        self._give('next')
        wait(lambda: 'webhookCertificate' not in self.node.do('herald:problems'), 30, 0.5, 'no problem')

    def _give(self, name):
        for suffix in ('.key', '.crt'):
            with open(self.cluster.path(name + suffix), 'rb') as file, open(self.cluster.path('new'), 'wb') as out:
                out.write(file.read())
            os.replace(self.cluster.path('new'), self.cluster.path('served' + suffix))

    def _subject(self):
        return self.lab.client.run('openssl', 's_client', '-connect', f'{NODE}:{PORT}', '-nameopt', 'space_eq', check=False)

    def nothing_is_blocked_while_it_is_away(self):
        self.node.do('bundle:stop org.heraldlb.k8s-webhook')
        self.cluster.apply(document('IPAddressPool', 'other', {'addresses': ['198.51.100.0/26']}))
        wait(lambda: 'overlaps with already defined CIDR' in self._state().get('errorSummary', ''), 30, 0.3,
             f'the fault as ConfigurationState, not {self._state()}')
        assert self._state()['result'] == 'Invalid'

    def _state(self):
        return (self.cluster.get('configurationstates.metallb.io', 'speaker-node-a', '-n', NAMESPACE) or {}).get('status', {})

    def it_comes_back(self):
        self.node.do('bundle:start org.heraldlb.k8s-webhook')
        self._edit('org.heraldlb.k8swebhook.cfg', 'certificates = ', replace='secret')
        wait(self._has_served, 60, 0.5, 'the door')
        self._refuses(document('IPAddressPool', 'third', {'addresses': ['198.51.100.0/27']}), 'overlaps')

    def _has_served(self):
        try:
            return self._served()
        except AssertionError:
            return None

    def one_that_is_bad_already_may_be_labelled_and_deleted(self):
        self.cluster.kubectl('label', 'ipaddresspools.metallb.io', 'other', 'a=b', '-n', NAMESPACE)
        self.cluster.kubectl('delete', 'ipaddresspools.metallb.io', 'other', '-n', NAMESPACE)



def main():
    programs()
    report = Report()
    with Lab('khook') as lab:
        webhook = Webhook(lab)
        step = lambda name: report.run('webhook: ' + name.replace('_', ' '), getattr(webhook, name))  # noqa: E731
        step('the_bundle_is_written_to_the_configuration')
        step('a_node_that_is_gone_has_left_reports')
        step('good_ones_pass')
        for number, what, kind, name, spec, rule in FAULTS:
            report.run(f'webhook: {number} refused: {what}', webhook.refused, kind, name, spec, rule)
        webhook.failed_open = webhook._failed_open()
        for number, what, kind, name, spec in PASSING:
            report.run(f'webhook: {number} passes: {what}', webhook.passes, kind, name, spec)
        report.run('webhook: F-30 the network policy leaves what is needed and nothing else',
                   webhook.the_network_policy_leaves_what_is_needed_and_nothing_else)
        for name in ('a_missing_profile_is_a_warning', 'two_faulty_ones_in_one_file', 'a_profile_that_is_used_is_not_deleted',
                     'labels_of_a_good_one_may_change', 'states_of_sessions_are_written',
                     'an_older_peer_goes_through_the_conversion', 'an_older_peer_keeps_what_its_version_lacks',
                     'bodies_that_are_no_reviews_are_refused', 'no_review_is_lost_while_certificates_change',
                     'given_files_are_served_and_read_again', 'files_that_are_no_certificate_are_a_problem',
                     'nothing_is_blocked_while_it_is_away', 'it_comes_back',
                     'one_that_is_bad_already_may_be_labelled_and_deleted', 'the_allocator_has_removed_them',
                     'no_key_is_in_the_log'):
            step(name)
    return report.exit_code()


if __name__ == '__main__':
    sys.exit(main())
