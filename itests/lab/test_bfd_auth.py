#!/usr/bin/env python3
"""Authentication of BFD from documents, through the whole container to BIRD: keys that change, come from a Secret, are wrong."""

import json
import os
import re
import shutil
import sys

from herald import Node, unpack
from lab import Lab, Report, wait
from peers import Bird, missing

LONG = 60
NODE, ROUTER = '10.98.0.1', '10.98.0.2'
KINDS = {'simple-password': 'simple', 'keyed-md5': 'keyed md5', 'meticulous-keyed-md5': 'meticulous keyed md5',
         'keyed-sha1': 'keyed sha1', 'meticulous-keyed-sha1': 'meticulous keyed sha1'}


def bird_configuration(kind, key, number):
    authentication = f'authentication {KINDS[kind]}; password "{key}" {{ id {number}; }};' if kind else ''
    return (f'router id {ROUTER};\nprotocol device {{}}\n'
            f'protocol bfd {{ interface "eth0" {{ interval 100 ms; multiplier 5; {authentication} }}; }}\n'
            f'protocol bgp node {{ local {ROUTER} as 65000; neighbor {NODE} as 65001; bfd on; connect retry time 2;\n'
            '  error wait time 1, 4; ipv4 { import all; export none; }; }\n')


def profile(authentication, version='heraldlb.org/v1'):
    return (f'apiVersion: {version}\nkind: BFDProfile\nmetadata: {{name: fast}}\n'
            'spec:\n  transmitInterval: 100\n  receiveInterval: 100\n  detectMultiplier: 5\n'
            + (f'  authentication: {authentication}\n' if authentication else ''))


def secret(key):
    return ('apiVersion: v1\nkind: Secret\nmetadata: {name: bfd}\ntype: kubernetes.io/basic-auth\n'
            f'stringData: {{password: {key}}}\n')


PEER = ('apiVersion: metallb.io/v1beta2\nkind: BGPPeer\nmetadata: {name: router}\n'
        f'spec: {{myASN: 65001, peerASN: 65000, peerAddress: {ROUTER}, sourceAddress: {NODE}, bfdProfile: fast}}\n')


class Moment(float):
    """A time of day in seconds. Two within half a second are the same."""

    @staticmethod
    def of(text):
        hours, minutes, seconds = text.split(':')
        return Moment(int(hours) * 3600 + int(minutes) * 60 + float(seconds))

    def __eq__(self, other):
        return isinstance(other, Moment) and abs(float(self) - float(other)) < 0.5

    def __ne__(self, other):
        return not self == other

    __hash__ = None


class Documents:
    def __init__(self, lab):
        switch = lab.switch('switch')
        self.host, router = lab.host('node'), lab.host('router')
        switch.attach(self.host, 'eth0', NODE + '/24')
        switch.attach(router, 'eth0', ROUTER + '/24')
        self.bird = Bird(router, bird_configuration(None, '', 0))
        self.node = Node(self.host, unpack(lab.directory))
        self.node.write('peer.yaml', PEER)
        self.node.write('profile.yaml', profile(''))
        self.node.start().wait_ready()
        wait(lambda: os.path.exists(self.node.socket_path()), LONG, 0.1, 'the door for commands')
        self.up()

    # --- both ends ---

    def configure_bird(self, kind, key, number=7):
        path = os.path.join(self.bird.host.directory(), 'bird.conf')
        with open(path, 'w', encoding='utf-8') as file:
            file.write(bird_configuration(kind, key, number))
        said = self.bird.command('configure')
        assert 'Reconfigur' in said, said

    def page(self):
        code, output = self.node.shell(f'bfd:session {ROUTER} -o json')
        pages = json.loads(output) if code == 0 else []
        return pages[0] if pages else {}

    def problems(self):
        return json.loads(self.node.do('bfd:list -o json'))['problems']

    def warned(self):
        return any(each['code'] == 'bfdAuthentication' for each in self.problems())

    def bird_is_up(self):
        return re.search(rf'{NODE}.*Up', self.bird.command('show bfd sessions')) is not None

    def up(self):
        wait(lambda: self.page().get('session', {}).get('state') == 'Up' and self.bird_is_up(), LONG, 0.2,
             'both ends to be up')
        wait(self.established, LONG, 0.2, 'BGP')

    def established(self):
        """When BIRD's session came up, None while it is not. What BIRD says wanders by a millisecond."""
        found = re.search(r'^node\s+BGP\s+\S+\s+up\s+(\S+)\s+Established', self.bird.command('show protocols'), re.M)
        return found and Moment.of(found.group(1))

    def flaps(self):
        page = self.page()
        return page.get('packets', {}).get('downs'), self.established(), page.get('session', {}).get('since')

    def traffic(self):
        """Packets go both ways for longer than both detection times, and nobody goes down."""
        before, flaps = self.page()['packets'], self.flaps()
        wait(lambda: self.page()['packets']['received'] > before['received'] + 20, LONG, 0.2, 'packets from BIRD')
        wait(lambda: self.page()['packets']['sent'] > before['sent'] + 20, LONG, 0.2, 'packets to BIRD')
        assert self.bird_is_up() and self.flaps() == flaps, (flaps, self.flaps())

    # --- tests ---

    def change(self, authentication, kind, key, number=7):
        """The order for an operator: first Herald, then the router."""
        before = self.flaps()
        self.node.write('profile.yaml', profile(authentication))
        wait(self.warned, LONG, 0.2, 'Herald to wait for the router')
        self.traffic()
        self.configure_bird(kind, key, number)
        wait(lambda: not self.warned(), LONG, 0.2, 'the router to be followed')
        self.traffic()
        assert self.flaps() == before, (before, self.flaps())

    def it_is_turned_on_without_a_flap(self):
        self.change('{type: simple-password, keyId: 7, key: sesame}', 'simple-password', 'sesame')

    def every_type_without_a_flap(self):
        for kind in list(KINDS)[1:]:
            self.change(f'{{type: {kind}, keyId: 7, key: sesame}}', kind, 'sesame')

    def another_key_without_a_flap(self):
        self.change('{type: meticulous-keyed-sha1, keyId: 7, key: oysters}', 'meticulous-keyed-sha1', 'oysters')

    def another_key_id_without_a_flap(self):
        self.change('{type: meticulous-keyed-sha1, keyId: 9, key: oysters}', 'meticulous-keyed-sha1', 'oysters', 9)

    def a_key_of_a_secret_without_a_flap(self):
        self.node.write('secret.yaml', secret('walrus'))
        self.change('{type: meticulous-keyed-sha1, keyId: 9, keySecret: {name: bfd}}', 'meticulous-keyed-sha1', 'walrus', 9)

    def another_password_in_the_secret_without_a_flap(self):
        before = self.flaps()
        self.node.write('secret.yaml', secret('carpenter'))
        wait(self.warned, LONG, 0.2, 'Herald to wait for the router')
        self.configure_bird('meticulous-keyed-sha1', 'carpenter', 9)
        wait(lambda: not self.warned(), LONG, 0.2, 'the router to be followed')
        self.traffic()
        assert self.flaps() == before, (before, self.flaps())

    def a_swap_of_the_bundle_is_not_noticed(self):
        before = self.established()
        number = re.search(r'^\s*(\d+)\s.*\borg\.heraldlb\.bfd\b', self.node.do('bundle:list -s -t 0'), re.M).group(1)
        self.node.do(f'bundle:update {number}')
        self.up()
        self.traffic()
        assert self.established() == before, 'BGP was lost'

    def what_is_wrong_is_refused_and_what_was_there_stays(self):
        before = self.flaps()
        for wrong in ('{type: md5, key: humpty}', '{type: keyed-md5}', '{type: keyed-md5, key: humptydumptysatonawall}'):
            self.node.write('profile.yaml', profile(wrong))
            wait(lambda: 'spec.authentication' in self.node.do('herald:problems -o json'), LONG, 0.2, f'{wrong} to be refused')
            assert 'humpty' not in self.node.do('herald:problems -o json')
        self.node.write('profile.yaml', profile('{type: keyed-md5, key: humpty}', 'metallb.io/v1beta1'))
        wait(lambda: 'unknownField' in self.node.do('herald:problems -o json'), LONG, 0.2, "MetalLB's kind to be refused")
        self.node.write('profile.yaml', profile('{type: keyed-md5, keySecret: {name: none}}'))
        wait(lambda: 'missingSecret' in self.node.do('herald:problems -o json'), LONG, 0.2, 'the missing Secret to be told')
        self.node.write('profile.yaml', profile('{type: meticulous-keyed-sha1, keyId: 9, keySecret: {name: bfd}}'))
        wait(lambda: not re.search('BFDProfile|missingSecret', self.node.do('herald:problems -o json')), LONG, 0.2,
             'the profile to be well')
        self.traffic()
        assert self.flaps() == before, (before, self.flaps())

    def a_wrong_key_of_the_router_takes_it_down_and_the_doctor_says_why(self):
        self.configure_bird('meticulous-keyed-sha1', 'jabberwock', 9)
        wait(lambda: self.page()['session']['state'] == 'Down', LONG, 0.1, 'the session to go down')
        assert 'AUTHENTICATION' in self.node.do(f'bfd:doctor {ROUTER}')
        self.configure_bird('meticulous-keyed-sha1', 'carpenter', 9)
        self.up()

    def it_is_turned_off_without_a_flap(self):
        self.change('', None, '')

    def no_key_was_ever_shown(self):
        shown = ''.join(self.node.do(f'{command} -o json') for command in ('bfd:list', f'bfd:session {ROUTER}', 'bgp:peers'))
        shown += self.node.get('/metrics', 10)[1] + self.node.get('/api/v1/status', 10)[1]
        shown += ''.join(self.node.log()) + self.node.do('bundle:services -p')
        for key in ('sesame', 'oysters', 'walrus', 'carpenter', 'humpty'):
            assert key not in shown, f'{key} is shown'


TESTS = ('it_is_turned_on_without_a_flap', 'every_type_without_a_flap', 'another_key_without_a_flap',
         'another_key_id_without_a_flap', 'a_key_of_a_secret_without_a_flap', 'another_password_in_the_secret_without_a_flap',
         'a_swap_of_the_bundle_is_not_noticed', 'what_is_wrong_is_refused_and_what_was_there_stays',
         'a_wrong_key_of_the_router_takes_it_down_and_the_doctor_says_why', 'it_is_turned_off_without_a_flap',
         'no_key_was_ever_shown')


def main():
    if missing():
        print(f'# missing: {missing()}')
        return 77
    report = Report()
    with Lab('bfda') as lab:
        documents = Documents(lab)
        for name in TESTS:
            report.run('bfd authentication: ' + name.replace('_', ' '), getattr(documents, name))
        if report.failed and os.environ.get('HERALD_KEEP_LOG'):
            shutil.copy(os.path.join(documents.host.directory(), 'herald.log'), os.environ['HERALD_KEEP_LOG'])
    return report.exit_code()


if __name__ == '__main__':
    sys.exit(main())
