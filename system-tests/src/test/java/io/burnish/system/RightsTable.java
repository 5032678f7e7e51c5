package io.burnish.system;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The oracle of who may do what: {@code rights.txt}. */
final class RightsTable {

    private static final String FILE = "/rights.txt";
    private static final String EVERY_SCHEMA = "/api/*/schema/";

    /** The columns. */
    enum Column {
        ANONYMOUS,
        READER,
        FSUSER,
        FSADMIN,
        SUPERUSER
    }

    /**
     * A line.
     *
     * @param cells what is to happen, by column
     * @param body sent where the caller is to be refused
     */
    record Row(String method, String path, List<String> cells, String body) {

        String cell(Column column) {
            return cells.get(column.ordinal());
        }

        /** Name of the resource; empty for the directory. */
        String resource() {
            String rest = path.substring("/api/".length());
            return rest.isEmpty() ? "" : rest.substring(0, rest.indexOf('/'));
        }

        /** Whether the URL has this form: {@code ""} is the list, {@code {none}/} the detail URL. */
        boolean isForm(String tail) {
            return path.equals("/api/" + resource() + "/" + tail);
        }
    }

    private final List<Row> rows;

    private RightsTable(List<Row> rows) {
        this.rows = rows;
    }

    /** The table, with the line about schemas repeated for every resource of the directory that has none of its own. */
    static RightsTable read(List<String> directory) throws IOException {
        List<Row> rows = new ArrayList<>();
        try (InputStream file = RightsTable.class.getResourceAsStream(FILE)) {
            new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .forEach(line -> rows.add(row(line)));
        }
        Row every = rows.stream()
                .filter(row -> row.path().equals(EVERY_SCHEMA))
                .findFirst()
                .orElseThrow();
        rows.remove(every);
        Set<String> own = rows.stream().map(Row::path).collect(Collectors.toSet());
        directory.stream()
                .map(resource -> EVERY_SCHEMA.replace("*", resource))
                .filter(path -> !own.contains(path))
                .forEach(path -> rows.add(new Row(every.method(), path, every.cells(), "")));
        return new RightsTable(rows);
    }

    private static Row row(String line) {
        String[] parts = line.strip().split("\\s+", 8);
        if (parts.length < 7) {
            throw new IllegalArgumentException(FILE + ": a line needs a method, a path and five cells: " + line);
        }
        return new Row(parts[0], parts[1], List.of(parts).subList(2, 7), parts.length == 8 ? parts[7] : "");
    }

    List<Row> rows() {
        return rows;
    }

    Set<String> resources() {
        Set<String> names = rows.stream().map(Row::resource).collect(Collectors.toCollection(LinkedHashSet::new));
        names.remove("");
        return names;
    }

    /** Methods of a resource's list URL ({@code ""}) or detail URL ({@code {none}/}). */
    Set<String> methods(String resource, String tail) {
        return rows.stream()
                .filter(row -> row.resource().equals(resource) && row.isForm(tail))
                .map(Row::method)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
