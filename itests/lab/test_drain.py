#!/usr/bin/env python3
"""A node is taken out and comes back: drained, withdrawn from, and stopped, with a client that keeps asking."""

import json
import sys
import threading
import time

from cluster import ClusterLab
from herald import Asker
from lab import Lab, Report, wait
from link import FIRST


class Probe:
    """Asks for an address again and again; remembers the longest time without an answer."""

    def __init__(self, client, address):
        self.asker = Asker(client, 'eth0', '192.0.2.1')
        self.address = address
        self.done = threading.Event()
        self.longest = 0.0
        self.thread = threading.Thread(target=self._ask, daemon=True)

    def _ask(self):
        last = time.monotonic()
        while not self.done.is_set():
            answer = self.asker.ask(self.address, 0.1)
            now = time.monotonic()
            if answer:
                self.longest = max(self.longest, now - last)
                last = now
            time.sleep(0.01)
        self.longest = max(self.longest, time.monotonic() - last)

    def __enter__(self):
        wait(lambda: self.asker.ask(self.address, 0.2), 30, 0.05, 'a first answer')
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.done.set()
        self.thread.join()
        self.asker.close()


class Drain:
    def __init__(self, lab):
        self.lab = ClusterLab(lab, names=('node-a', 'node-b'))

    def finds_together(self):
        self.lab.start()
        self.lab.wait_members(self.lab.nodes, self.lab.nodes)
        self.owner = self.lab.settled_owner()
        self.heir = self.lab.others(self.owner)[0]

    def _node(self, name):
        return self.lab.nodes[name]

    def drains_without_a_gap(self):
        with Probe(self.lab.client, FIRST) as probe:
            answer = json.loads(self._node(self.owner).do('herald:drain --reason kernel -o json'))
        assert answer['safe'] and answer['drain'] == 'drained', answer
        assert self.lab.only_owner() == self.heir
        assert probe.longest < 1, f'no answer for {probe.longest * 1000:.0f} ms'
        return f'longest time without an answer {probe.longest * 1000:.0f} ms'

    def says_so_everywhere(self):
        assert 'drain: drained (kernel)' in self._node(self.owner).do('herald:status')
        rows = json.loads(self._node(self.heir).do('node:list -o json'))['nodes']
        assert {row['name']: row['state'] for row in rows} == {self.owner: 'draining', self.heir: 'alive'}, rows
        history = self._node(self.heir).do('vip:history')
        assert f'{self.owner} is drained' in history, history
        move = json.loads(self._node(self.heir).do('vip:history -o json'))['moves'][0]
        return f'elect {move["electMillis"]} ms, announce {move.get("announceMillis")} ms'

    def comes_back(self):
        with Probe(self.lab.client, FIRST) as probe:
            self._node(self.owner).do('herald:undrain')
            wait(lambda: self.lab.answering() == {self.owner}, 30, 0.05, f'{self.owner} to answer again, alone')
        assert probe.longest < 1, f'no answer for {probe.longest * 1000:.0f} ms'
        return f'longest time without an answer {probe.longest * 1000:.0f} ms'

    def gives_one_address_away(self):
        self._node(self.owner).do(f'vip:withdraw {FIRST} --for 10m --reason test')
        wait(lambda: self.lab.answering() == {self.heir}, 30, 0.05, f'{self.heir} to answer, alone')
        self._node(self.owner).do(f'vip:restore {FIRST}')
        wait(lambda: self.lab.answering() == {self.owner}, 30, 0.05, f'{self.owner} to answer again, alone')

    def is_examined(self):
        page = json.loads(self._node(self.owner).do(f'vip:doctor {FIRST} -o json'))[0]
        verdicts = {finding['check']: finding['verdict'] for finding in page['findings']}
        for check in ('allocated', 'orders', 'owner', 'agreement', 'carrier', 'subnet', 'announcer'):
            assert verdicts.get(check) == 'good', page

    def is_stopped_without_a_gap(self):
        with Probe(self.lab.client, FIRST) as probe:
            took = self._node(self.owner).stop()
            wait(lambda: self.lab.answering() == {self.heir}, 30, 0.05, f'{self.heir} to answer, alone')
        assert probe.longest < 1, f'no answer for {probe.longest * 1000:.0f} ms'
        assert 'is drained' in self._node(self.heir).do('vip:history'), 'not handed over'
        return f'{took:.1f} s, longest time without an answer {probe.longest * 1000:.0f} ms'


TESTS = [name for name, value in vars(Drain).items() if callable(value) and not name.startswith('_')]


def main():
    report = Report()
    with Lab('drain') as lab:
        drain = Drain(lab)
        for name in TESTS:
            report.run('drain: ' + name.replace('_', ' '), getattr(drain, name))
            if report.failed and name == 'finds_together':
                break
    return report.exit_code()


if __name__ == '__main__':
    sys.exit(main())
