package io.burnish.servicetests;

import io.burnish.kit.api.Table;
import io.burnish.kit.sql.Tx;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fills tables with rows of any content, ids 1 to n: what a list costs does not depend on what the rows say. References between them are
 * not checked.
 */
final class Rows {

    private static final Pattern TABLE = Pattern.compile("(?:^|\\bJOIN\\s+)(\\w+)");

    private Rows() {}

    /**
     * Inserts what is missing up to n rows into all tables that a resource reads.
     *
     * @param values SQL by {@code table.column} in which i is the row's number, where a column does not take just anything
     */
    static void fill(Tx tx, Table table, int n, Map<String, String> values) {
        tx.update("SET LOCAL session_replication_role = replica");
        for (String name : tables(table)) {
            List<String> columns = new ArrayList<>();
            List<String> expressions = new ArrayList<>();
            for (Row column : tx.query("""
                    SELECT column_name::text, udt_name::text, is_nullable = 'NO' AND column_default IS NULL AND is_identity = 'NO' AS needed,
                        is_generated = 'ALWAYS' AS generated
                    FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = $1""", name)) {
                String columnName = column.getString(0);
                String given = values.get(name + "." + columnName);
                boolean id = columnName.equals("id") && !column.getString(1).equals("text");
                if (!column.getBoolean("generated") && (given != null || id || column.getBoolean("needed"))) {
                    columns.add('"' + columnName + '"');
                    expressions.add(given != null ? given : any(column.getString(1)));
                }
            }
            tx.update(
                    "INSERT INTO %s (%s) OVERRIDING SYSTEM VALUE SELECT %s FROM generate_series(1, %d) AS i ON CONFLICT DO NOTHING"
                            .formatted(name, String.join(", ", columns), String.join(", ", expressions), n));
        }
    }

    private static Set<String> tables(Table table) {
        Set<String> tables = new LinkedHashSet<>();
        Matcher matcher = TABLE.matcher(table.from());
        while (matcher.find()) {
            tables.add(matcher.group(1));
        }
        return tables;
    }

    private static String any(String type) {
        return switch (type) {
            case "int2", "int4", "int8", "float8", "numeric" -> "i";
            case "bool" -> "true";
            case "timestamptz" -> "now() + interval '1 day' + i * interval '1 second'";
            case "json", "jsonb" -> "'{}'";
            case "bytea" -> "''::bytea";
            default -> type.startsWith("_") ? "'{}'" : "'x' || i";
        };
    }
}
