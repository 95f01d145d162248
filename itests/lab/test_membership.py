#!/usr/bin/env python3
"""Three nodes that know of each other: killed, cut off, frozen, split, and back again."""

import json
import os
import shutil
import sys

from cluster import KEY, ClusterLab
from lab import Lab, Report, wait
from link import FIRST

PORT = 7946


class Cluster:
    def __init__(self, lab):
        self.lab = ClusterLab(lab)
        self.names = list(self.lab.nodes)

    def finds_together(self):
        self.lab.start()
        self.lab.wait_members(self.names, self.names)

    def has_one_owner(self):
        return self.lab.settled_owner()

    def listens_on_one_port_number(self):
        host = self.lab.nodes['node-a'].host
        sockets = host.run('ss', '-Hlntup')
        ours = [line for line in sockets.splitlines() if f':{PORT}' in line]
        assert {line.split()[0] for line in ours} == {'udp', 'tcp'}, sockets
        assert all('192.0.2.11' in line for line in ours), sockets
        strange = [line for line in sockets.splitlines() if '192.0.2.11' in line and f':{PORT}' not in line]
        assert not strange, strange

    def says_nothing_in_clear(self):
        """Neither names nor what nodes tell of themselves can be read off the wire."""
        host = self.lab.nodes['node-b'].host
        seen = host.run('timeout', '3', 'tcpdump', '-Ani', 'eth0', 'udp', 'port', str(PORT), check=False)
        if 'not found' in seen or 'No such file' in seen:
            return 'skipped, no tcpdump'
        assert 'node-a' not in seen and 'node-c' not in seen, 'names in clear'
        assert str(PORT) in seen, seen

    def a_killed_owner_is_replaced(self):
        self.lab.wait_connected()
        owner = self.lab.settled_owner()
        self.lab.nodes[owner].kill()
        self.lab.wait_members(self.lab.others(owner), self.lab.others(owner))
        self.killed = owner
        heir = self.lab.only_owner()
        assert heir != owner, heir
        assert f'{owner}=closed' in self.lab.nodes[heir].log(), 'not noticed by its closed connection'
        return self._history(heir, owner, 'closed')

    def _history(self, heir, owner, how):
        """What the heir says of its gain, and of how long the loser had been silent."""
        moves = json.loads(self.lab.nodes[heir].do('vip:history -o json'))['moves']
        move = next(each for each in moves if each['from'] == owner)
        assert move['to'] == heir and f'{owner} lost ({how})' in move['reason'], move
        return f'silent for {move["detectMillis"]} ms'

    def a_killed_one_returns(self):
        self.lab.nodes[self.killed].start().wait_ready()
        self.lab.wait_members(self.names, self.names)
        wait(lambda: self.lab.answering() == {self.killed}, 30, 0.05, f'{self.killed} to answer again, alone')

    def a_cut_owner_is_replaced(self):
        owner = self.lab.settled_owner()
        host = self.lab.nodes[owner].host
        self.lab.switch.cut(host)
        try:
            self.lab.wait_members(self.lab.others(owner), self.lab.others(owner))
            assert self.lab.only_owner() != owner
            self.lab.wait_members([owner], [owner])
            log = self.lab.nodes[self.lab.others(owner)[0]].log()
            assert f'{owner}=unreachable' in log or f'{owner}=silent' in log
        finally:
            self.lab.switch.heal(host)
        self.lab.wait_members(self.names, self.names)
        wait(lambda: self.lab.answering() == {owner}, 30, 0.05, f'{owner} to answer again, alone')

    def a_frozen_owner_is_replaced_and_does_not_come_back_as_two(self):
        owner = self.lab.settled_owner()
        self.lab.freeze(owner)
        try:
            self.lab.wait_members(self.lab.others(owner), self.lab.others(owner))
            assert self.lab.only_owner() != owner
        finally:
            self.lab.wake(owner)
        self.lab.wait_members(self.names, self.names)
        wait(lambda: self.lab.answering() == {owner}, 30, 0.05, f'{owner} to answer again, alone')

    def another_key_is_refused_and_shown(self):
        stranger = self.names[-1]
        node = self.lab.nodes[stranger]
        self.lab.configure(node, key=KEY[::-1])
        rest = self.lab.others(stranger)
        self.lab.wait_members(rest, rest)
        first = self.lab.nodes[rest[0]]
        wait(lambda: any(row['code'] == 'otherKey' for row in first.api('problems')['problems']), 30,
             what='the problem')
        self.lab.configure(node)
        self.lab.wait_members(self.names, self.names)

    def no_key_is_refused(self):
        stranger = self.names[-1]
        node = self.lab.nodes[stranger]
        self.lab.configure(node, key='')
        rows = wait(lambda: [row for row in node.api('problems')['problems'] if row['code'] == 'noKey'], 30,
                    what='the problem')
        assert '.key' in str(rows[0]), rows
        assert f':{PORT}' not in node.host.run('ss', '-Hlntu'), 'the port is open'
        self.lab.configure(node)
        self.lab.wait_members(self.names, self.names)

    def no_secret_reaches_the_log(self):
        for name, node in self.lab.nodes.items():
            assert KEY not in node.log(), name

    def stopping_says_goodbye(self):
        owner = self.lab.settled_owner()
        took = self.lab.nodes[owner].stop()
        rest = self.lab.others(owner)
        self.lab.wait_members(rest, rest)
        assert self.lab.only_owner() != owner
        assert f'{owner}=left' in self.lab.nodes[rest[0]].log(), 'not noticed by its goodbye'
        return f'{took:.1f} s'


class TwoNetworks:
    """Membership goes over a network of its own; the peers are a name with an address for each node."""

    def __init__(self, lab):
        self.lab = ClusterLab(lab, management=True)
        self.names = list(self.lab.nodes)
        self._own_hosts_files()

    def _own_hosts_files(self):
        """`ip netns exec` puts the files of /etc/netns/NAMESPACE over those of /etc: name service for one namespace."""
        self.directories = []
        text = '127.0.0.1 localhost\n' + ''.join(f'{place} herald.lab\n' for place in self.lab.places.values())
        for node in self.lab.nodes.values():
            directory = f'/etc/netns/{node.host.namespace}'
            self.directories.append(directory)
            os.makedirs(directory)
            with open(os.path.join(directory, 'hosts'), 'w', encoding='utf-8') as out:
                out.write(text)
            path = os.path.join(os.path.dirname(node.documents), 'org.heraldlb.membership.cfg')
            with open(path, 'w', encoding='utf-8') as out:
                out.write(f'dns = herald.lab\n.key = {KEY}\n')

    def _close(self):
        for directory in self.directories:
            shutil.rmtree(directory, ignore_errors=True)

    def finds_together_by_a_name(self):
        self.lab.start()
        self.lab.wait_members(self.names, self.names)
        log = self.lab.nodes['node-a'].host.run('ss', '-Hlntu')
        assert f'198.51.100.11:{PORT}' in log.replace('[::ffff:', '').replace(']', ''), log

    def a_lost_carrier_is_told_over_the_other_network(self):
        owner = self.lab.settled_owner()
        host = self.lab.nodes[owner].host
        self.lab.switch.unplug(host)
        try:
            assert self.lab.only_owner() != owner
            for name in self.names:
                assert self.lab.members(name) == set(self.names), f'{name} lost a member'
        finally:
            self.lab.switch.plug(host)
        wait(lambda: self.lab.answering() == {owner}, 30, 0.05, f'{owner} to answer again, alone')

    def a_silent_member_that_pings_is_given_the_whole_time(self):
        """Frozen, but its kernel answers: not `unreachable`."""
        owner = self.lab.settled_owner()
        self.lab.freeze(owner)
        try:
            rest = self.lab.others(owner)
            self.lab.wait_members(rest, rest)
            assert all(f'{owner}=silent' in self.lab.nodes[name].log() for name in rest), 'not given the whole time'
        finally:
            self.lab.wake(owner)
        self.lab.wait_members(self.names, self.names)


def play(report, scene, cluster):
    for test in [test for test, value in vars(scene).items() if callable(value) and test[0] != '_']:
        report.run('membership: ' + test.replace('_', ' '), getattr(cluster, test))
        if report.failed and test.startswith('finds_together'):
            break


def main():
    report = Report()
    for name, scene in (('memb', Cluster), ('mem2', TwoNetworks)):
        with Lab(name) as lab:
            cluster = scene(lab)
            try:
                play(report, scene, cluster)
            finally:
                getattr(cluster, '_close', lambda: None)()
    return report.exit_code()


if __name__ == '__main__':
    sys.exit(main())
