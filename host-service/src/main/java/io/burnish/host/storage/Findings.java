package io.burnish.host.storage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.kit.api.FormErrors;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * An inventory that has been checked against the declarations of its plug-in. Pure.
 *
 * @param resources as sightings, by the keys of the inventory
 * @param drives identities of the SCSI devices as which servers see them, by key of the sighting
 * @param statistics declared values, by key of the sighting; {@link Inventory#ROOT} for the root
 */
record Findings(
        Map<String, Sighting> resources,
        Map<String, String> drives,
        Map<String, Map<ClassDeclaration.Statistic, Double>> statistics) {

    /** Finds the class of a name in the root's plug-in. */
    interface Classes {
        ClassDeclaration of(String className);
    }

    /** An inventory that does not fit the declarations; the message says where. */
    static final class UnfitException extends RuntimeException {
        UnfitException(String message) {
            super(message);
        }
    }

    /**
     * Checks an inventory.
     *
     * @param classes gives {@code null} for a class that the plug-in does not have
     * @throws UnfitException if it does not fit
     */
    static Findings of(ClassDeclaration root, Inventory inventory, Classes classes) {
        Findings findings = new Findings(new LinkedHashMap<>(), new HashMap<>(), new LinkedHashMap<>());
        findings.measured(Inventory.ROOT, root, inventory.statistics());
        List<Inventory.Item> items = Objects.requireNonNullElse(inventory.resources(), List.of());
        Map<String, ClassDeclaration> types = new HashMap<>();
        for (Inventory.Item item : items) {
            ClassDeclaration type = item.className() == null ? null : classes.of(item.className());
            if (type == null || type.userCreatable()) {
                throw new UnfitException("'%s' is not a class of what the plug-in finds".formatted(item.className()));
            }
            if (item.key() == null || item.key().equals(Inventory.ROOT) || types.put(item.key(), type) != null) {
                throw new UnfitException("'%s' is missing or not unique as a key".formatted(item.key()));
            }
        }
        Map<String, String> keys = new HashMap<>(Map.of(Inventory.ROOT, Inventory.ROOT));
        Map<String, RootResourceForm> forms = new HashMap<>();
        for (Inventory.Item item : items) {
            RootResourceForm form = form(item, types.get(item.key()));
            forms.put(item.key(), form);
            String key = Sighting.key(form.type().name(), form.identity(), null);
            if (keys.containsValue(key)) {
                throw new UnfitException("two resources are %s".formatted(key));
            }
            keys.put(item.key(), key);
        }
        items.forEach(item -> findings.add(item, forms.get(item.key()), keys));
        return findings;
    }

    private static RootResourceForm form(Inventory.Item item, ClassDeclaration type) {
        ObjectNode values = item.attributes() == null
                ? JsonNodeFactory.instance.objectNode()
                : item.attributes().deepCopy();
        FormErrors errors = new FormErrors();
        for (AttributeDeclaration attribute : type.attributes()) {
            if (attribute.password() && values.has(attribute.name())) {
                errors.add(attribute.name(), "Passwords are not found");
            }
            if (attribute.reference()) {
                values.remove(attribute.name());
            }
        }
        RootResourceForm form = RootResourceForm.found(type, values, errors);
        if (!errors.toString().isEmpty()) {
            throw new UnfitException("%s '%s': %s".formatted(type.name(), item.key(), errors));
        }
        return form;
    }

    private void add(Inventory.Item item, RootResourceForm form, Map<String, String> keys) {
        Map<String, String> references = new LinkedHashMap<>();
        for (AttributeDeclaration attribute : form.type().attributes()) {
            if (attribute.reference()) {
                JsonNode value = item.attributes().path(attribute.name());
                if (!value.isMissingNode() && !value.isNull()) {
                    references.put(attribute.name(), known(keys, value.asText(), item));
                } else if (!attribute.optional()) {
                    throw new UnfitException(
                            "%s '%s' lacks %s".formatted(form.type().name(), item.key(), attribute.name()));
                }
            }
        }
        List<String> parents = Objects.requireNonNullElse(item.parents(), List.<String>of()).stream()
                .map(parent -> known(keys, parent, item))
                .toList();
        String key = keys.get(item.key());
        resources.put(
                item.key(),
                new Sighting(
                        form.type().name(), form.identity(), null, form.name(), form.values(), references, parents));
        if (form.type().drive() != null) {
            String serial = form.values().path(form.type().drive()).asText("");
            if (!serial.isEmpty()) {
                drives.put(key, JsonNodeFactory.instance.arrayNode().add(serial).toString());
            }
        }
        measured(key, form.type(), item.statistics());
    }

    private static String known(Map<String, String> keys, String key, Inventory.Item item) {
        String known = keys.get(key);
        if (known == null) {
            throw new UnfitException("'%s' refers to '%s', which is not in the inventory".formatted(item.key(), key));
        }
        return known;
    }

    private void measured(String key, ClassDeclaration type, Map<String, Double> values) {
        Map<ClassDeclaration.Statistic, Double> declared = new LinkedHashMap<>();
        if (values != null) {
            type.statistics().forEach(statistic -> {
                Double value = values.get(statistic.name());
                if (value != null) {
                    declared.put(statistic, value);
                }
            });
        }
        if (!declared.isEmpty()) {
            statistics.put(key, declared);
        }
    }
}
