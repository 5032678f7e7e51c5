package io.burnish.system;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The oracle of who may do what: {@code rights.txt}. */
final class RightsTable {

    /** An id that nothing has. */
    static final String NONE = "999999999";

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

        /** Name of the resource; empty for what stands beside them: the directory, the OpenAPI document. */
        String resource() {
            String rest = path.substring("/api/".length());
            return rest.contains("/") ? rest.substring(0, rest.indexOf('/')) : "";
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

    /** The lines whose URL has their method, as OPTIONS tells. */
    List<Row> served(RawClients door) throws IOException {
        List<Row> served = new ArrayList<>();
        for (Row row : rows) {
            RawAnswer answer = door.send(RawRequest.of("OPTIONS", row.path().replaceAll("\\{\\w+}", NONE)));
            if (row.resource().isEmpty()
                    || List.of(answer.header("Allow").split(",")).contains(row.method())) {
                served.add(row);
            }
        }
        return served;
    }

    Set<String> resources() {
        Set<String> names = rows.stream().map(Row::resource).collect(Collectors.toCollection(LinkedHashSet::new));
        names.remove("");
        return names;
    }

    /** Methods and paths as OpenAPI has them, with {@code {}} for ids. */
    Set<String> operations() {
        return rows.stream()
                .map(row -> row.method() + " " + template(row.path()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** A path whose placeholders have no names. */
    static String template(String path) {
        return path.replaceAll("\\{\\w+}", "{}");
    }

    /** Methods of a resource's list URL ({@code ""}) or detail URL ({@code {none}/}). */
    Set<String> methods(String resource, String tail) {
        return rows.stream()
                .filter(row -> row.resource().equals(resource) && row.isForm(tail))
                .map(Row::method)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
