package org.heraldlb.frr.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.heraldlb.frr.render.FrrSettings;
import org.heraldlb.frr.render.Plans;
import org.heraldlb.frr.render.Rendering;
import org.heraldlb.frr.render.Target;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** Random plans one after the other, told to an FRR that has an operator's configuration too. */
class DeltaPropertyTest {

    private static final String OPERATOR = """
            hostname r1
            ip prefix-list mine seq 5 permit 10.0.0.0/8
            route-map mine permit 10
             set metric 7
            exit
            router bgp 64512
             bgp router-id 9.9.9.9
             no bgp network import-check
             neighbor 192.0.2.3 remote-as 1
             neighbor 192.0.2.3 description mine
             !
             address-family ipv4 unicast
              network 10.1.0.0/16
              network 203.0.113.2/32
              neighbor 192.0.2.3 route-map mine out
             exit-address-family
            exit
            """;

    @RepeatedTest(200)
    void whateverWasThereTheDifferenceLeadsToWhatIsWanted(RepetitionInfo repetition) {
        SplittableRandom random = new SplittableRandom(repetition.getCurrentRepetition());
        FakeFrr frr = new FakeFrr();
        for (int step = 0; step < 6; step++) {
            Running before = Running.of(Section.parse(frr.running()));
            Target target = Rendering.of(Plans.random(random), FrrSettings.DEFAULT, before);

            Delta delta = Delta.between(before, target.config());
            frr.say(delta.bgpd()).say(delta.bfdd());

            Running after = Running.of(Section.parse(frr.running()));
            assertThat(after.ours().print().lines().sorted())
                    .as("seed %s step %s: %s", repetition.getCurrentRepetition(), step, delta)
                    .isEqualTo(target.config().print().lines().sorted().toList());
            assertThat(Delta.between(after, target.config()).isEmpty())
                    .as("seed %s step %s", repetition.getCurrentRepetition(), step)
                    .isTrue();
        }
    }

    @RepeatedTest(100)
    void whatIsNotOursIsNeverTouched(RepetitionInfo repetition) {
        SplittableRandom random = new SplittableRandom(1000 + repetition.getCurrentRepetition());
        FakeFrr frr = new FakeFrr();
        frr.say(OPERATOR.lines()
                .map(String::strip)
                .filter(line -> !line.equals("!"))
                .toList());
        for (int step = 0; step < 6; step++) {
            Running before = Running.of(Section.parse(frr.running()));
            Target target = Rendering.of(Plans.random(random), FrrSettings.DEFAULT, before);

            Delta delta = Delta.between(before, target.config());
            frr.say(delta.bgpd()).say(delta.bfdd());

            Section running = Section.parse(frr.running());
            assertThat(running.print()).contains(Section.parse(OPERATOR).lines());
            Section router = running.child("router bgp 64512");
            assertThat(router.lines())
                    .contains(
                            "bgp router-id 9.9.9.9",
                            "neighbor 192.0.2.3 remote-as 1",
                            "neighbor 192.0.2.3 description mine");
            assertThat(router.child("address-family ipv4 unicast").lines())
                    .contains("network 10.1.0.0/16", "network 203.0.113.2/32");
        }
        Running last = Running.of(Section.parse(frr.running()));
        Delta nothing = Delta.between(last, Section.root());
        frr.say(nothing.bgpd()).say(nothing.bfdd());
        assertThat(Section.parse(frr.running())
                        .filter(top -> !top.header().startsWith("frr "))
                        .print())
                .isEqualTo(Section.parse(OPERATOR).print());
    }
}
