package io.burnish.kit.api.query;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Filter operators (API contract, core 1.7; seed, Filtering and Ordering). */
public enum Operator {
    EXACT("="),
    IEXACT(null),
    CONTAINS(null),
    ICONTAINS(null),
    STARTSWITH(null),
    ISTARTSWITH(null),
    ENDSWITH(null),
    IENDSWITH(null),
    IN(null),
    GTE(">="),
    LTE("<="),
    GT(">"),
    LT("<");

    /** For numbers and times. */
    public static final Set<Operator> ORDERED = EnumSet.of(EXACT, GTE, LTE, GT, LT);
    /** For text. */
    public static final Set<Operator> TEXT = EnumSet.of(CONTAINS, EXACT, STARTSWITH, ENDSWITH, ICONTAINS);
    /** For closed vocabularies. */
    public static final Set<Operator> ENUMERATED = EnumSet.of(EXACT, CONTAINS, STARTSWITH, ENDSWITH, IN);

    private final String comparison;

    Operator(String comparison) {
        this.comparison = comparison;
    }

    /** The name in a query parameter. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it compares values; the others look into text, or into a list. */
    public boolean compares() {
        return comparison != null;
    }

    /** The SQL comparison for operators that compare; {@code null} for the others. */
    String comparison() {
        return comparison;
    }

    /** Whether a text is what one of the operators that look into text looks for. */
    boolean matches(String text, String part) {
        String lower = text.toLowerCase(Locale.ROOT);
        String lowerPart = part.toLowerCase(Locale.ROOT);
        return switch (this) {
            case IEXACT -> lower.equals(lowerPart);
            case CONTAINS -> text.contains(part);
            case ICONTAINS -> lower.contains(lowerPart);
            case STARTSWITH -> text.startsWith(part);
            case ISTARTSWITH -> lower.startsWith(lowerPart);
            case ENDSWITH -> text.endsWith(part);
            case IENDSWITH -> lower.endsWith(lowerPart);
            case EXACT, IN, GTE, LTE, GT, LT -> throw new IllegalArgumentException("not a text operator: " + this);
        };
    }

    static Optional<Operator> of(String wire) {
        for (Operator operator : values()) {
            if (operator.wire().equals(wire)) {
                return Optional.of(operator);
            }
        }
        return Optional.empty();
    }
}
