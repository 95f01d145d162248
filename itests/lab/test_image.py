#!/usr/bin/env python3
"""The container image under crun: not root, capabilities dropped but two, a read-only root; it serves and ends cleanly."""

import os
import shutil
import sys

import peers
from herald import Asker
from image import USER, Container, Image, archive, mask
from lab import Lab, Report, has_users, wait
from link import CLIENT, FIRST, POOLS, nodes_document, service_document

ROUTER = '192.0.2.254'
NODE = '192.0.2.11'
KEPT = ('CAP_NET_RAW', 'CAP_NET_BIND_SERVICE')
BGP = f"""\
apiVersion: metallb.io/v1beta2
kind: BGPPeer
metadata: {{name: router}}
spec: {{myASN: 65001, peerASN: 65000, peerAddress: {ROUTER}, holdTime: 30s}}
---
apiVersion: metallb.io/v1beta1
kind: BGPAdvertisement
metadata: {{name: lab}}
spec: {{ipAddressPools: [lab]}}
"""
FRR = f"""\
router bgp 65000
 bgp router-id {ROUTER}
 no bgp ebgp-requires-policy
 neighbor {NODE} remote-as 65001
 neighbor {NODE} timers connect 1
"""


class Images:
    def __init__(self, lab):
        self.image = Image(archive(), os.path.join(lab.directory, 'image'))
        self.switch = lab.switch('switch')
        self.client, self.host, self.router = (lab.host(name) for name in ('client', 'node-a', 'router'))
        self.host.sysctl('net.ipv4.conf.all.arp_ignore', 1)
        for host, address in ((self.client, CLIENT), (self.host, NODE), (self.router, ROUTER)):
            self.switch.attach(host, 'eth0', f'{address}/24')
        self.asker = Asker(self.client, 'eth0', CLIENT)
        self.frr = peers.Frr(self.router, FRR) if 'frr' not in peers.missing() else None
        self.node = self.container(capabilities=KEPT)

    def container(self, **options):
        node = Container(self.host, self.image, **options)
        node.write('pools.yaml', POOLS)
        node.write('nodes.yaml', nodes_document(['node-a']))
        node.write('web.yaml', service_document('web'))
        node.write('bgp.yaml', BGP)
        node.configure('org.heraldlb.bgp', listen='true')
        return node

    def answers(self):
        return self.asker.ask(FIRST, 0.1) == self.host.mac('eth0')

    def the_archive_is_an_oci_layout(self):
        assert self.image.index['manifests'][0]['platform'] == {'architecture': self.image.config['architecture'],
                                                               'os': 'linux'}, self.image.index
        config = self.image.config['config']
        assert config['User'] == f'{USER}:{USER}' and config['StopSignal'] == 'SIGTERM', config
        assert len(self.image.config['rootfs']['diff_ids']) == len(self.image.manifest['layers'])
        return f"{sum(layer['size'] for layer in self.image.manifest['layers']) >> 20} MiB in layers"

    def nothing_in_it_is_setuid(self):
        found = [os.path.join(directory, name) for directory, _, names in os.walk(self.image.root) for name in names
                 if not os.path.islink(os.path.join(directory, name))
                 and os.stat(os.path.join(directory, name)).st_mode & 0o6000]
        assert not found, found

    def it_becomes_ready_and_answers_arp(self):
        self.node.start().wait_ready()
        wait(self.answers, 30, what='an ARP reply')

    def it_is_not_root_and_has_two_capabilities(self):
        status = self.node.status()
        assert status['Uid'].split() == [str(USER)] * 4, status['Uid']
        assert int(status['CapEff'], 16) == int(status['CapBnd'], 16) == mask(KEPT), status

    def nothing_can_be_written_beside_its_volume(self):
        code, said = self.node.execute('/bin/bash', '-c', 'for d in / /etc /opt/herald /tmp; do '
                                       '(echo > $d/probe) 2>/dev/null && echo wrote $d; done; true')
        assert code == 0 and 'wrote' not in said, said
        bad = [line for line in self.node.log().splitlines() if 'Read-only' in line or 'NoClassDefFound' in line
               or 'ClassNotFound' in line or 'UnsatisfiedLink' in line]
        assert not bad, bad[:3]

    def a_bgp_session_comes_up_and_port_179_listens(self):
        if self.frr is None:
            return 'SKIP no FRR'
        wait(lambda: self.frr.session(NODE) == 'Established', 60, 0.2, f'the session, not {self.frr.session(NODE)}')
        wait(lambda: self.frr.json(f'show bgp ipv4 unicast {FIRST}/32').get('paths'), 30, 0.2, 'the route')
        assert ':179 ' in self.host.run('ss', '-Hltn')

    def the_shell_and_the_commands_work_inside(self):
        code, said = self.node.execute('/opt/herald/bin/herald', 'shell', 'vip:list')
        assert code == 0 and FIRST in said, said
        code, said = self.node.execute('/opt/herald/bin/herald', 'validate', '/etc/herald/herald.d')
        assert code == 0, said
        code, said = self.node.execute('/opt/herald/bin/herald', 'status')
        assert code == 0 and 'ready' in said, said

    def sigterm_leaves_cleanly(self):
        code = self.node.terminate()
        assert not self.answers(), 'somebody still answers'
        if self.frr is not None:
            wait(lambda: self.frr.session(NODE) != 'Established', 30, 0.1, 'the session to end')
            said = [line for line in self.frr.vtysh(f'show bgp neighbors {NODE}').splitlines() if 'otification' in line]
            assert any('Cease' in line for line in said), said
        assert code in (0, 143), f'exit {code}: {self.node.log()[-800:]}'
        return f'exit {code}'

    def it_starts_again_on_what_it_left_and_gains_nothing_where_it_may(self):
        self.node.privileges = True
        self._serves(self.node, KEPT)

    def net_raw_alone_is_enough_for_arp(self):
        node = self.container()
        node.configure('org.heraldlb.bgp', listen='false')
        self._serves(node, ('CAP_NET_RAW',))

    def root_works_too(self):
        self._serves(self.container(user=0, capabilities=KEPT), KEPT)

    def _serves(self, node, capabilities):
        try:
            node.start().wait_ready()
            wait(self.answers, 30, what='an ARP reply')
            assert int(node.status()['CapEff'], 16) == mask(capabilities), node.status()
        finally:
            node.terminate()

    def without_net_raw_it_says_what_is_missing(self):
        node = self.container(capabilities=()).start()
        try:
            body = wait(lambda: 'CAP_NET_RAW' in node.get('/readyz')[1] and node.get('/readyz')[1], 60, 0.3, 'the reason')
            assert not self.answers()
            return next(line for line in body.splitlines() if 'CAP_NET_RAW' in line)
        finally:
            node.terminate()


TESTS = [name for name, value in vars(Images).items()
         if callable(value) and not name.startswith('_') and name not in ('answers', 'container')]


def main():
    lacking = [text for text, there in (
        ('the image (mvn -Pimage -pl image package)', archive()), ('crun', shutil.which('crun')),
        ('root', os.geteuid() == 0 and has_users())) if not there]
    if lacking:
        print(f'# SKIP image: this is missing: {", ".join(lacking)}')
        return 77
    report = Report()
    with Lab('img') as lab:
        images = Images(lab)
        for name in TESTS:
            report.run('image: ' + name.replace('_', ' '), getattr(images, name))
    return report.exit_code()


if __name__ == '__main__':
    sys.exit(main())
