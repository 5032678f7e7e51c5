package io.burnish.host.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.contracts.ContractJson;
import io.burnish.contracts.fact.StorageResourceFact.Condition;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which conditions of a class hold (monitoring 5). */
class AlertConditionTest {

    private static final ClassDeclaration TYPE = ContractJson.read("""
            {"name": "Disk", "displayName": "Disk", "identifiers": ["serial"], "attributes": [
                {"name": "serial", "class": "String"}, {"name": "status", "class": "String"}, {"name": "temperature", "class": "Integer"},
                {"name": "spare_blocks", "class": "Integer"}],
             "conditions": [
                {"type": "ValueCondition", "attribute": "status", "errorStates": ["FAILED", "GONE"], "warnStates": ["DEGRADED"],
                 "message": "Disk is not well"},
                {"type": "UpperBoundCondition", "attribute": "temperature", "errorBound": 60, "warnBound": 45.5},
                {"type": "LowerBoundCondition", "attribute": "spare_blocks", "infoBound": 10}]}
            """, ClassDeclaration.class);

    private static List<Condition> holding(String values) {
        return AlertCondition.holding(TYPE, ContractJson.read(values.replace('\'', '"'), JsonNode.class));
    }

    @Test
    void aValueInAListOfStatesIsAnAlertOfItsLevel() {
        assertThat(holding("{'status': 'OK'}")).isEmpty();
        assertThat(holding("{'status': 'GONE'}"))
                .containsExactly(new Condition("_1_status_40", "status", 40, "Disk is not well"));
        assertThat(holding("{'status': 'DEGRADED'}"))
                .containsExactly(new Condition("_1_status_30", "status", 30, "Disk is not well"));
    }

    @Test
    void eachLevelIsAnAlertOfItsOwnAndABoundItselfIsGood() {
        assertThat(holding("{'temperature': 45}")).isEmpty();
        assertThat(holding("{'temperature': 60}"))
                .containsExactly(new Condition("_2_temperature_30", "temperature", 30, "Temperature is above 45.5"));
        assertThat(holding("{'temperature': 61}"))
                .extracting(Condition::alertClass)
                .containsExactly("_2_temperature_40", "_2_temperature_30");
        assertThat(holding("{'spare_blocks': 10}")).isEmpty();
        assertThat(holding("{'spare_blocks': 9}"))
                .containsExactly(new Condition("_3_spare_blocks_20", "spare_blocks", 20, "Spare blocks is below 10"));
    }

    @Test
    void whatIsUnknownIsNotBad() {
        assertThat(holding("{}")).isEmpty();
        assertThat(holding("{'status': null, 'temperature': null, 'spare_blocks': 'many'}"))
                .isEmpty();
    }
}
