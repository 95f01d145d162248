#!/usr/bin/env python3
"""Herald's BGP figures beside their goals, one table: bgp_goals.py [REPETITIONS [WORD...]].

Each row is the median of REPETITIONS (3) runs; with WORDs only rows that have one of them. What is measured beside
other speakers (FRR, BIRD, GoBGP) is in bgp_compare.py, and the start of a process in bgp_start.py. Wants a quiet machine with
at least two cores; the light sinks (bgp_sink.c) take one of them.
"""

import os
import statistics
import subprocess
import sys
import time

import bgp_fanout
from bgp_fanout import Sink, address, apply, change, memory, settled
from lab import Lab, run, wait
from speaker import Speaker

# Of malloc's arenas as many as bin/herald sets.
FLAGS = os.environ.get('HERALD_JAVA', '-Xmx130m -XX:+UseSerialGC -Xshare:auto').split()
os.environ.setdefault('MALLOC_ARENA_MAX', '2')


class Stand:
    """A speaker and its sinks on one wire."""

    def __init__(self, lab, binary, sessions, routes, family='4', flags=None):
        self.binary, self.sessions, self.routes, self.family = binary, sessions, routes, family
        sender, self.receivers = lab.host('s'), lab.host('r')
        lab.wire(sender, 'eth0', self.receivers, 'eth0', ['10.100.0.1/16', 'fd00:100::1/64'], [])
        batch = ''.join(f'addr add {address(i)}/16 dev eth0\n' for i in range(sessions))
        subprocess.run(self.receivers.command('ip', '-batch', '-'), input=batch, text=True, check=True)
        self.speaker = Speaker(sender, 'listen=179', 'id=10.100.0.1', flags=flags or FLAGS)
        time.sleep(2)

    def configure(self, hold=90):
        self.speaker.say(*[f'peer p{i:04} {address(i)} my=65001 as=65000 passive both hold={hold}' for i in range(self.sessions)])
        apply(self.speaker, f'table {self.routes} {self.family}')
        wait(lambda: len(self.speaker.status()) == self.sessions, 60, 0.2, 'the peers')

    def sink(self, keepalive=20):
        return Sink(self.receivers, self.binary, self.sessions, self.routes, self.family, keepalive)

    def quiet(self):
        wait(lambda: all(line.startswith('Active') for line in self.speaker.status().values()), 60, 0.1, 'sessions to end')

    def resident(self):
        return field(self.speaker.process.pid, 'VmRSS')

    def cpu(self):
        with open(f'/proc/{self.speaker.process.pid}/stat', encoding='ascii') as stat:
            words = stat.read().rsplit(')', 1)[1].split()
        return (int(words[11]) + int(words[12])) / os.sysconf('SC_CLK_TCK')

    def collect(self):
        run(['jcmd', str(self.speaker.process.pid), 'GC.run'], check=False)
        time.sleep(1)


def field(pid, name):
    with open(f'/proc/{pid}/status', encoding='ascii') as status:
        return next(int(line.split()[1]) for line in status if line.startswith(name + ':')) / 1024


def fan_out(binary, routes, sessions, family):
    """From the first dial to the last route (and, without `all`, from the last session up), withdrawal, one change, memory."""
    with Lab('bgg') as lab:
        stand = Stand(lab, binary, sessions, routes, family)
        stand.configure()
        figures = {}
        for name in ('cold', 'warm'):
            sink = stand.sink()
            start, up = sink.moment('START', 120), sink.moment('ALLUP', 120)
            figures[name] = sink.moment('ALLRECV', 120) - up
            figures[name + ' all'] = sink.moment('ALLRECV', 120) - start
            if name == 'cold':
                sink.stop()
                stand.quiet()
        begun = apply(stand.speaker, 'table 0 4')
        figures['withdraw'] = sink.moment('ALLWD', 120) - begun
        apply(stand.speaker, f'table {routes} {family}')
        settled(sink)
        figures['change cold'] = statistics.median(change(stand.speaker, sink, i) for i in range(10)) / 1000
        if sessions == 50:
            figures['change'] = statistics.median([change(stand.speaker, sink, i) for i in range(10, 210)][100:]) / 1000
        figures['memory'] = memory(stand.speaker.process.pid)
        sink.stop()
        return figures


def idle(binary, sessions, hold):
    """What sessions cost that have one route and nothing to say."""
    with Lab('bgi') as lab:
        stand = Stand(lab, binary, sessions, 1)
        stand.configure(hold)
        stand.collect()
        before = stand.resident()
        sink = stand.sink(min(20, hold / 3))
        figures = {'established': sink.moment('ALLUP', 120) - sink.moment('START', 120)}
        time.sleep(3)
        stand.collect()
        figures['memory'] = (stand.resident() - before) * 1024 / sessions
        cpu, begun = stand.cpu(), time.monotonic()
        time.sleep(20)
        figures['cpu'] = (stand.cpu() - cpu) / (time.monotonic() - begun) * 100
        sink.stop()
        total = sink.lines('TOTAL')[0]
        if total[total.index('lost') + 1] != '0':
            raise RuntimeError(f'sessions were lost: {" ".join(total)}')
        # A third of the hold time at the latest.
        figures['late'] = max(0.0, float(total[-1]) - hold / 3)
        return figures


def rows():
    yield 'from a cold JVM, 10,000 to 10, first dial to last route', 's', 0.078, fan_out, (10_000, 10, '4'), 'cold all'
    yield '100,000 to 10, warm, first dial to last route', 's', None, fan_out, (100_000, 10, '4'), 'warm all'
    yield '100,000 to 50, warm, first dial to last route', 's', 0.73, fan_out, (100_000, 50, '4'), 'warm all'
    yield '100,000 to 50, withdrawn', 's', 0.73, fan_out, (100_000, 50, '4'), 'withdraw'
    yield 'one change among 100,000, to 50, the first ten', 's', None, fan_out, (100_000, 50, '4'), 'change cold'
    yield 'one change among 100,000, to 50, the second hundred', 's', 0.005, fan_out, (100_000, 50, '4'), 'change'
    yield '1,000,000 /32 to 100, warm, first dial to last route', 's', 1.5, fan_out, (1_000_000, 100, '4'), 'warm all'
    yield '1,000,000 /32 to 100, memory', 'MiB', 256, fan_out, (1_000_000, 100, '4'), 'memory'
    yield '1,000,000 /32 to 300, warm, first dial to last route', 's', 4, fan_out, (1_000_000, 300, '4'), 'warm all'
    yield '1,000,000 /128 to 100, warm, first dial to last route', 's', 4, fan_out, (1_000_000, 100, '6'), 'warm all'
    yield '1,000 sessions established', 's', 2, idle, (1000, 9), 'established'
    yield 'an idle session, of 1,000', 'KiB', 32, idle, (1000, 9), 'memory'
    yield 'latest keepalive of 1,000 sessions, hold time 9 s', 's', 0.1, idle, (1000, 9), 'late'
    yield 'CPU of 100 idle sessions, hold time 90 s', '%', 1, idle, (100, 90), 'cpu'
    yield 'CPU of 100 idle sessions, hold time 9 s', '%', None, idle, (100, 9), 'cpu'


def main():
    repetitions = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    words = sys.argv[2:]
    binary = os.path.join('/tmp', f'bgp_sink.{os.getpid()}')
    run(['cc', '-O2', '-o', binary, os.path.join(bgp_fanout.HERE, 'bgp_sink.c')])
    measured = {}
    print(f'{"figure":58} {"median":>10} {"goal":>8}')
    try:
        for name, unit, goal, measure, arguments, key in rows():
            if words and not any(word in name for word in words):
                continue
            case = (measure, arguments)
            if case not in measured:
                measured[case] = [measure(binary, *arguments) for _ in range(repetitions)]
            value = statistics.median(figures[key] for figures in measured[case])
            verdict = '' if goal is None else 'met' if value <= goal else 'missed'
            print(f'{name:58} {value:10.4g} {goal or "":>8} {unit:4} {verdict}', flush=True)
    finally:
        os.unlink(binary)


if __name__ == '__main__':
    main()
