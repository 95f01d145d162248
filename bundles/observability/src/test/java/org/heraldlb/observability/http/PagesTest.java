package org.heraldlb.observability.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.heraldlb.api.Problem;
import org.heraldlb.api.system.SystemSnapshot;
import org.heraldlb.testkit.SnapshotBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PagesTest {

    private static final Problem REFUSED = Problem.error("badRange", "IPAddressPool lab", "start is after end")
            .at("pools.yaml#1", "spec.addresses[0]", "9-1");

    private static final SystemSnapshot READY = new SnapshotBuilder(4, "one")
            .allocation("web", "lab", "192.0.2.1")
            .source("file", true, 2, 1)
            .problem(REFUSED)
            .build();

    private static Pages pages(SystemSnapshot snapshot, String... waiting) {
        return new Pages(() -> Optional.ofNullable(snapshot), () -> List.of(waiting), "<console>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"status", "services", "pools", "layer2", "bgp", "nodes", "problems"})
    void everyDocumentIsJson(String name) {
        Response response = pages(READY).get("/api/v1/" + name);
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.type()).isEqualTo("application/json");
        assertThat(response.body()).startsWith("{").contains("\"generation\": 4");
    }

    @Test
    void oneServiceIsFoundByItsName() {
        assertThat(pages(READY).get("/api/v1/services/default/web").body()).contains("192.0.2.1");
        assertThat(pages(READY).get("/api/v1/services/default/wbe"))
                .isEqualTo(Response.text(404, "no service \"default/wbe\"; did you mean default/web?\n"));
        assertThat(pages(READY).get("/api/v1/services/a/b/c").status()).isEqualTo(404);
    }

    @Test
    void theApiListsItsDocuments() {
        assertThat(pages(READY).get("/api/v1/").body()).contains("\"services\"", "\"status\"");
        assertThat(pages(READY).get("/api/v1/nothing").status()).isEqualTo(404);
    }

    @Test
    void readyIsReadyAndStillSaysWhatWasRefused() {
        Response response = pages(READY).get("/readyz");
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.body())
                .startsWith("ready\n")
                .contains(
                        "error: IPAddressPool lab: start is after end (pools.yaml#1: spec.addresses[0] = 9-1) [badRange]");
    }

    @Test
    void notReadySaysWhatIsMissing() {
        Response response = pages(
                        new SnapshotBuilder(1, "one")
                                .source("file", false, 0, 0)
                                .build(),
                        "l2 waits")
                .get("/readyz");
        assertThat(response.status()).isEqualTo(503);
        assertThat(response.body())
                .isEqualTo("not ready\nwaiting: source file: has not read everything yet\ncomponent: l2 waits\n");
    }

    @Test
    void withoutCoreItLivesButIsNotReady() {
        Pages pages = pages(null, "core waits");
        assertThat(pages.get("/healthz").status()).isEqualTo(200);
        assertThat(pages.get("/readyz").status()).isEqualTo(503);
        assertThat(pages.get("/readyz").body()).contains("component: core waits");
        assertThat(pages.get("/metrics").body()).contains("herald_ready 0");
        assertThat(pages.get("/api/v1/services").status()).isEqualTo(503);
        assertThat(pages.get("/api/v1/status").status()).isEqualTo(200);
    }

    @Test
    void theConsoleIsThere() {
        assertThat(pages(READY).get("/").body()).isEqualTo("<console>");
        assertThat(Console.page()).contains("<title>Herald</title>").doesNotContain("http://", "https://");
    }

    @Test
    void anythingElseIsNotFound() {
        assertThat(pages(READY).get("/../etc/passwd").status()).isEqualTo(404);
        assertThat(pages(READY).get("/a\nb").body()).isEqualTo("nothing at /a b\n");
    }
}
