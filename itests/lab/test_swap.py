#!/usr/bin/env python3
"""Bundles are replaced while a client sends 50 ARP requests and 50 HTTP requests a second (architecture section 5)."""

import glob
import os
import re
import shutil
import sys
import time
import zipfile

from herald import Traffic
from lab import Lab, Report, wait
from link import CLIENT, FIRST, WEB, LinkLab

SETTLE = 2.0
LIMITS = {'l2': 1.0, 'host-linux': 1.0, 'ipam': 0.3, 'core': 0.3, 'file-source': 0.3, 'config-source': 0.3}
LOOPS = ('core', 'herald-l2', 'herald-addresses', 'bfd', 'bgp')


def ranked_copy(jar, target, ranking):
    """The same bundle under another name, whose services have a higher ranking."""
    with zipfile.ZipFile(jar) as old, zipfile.ZipFile(target, 'w') as new:
        for entry in old.infolist():
            data = old.read(entry)
            if entry.filename == 'META-INF/MANIFEST.MF':
                data = re.sub(rb'(Bundle-SymbolicName: \S+)', rb'\1.ranked', data)
            elif entry.filename.startswith('OSGI-INF/') and entry.filename.endswith('.xml') and b'<service' in data:
                data = data.replace(b'<service', f'<property name="service.ranking" type="Integer" value="{ranking}"/>'
                                    .encode() + b'\n  <service', 1)
            new.writestr(entry, data)


class Swap:
    def __init__(self, lab):
        self.link = LinkLab(lab, names=('node-a',))
        self.node = self.link.nodes['node-a']
        self.node.write('web.yaml', WEB)
        self.link.start()
        self.mac = self.node.host.mac('eth0')
        wait(lambda: self.link.asker.ask(FIRST, 0.05) == self.mac, 10, what='an ARP reply')
        self.traffic = Traffic(self.link.client, 'eth0', CLIENT, FIRST)

    def bundle_id(self, name):
        found = re.search(rf'^\s*(\d+)\s.*\borg\.heraldlb\.{re.escape(name)}\b', self.node.do('bundle:list -s -t 0'), re.M)
        assert found, f'there is no bundle org.heraldlb.{name}'
        return found.group(1)

    def jar(self, name):
        return glob.glob(os.path.join(self.node.home, 'system', 'org', 'heraldlb', name, '*', f'{name}-*.jar'))[0]

    def replace(self, name):
        """bundle:update under traffic: how long nobody answered, and that nothing else changed."""
        number = self.bundle_id(name)
        begun = time.monotonic()
        self.node.do(f'bundle:update {number}')
        took = time.monotonic() - begun
        time.sleep(SETTLE)
        return self.judge(begun, LIMITS[name]) + f', the update took {took:.2f} s'

    def judge(self, begun, limit):
        gap = self.traffic.longest_gap(begun)
        stall = self.traffic.longest_stall(begun)
        lost = self.traffic.lost_since(begun)
        assert gap <= limit + stall, f'no ARP reply for {gap:.2f} s (the asker itself stalled for {stall:.2f} s)'
        assert not lost, f'{len(lost)} HTTP requests failed, the first {lost[0][0] - begun:.2f} s after: {lost[0][1]}'
        assert self.traffic.macs == {self.mac}, self.traffic.macs
        found = wait(lambda: self.node.addresses().get('default/web'), 5, what='the service')
        assert found == [FIRST], found
        assert wait(lambda: self.node.get('/readyz')[0] == 200, 10, what='readiness')
        return f'longest gap {1000 * gap:.0f} ms (the asker stalled for up to {1000 * stall:.0f} ms)'

    def a_jar_in_deploy_takes_over_and_gives_back(self):
        target = os.path.join(self.node.base, 'deploy', 'ipam-ranked.jar')
        ranked_copy(self.jar('ipam'), target + '.part', 100)
        begun = time.monotonic()
        shutil.move(target + '.part', target)
        wait(lambda: self.user_of_ipam() == 'ipam.ranked', 15, 0.2, 'the ranked bundle to be used')
        os.unlink(target)
        wait(lambda: self.user_of_ipam() == 'ipam', 15, 0.2, 'the first bundle to be used again')
        return self.judge(begun, LIMITS['ipam'])

    def user_of_ipam(self):
        """Whose Ipam core uses."""
        shown = self.node.do(f'bundle:services -u -p {self.bundle_id("core")}')
        used = [block for block in shown.split('component.id') if 'objectClass = [org.heraldlb.api.ipam.Ipam]' in block]
        return 'ipam.ranked' if any('service.ranking = 100' in block for block in used) else 'ipam'

    def features_come_and_go_without_restarts(self):
        """Each of ours asked for and given up again, then one that is not part of the appliance."""
        before = self.loops()
        assert {'core', 'herald-l2'} <= set(before), before
        begun = time.monotonic()
        names = [line.split()[0] for line in self.node.do('feature:list --no-format').splitlines()
                 if line.startswith('herald-')]
        for name in names:
            self.node.do(f'feature:install {name}')
            self.node.do(f'feature:uninstall {name}')
        self._foreign_feature()
        assert self.loops() == before, (before, self.loops())
        self.judge(begun, LIMITS['l2'])
        return f'{len(names) + 1} features'

    def _foreign_feature(self):
        jar = os.path.join(self.node.base, 'ranked.jar')
        ranked_copy(self.jar('ipam'), jar, 100)
        xml = os.path.join(self.node.base, 'features.xml')
        with open(xml, 'w', encoding='utf-8') as out:
            out.write('<features name="lab" xmlns="http://karaf.apache.org/xmlns/features/v1.6.0">'
                      f'<feature name="lab-ranked" version="1.0.0"><bundle>file:{jar}</bundle></feature></features>')
        self.node.do(f'feature:repo-add file:{xml}')
        self.node.do('feature:install lab-ranked')
        wait(lambda: self.user_of_ipam() == 'ipam.ranked', 10, 0.2, 'the feature to be used')
        self.node.do('feature:uninstall lab-ranked')
        wait(lambda: self.user_of_ipam() == 'ipam', 10, 0.2, 'its end')
        self.node.do(f'feature:repo-remove file:{xml}')

    def loops(self):
        """Names and ids of the threads that core and the announcers run on: a restart makes new ones."""
        listed = re.findall(r'^(\d+)\s*\| (\S+)', self.node.do('shell:threads --list'), re.M)
        return {name: number for number, name in listed if name in LOOPS}


def main():
    report = Report()
    with Lab('swap') as lab:
        swap = Swap(lab)
        with swap.traffic:
            time.sleep(1)
            for name in LIMITS:
                report.run(f'swap: {name} under traffic', swap.replace, name)
            report.run('swap: a jar in deploy takes over and gives back', swap.a_jar_in_deploy_takes_over_and_gives_back)
            report.run('swap: features come and go without restarts', swap.features_come_and_go_without_restarts)
        print(f'# {len(swap.traffic.replies)} ARP replies, {len(swap.traffic.pages)} pages, '
              f'{len(swap.traffic.failures)} failures')
    return report.exit_code()


if __name__ == '__main__':
    sys.exit(main())
