package io.burnish.system;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** What the API contract says of the resources, as {@code contract.txt} has it. */
final class ContractTable {

    private static final List<String> OFFERS =
            List.of("available_actions", "available_jobs", "available_transitions", "locks");

    private ContractTable() {}

    /**
     * A resource.
     *
     * @param entries values by kind of line, in their order
     */
    record Row(String resource, Map<String, List<String>> entries) {

        private List<String> entry(String kind) {
            return entries.getOrDefault(kind, List.of());
        }

        List<String> listMethods() {
            return entry("list");
        }

        List<String> detailMethods() {
            return entry("detail");
        }

        /** Keys that every object has. */
        Set<String> always() {
            return keys(field -> !field.endsWith("?"));
        }

        /** Keys that an object may have. */
        Set<String> fields() {
            return keys(field -> true);
        }

        private Set<String> keys(Predicate<String> wanted) {
            Set<String> keys = new TreeSet<>();
            entry("fields").stream().filter(wanted).forEach(field -> keys.add(field.replaceAll("[?+]", "")));
            if (entries.containsKey("offers")) {
                keys.addAll(OFFERS);
            }
            return keys;
        }

        /** Operators by field. */
        Map<String, List<String>> filters() {
            Map<String, List<String>> filters = new LinkedHashMap<>();
            entry("filter")
                    .forEach(filter -> filters.put(
                            filter.substring(0, filter.indexOf('=')),
                            List.of(filter.substring(filter.indexOf('=') + 1).split(","))));
            return filters;
        }

        List<String> orderings() {
            return entry("order");
        }

        /** Whether the objects of a field come embedded, by field. */
        Map<String, Boolean> relations() {
            Map<String, Boolean> relations = new LinkedHashMap<>();
            entry("link").forEach(field -> relations.put(field, false));
            entry("full").forEach(field -> relations.put(field, true));
            return relations;
        }

        String path() {
            return "/api/" + resource + "/";
        }
    }

    static List<Row> read() throws IOException {
        List<Row> rows = new ArrayList<>();
        for (String line : lines("contract.txt")) {
            if (!line.startsWith(" ")) {
                rows.add(new Row(line, new LinkedHashMap<>()));
            } else {
                List<String> words = Arrays.asList(line.strip().split(" +"));
                rows.getLast()
                        .entries()
                        .computeIfAbsent(words.getFirst(), kind -> new ArrayList<>())
                        .addAll(words.subList(1, words.size()));
            }
        }
        return rows;
    }

    /** The lines of a table that say something. */
    static List<String> lines(String file) throws IOException {
        try (InputStream table = ContractTable.class.getResourceAsStream("/" + file)) {
            return new String(table.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        }
    }
}
