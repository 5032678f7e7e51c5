package io.burnish.kit.api.query;

import io.burnish.kit.api.ApiError;
import io.burnish.kit.api.FieldType;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How a field can be filtered.
 *
 * @param sql the expression to compare
 * @param vocabulary wire name to stored number, for closed vocabularies stored as numbers; empty otherwise
 * @param splitCommas whether {@code in} splits values at commas (a few fields do not, core 1.7)
 * @param deeper filters of the related object, by name, for paths like {@code host__fqdn}
 */
public record Filter(
        String sql,
        FieldType type,
        Set<Operator> operators,
        Map<String, Integer> vocabulary,
        boolean splitCommas,
        Map<String, Filter> deeper) {

    /** A filter on an expression. */
    public static Filter on(String sql, FieldType type, Set<Operator> operators) {
        return new Filter(sql, type, operators, Map.of(), true, Map.of());
    }

    /** The same with paths into the related object. */
    public Filter through(Map<String, Filter> related) {
        return new Filter(sql, type, operators, vocabulary, splitCommas, related);
    }

    /** The same with a closed vocabulary. */
    public Filter vocabulary(Map<String, Integer> words, boolean split) {
        return new Filter(sql, type, operators, words, split, deeper);
    }

    Predicate predicate(Operator operator, List<String> values) {
        String last = values.getLast();
        if (operator == Operator.IN) {
            return in(values);
        }
        if (isNull(last)) {
            return operator == Operator.EXACT ? new Predicate(sql + " IS NULL", List.of()) : Predicate.FALSE;
        }
        // an empty choice of a closed vocabulary is none (API contract, core 2.4)
        if (last.isEmpty() && operator == Operator.EXACT && !vocabulary.isEmpty()) {
            return Predicate.TRUE;
        }
        if (operator.comparison() != null) {
            return new Predicate(sql + " " + operator.comparison() + " ?", List.of(value(last)));
        }
        return text(operator, last);
    }

    private Predicate in(List<String> values) {
        List<Object> wanted = values.stream()
                .flatMap(value -> splitCommas ? Arrays.stream(value.split(",")) : java.util.stream.Stream.of(value))
                .filter(value -> !value.isEmpty())
                .map(this::value)
                .toList();
        if (wanted.isEmpty()) {
            return Predicate.FALSE;
        }
        return new Predicate(sql + " = ANY (?)", List.of(array(wanted)));
    }

    private Object array(List<Object> values) {
        return switch (type) {
            case INTEGER, BIG_INTEGER, RELATED -> values.toArray(Long[]::new);
            case BOOLEAN -> values.toArray(Boolean[]::new);
            case DATETIME -> values.toArray(OffsetDateTime[]::new);
            case FLOAT -> values.toArray(Double[]::new);
            case STRING, LIST, DICT ->
                vocabulary.isEmpty() ? values.toArray(String[]::new) : values.toArray(Long[]::new);
        };
    }

    private Predicate text(Operator operator, String value) {
        if (!vocabulary.isEmpty()) {
            return words(operator, value);
        }
        String pattern = value.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
        String column = type == FieldType.STRING ? sql : "(" + sql + ")::text";
        return switch (operator) {
            case CONTAINS -> like(column, "LIKE", "%" + pattern + "%");
            case ICONTAINS -> like(column, "ILIKE", "%" + pattern + "%");
            case STARTSWITH -> like(column, "LIKE", pattern + "%");
            case ISTARTSWITH -> like(column, "ILIKE", pattern + "%");
            case ENDSWITH -> like(column, "LIKE", "%" + pattern);
            case IENDSWITH -> like(column, "ILIKE", "%" + pattern);
            case IEXACT -> like(column, "ILIKE", pattern);
            case EXACT, IN, GTE, LTE, GT, LT -> throw new IllegalArgumentException("not a text operator: " + operator);
        };
    }

    /** The words of a closed vocabulary are not in the table: what stands there for those that match is looked for. */
    private Predicate words(Operator operator, String value) {
        Long[] stored = vocabulary.entrySet().stream()
                .filter(word -> operator.matches(word.getKey(), value))
                .map(word -> word.getValue().longValue())
                .toArray(Long[]::new);
        return new Predicate(sql + " = ANY (?)", List.of((Object) stored));
    }

    private static Predicate like(String column, String operator, String pattern) {
        return new Predicate(column + " " + operator + " ?", List.of(pattern));
    }

    private static boolean isNull(String value) {
        return value.equals("nil") || value.equals("none") || value.equals("None");
    }

    private Object value(String text) {
        if (!vocabulary.isEmpty()) {
            Integer stored = vocabulary.get(text);
            if (stored == null) {
                throw ApiError.badQuery(
                        "'%s' is not one of %s.".formatted(text, String.join(", ", vocabulary.keySet())));
            }
            return (long) stored;
        }
        return switch (type) {
            case INTEGER, BIG_INTEGER, RELATED -> number(text, Long::valueOf);
            case FLOAT -> number(text, Double::valueOf);
            case BOOLEAN -> bool(text);
            case DATETIME -> Times.filter(text);
            case STRING, LIST, DICT -> printable(text);
        };
    }

    /** PostgreSQL text cannot hold NUL. */
    private static String printable(String text) {
        if (text.indexOf('\0') >= 0) {
            throw mismatch();
        }
        return text;
    }

    private static <T> T number(String text, java.util.function.Function<String, T> parse) {
        try {
            return parse.apply(text.strip());
        } catch (NumberFormatException e) {
            throw mismatch();
        }
    }

    private static boolean bool(String text) {
        return switch (text) {
            case "true", "True", "1" -> true;
            case "false", "False", "0", "" -> false;
            default -> throw mismatch();
        };
    }

    private static ApiError mismatch() {
        return ApiError.badQuery("Invalid resource lookup data provided (mismatched type).");
    }
}
