package io.burnish.kit.api.query;

import java.util.ArrayList;
import java.util.List;

/**
 * A condition in SQL with its arguments in order: each {@code ?} stands for one argument. (PostgreSQL's operators that contain a
 * question mark cannot be used here.)
 */
public record Predicate(String sql, List<Object> args) {

    /** Always true. */
    public static final Predicate TRUE = new Predicate("true", List.of());
    /** Never true. */
    public static final Predicate FALSE = new Predicate("false", List.of());

    /** A condition. */
    public static Predicate of(String sql, Object... args) {
        return new Predicate(sql, List.of(args));
    }

    /** Both. */
    public Predicate and(Predicate other) {
        if (this == TRUE) {
            return other;
        }
        if (other == TRUE) {
            return this;
        }
        List<Object> both = new ArrayList<>(args);
        both.addAll(other.args);
        return new Predicate("(" + sql + ") AND (" + other.sql + ")", both);
    }

    /** The SQL with {@code $n} placeholders, numbered from {@code first}. */
    public String numbered(int first) {
        StringBuilder text = new StringBuilder(sql.length() + 16);
        int next = first;
        for (int i = 0; i < sql.length(); i++) {
            char c = sql.charAt(i);
            if (c == '?') {
                text.append('$').append(next++);
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }
}
