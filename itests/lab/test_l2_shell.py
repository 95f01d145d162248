#!/usr/bin/env python3
"""The layer 2 commands in a running node: what an operator sees of the link."""

import os
import shutil
import sys

from lab import Lab, Report, run, wait
from link import CLIENT, FIRST, LinkLab, service_document


class Shell:
    def __init__(self, lab):
        self.link = LinkLab(lab, names=('node-a',))
        self.node = self.link.nodes['node-a']
        self.node.write('service.yaml', service_document('web'))
        self.link.start()
        wait(lambda: self.link.asker.ask(FIRST, 0.1), 60, what='an answer')

    def list_shows_the_checks(self):
        shown = wait(lambda: next((text for text in [self.node.do('l2:list --checks')] if ' held ' in text), None), 60,
                     what='the end of the probes')
        assert FIRST in shown and 'this node' in shown, shown
        assert '"state": "held"' in self.node.do('l2:list -o json')

    def neighbors_shows_who_asked(self):
        shown = self.node.do('l2:neighbors')
        assert CLIENT in shown and self.link.client.mac('eth0') in shown and FIRST in shown, shown
        assert '"questions"' in self.node.do(f'l2:neighbors {CLIENT} -o json')

    def capture_writes_a_file_for_wireshark(self):
        path = os.path.join(self.node.host.directory(), 'l2.pcapng')
        assert path in self.node.do(f'l2:capture --to {path}')
        assert os.stat(path).st_mode & 0o777 == 0o600
        assert '--force' in self.node.shell(f'l2:capture --to {path}')[1], 'replaced a file'
        if not shutil.which('tshark'):
            return 'not read, no tshark'
        out = run(['tshark', '-r', path, '-Y', 'arp', '-T', 'fields', '-e', 'frame.comment'])
        assert 'herald decided: answered' in out and 'herald sent: announcement' in out, out
        return None


def main():
    report = Report()
    with Lab('l2s') as lab:
        shell = Shell(lab)
        for check in ('list_shows_the_checks', 'neighbors_shows_who_asked', 'capture_writes_a_file_for_wireshark'):
            report.run(check.replace('_', ' '), getattr(shell, check))
    return report.exit_code()


if __name__ == '__main__':
    sys.exit(main())
