package org.heraldlb.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableTest {

    private record Row(String name, long count) {}

    private static final List<Column<Row>> COLUMNS =
            List.of(Column.text("NAME", Row::name), Column.number("COUNT", Row::count), Column.text("END", row -> "x"));

    private static String table(Paper paper, Row... rows) {
        return Table.of(COLUMNS, List.of(rows), "nothing", paper);
    }

    @Test
    void textsAlignLeftAndNumbersRight() {
        assertThat(table(Paper.PLAIN, new Row("a", 5), new Row("longer", 12345)))
                .isEqualTo("NAME    COUNT  END\na           5  x\nlonger  12345  x\n");
    }

    @Test
    void noRowsSaySo() {
        assertThat(table(Paper.PLAIN)).isEqualTo("nothing\n");
    }

    @Test
    void anEmptyCellIsADash() {
        assertThat(table(Paper.PLAIN, new Row("", 1))).contains("\n-  ");
    }

    @Test
    void whatADocumentSaysNeverSteersTheTerminal() {
        assertThat(table(Paper.PLAIN, new Row("a\u001b[2Jb\nc\u009b31m", 1)))
                .contains("a [2Jb c 31m")
                .doesNotContain("\u001b");
    }

    @Test
    void aNarrowTerminalShortensLines() {
        assertThat(table(new Paper(10, false), new Row("abcdefghij", 1)).lines())
                .allMatch(line -> line.length() <= 10);
        assertThat(table(new Paper(10, false), new Row("abcdefghij", 1))).contains("abcdefghi…");
    }

    @Test
    void onlyTheHeadingIsColoured() {
        assertThat(table(new Paper(0, true), new Row("a", 1)).lines().toList())
                .satisfies(lines -> assertThat(lines.get(0)).startsWith("\u001b[1m"))
                .satisfies(lines -> assertThat(lines.get(1)).doesNotContain("\u001b"));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void everyColumnStartsAtOnePlaceInAllLines(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Row[] rows = new Row[20];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = new Row("n".repeat(1 + random.nextInt(30)), random.nextLong(1_000_000));
        }
        assertThat(table(Paper.PLAIN, rows).lines().map(String::length).distinct())
                .as("seed %d: the last column has one width but for the heading", seed)
                .hasSize(2);
    }
}
