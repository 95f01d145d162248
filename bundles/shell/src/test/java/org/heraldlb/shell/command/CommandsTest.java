package org.heraldlb.shell.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.heraldlb.testkit.Intents.intent;
import static org.heraldlb.testkit.Intents.pool;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.heraldlb.api.ipam.PoolUsage;
import org.heraldlb.api.system.SystemSnapshot;
import org.heraldlb.shell.NodeView;
import org.heraldlb.testkit.SnapshotBuilder;
import org.heraldlb.view.Status;
import org.junit.jupiter.api.Test;

class CommandsTest {

    private static final SystemSnapshot SAMPLE = new SnapshotBuilder(4, "one")
            .intent(intent().with(pool("lab", "192.0.2.0/30").build()).build())
            .allocation("web", "lab", "192.0.2.1")
            .usage(new PoolUsage("lab", 1, 0, 3, 0))
            .source("file", true, 2, 0)
            .build();

    private static final NodeView VIEW = new NodeView() {
        @Override
        public SystemSnapshot snapshot() {
            return SAMPLE;
        }

        @Override
        public Status status() {
            return Status.of(SAMPLE, List.of());
        }
    };

    private static String run(Query query, String output) {
        query.view = VIEW;
        query.session = Sessions.with(Map.of());
        query.output = output;
        return query.execute();
    }

    private static Layer2List layer2List() {
        Layer2List list = new Layer2List();
        list.eyes = Optional::empty;
        return list;
    }

    @Test
    void everyListIsATableAndJson() {
        for (Query query : List.of(
                new VipList(),
                new PoolList(),
                layer2List(),
                new BgpPeers(),
                new BgpRoutes(),
                new NodeList(),
                new HeraldProblems())) {
            assertThat(run(query, "table")).isNotBlank().doesNotEndWith("\n");
            assertThat(run(query, "json")).startsWith("{\n  \"generation\": 4,\n  \"node\": \"one\",");
        }
    }

    @Test
    void tablesAlign() {
        assertThat(run(new VipList(), "table"))
                .isEqualTo(
                        "SERVICE      ADDRESS    POOL  LAYER2  BGP  PROBLEM\ndefault/web  192.0.2.1  lab   -       -    -");
    }

    @Test
    void statusIsAPageAndJson() {
        assertThat(run(new HeraldStatus(), "table")).startsWith("Node one, generation 4: ready");
        assertThat(run(new HeraldStatus(), "json")).contains("\"withAddress\": 1");
    }

    @Test
    void anUnknownNameIsOneLineWithAGuess() {
        PoolList list = new PoolList();
        list.words = List.of("lba");
        assertThatThrownBy(() -> run(list, "table")).hasMessage("no pool \"lba\"; did you mean lab?");
        VipExplain explain = new VipExplain();
        explain.words = List.of("wbe");
        assertThatThrownBy(() -> run(explain, "json")).hasMessageStartingWith("no service or address \"wbe\"");
    }

    @Test
    void theFormMayStandBehindTheName() {
        PoolList list = new PoolList();
        list.words = List.of("lab", "-o", "json");
        assertThat(run(list, "table")).startsWith("{");
    }

    @Test
    void twoNamesAreOneTooMany() {
        PoolList list = new PoolList();
        list.words = List.of("lab", "bal");
        assertThatThrownBy(() -> run(list, "table")).hasMessage("one name is enough, not 2: [lab, bal]");
    }

    @Test
    void anUnknownFormIsRefused() {
        assertThatThrownBy(() -> run(new VipList(), "xml")).hasMessage("-o takes table or json, not \"xml\"");
    }

    @Test
    void theClientsTerminalDecidesWidthAndColour() {
        VipList list = new VipList();
        list.view = VIEW;
        list.session = Sessions.with(Map.of(Query.COLUMNS, "20", Query.COLOUR, "true"));
        assertThat(list.paper().columns()).isEqualTo(20);
        assertThat(list.execute()).startsWith("\u001b[1m").contains("…");
    }
}
