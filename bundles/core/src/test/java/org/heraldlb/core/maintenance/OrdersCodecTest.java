package org.heraldlb.core.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import java.util.SplittableRandom;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.system.Maintenance.Order;
import org.junit.jupiter.api.Test;

final class OrdersCodecTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private static Orders random(SplittableRandom random) {
        Orders orders = Orders.NONE;
        for (int i = random.nextInt(6); i > 0; i--) {
            Optional<Instant> until =
                    random.nextBoolean() ? Optional.of(NOW.plusNanos(random.nextLong(1L << 50))) : Optional.empty();
            Optional<Order> order = Optional.of(new Order(word(random), NOW.minusSeconds(random.nextInt(99)), until));
            orders = switch (random.nextInt(3)) {
                case 0 -> orders.withDrain(order);
                case 1 ->
                    orders.withWithdrawn(
                            random.nextBoolean()
                                    ? IpAddress.v4(random.nextInt())
                                    : IpAddress.parse("fc00::" + random.nextInt(99)),
                            order);
                default -> orders.withDisabled(word(random), order);
            };
        }
        return orders;
    }

    private static String word(SplittableRandom random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            text.append("a %\n-+\tüé\u0000\"".charAt(random.nextInt(11)));
        }
        return text.toString();
    }

    @Test
    void whateverIsWrittenIsReadBack() {
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 2_000; i++) {
            Orders orders = random(random);
            OrdersCodec.Decoded decoded = OrdersCodec.decode(OrdersCodec.encode(orders));
            assertThat(decoded.damage()).isEmpty();
            assertThat(decoded.orders()).isEqualTo(orders);
        }
    }

    @Test
    void damageLosesItsLineAndNoOther() {
        Orders orders = Orders.NONE
                .withDrain(Optional.of(new Order("a", NOW, Optional.empty())))
                .withWithdrawn(IpAddress.parse("192.0.2.1"), Optional.of(new Order("b", NOW, Optional.empty())));
        SplittableRandom random = new SplittableRandom(4);
        String text = OrdersCodec.encode(orders);
        for (int i = 0; i < 2_000; i++) {
            StringBuilder broken = new StringBuilder(text);
            broken.setCharAt(random.nextInt(broken.length()), (char) random.nextInt(128));
            OrdersCodec.decode(broken.toString());
            OrdersCodec.decode(text.substring(0, random.nextInt(text.length())));
        }
        OrdersCodec.Decoded decoded = OrdersCodec.decode(text.replace("withdraw 192", "withdraw 999"));
        assertThat(decoded.damage()).hasSize(1);
        assertThat(decoded.orders().drain()).isEqualTo(orders.drain());
    }

    @Test
    void ordersEndByThemselves() {
        Instant end = NOW.plusSeconds(10);
        Orders orders = Orders.NONE
                .withDisabled("p", Optional.of(new Order("", NOW, Optional.of(end))))
                .withDisabled("q", Optional.of(new Order("", NOW, Optional.empty())));
        assertThat(orders.nextEnd()).contains(end);
        assertThat(orders.at(end.minusNanos(1))).isSameAs(orders);
        assertThat(orders.at(end).disabledPeers()).containsOnlyKeys("q");
    }
}
