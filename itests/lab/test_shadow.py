#!/usr/bin/env python3
"""A node in shadow mode, as beside a running MetalLB: it computes everything and announces what was taken over."""

import json
import os
import shutil
import sys

from lab import Lab, Report, wait
from link import FIRST, LinkLab, service_document

SECOND = '192.0.2.101'
TAKEN = 'metadata:\n  annotations: {heraldlb.org/takeover: "true"}\n'


class Shadow:
    def __init__(self, lab):
        self.link = LinkLab(lab, names=('node-a',))
        self.node = self.link.nodes['node-a']
        self.etc = os.path.dirname(self.node.documents)
        shutil.copytree(os.path.join(self.link.home, 'etc'), self.etc, dirs_exist_ok=True)
        self._mode('active', 'shadow')
        self.node.write('one.yaml', service_document('one', addresses=f'[{FIRST}]'))
        self.node.write('two.yaml', service_document('two', addresses=f'[{SECOND}]'))
        self.link.start()

    def _mode(self, before, after):
        path = os.path.join(self.etc, 'org.heraldlb.core.cfg')
        with open(path, encoding='utf-8') as file:
            text = file.read()
        assert f'\nmode = {before}\n' in text, text
        with open(path + '.new', 'w', encoding='utf-8') as out:
            out.write(text.replace(f'\nmode = {before}\n', f'\nmode = {after}\n'))
        os.replace(path + '.new', path)

    def _page(self):
        return json.loads(self.node.do('herald:takeover -o json'))

    def _answered(self, *addresses):
        """Exactly these of the two addresses are answered."""
        wait(lambda: all(bool(self.link.asker.ask(address)) == (address in addresses) for address in (FIRST, SECOND)),
             30, 0.1, f'answers for {addresses} alone')

    def it_has_decided_everything(self):
        wait(lambda: self.node.addresses() == {'default/one': [FIRST], 'default/two': [SECOND]}, 30, 0.1, 'addresses')
        page = self._page()
        assert page['mode'] == 'shadow', page
        assert [(row['layer2'], row['announced']) for row in page['services']] == [(['node-a'], False)] * 2, page

    def it_says_nothing_on_the_link(self):
        assert not self.link.asker.hears_gratuitous(FIRST, 2)
        self._answered()

    def it_says_that_it_is_a_shadow(self):
        assert 'shadow' in self.node.do('herald:status')
        assert 'shadow: computed' in self.node.do('vip:list')
        explained = json.loads(self.node.do('vip:explain one -o json'))[0]
        assert explained['problem']['code'] == 'shadow', explained
        assert explained['layer2'][0]['owner'] == 'node-a', explained

    def one_service_is_taken_over_and_no_other(self):
        taken = service_document('one', addresses=f'[{FIRST}]').replace('metadata:\n', TAKEN)
        self.node.write('one.yaml', taken)
        self._answered(FIRST)
        announced = {row['service']: row['announced'] for row in self._page()['services']}
        assert announced == {'default/one': True, 'default/two': False}, announced

    def it_is_given_back(self):
        self.node.write('one.yaml', service_document('one', addresses=f'[{FIRST}]'))
        self._answered()

    def an_active_node_announces_all(self):
        self._mode('shadow', 'active')
        self._answered(FIRST, SECOND)
        assert self._page()['mode'] == 'active'


def main():
    report = Report()
    with Lab('shd') as lab:
        shadow = Shadow(lab)
        for check in ('it_has_decided_everything', 'it_says_nothing_on_the_link', 'it_says_that_it_is_a_shadow',
                      'one_service_is_taken_over_and_no_other', 'it_is_given_back', 'an_active_node_announces_all'):
            report.run('shadow: ' + check.replace('_', ' '), getattr(shadow, check))
    return report.exit_code()


if __name__ == '__main__':
    sys.exit(main())
