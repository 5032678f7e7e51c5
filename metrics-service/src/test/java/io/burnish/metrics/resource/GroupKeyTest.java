package io.burnish.metrics.resource;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.contracts.ContractJson;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys of groups. */
class GroupKeyTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"/api/filesystem/7/\" | 7",
                "{\"id\": 3, \"name\": \"scratch\"} | 3",
                "\"mounted\" | mounted",
                "12 | 12",
                "false | false"
            })
    void isTheIdOrTheValue(String json, String key) {
        assertThat(GroupKey.of(ContractJson.read(json, JsonNode.class))).contains(key);
    }

    @Test
    void nothingAndListsAreNoKeys() {
        assertThat(GroupKey.of(null)).isEmpty();
        assertThat(GroupKey.of(ContractJson.read("null", JsonNode.class))).isEqualTo(Optional.empty());
        assertThat(GroupKey.of(ContractJson.read("[1]", JsonNode.class))).isEmpty();
    }
}
