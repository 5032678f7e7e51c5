package io.burnish.filesystem.creation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.ContractJson;
import io.burnish.contracts.call.Refusal;
import io.burnish.contracts.call.TargetClaim;
import io.burnish.contracts.model.TargetKind;
import io.burnish.filesystem.lab.FsLab;
import io.burnish.kit.api.ApiError;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The table of errors of the API contract (storage 2.3). */
class CreationFormTest {

    private static JsonNode refused(ObjectNode form) {
        return catchThrowableOfType(ApiError.class, () -> read(form)).body();
    }

    private static JsonNode json(String text) {
        return ContractJson.read(text.replace('\'', '"').replace('|', '\''), JsonNode.class);
    }

    private static CreationForm read(ObjectNode sent) {
        FieldErrors errors = new FieldErrors();
        CreationForm form = CreationForm.of(sent, errors);
        errors.throwIfAny();
        return form;
    }

    @Test
    void aCompleteFormIsReadInTheOrderOfCreation() {
        ObjectNode body = FsLab.form("test-fs");
        ((ObjectNode) body.at("/mdts/0")).put("root", true);
        ((ObjectNode) body.at("/osts/1")).put("inode_size", 512).put("bytes_per_inode", 65536);
        ((ObjectNode) body.at("/osts/0")).put("inode_count", "1000");

        CreationForm form = read(body);

        assertThat(form.name()).isEqualTo("test-fs");
        assertThat(form.mgtId()).isNull();
        assertThat(form.targets())
                .extracting(TargetClaim.Wanted::kind)
                .containsExactly(TargetKind.MGT, TargetKind.MDT, TargetKind.OST, TargetKind.OST);
        assertThat(form.targets().get(1).root()).isTrue();
        assertThat(form.targets().get(2).inodeCount()).isEqualTo(1000);
        assertThat(form.targets().get(3).reformat()).isTrue();
        assertThat(form.targets().get(3).inodeSize()).isEqualTo(512);
        assertThat(form.targets().get(3).bytesPerInode()).isEqualTo(65536);
        assertThat(form.targets().get(3).volumeId())
                .isEqualTo(body.at("/osts/1/volume_id").asLong());
    }

    @Test
    void everythingThatIsMissingIsNamedAtOnce() {
        assertThat(refused(JsonNodeFactory.instance.objectNode()))
                .isEqualTo(json(
                        "{'mgt': ['This field is mandatory'], 'mdts': ['This field is mandatory'], 'osts': ['This field is mandatory'],"
                                + " 'conf_params': ['This field is mandatory'], 'name': ['This field is mandatory']}"));
    }

    @Test
    void theOlderFormHasOneMdtAndNeedsNoParameters() {
        ObjectNode form = FsLab.form("scratch");
        form.set("mdt", form.remove("mdts").get(0));
        form.remove("conf_params");

        assertThat(read(form).targets())
                .extracting(TargetClaim.Wanted::kind)
                .containsExactly(TargetKind.MGT, TargetKind.MDT, TargetKind.OST, TargetKind.OST);

        form.putArray("mdts").add(form.get("mdt"));
        assertThat(refused(form)).isEqualTo(json("{'mdt': ['mdt and mdts are mutually exclusive']}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "{}", "\"x\"", "null"})
    void thereIsAtLeastOneMdtAndOneOst(String list) {
        ObjectNode form = FsLab.form("scratch");
        form.set("mdts", json(list));
        form.set("osts", json(list));

        assertThat(refused(form))
                .isEqualTo(json("{'mdts': ['This field is mandatory'], 'osts': ['This field is mandatory']}"));
    }

    @Test
    void anMgtIsNewOrExisting() {
        ObjectNode form = FsLab.form("scratch");
        ((ObjectNode) form.get("mgt")).put("id", 5);

        assertThat(refused(form)).isEqualTo(json("{'mgt': ['id and volume_id are mutually exclusive']}"));
    }

    private static Arguments wrong(String where, String errors, Consumer<ObjectNode> change) {
        return Arguments.of(where, errors, change);
    }

    private static ObjectNode at(ObjectNode form, String path) {
        return (ObjectNode) form.at(path);
    }

    static Stream<Arguments> wrongFields() {
        return Stream.of(
                wrong("name", "['Name '' too short (min 1 character)']", form -> form.put("name", "")),
                wrong("name", "['Name may not contain spaces']", form -> form.put("name", "a b")),
                wrong(
                        "name",
                        "['Name may contain only letters, digits, '_' and '-'']",
                        form -> form.put("name", "a.b/c")),
                wrong(
                        "name",
                        "['Name 'ninechars' too long (max 8 characters)']",
                        form -> form.put("name", "ninechars")),
                wrong("name", "['Must be a string']", form -> form.put("name", 7)),
                wrong("conf_params", "['Must be an object']", form -> form.put("conf_params", "fast")),
                wrong("mgt/id", "['One of id or volume_id must be set']", form -> form.putObject("mgt")),
                wrong("mgt/id", "['Must be an integer']", form -> form.putObject("mgt")
                        .put("id", "five")),
                wrong("mgt/id", "['Must be an object']", form -> form.put("mgt", 5)),
                wrong("osts/volume_id", "['This field is mandatory']", form -> at(form, "/osts/1")
                        .remove("volume_id")),
                wrong("osts/volume_id", "['This field is mandatory']", form -> form.putArray("osts")
                        .add(5)
                        .add(6)),
                wrong("mdts/volume_id", "['Must be an integer']", form -> at(form, "/mdts/0")
                        .put("volume_id", 1.5)),
                wrong("mgt/inode_size", "['Must be an integer']", form -> at(form, "/mgt")
                        .put("inode_size", "big")),
                wrong("mgt/inode_size", "['Must be an integer']", form -> at(form, "/mgt")
                        .put("inode_size", 1L << 33)),
                wrong(
                        "osts/inode_count",
                        "['inode_count and bytes_per_inode are mutually exclusive']",
                        form -> at(form, "/osts/0").put("inode_count", 5).put("bytes_per_inode", 4096)),
                wrong("osts/inode_size", "['inode_size must be less than bytes_per_inode']", form -> at(form, "/osts/0")
                        .put("inode_size", 4096)
                        .put("bytes_per_inode", 4096)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("wrongFields")
    void whatIsWrongIsSaidAtItsPlaceAndNowhereElse(String where, String messages, Consumer<ObjectNode> change) {
        ObjectNode form = FsLab.form("scratch");
        change.accept(form);

        JsonNode errors = refused(form);

        String message = messages.substring(2, messages.length() - 2);
        assertThat(errors.at("/" + where))
                .isEqualTo(JsonNodeFactory.instance.arrayNode().add(message));
        for (String target : new String[] {"mgt", "mdts", "osts"}) {
            if (!where.startsWith(target + "/")) {
                assertThat(errors.get(target)).isEqualTo(JsonNodeFactory.instance.objectNode());
            }
        }
    }

    @Test
    void parametersAreReadForTheFileSystemAndEachTarget() {
        ObjectNode form = FsLab.form("scratch");
        at(form, "/conf_params").put("sys.at_history", "700").putNull("sys.timeout");
        at(form, "/mdts/0").putObject("conf_params").put("lov.qos_prio_free", "80");
        at(form, "/osts/1").putObject("conf_params").put("osc.max_pages_per_rpc", "16");
        at(form, "/mgt").putObject("conf_params");

        CreationForm read = read(form);

        assertThat(read.confParams()).containsExactly(Map.entry("sys.at_history", "700"));
        assertThat(read.targets())
                .extracting(target -> target.confParams().toString())
                .containsExactly("{}", "{\"lov.qos_prio_free\":\"80\"}", "{}", "{\"osc.max_pages_per_rpc\":\"16\"}");
        assertThat(read.hasParameters()).isTrue();
        assertThat(read(FsLab.form("scratch")).hasParameters()).isFalse();
    }

    @Test
    void wrongParametersAreNamedAtTheirPlaceAllAtOnce() {
        ObjectNode form = FsLab.form("ninechars");
        at(form, "/conf_params").put("osc.active", "1").put("sys.timeout", 5);
        at(form, "/mgt").putObject("conf_params").put("lov.stripecount", "1");
        at(form, "/mdts/0").putObject("conf_params").put("osc.active", "1");
        at(form, "/osts/0").putObject("conf_params").put("osc.active", "2");
        at(form, "/osts/1").putObject("conf_params").put("lov.stripecount", "1").put("nosuch", "1");

        assertThat(refused(form)).isEqualTo(json("""
                        {'name': ['Name |ninechars| too long (max 8 characters)'],
                         'conf_params': {'osc.active': ['Only valid for OST'], 'sys.timeout': ['Must be a string']},
                         'mgt': {'conf_params': {'lov.stripecount': ['Only valid for MDT']}},
                         'mdts': {'conf_params': {'osc.active': ['Only valid for OST']}},
                         'osts': {'conf_params': {'osc.active': ['Must be one of [|0|, |1|]'],
                             'lov.stripecount': ['Only valid for MDT'], 'nosuch': ['Unknown parameter']}}}"""));
    }

    @Test
    void refusalsOfAnotherServiceAreReportedTogether() {
        Refusal refusal = new Refusal(
                "osts.volume_id",
                "Volume with ID 3 not found",
                null,
                List.of(new Refusal("mgt.volume_id", "Volume with ID 4 not found", null), new Refusal("", "no", null)));

        assertThat(FieldErrors.refused(refusal).body())
                .isEqualTo(json("{'mgt': {'volume_id': ['Volume with ID 4 not found']}, 'mdts': {},"
                        + " 'osts': {'volume_id': ['Volume with ID 3 not found']}, '__all__': ['no']}"));
    }

    @Test
    void nullIsAsGoodAsAbsent() {
        ObjectNode form = FsLab.form("scratch");
        at(form, "/osts/0").putNull("inode_size").putNull("bytes_per_inode").putNull("inode_count");

        assertThat(read(form).targets().get(2).inodeSize()).isNull();
    }
}
