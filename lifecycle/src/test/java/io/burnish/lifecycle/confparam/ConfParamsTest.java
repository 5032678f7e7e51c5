package io.burnish.lifecycle.confparam;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.burnish.contracts.model.TargetKind;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Every parameter of the API contract (storage 25.2) with good and bad values. */
class ConfParamsTest {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private static List<String> problems(Optional<ParameterKind> kind, String name, JsonNode value) {
        return ConfParams.problems(kind, JSON.objectNode().set(name, value)).getOrDefault(name, List.of());
    }

    private static List<String> problems(ParameterKind kind, String name, String value) {
        return problems(Optional.of(kind), name, JSON.textNode(value));
    }

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "/conf-params.csv", delimiter = '|', numLinesToSkip = 1)
    void takesGoodValuesAndRefusesBadOnes(ParameterKind kind, String name, String good, String bad, String message) {
        assertThat(ConfParams.of(kind)).extracting(ConfParam::name).contains(name);
        for (String value : good.split(" ")) {
            assertThat(problems(kind, name, value)).as(value).isEmpty();
        }
        for (String value : bad.split(" ")) {
            assertThat(problems(kind, name, value)).as(value).containsExactly(message);
        }
        assertThat(problems(kind, name, "")).hasSize(1);
        assertThat(problems(kind, name, " 1")).containsExactly("May not contain leading or trailing spaces");
        assertThat(problems(kind, name, "1\t")).containsExactly("May not contain leading or trailing spaces");
        assertThat(problems(Optional.of(kind), name, JSON.numberNode(1))).containsExactly("Must be a string");
        assertThat(problems(Optional.of(kind), name, JSON.nullNode())).isEmpty();
    }

    @Test
    void limitsNameTheirBound() {
        assertThat(problems(ParameterKind.OST, "osc.max_pages_per_rpc", "0"))
                .containsExactly("Must be greater than or equal to 1");
        assertThat(problems(ParameterKind.OST, "osc.max_pages_per_rpc", "257"))
                .containsExactly("Must be less than or equal to 256");
        assertThat(problems(ParameterKind.OST, "osc.max_rpcs_in_flight", "33"))
                .containsExactly("Must be less than or equal to 32");
        assertThat(problems(ParameterKind.FILESYSTEM, "llite.statahead_max", "-1"))
                .containsExactly("Must be greater than or equal to 0");
        assertThat(problems(ParameterKind.FILESYSTEM, "llite.statahead_max", "8193"))
                .containsExactly("Must be less than or equal to 8192");
        assertThat(problems(ParameterKind.MDT, "lov.qos_threshold_rr", "101"))
                .containsExactly("Must be less than or equal to 100");
        assertThat(problems(ParameterKind.OST, "osc.max_dirty_mb", "513"))
                .containsExactly("Must be at most 512m bytes");
        assertThat(problems(ParameterKind.FILESYSTEM, "sys.timeout", "9".repeat(40)))
                .isEmpty();
    }

    @Test
    void aParameterOfAnotherKindIsNamedAndItsValueChecked() {
        assertThat(problems(ParameterKind.OST, "lov.qos_prio_free", "rhubarb"))
                .containsExactly("Only valid for MDT", "Must be an integer between 0 and 100");
        assertThat(problems(ParameterKind.MDT, "osc.active", "1")).containsExactly("Only valid for OST");
        assertThat(problems(ParameterKind.OST, "sys.timeout", "1")).containsExactly("Only valid for Filesystem");
        assertThat(problems(ParameterKind.of(TargetKind.MGT), "lov.stripecount", JSON.textNode("1")))
                .containsExactly("Only valid for MDT");
        assertThat(problems(ParameterKind.of(TargetKind.MGT), "lov.stripecount", JSON.nullNode()))
                .isEmpty();
    }

    @Test
    void unknownNamesAreRefusedAlsoWhenUnset() {
        assertThat(problems(ParameterKind.OST, "osc.nosuch", "1")).containsExactly("Unknown parameter");
        assertThat(problems(Optional.of(ParameterKind.OST), "osc.nosuch", JSON.nullNode()))
                .containsExactly("Unknown parameter");
        assertThat(problems(Optional.of(ParameterKind.OST), "osc.nosuch", JSON.numberNode(0)))
                .containsExactly("Must be a string");
    }

    @Test
    void allThatIsWrongIsReportedTogether() {
        assertThat(ConfParams.problems(
                        Optional.of(ParameterKind.OST),
                        JSON.objectNode()
                                .put("osc.active", "2")
                                .put("osc.max_dirty_mb", "32")
                                .put("nosuch", "1")))
                .containsOnlyKeys("osc.active", "nosuch");
    }

    @Test
    void aChangeSetsUnsetsAndLeavesTheRest() {
        assertThat(ConfParams.changed(
                        ParameterKind.OST,
                        Map.of("osc.active", "1", "ost.sync_journal", "0"),
                        JSON.objectNode()
                                .put("osc.max_dirty_mb", "16")
                                .putNull("osc.active")
                                .putNull("lov.stripecount")))
                .containsExactly(Map.entry("osc.max_dirty_mb", "16"), Map.entry("ost.sync_journal", "0"));
    }

    @ParameterizedTest
    @EnumSource(ParameterKind.class)
    void helpSaysWhatAParameterDoes(ParameterKind kind) {
        assertThat(ConfParams.of(kind))
                .allSatisfy(
                        parameter -> assertThat(parameter.help()).endsWith(".").contains("Unset: "));
        assertThat(ParameterKind.ofHelp(kind.help())).contains(kind);
        assertThat(ParameterKind.ofHelp("MGT")).isEmpty();
    }

    @Test
    void thereAreAsManyAsTheContractLists() {
        Stream<Integer> sizes = Arrays.stream(ParameterKind.values())
                .map(kind -> ConfParams.of(kind).size());
        assertThat(sizes).containsExactly(11, 11, 15);
    }
}
