package org.heraldlb.frr.state;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalTest {

    private static final String OURS = "{'tag':7,'sourced':true,'local':true,'peer':{'peerId':'0.0.0.0'}}";
    private static final String THEIRS = "{'sourced':true,'local':true,'peer':{'peerId':'0.0.0.0'}}";
    private static final String HEARD = "{'tag':7,'peer':{'peerId':'192.0.2.9'}}";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "ours         | true  | false",
                "theirs       | false | false",
                "heard        | false | true",
                "ours heard   | true  | false",
                "ours theirs  | false | false",
                "theirs heard | false | false",
                "\"\"         | false | true",
            })
    void whoseARouteIs(String paths, boolean withTag, boolean withoutTag) throws IOException {
        String list = paths.strip()
                .replace("ours", OURS)
                .replace("theirs", THEIRS)
                .replace("heard", HEARD)
                .replace(" {", ",{");
        String json = ("{'prefix':'203.0.113.1/32','paths':[" + list + "]}").replace('\'', '"');
        ObjectMapper mapper = new ObjectMapper();

        assertThat(Local.isAsLeft(mapper.readTree(json), OptionalLong.of(7))).isEqualTo(withTag);
        assertThat(Local.isAsLeft(mapper.readTree(json), OptionalLong.empty())).isEqualTo(withoutTag);
        assertThat(Local.isAsLeft(mapper.readTree(""), OptionalLong.empty())).isFalse();
    }
}
