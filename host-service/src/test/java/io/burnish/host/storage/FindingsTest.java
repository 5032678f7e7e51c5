package io.burnish.host.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.burnish.contracts.ContractJson;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An inventory is taken as a whole or not at all. */
class FindingsTest {

    private static final Map<String, ClassDeclaration> CLASSES = Map.of(
            "Shelf",
                    type("{'name': 'Shelf', 'userCreatable': true, 'identifiers': [], 'attributes': [],"
                            + " 'statistics': [{'name': 'fan_speed', 'kind': 'Gauge'}]}"),
            "Pool",
                    type(
                            "{'name': 'Pool', 'displayName': 'Pool', 'identifiers': ['name'], 'attributes': [{'name': 'name', 'class': 'String'},"
                                    + " {'name': 'shelf', 'class': 'ResourceReference'}]}"),
            "Lun",
                    type(
                            "{'name': 'Lun', 'displayName': 'LUN', 'identifiers': ['serial'], 'drive': 'serial', 'attributes':"
                                    + " [{'name': 'serial', 'class': 'String'}, {'name': 'secret', 'class': 'Password', 'optional': true}],"
                                    + " 'statistics': [{'name': 'read_bytes', 'kind': 'Counter'}]}"));

    private static ClassDeclaration type(String json) {
        return ContractJson.read(json.replace('\'', '"'), ClassDeclaration.class);
    }

    private static Findings of(String resources) {
        return Findings.of(
                CLASSES.get("Shelf"),
                ContractJson.read(
                        ("{'statistics': {'fan_speed': 900, 'unknown': 1}, 'resources': [" + resources + "]}")
                                .replace('\'', '"'),
                        Inventory.class),
                CLASSES::get);
    }

    @Test
    void keysBecomeIdentities() {
        Findings findings = of(
                "{'key': 'l', 'class': 'Lun', 'attributes': {'serial': '36001'}, 'parents': ['p', 'root'],"
                        + " 'statistics': {'read_bytes': 5}}, {'key': 'p', 'class': 'Pool', 'attributes': {'name': 'fast', 'shelf': 'root'}}");
        Sighting lun = findings.resources().get("l");
        assertThat(lun.key()).isEqualTo("Lun [\"36001\"]");
        assertThat(lun.name()).isEqualTo("LUN 36001");
        assertThat(lun.parents()).containsExactly("Pool [\"fast\"]", Inventory.ROOT);
        assertThat(findings.resources().get("p").references()).containsExactly(Map.entry("shelf", Inventory.ROOT));
        assertThat(findings.drives()).containsExactly(Map.entry(lun.key(), "[\"36001\"]"));
        assertThat(findings.statistics().get(lun.key())).hasSize(1);
        assertThat(findings.statistics().get(Inventory.ROOT)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {'key': 'a', 'class': 'Tape'} | 'Tape' is not a class
            {'key': 'a', 'class': 'Shelf'} | 'Shelf' is not a class
            {'class': 'Lun', 'attributes': {'serial': '1'}} | as a key
            {'key': 'root', 'class': 'Lun', 'attributes': {'serial': '1'}} | as a key
            {'key': 'a', 'class': 'Lun'} | Lun 'a': serial: This field is mandatory
            {'key': 'a', 'class': 'Lun', 'attributes': {'serial': '1', 'colour': 2}} | colour: Lun has no attribute of this name
            {'key': 'a', 'class': 'Lun', 'attributes': {'serial': '1', 'secret': 'x'}} | secret: Passwords are not found
            {'key': 'a', 'class': 'Pool', 'attributes': {'name': 'n'}} | Pool 'a' lacks shelf
            {'key': 'a', 'class': 'Pool', 'attributes': {'name': 'n', 'shelf': 'b'}} | 'a' refers to 'b'
            {'key': 'a', 'class': 'Lun', 'attributes': {'serial': '1'}, 'parents': ['z']} | 'a' refers to 'z'
            {'key': 'a', 'class': 'Lun', 'attributes': {'serial': '1'}}, {'key': 'b', 'class': 'Lun', 'attributes': {'serial': '1'}} | two resources
            """)
    void whatTheDeclarationsDoNotKnowIsRefusedWithItsPlace(String resources, String message) {
        assertThatThrownBy(() -> of(resources))
                .isInstanceOf(Findings.UnfitException.class)
                .hasMessageContaining(message);
    }
}
