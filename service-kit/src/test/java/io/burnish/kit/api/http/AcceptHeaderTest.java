package io.burnish.kit.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class AcceptHeaderTest {

    @Test
    void listsOfMediaTypesAreRead() {
        for (String accept : List.of(
                "*/*",
                "*",
                "",
                "application/json",
                "text/html",
                "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8",
                "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2",
                "application/json; profile=\"a, b/c\"")) {
            assertThat(AcceptHeader.wellFormed(accept)).as(accept).isTrue();
        }
    }

    @Test
    void anythingElseIsNot() {
        for (String accept :
                List.of("foo", "application/", "/json", "a/b/c", "text/html,foo", ",", "text/html,", "a b/c")) {
            assertThat(AcceptHeader.wellFormed(accept)).as(accept).isFalse();
        }
    }
}
