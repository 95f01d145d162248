#!/usr/bin/env python3
"""Addresses in mode quorum on three nodes: however these lose each other, never do two answer, and never does a minority."""

import sys
import threading
import time

from cluster import ClusterLab
from herald import Asker
from lab import Lab, Report, wait
from link import FIRST


class Witness:
    """Asks all the time and remembers every question that more than one node answered."""

    def __init__(self, cluster):
        self.cluster = cluster
        # An address of its own: replies to whoever else asks from the same host are not replies to its questions.
        self.asker = Asker(cluster.client, 'eth0', '192.0.2.9')
        self.doubles = []
        self.questions = 0
        self.done = threading.Event()
        self.thread = threading.Thread(target=self._watch, daemon=True)

    def _watch(self):
        while not self.done.is_set():
            macs = set(self.asker.answers(FIRST, 0.03))
            self.questions += 1
            if len(macs) > 1:
                self.doubles.append(sorted(self.cluster.name_of(mac) for mac in macs))
            time.sleep(0.01)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.done.set()
        self.thread.join()
        self.asker.close()

    def verdict(self):
        assert self.questions > 10, self.questions
        assert not self.doubles, f'two answered {len(self.doubles)} of {self.questions} questions: {self.doubles[0]}'
        return f'{self.questions} questions, none with two answers'


class Quorum:
    def __init__(self, lab):
        self.lab = ClusterLab(lab, mode='quorum')
        self.names = list(self.lab.nodes)

    def _settled(self):
        self.lab.wait_members(self.names, self.names)
        return self.lab.settled_owner()

    def _alone(self, name, why):
        wait(lambda: self.lab.answering() == {name}, 30, 0.05, f'{name} to answer, alone, {why}')

    def one_answers(self):
        self.lab.start()
        return self._settled()

    def a_minority_stops_before_the_majority_starts(self):
        owner = self._settled()
        others = self.lab.others(owner)
        with Witness(self.lab) as witness:
            self.lab.silence(owner, others)
            heir = wait(lambda: (self.lab.answering() & set(others) or {None}).pop(), 30, 0.05, 'the majority to answer')
            self._alone(heir, 'while the old owner is up and reaches the client')
            self.lab.unsilence(owner, others)
            self._settled()
            self._alone(owner, 'when all are together again')
        return witness.verdict()

    def a_frozen_owner_wakes_up_without_a_word(self):
        owner = self._settled()
        with Witness(self.lab) as witness:
            self.lab.freeze(owner)
            try:
                heir = wait(lambda: (self.lab.answering() - {owner} or {None}).pop(), 30, 0.05, 'the majority to answer')
            finally:
                self.lab.wake(owner)
            assert heir != owner
            self._settled()
            self._alone(owner, 'when all are together again')
        return witness.verdict()

    def without_a_majority_nobody_answers(self):
        owner = self._settled()
        others = self.lab.others(owner)
        self.lab.silence(owner, others)
        self.lab.silence(others[0], others[1:])
        wait(lambda: not self.lab.answering(), 30, 0.05, 'silence')
        assert not self.lab.answering(seconds=1)
        self.lab.unsilence(others[0], others[1:])
        self.lab.unsilence(owner, others)
        self._settled()
        self._alone(owner, 'when all are together again')

    def a_bundle_swap_answers_for_nobody_else(self):
        """While membership is replaced on the owner there is no lease to ask."""
        owner = self._settled()
        with Witness(self.lab) as witness:
            self.lab.nodes[owner].do('bundle:update org.heraldlb.membership')
            self._settled()
            self._alone(owner, 'after the swap')
        return witness.verdict()


TESTS = [name for name, value in vars(Quorum).items() if callable(value) and not name.startswith('_')]


def main():
    report = Report()
    with Lab('quor') as lab:
        quorum = Quorum(lab)
        for name in TESTS:
            report.run('quorum: ' + name.replace('_', ' '), getattr(quorum, name))
            if report.failed and name == 'one_answers':
                break
    return report.exit_code()


if __name__ == '__main__':
    sys.exit(main())
