package org.heraldlb.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class JsonTest {

    /** A record in a record. */
    public record Inner(int number, boolean flag) {}

    /** All kinds of components. */
    public record Outer(
            String text, List<Inner> inners, Optional<String> there, Optional<String> gone, OptionalLong no) {}

    @Test
    void aRecordIsAnObjectInDeclaredOrderWithoutItsEmptyOptionals() {
        Outer outer =
                new Outer("a", List.of(new Inner(1, true)), Optional.of("x"), Optional.empty(), OptionalLong.empty());
        assertThat(Json.compact(outer))
                .isEqualTo("{\"text\":\"a\",\"inners\":[{\"number\":1,\"flag\":true}],\"there\":\"x\"}");
    }

    @Test
    void emptyContainersStayOnOneLine() {
        assertThat(Json.pretty(Map.of("a", List.of(), "b", Map.of())))
                .contains("\"a\": []")
                .contains("\"b\": {}");
    }

    @Test
    void prettyTextIsIndentedByDepth() {
        assertThat(Json.pretty(List.of(List.of(1, 2)))).isEqualTo("[\n  [\n    1,\n    2\n  ]\n]");
    }

    @Test
    void nullIsWritten() {
        assertThat(Json.compact(Arrays.asList(1, null))).isEqualTo("[1,null]");
    }

    @Test
    void quotesControlsAndMarkupAreEscaped() {
        assertThat(Json.compact("\"\\\n\r\t\u0001</script>\u001b\u009b"))
                .isEqualTo("\"\\\"\\\\\\n\\r\\t\\u0001\\u003c/script\\u003e\\u001b\\u009b\"");
    }

    @Test
    void loneSurrogatesNeverMakeInvalidText() {
        assertThat(Json.compact("\ud800x")).isEqualTo("\"\\ud800x\"");
        assertThat(Json.compact("\ud83d\ude00")).isEqualTo("\"\\ud83d\\ude00\"");
    }

    @Test
    void whatHasNoFormIsRefusedRatherThanPrinted() {
        assertThatThrownBy(() -> Json.compact(new Object())).isInstanceOf(IllegalArgumentException.class);
    }
}
