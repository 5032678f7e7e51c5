package io.burnish.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.burnish.contracts.model.Nid;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.ObjectType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectRefTest {

    @Test
    void textFormIsReadBack() {
        for (ObjectType type : ObjectType.values()) {
            ObjectRef ref = new ObjectRef(type, 42);
            assertThat(ObjectRef.parse(ref.toString())).isEqualTo(ref);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "host", "host:", "host:x", ":1", "nothing:1"})
    void refusesOtherText(String text) {
        assertThatThrownBy(() -> ObjectRef.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void kindsOfTargetsShareAType() {
        assertThat(ObjectType.ofContentType(83)).contains(ObjectType.TARGET);
        assertThat(ObjectType.ofContentType(84)).contains(ObjectType.TARGET);
        assertThat(ObjectType.ofContentType(85)).contains(ObjectType.TARGET);
        assertThat(ObjectType.ofContentType(59)).contains(ObjectType.HOST);
        assertThat(ObjectType.ofContentType(1)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.1@tcp, 10.0.0.1@tcp0",
        "10.0.0.1@tcp3, 10.0.0.1@tcp3",
        "10.9.0.1@o2ib, 10.9.0.1@o2ib0",
        "10.9.0.1@o2ib12, 10.9.0.1@o2ib12"
    })
    void nidsAlwaysPrintTheirNetworkNumber(String text, String printed) {
        assertThat(Nid.parse(text)).hasToString(printed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "@tcp", "10.0.0.1", "10.0.0.1@", "10.0.0.1@7"})
    void refusesWhatIsNoNid(String text) {
        assertThatThrownBy(() -> Nid.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
