#!/usr/bin/env python3
"""A backend of somebody else, dropped into deploy/, is found and can be chosen; core does not know it."""

import glob
import os
import shutil
import sys
import zipfile

import peers
from frrlab import FrrLab, announcer, try_choose
from lab import Lab, Report, has_users, wait

PREFIX = '203.0.113.1/32'


def foreign_copy(jar, target):
    """The shadow announcers under another name, as a bundle that is not of this distribution."""
    with zipfile.ZipFile(jar) as old, zipfile.ZipFile(target, 'w') as new:
        for entry in old.infolist():
            data = old.read(entry)
            if entry.filename == 'META-INF/MANIFEST.MF':
                data = data.replace(b'Bundle-SymbolicName: org.heraldlb.shadow', b'Bundle-SymbolicName: net.example.bgp')
            elif entry.filename.startswith('OSGI-INF/') and entry.filename.endswith('.xml'):
                data = data.replace(b'value="shadow"', b'value="elsewhere"')
            new.writestr(entry, data)


class External:
    def __init__(self, lab):
        self.lab = FrrLab(lab, router_daemons=('zebra', 'bgpd'))
        self.node = self.lab.nodes[0]
        self.lab.serve(self.node, '203.0.113.1')
        self.node.start().wait_ready()
        self.lab.wait_route(PREFIX, seconds=60)
        self.target = os.path.join(self.node.base, 'deploy', 'elsewhere.jar')

    def is_found_and_chosen(self):
        jar = glob.glob(os.path.join(self.node.home, 'system', 'org', 'heraldlb', 'shadow', '*', 'shadow-*.jar'))[0]
        foreign_copy(jar, self.target + '.part')
        shutil.move(self.target + '.part', self.target)
        wait(lambda: try_choose(self.node, 'elsewhere'), 60, 0.3, 'the backend to be on offer')
        wait(lambda: announcer(self.node, 'shadow').get('planned') == 1, 30, 0.2, 'core to use it')
        assert 'target: (announcer.name=elsewhere)' in self.node.do('herald:bgp-backend')

    def nobody_announces_when_it_is_gone(self):
        os.unlink(self.target)
        wait(lambda: 'noAnnouncer' in self.node.do('herald:problems'), 60, 0.3, 'the problem to be reported')

    def native_takes_over(self):
        wait(lambda: try_choose(self.node, 'native'), 30, 0.3, 'native')
        wait(lambda: self.lab.route(PREFIX) and not self.lab.route(PREFIX)[0].get('stale'), 60, 0.1, 'the route')


def main():
    if peers.missing() or not has_users():
        return 77
    report = Report()
    with Lab('bke') as lab:
        test = External(lab)
        for check in ('is_found_and_chosen', 'nobody_announces_when_it_is_gone', 'native_takes_over'):
            report.run('external backend: ' + check.replace('_', ' '), getattr(test, check))
    return report.exit_code()


if __name__ == '__main__':
    sys.exit(main())
