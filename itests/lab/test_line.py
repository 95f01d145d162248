#!/usr/bin/env python3
"""One node, one line: documents in a directory become answers on the wire."""

import os
import signal
import sys
import time

from herald import fetch
from lab import Lab, LabError, Report, wait
from link import FIRST, POOLS, WEB, LinkLab, service_document

SECOND = '192.0.2.101'
PROMPT = 1.0


def timed(condition, what, seconds=5.0):
    """How long the condition took to come true, which must not be longer than Herald promises."""
    begun = time.monotonic()
    wait(condition, seconds, 0.01, what)
    took = time.monotonic() - begun
    if took > PROMPT:
        raise LabError(f'{what} took {took:.2f} s, more than {PROMPT} s')
    return f'{1000 * took:.0f} ms'


class Line:
    def __init__(self, lab):
        self.link = LinkLab(lab, names=('node-a',))
        self.node = self.link.nodes['node-a']
        self.asker = self.link.asker
        self.mac = self.node.host.mac('eth0')

    def answers(self, address):
        return self.asker.ask(address, 0.05) == self.mac

    def silent(self, address):
        return self.asker.ask(address, 0.05) is None

    def starts_ready(self):
        self.node.write('web.yaml', WEB)
        begun = time.monotonic()
        self.link.start()
        return f'{time.monotonic() - begun:.1f} s to ready'

    def is_given_an_address(self):
        found = wait(lambda: self.node.addresses().get('default/web'), 5, what='an address')
        assert found == [FIRST], found

    def is_found_by_arp(self):
        wait(lambda: self.answers(FIRST), 5, what='an ARP reply')
        assert self.asker.answers(FIRST) == [self.mac]

    def answers_by_http(self):
        status, text = fetch(self.link.client, FIRST, 80)
        assert (status, text) == (200, 'hello from node-a\n'), (status, text)

    def stands_on_lo_with_a_lifetime(self):
        shown = self.node.host.run('ip', 'address', 'show', 'dev', 'lo')
        line = shown[shown.index(FIRST):]
        assert 'valid_lft forever' not in line.split('inet', 1)[0], shown

    def appears_within_a_second_of_the_write(self):
        begun = time.monotonic()
        self.node.write('two.yaml', service_document('two'))
        heard = self.asker.hears_gratuitous(SECOND, PROMPT)
        took = time.monotonic() - begun
        assert heard == self.mac, f'gratuitous ARP from {heard}'
        wait(lambda: self.answers(SECOND), PROMPT - took, 0.01, 'a reply for the new service')
        return f'announced after {1000 * took:.0f} ms'

    def vanishes_within_a_second_of_the_removal(self):
        self.node.remove('two.yaml')
        return timed(lambda: self.silent(SECOND), 'silence after the removal')

    def a_slow_writer_is_waited_for(self):
        text = service_document('two')
        with open(os.path.join(self.node.documents, 'two.yaml'), 'w', encoding='utf-8') as out:
            out.write(text[:len(text) // 2])
            out.flush()
            time.sleep(0.15)
            out.write(text[len(text) // 2:])
        return timed(lambda: self.answers(SECOND), 'a reply for the slowly written service')

    def temporary_files_of_editors_are_not_read(self):
        for name in ('.two.yaml.swp', 'two.yaml~', '#two.yaml#', '4913'):
            self.node.write(name, 'kind: [')
        time.sleep(1)
        problems = self.node.api('problems')['problems']
        assert not problems, problems

    def a_directory_swapped_by_symlink_is_read(self):
        """As Kubernetes mounts a ConfigMap: ..data points at the newest directory, the files point through it."""
        base = self.node.documents
        self.node.remove('two.yaml')
        for version, name in ((1, 'old'), (2, 'two')):
            os.mkdir(os.path.join(base, f'..{version}'))
            with open(os.path.join(base, f'..{version}', 'map.yaml'), 'w', encoding='utf-8') as out:
                out.write(service_document(name))
        os.symlink('..1', os.path.join(base, '..data'))
        os.symlink('..data/map.yaml', os.path.join(base, 'map.yaml'))
        wait(lambda: 'default/old' in self.node.addresses(), 3, what='the first version')
        os.symlink('..2', os.path.join(base, '..new'))
        os.rename(os.path.join(base, '..new'), os.path.join(base, '..data'))
        took = timed(lambda: 'default/two' in self.node.addresses(), 'the second version')
        assert 'default/old' not in self.node.addresses()
        os.unlink(os.path.join(base, 'map.yaml'))
        wait(lambda: 'default/two' not in self.node.addresses(), 3, what='the end of the map')
        return took

    def a_bad_document_is_refused_and_the_last_good_one_stays(self):
        self.node.write('pools.yaml', POOLS.replace('192.0.2.100-192.0.2.109', '192.0.2.109-192.0.2.100'))
        row = wait(lambda: next(iter(self.node.api('problems')['problems']), None), 3, what='a problem')
        assert row['document'].startswith('pools.yaml') and row['path'] == 'spec.addresses[0]', row
        assert row['value'] == '192.0.2.109-192.0.2.100', row
        status, body = self.node.get('/readyz')
        assert status == 200 and 'pools.yaml' in body and 'spec.addresses[0]' in body, body
        assert 'pools.yaml' in self.node.do('herald:status')
        assert 'pools.yaml' in self.node.log()
        assert self.answers(FIRST), 'the address was lost'

    def other_files_are_not_affected_by_it(self):
        self.node.write('two.yaml', service_document('two'))
        wait(lambda: self.answers(SECOND), 3, what='a reply for a good file beside a bad one')

    def a_corrected_document_clears_the_problem(self):
        self.node.write('pools.yaml', POOLS)
        return timed(lambda: not self.node.api('problems')['problems'], 'the end of the problem')

    def bad_yaml_is_refused_with_its_place(self):
        self.node.write('broken.yaml', 'kind: [\n')
        rows = wait(lambda: self.node.api('problems')['problems'], 3, what='a problem')
        assert rows[0]['document'].startswith('broken.yaml'), rows
        self.node.remove('broken.yaml')
        wait(lambda: not self.node.api('problems')['problems'], 3, what='the end of the problem')

    def a_failing_health_check_withdraws(self):
        self.node.host.run('ip', 'link', 'set', 'lo', 'up')
        web = next(p for p in self.link.lab.processes if 'web.py' in ' '.join(p.args))
        web.send_signal(signal.SIGSTOP)
        try:
            wait(lambda: self.silent(FIRST), 10, what='silence while the service does not answer')
        finally:
            web.send_signal(signal.SIGCONT)
        wait(lambda: self.answers(FIRST), 10, what='the return')

    def addresses_survive_a_crash(self):
        """Whoever came later must not get the other's address because of its name."""
        self.node.write('early.yaml', service_document('aaa'))
        before = wait(lambda: self._addresses_of(3), 3, what='three addresses')
        self.node.kill()
        self.node.start().wait_ready()
        after = wait(lambda: self._addresses_of(3), 5, what='three addresses')
        assert before == after, (before, after)
        assert before['default/aaa'] != [FIRST], before
        self.node.remove('early.yaml')

    def _addresses_of(self, count):
        found = self.node.addresses()
        return found if len(found) == count and all(found.values()) else None

    def two_sources_are_active_together(self):
        etc = os.path.dirname(self.node.documents)
        path = os.path.join(etc, 'org.heraldlb.service-third.cfg')
        with open(path, 'w', encoding='utf-8') as out:
            out.write('ports = tcp/80\n')
        wait(lambda: self.node.addresses().get('default/third'), 10, what='an address for a service from etc/*.cfg')
        os.unlink(path)
        wait(lambda: 'default/third' not in self.node.addresses(), 10, what='its end')

    def one_object_of_two_sources_is_a_problem(self):
        etc = os.path.dirname(self.node.documents)
        path = os.path.join(etc, 'org.heraldlb.pool-lab.cfg')
        with open(path, 'w', encoding='utf-8') as out:
            out.write('addresses = 192.0.2.100-192.0.2.120\n')
        rows = wait(lambda: self.node.api('problems')['problems'], 10, what='a problem')
        assert any('lab' in row['subject'] for row in rows), rows
        pool = self.node.api('pools')['pools'][0]
        assert pool['origin'].startswith('config:'), f'the source of higher precedence wins, not {pool}'
        assert self.answers(FIRST), 'the address was lost'
        os.unlink(path)
        wait(lambda: not self.node.api('problems')['problems'], 10, what='the end of the problem')

    def a_component_that_waits_is_listed_with_what_it_misses(self):
        self.node.do('bundle:stop org.heraldlb.host-linux')
        body = wait(lambda: self._missing_link_monitor(), 5, what='the component in /readyz')
        assert 'LinkMonitor' in self.node.do('herald:status')
        self.node.do('bundle:start org.heraldlb.host-linux')
        self.node.wait_ready(10)
        wait(lambda: self.answers(FIRST), 5, what='a reply')
        return body

    def _missing_link_monitor(self):
        status, body = self.node.get('/readyz')
        lines = [line for line in body.splitlines() if line.startswith('component:') and 'LinkMonitor' in line]
        return lines[0] if status == 503 and lines else None

    def stopping_withdraws_everything(self):
        took = self.node.stop()
        assert self.silent(FIRST), 'somebody still answers'
        assert FIRST not in self.node.host.run('ip', 'address', 'show', 'dev', 'lo'), 'the address stayed on lo'
        assert took < 2, f'{took:.2f} s'
        return f'{took:.2f} s'


TESTS = [name for name, value in vars(Line).items()
         if callable(value) and not name.startswith('_') and name not in ('answers', 'silent')]


def main():
    report = Report()
    with Lab('line') as lab:
        line = Line(lab)
        for name in TESTS:
            report.run('line: ' + name.replace('_', ' '), getattr(line, name))
    return report.exit_code()


if __name__ == '__main__':
    sys.exit(main())
