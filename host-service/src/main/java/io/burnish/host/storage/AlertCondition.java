package io.burnish.host.storage;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.contracts.fact.StorageResourceFact.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** When a value of an attribute is bad (monitoring 5). Each level that is given is an alert of its own. Pure. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = AlertCondition.UpperBoundCondition.class, name = "UpperBoundCondition"),
    @JsonSubTypes.Type(value = AlertCondition.LowerBoundCondition.class, name = "LowerBoundCondition"),
    @JsonSubTypes.Type(value = AlertCondition.ValueCondition.class, name = "ValueCondition")
})
sealed interface AlertCondition {

    /** The attribute. */
    String attribute();

    /** Words for people; {@code null} or empty: made from the attribute. */
    String message();

    /** Why a value is bad on a level, in words; empty if it is not. */
    Optional<String> badness(Level level, JsonNode value);

    /** Levels with the numbers by which severities are stored. */
    enum Level {
        ERROR(40),
        WARNING(30),
        INFO(20);

        private final int severity;

        Level(int severity) {
            this.severity = severity;
        }
    }

    /**
     * Which conditions of a class hold.
     *
     * @param values of the resource's attributes
     */
    static List<Condition> holding(ClassDeclaration type, JsonNode values) {
        List<Condition> holding = new ArrayList<>();
        for (int i = 0; i < type.conditions().size(); i++) {
            AlertCondition condition = type.conditions().get(i);
            String attribute = condition.attribute();
            String label = type.attribute(attribute)
                    .map(AttributeDeclaration::shownLabel)
                    .orElse(attribute);
            JsonNode value = values.path(attribute);
            for (Level level : Level.values()) {
                int number = i + 1;
                condition
                        .badness(level, value)
                        .ifPresent(why -> holding.add(new Condition(
                                "_%d_%s_%d".formatted(number, attribute, level.severity),
                                attribute,
                                level.severity,
                                condition.message() == null
                                                || condition.message().isBlank()
                                        ? label + " " + why
                                        : condition.message())));
            }
        }
        return holding;
    }

    private static <T> T on(Level level, T error, T warn, T info) {
        return switch (level) {
            case ERROR -> error;
            case WARNING -> warn;
            case INFO -> info;
        };
    }

    /** Bad above a bound. */
    record UpperBoundCondition(String attribute, Double errorBound, Double warnBound, Double infoBound, String message)
            implements AlertCondition {

        @Override
        public Optional<String> badness(Level level, JsonNode value) {
            Double bound = on(level, errorBound, warnBound, infoBound);
            return bound != null && value.isNumber() && value.asDouble() > bound
                    ? Optional.of("is above " + words(bound))
                    : Optional.empty();
        }
    }

    /** Bad below a bound. */
    record LowerBoundCondition(String attribute, Double errorBound, Double warnBound, Double infoBound, String message)
            implements AlertCondition {

        @Override
        public Optional<String> badness(Level level, JsonNode value) {
            Double bound = on(level, errorBound, warnBound, infoBound);
            return bound != null && value.isNumber() && value.asDouble() < bound
                    ? Optional.of("is below " + words(bound))
                    : Optional.empty();
        }
    }

    /** Some values are bad; they are compared as text. */
    record ValueCondition(
            String attribute,
            List<String> errorStates,
            List<String> warnStates,
            List<String> infoStates,
            String message)
            implements AlertCondition {

        @Override
        public Optional<String> badness(Level level, JsonNode value) {
            List<String> states = on(level, errorStates, warnStates, infoStates);
            return states != null && value.isValueNode() && !value.isNull() && states.contains(value.asText())
                    ? Optional.of("is " + value.asText())
                    : Optional.empty();
        }
    }

    private static String words(double bound) {
        return bound == Math.rint(bound) ? Long.toString((long) bound) : Double.toString(bound);
    }
}
