package io.burnish.alert.rule;

import static io.burnish.alert.type.AlertType.STORAGE_RESOURCE;
import static io.burnish.alert.type.AlertType.STORAGE_RESOURCE_OFFLINE;

import io.burnish.alert.type.Severity;
import io.burnish.contracts.fact.StorageResourceFact;
import io.burnish.contracts.fact.StorageResourceFact.Condition;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Alerts on storage resources (monitoring 2.5 and 5). */
final class StorageRules {

    private StorageRules() {}

    static List<Verdict> of(StorageResourceFact resource, Surroundings surroundings) {
        Item item = Item.of(resource.ref(), resource.label());
        List<Verdict> verdicts = new ArrayList<>();
        verdicts.add(contact(resource, item));
        Set<String> holding = new HashSet<>();
        for (Condition condition : resource.conditions()) {
            verdicts.add(raise(resource, item, condition));
            holding.add(name(condition));
        }
        surroundings.activeConditions(resource.id()).forEach((name, message) -> {
            if (!holding.contains(name)) {
                verdicts.add(new Verdict.Lower(
                        STORAGE_RESOURCE,
                        name,
                        item,
                        new Verdict.EndEvent("Cleared storage alert: " + message, Severity.INFO, item)));
            }
        });
        return verdicts;
    }

    private static Verdict contact(StorageResourceFact resource, Item item) {
        return resource.contactable()
                ? new Verdict.Lower(STORAGE_RESOURCE_OFFLINE, item, "Re-established contact with " + resource.label())
                : new Verdict.Raise(
                        STORAGE_RESOURCE_OFFLINE,
                        item,
                        resource.label() + " not contactable",
                        STORAGE_RESOURCE_OFFLINE.severity(),
                        new Affected.TargetsOnVolumes(resource.volumeIds()));
    }

    private static Verdict raise(StorageResourceFact resource, Item item, Condition condition) {
        return new Verdict.Raise(
                STORAGE_RESOURCE,
                name(condition),
                item,
                condition.message(),
                Severity.ofStored(condition.severity()),
                new Affected.TargetsOnVolumes(resource.volumeIds()),
                Map.of("alert_class", condition.alertClass(), "attribute", condition.attribute()));
    }

    private static String name(Condition condition) {
        return STORAGE_RESOURCE.wire() + "_" + condition.alertClass();
    }
}
