package org.heraldlb.ipam;

import org.heraldlb.api.ipam.Ipam;
import org.heraldlb.testkit.ipam.IpamContract;

class RememberingIpamContractTest extends IpamContract {

    @Override
    protected Ipam newIpam() {
        return new RememberingIpam();
    }
}
