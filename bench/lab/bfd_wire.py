"""Why BFD sessions went down, read from a capture of the switch: who was silent, who judged too early, when the machine stood still."""

import bisect
import struct

OUTGOING = 4
SLL2 = 20
BFD = SLL2 + 28
DOWN, UP = 1, 3
EXPIRED = 1
# What the detector may be early by: packets are stamped in the kernel, before it reads them.
TOLERANCE_MS = 2


def capture(switch, path):
    """tcpdump on all ports of the switch; each packet is there twice, as it comes in and as it goes out."""
    return switch.spawn('tcpdump', '-i', 'any', '-y', 'LINUX_SLL2', '-U', '-s', '100', '-B', '16384', '-w', path, 'udp port 3784')


def packets(path):
    """(time, source, destination, delivered, control packet's first 20 octets) of each IPv4 BFD packet."""
    with open(path, 'rb') as file:
        data = file.read()
    at = 24
    while at + 16 <= len(data):
        seconds, micros, length, _ = struct.unpack_from('<IIII', data, at)
        frame = data[at + 16:at + 16 + length]
        at += 16 + length
        if len(frame) >= BFD + 24 and frame[:2] == b'\x08\x00':
            yield seconds + micros / 1e6, frame[SLL2 + 12:SLL2 + 16], frame[SLL2 + 16:SLL2 + 20], frame[10] == OUTGOING, frame[BFD:BFD + 20]


def text(address):
    return '.'.join(str(octet) for octet in address)


def causes(path, since, until):
    """One row for each session that a detection time ended: detector, silent end, silence and promise in ms, cause.

    machine   nothing was sent on any wire for half of the silence: nobody ran
    sender    the silent end sent nothing for longer than it had promised
    detector  packets were delivered in time, and the detector gave up all the same
    """
    rows, times, last, states, own = [], [], {}, {}, {}
    for time, source, destination, delivered, octets in packets(path):
        pair = (source, destination)
        if delivered:
            last[pair] = (time, octets[2], struct.unpack_from('>I', octets, 12)[0])
            continue
        times.append(time)
        state, diagnostic = octets[1] >> 6, octets[0] & 0x1f
        fell = states.get(pair) == UP and state == DOWN and diagnostic == EXPIRED
        if fell and since <= time <= until and (destination, source) in last:
            heard, multiplier, transmit = last[destination, source]
            promise = multiplier * max(own[pair], transmit) / 1000
            rows.append({'detector': text(source), 'silent': text(destination), 'at': time,
                         'silence_ms': (time - heard) * 1000, 'promise_ms': promise})
        states[pair] = state
        own[pair] = struct.unpack_from('>I', octets, 16)[0]
    times.sort()
    for row in rows:
        row['cause'] = cause(row, times)
    return rows


def cause(row, times):
    begun = row['at'] - row['silence_ms'] / 1000
    inside = times[bisect.bisect_left(times, begun):bisect.bisect_right(times, row['at'])]
    longest = max((b - a for a, b in zip([begun, *inside], [*inside, row['at']])), default=0) * 1000
    if longest >= row['silence_ms'] / 2:
        return 'machine'
    return 'sender' if row['silence_ms'] >= row['promise_ms'] - TOLERANCE_MS else 'detector'
