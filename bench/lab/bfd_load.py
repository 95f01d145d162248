#!/usr/bin/env python3
"""CPU, memory and false downs of many BFD sessions, Herald beside FRR and BIRD in one run: bfd_load.py [--sessions N] ...

Three wires at once: Herald to FRR, FRR to FRR, BIRD to BIRD. With --stress both cores are kept busy by processes outside (the
load that makes FRR's own sessions fall). With --one-core there is one wire: Herald on the first core, and BIRD, which needs the
least, on the second; so that what falls is Herald's.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..', 'itests', 'lab'))
from bfd_detect import FLAGS, JAR, JAVA  # noqa: E402
from lab import Lab, end, wait  # noqa: E402
from peers import Bird, Frr  # noqa: E402

STRESS = ['stress-ng', '--cpu', '2', '--vm', '2', '--vm-bytes', '256M', '--switch', '2', '--quiet']


def addresses(net, side, count):
    return [f'10.{net}.{side + 10 * (i // 250)}.{i % 250 + 1}' for i in range(count)]


def frr(host, here, there, interval):
    peers = ''.join(f' peer {b} local-address {a} interface eth0\n  receive-interval {interval}\n'
                    f'  transmit-interval {interval}\n !\n' for a, b in zip(here, there))
    return Frr(host, f'bfd\n{peers}!\n', daemons=('zebra', 'bfdd'))


def bird(host, here, there, interval):
    neighbours = ''.join(f'  neighbor {b} dev "eth0" local {a};\n' for a, b in zip(here, there))
    return Bird(host, f'router id {here[0]};\nprotocol device {{}}\nprotocol bfd {{\n  interface "eth0" {{ interval {interval} ms; '
                      f'multiplier 3; idle tx interval 1 s; }};\n{neighbours}}}\n')


def host_with(lab, switch, name, own):
    host = lab.host(name)
    switch.attach(host, 'eth0')
    path = os.path.join(host.directory(), 'addresses')
    with open(path, 'w', encoding='ascii') as file:
        file.writelines(f'addr add {address}/16 dev eth0\n' for address in own)
    host.run('ip', '-batch', path, timeout=60)
    return host


def cpu(pid):
    with open(f'/proc/{pid}/stat', encoding='ascii') as file:
        fields = file.read().rsplit(')', 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf('SC_CLK_TCK')


def resident(pid):
    with open(f'/proc/{pid}/status', encoding='ascii') as file:
        return int(re.search(r'VmRSS:\s+(\d+)', file.read()).group(1)) / 1024


def up_and_downs(router):
    up = sum(1 for session in router.json('show bfd peers') if session.get('status') == 'up')
    downs = sum(session.get('session-down', 0) for session in router.json('show bfd peers counters'))
    return up, downs


def bird_up(router):
    return len(re.findall(r'^\d\S*\s+\S+\s+Up\b', router.command('show bfd sessions'), re.M))


def write_json(path, result):
    if path:
        with open(path, 'w', encoding='utf-8') as file:
            json.dump(result, file, indent=1)
            file.write('\n')


def start_herald(host, interval, here, there, pin):
    return host.spawn(*pin, JAVA, *FLAGS, '-cp', JAR, 'org.heraldlb.bench.bfd.BfdPeer', str(interval), '3', 'single',
                      *(f'{peer}@{own}' for peer, own in zip(there, here)), stdin=subprocess.PIPE, log='herald.out')


def stop_herald(host, process):
    """What it counted, line by line."""
    process.stdin.close()
    process.wait(20)
    with open(os.path.join(host.directory(), 'herald.out'), encoding='utf-8') as file:
        return file.read().splitlines()


def lag_of(lines):
    return next((line.strip() for line in lines if line.startswith('lag')), '')


def cost(options, pids, count):
    """Waits as long as asked for; CPU and memory of each meanwhile."""
    start, began = {name: cpu(pid) for name, pid in pids.items()}, time.monotonic()
    time.sleep(60 * options.minutes)
    took = time.monotonic() - began
    used = {name: (cpu(pid) - start[name]) / took * 100 for name, pid in pids.items()}
    return took, {name: {'core_percent': round(percent, 3), 'core_percent_per_session': round(percent / count, 4),
                         'resident_mib': round(resident(pids[name]), 1)} for name, percent in used.items()}


def measure_one_core(options, lab):
    count, interval = options.sessions, options.interval
    switch = lab.switch('sw')
    here, there = addresses(91, 1, count), addresses(91, 2, count)
    host = host_with(lab, switch, 'herald', here)
    router = bird(host_with(lab, switch, 'bird', there), there, here, interval)
    subprocess.run(['taskset', '-a', '-p', '-c', '1', str(router.process.pid)], check=True, stdout=subprocess.DEVNULL)
    process = start_herald(host, interval, here, there, ['taskset', '-c', '0'])
    wait(lambda: bird_up(router) == count, 120, 1, f'{count} sessions to come up: {bird_up(router)}')
    time.sleep(5)
    took, daemons = cost(options, {'herald': process.pid, 'bird (to herald)': router.process.pid}, count)
    up = bird_up(router)
    lines = stop_herald(host, process)
    flaps = [tuple(map(int, re.search(r'ups=(\d+), downs=(\d+)', line).groups())) for line in lines if line.startswith('session')]
    slower = sum('bfdTimerLag' in line for line in lines)
    return {'sessions': count, 'interval_ms': interval, 'seconds': round(took), 'stress': False, 'one_core': True,
            'wires': {'herald-bird': {'up': up, 'downs': sum(downs for _, downs in flaps), 'slowed_down': slower}},
            'daemons': daemons, 'lag': lag_of(lines)}


def measure(options, lab):
    count, interval = options.sessions, options.interval
    switch = lab.switch('sw')
    sides = {net: (addresses(net, 1, count), addresses(net, 2, count)) for net in (91, 92, 93)}
    (a, b), (c, d), (e, f) = sides.values()
    herald = host_with(lab, switch, 'herald', a)
    router = frr(host_with(lab, switch, 'router', b), b, a, interval)
    left = frr(host_with(lab, switch, 'left', c), c, d, interval)
    right = frr(host_with(lab, switch, 'right', d), d, c, interval)
    birds = [bird(host_with(lab, switch, name, here), here, there, interval)
             for name, here, there in (('birda', e, f), ('birdb', f, e))]
    process = start_herald(herald, interval, a, b, [])
    wait(lambda: up_and_downs(router)[0] == count and up_and_downs(left)[0] == count and bird_up(birds[0]) == count, 120, 1,
         f'{count} sessions to come up: {up_and_downs(router)[0]}, {up_and_downs(left)[0]}, {bird_up(birds[0])}')
    time.sleep(5)
    before = {'herald-frr': up_and_downs(router)[1], 'frr-frr': up_and_downs(left)[1]}
    pids = {'herald': process.pid, 'bfdd (to herald)': router.processes['bfdd'].pid,
            'bfdd (to bfdd)': left.processes['bfdd'].pid, 'bird (to bird)': birds[0].process.pid}
    stress = subprocess.Popen(STRESS, start_new_session=True) if options.stress else None
    try:
        took, daemons = cost(options, pids, count)
    finally:
        if stress:
            end(stress)
    wires = {}
    for name, daemon in (('herald-frr', router), ('frr-frr', left)):
        up, downs = up_and_downs(daemon)
        wires[name] = {'up': up, 'downs': downs - before[name]}
    wires['bird-bird'] = {'up': bird_up(birds[0])}
    lines = stop_herald(herald, process)
    wires['herald-frr']['slowed_down'] = sum('bfdTimerLag' in line for line in lines)
    del right
    return {'sessions': count, 'interval_ms': interval, 'seconds': round(took), 'stress': options.stress, 'one_core': False,
            'wires': wires, 'daemons': daemons, 'lag': lag_of(lines)}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--sessions', type=int, default=100)
    parser.add_argument('--interval', type=int, default=100, help='milliseconds')
    parser.add_argument('--minutes', type=float, default=1)
    parser.add_argument('--stress', action='store_true')
    parser.add_argument('--one-core', action='store_true')
    parser.add_argument('--json')
    options = parser.parse_args()
    with Lab('bl') as lab:
        result = (measure_one_core if options.one_core else measure)(options, lab)
    print(f'{options.sessions} sessions at {options.interval}x3 ms for {result["seconds"]} s'
          f'{" under stress" if options.stress else ""}{", Herald on one core" if options.one_core else ""}')
    for name, each in result['daemons'].items():
        print(f'  {name:17} {each["core_percent"]:7.2f} % of a core ({each["core_percent_per_session"]:.4f} % a session), '
              f'{each["resident_mib"]:.0f} MiB resident')
    for name, each in result['wires'].items():
        print(f'  {name:17} {each["up"]} of {options.sessions} up' + (f', {each["downs"]} downs' if 'downs' in each else '')
              + (f', {each["slowed_down"]} run slower than wanted, because timers are late' if each.get('slowed_down') else ''))
    print('  herald', result['lag'])
    write_json(options.json, result)


if __name__ == '__main__':
    main()
