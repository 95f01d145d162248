#!/usr/bin/env python3
"""The command door: for its owner only, no port, and never in the way."""

import json
import os
import socket
import stat
import subprocess
import sys
import threading

from lab import Lab, Report, has_users, wait
from link import WEB, LinkLab

NOBODY = '65534'


class Door:
    def __init__(self, lab):
        os.chmod(lab.directory, 0o755)
        self.link = LinkLab(lab, names=('node-a',))
        self.node = self.link.nodes['node-a']
        self.node.write('web.yaml', WEB)
        self.link.start()
        wait(lambda: self.node.addresses().get('default/web'), 10, what='an address')

    def client(self, *words):
        """bin/herald shell, as people call it: (exit code, standard output and error)."""
        done = subprocess.run([os.path.join(self.node.home, 'bin', 'herald'), '--base', self.node.base, 'shell', *words],
                              text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=30,
                              stdin=subprocess.DEVNULL)
        return done.returncode, done.stdout

    def every_command_answers(self):
        for command in ('herald:status', 'herald:problems', 'vip:list', 'vip:explain web', 'pool:list', 'pool:list lab',
                        'l2:list', 'bgp:peers', 'bgp:routes', 'node:list', 'bundle:list', 'feature:list', 'log:display'):
            code, text = self.client(*command.split())
            assert code == 0 and text.strip(), (command, code, text)

    def json_is_json(self):
        for command in ('herald:status', 'herald:problems', 'vip:list', 'vip:explain web', 'pool:list lab', 'l2:list',
                        'bgp:peers', 'bgp:routes', 'node:list'):
            for words in (command.split() + ['-o', 'json'], command.split()[:1] + ['-o', 'json'] + command.split()[1:]):
                code, text = self.client(*words)
                assert code == 0, (words, text)
                json.loads(text)

    def the_api_shows_the_same(self):
        shell = json.loads(self.node.do('vip:list -o json'))
        assert shell['services'] == self.node.api('services')['services']

    def tables_align(self):
        head, row = self.node.do('vip:list').splitlines()[:2]
        assert row[head.index('ADDRESS'):].startswith('192.0.2.100'), (head, row)
        assert row[head.index('POOL'):].startswith('lab'), (head, row)

    def an_unknown_name_is_one_line_and_fails(self):
        code, text = self.client('vip:explain', 'default/wbe')
        assert code == 1 and len(text.splitlines()) == 1 and 'default/web' in text, (code, text)

    def an_unknown_command_fails(self):
        code, text = self.client('no:such')
        assert code == 1 and len(text.splitlines()) == 1, (code, text)

    def pipes_work(self):
        assert '192.0.2.100' in self.node.do('vip:list | grep web')

    def no_colours_where_there_is_no_terminal(self):
        assert '\x1b' not in self.node.do('bundle:list | grep Herald')

    def only_the_owner_can_reach_it(self):
        path = self.node.socket_path()
        assert stat.S_IMODE(os.stat(path).st_mode) == 0o600
        assert stat.S_IMODE(os.stat(os.path.dirname(path)).st_mode) == 0o700
        if not has_users():
            return 'modes only: this user namespace has no other users'
        attempt = ('import socket,sys\n'
                   's = socket.socket(socket.AF_UNIX)\n'
                   'try: s.connect(sys.argv[1])\n'
                   'except PermissionError: sys.exit(13)\n')
        done = subprocess.run(['setpriv', '--reuid', NOBODY, '--regid', NOBODY, '--clear-groups', '/usr/bin/env',
                               'python3', '-c', attempt, path], check=False, timeout=20)
        assert done.returncode == 13, done.returncode
        return None

    def many_clients_are_served_or_told_to_wait(self):
        codes = []

        def ask():
            codes.append(self.node.shell('vip:list')[0])

        threads = [threading.Thread(target=ask) for _ in range(24)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(codes) == 24 and set(codes) <= {0, 75} and codes.count(0) >= 8, codes

    def silent_clients_do_not_block_it(self):
        silent = []
        for _ in range(10):
            door = socket.socket(socket.AF_UNIX)
            door.connect(self.node.socket_path())
            silent.append(door)
        assert self.node.shell('vip:list')[0] == 0
        for door in silent:
            door.close()

    def a_config_change_acts_at_once(self):
        self.node.do('config:property-set --pid org.heraldlb.shell command.timeout.seconds 100')
        wait(lambda: self._answers(), 5, what='the door after its reconfiguration')

    def _answers(self):
        try:
            return self.node.shell('vip:list')[0] == 0
        except OSError:
            return False

    def it_opens_again_after_a_crash(self):
        self.node.kill()
        assert os.path.exists(self.node.socket_path())
        self.node.start().wait_ready()
        assert wait(self._answers, 5, what='the door')

    def nothing_is_left_after_a_stop(self):
        path = self.node.socket_path()
        self.node.stop()
        assert not os.path.exists(path)
        code, text = self.client('vip:list')
        assert code == 2 and len(text.splitlines()) == 1, (code, text)


TESTS = [name for name, value in vars(Door).items()
         if callable(value) and not name.startswith('_') and name != 'client']


def main():
    report = Report()
    with Lab('door') as lab:
        door = Door(lab)
        for name in TESTS:
            report.run('door: ' + name.replace('_', ' '), getattr(door, name))
    return report.exit_code()


if __name__ == '__main__':
    sys.exit(main())
