#!/usr/bin/env python3
"""The rules of the container: unprivileged, nothing open, nothing precious but state/, gone at once."""

import os
import re
import shutil
import socket
import sys
import time

from herald import HTTP_PORT, Node, inside
from lab import Lab, Report, has_users, run, wait
from link import FIRST, LinkLab, service_document

UID = 65534
STOP = 2.0
DROP = ('setpriv', '--reuid', str(UID), '--regid', str(UID), '--clear-groups', '--no-new-privs')
RAW = ('--inh-caps', '-all,+net_raw', '--ambient-caps', '-all,+net_raw', '--bounding-set', '-all,+net_raw', '--')
NOTHING = ('--inh-caps', '-all', '--ambient-caps', '-all', '--bounding-set', '-all', '--')


class Container:
    def __init__(self, lab):
        os.chmod(lab.directory, 0o755)
        self.link = LinkLab(lab, names=('node-a',))
        self.host = self.link.nodes['node-a'].host
        self.asker = self.link.asker
        self.mac = self.host.mac('eth0')
        run(['chmod', '-R', 'go+rX', self.link.home])
        self.node = self.prepared(RAW)

    def prepared(self, capabilities):
        """A node whose base belongs to nobody, but whose etc/ belongs to root and is read-only for it."""
        node = Node(self.host, self.link.home, prefix=DROP + capabilities, environment={'HOME': '/nonexistent'})
        etc = os.path.join(node.base, 'etc')
        if not os.path.exists(os.path.join(etc, 'config.properties')):
            run(['cp', '-R', os.path.join(self.link.home, 'etc') + '/.', etc])
        node.write('web.yaml', service_document('web'))
        os.chown(node.base, UID, UID)
        for name in ('data', 'state', 'log', 'deploy'):
            os.makedirs(os.path.join(node.base, name), exist_ok=True)
            run(['chown', '-R', f'{UID}:{UID}', os.path.join(node.base, name)])
        run(['chown', '-R', '0:0', etc])
        run(['chmod', '-R', 'a=rX', etc])
        return node

    def answers(self):
        return self.asker.ask(FIRST, 0.05) == self.mac

    def an_unprivileged_user_with_net_raw_answers_arp(self):
        self.node.start().wait_ready()
        wait(self.answers, 10, what='an ARP reply')
        with open(f'/proc/{self.node.process.pid}/status', encoding='ascii') as file:
            status = dict(line.split(':\t', 1) for line in file if ':\t' in line)
        assert status['Uid'].split() == [str(UID)] * 4, status['Uid']
        assert int(status['CapEff'], 16) == 1 << 13, status['CapEff']

    def etc_may_be_read_only(self):
        etc = os.path.join(self.node.base, 'etc')
        foreign = [name for name in os.listdir(etc) if os.stat(os.path.join(etc, name)).st_uid != 0]
        assert not foreign, foreign
        assert 'Read-only file system' not in self.node.log() and 'Permission denied' not in self.node.log(), \
            [line for line in self.node.log().splitlines() if 'denied' in line][:3]

    def nothing_listens_but_7472_on_loopback(self):
        shown = self.host.run('ss', '-Hltnup')
        foreign = [line for line in shown.splitlines() if 'java' in line and f'127.0.0.1:{HTTP_PORT}' not in line
                   and f'127.0.0.1]:{HTTP_PORT}' not in line]
        assert shown.count('java') == 1 and not foreign, shown

    def it_stops_in_under_two_seconds_and_falls_silent(self):
        took = self.node.stop()
        assert not self.answers(), 'somebody still answers'
        assert took < STOP, f'{took:.2f} s'
        return f'{took:.2f} s'

    def data_may_be_deleted(self):
        shutil.rmtree(os.path.join(self.node.base, 'data'))
        begun = time.monotonic()
        self.node.start().wait_ready()
        wait(self.answers, 5, what='an ARP reply')
        return f'answers after {time.monotonic() - begun:.1f} s'

    def it_starts_again_after_a_kill(self):
        self.node.kill()
        begun = time.monotonic()
        self.node.start().wait_ready()
        wait(self.answers, 5, what='an ARP reply')
        return f'answers after {time.monotonic() - begun:.1f} s'

    def a_second_instance_on_the_same_base_is_refused(self):
        second = Node(self.host, self.link.home, prefix=DROP + RAW)
        second.start().process.wait(20)
        assert second.process.returncode == 1
        assert 'already running' in second.log(), second.log()[-500:]
        assert self.answers()

    def a_port_in_use_is_said_once_and_taken_later(self):
        self.node.stop()
        holder = inside(self.host, lambda: socket.create_server(('127.0.0.1', HTTP_PORT)))
        before = self.node.log().count('no HTTP on')
        self.node.start()
        wait(self.answers, 40, what='an ARP reply while the port is taken')
        time.sleep(3)
        assert self.node.log().count('no HTTP on') - before in (1, 2), 'one line is enough (console and file)'
        holder.close()
        wait(lambda: self.node.get('/healthz')[0] == 200, 10, what='the port to be taken')

    def without_the_capability_it_says_what_to_do(self):
        self.node.stop()
        weak = self.prepared(NOTHING).start()
        try:
            body = wait(lambda: self._complaint(weak), 40, 0.2, 'a line about the missing capability')
            assert not self.answers()
            assert weak.get('/healthz')[0] == 200
            return body
        finally:
            weak.stop()

    def _complaint(self, node):
        status, body = node.get('/readyz')
        found = re.search(r'^.*CAP_NET_RAW.*$', body, re.M)
        return found.group(0) if status == 503 and found else None


TESTS = [name for name, value in vars(Container).items()
         if callable(value) and not name.startswith('_') and name not in ('answers', 'prepared')]


def main():
    if not has_users():
        print('# this user namespace has no other users')
        return 77
    report = Report()
    with Lab('cont') as lab:
        container = Container(lab)
        for name in TESTS:
            report.run('container: ' + name.replace('_', ' '), getattr(container, name))
    return report.exit_code()


if __name__ == '__main__':
    sys.exit(main())
