#!/usr/bin/env python3
"""The tests of the FRR backend against FRR 10 from Debian 13, as the FRR beside the node and as the router.

`test_frr10.py swap` runs the change of the backend too. The first run makes FRR 10 (`frr10`, two minutes).
"""

import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))


def programs():
    made = subprocess.run([os.path.join(HERE, 'frr10')], stdout=subprocess.PIPE, text=True, check=False)
    return made.stdout.strip().splitlines()[-1] if made.returncode == 0 else None


def main():
    found = programs()
    if not found:
        return 77
    # Before anything reads where FRR is.
    os.environ['HERALD_FRR'] = found
    import lab
    import test_backend_swap
    import test_frr
    import test_frr_features
    say = lab.Report.check

    def check(self, name, good, detail=''):
        return say(self, 'FRR 10: ' + name, good, detail)
    lab.Report.check = check
    with open(os.path.join(os.path.dirname(found), 'ready'), encoding='ascii') as version:
        print(f'# FRR {version.read().strip()}', flush=True)
    scripts = [test_frr, test_frr_features] + ([test_backend_swap] if 'swap' in sys.argv else [])
    codes = [script.main() for script in scripts]
    return next((code for code in codes if code), 0)


if __name__ == '__main__':
    sys.exit(main())
