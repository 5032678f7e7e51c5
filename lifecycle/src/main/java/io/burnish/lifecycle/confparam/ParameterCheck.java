package io.burnish.lifecycle.confparam;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What values a configuration parameter takes. Values are texts; messages are those of the API contract (storage 25.3). */
sealed interface ParameterCheck {

    /** What is wrong with a value; empty if nothing is. */
    Optional<String> problem(String value);

    /**
     * A whole number.
     *
     * @param least {@code null}: no limit
     * @param most {@code null}: no limit
     */
    record Whole(Integer least, Integer most) implements ParameterCheck {

        private static final Pattern NUMBER = Pattern.compile("[+-]?\\d+");

        @Override
        public Optional<String> problem(String value) {
            if (!NUMBER.matcher(value).matches()) {
                return Optional.of("Must be an integer");
            }
            BigInteger number = new BigInteger(value);
            if (least != null && number.compareTo(BigInteger.valueOf(least)) < 0) {
                return Optional.of("Must be greater than or equal to " + least);
            }
            if (most != null && number.compareTo(BigInteger.valueOf(most)) > 0) {
                return Optional.of("Must be less than or equal to " + most);
            }
            return Optional.empty();
        }
    }

    /** A share of a hundred: whatever is wrong has one message. */
    record Percent() implements ParameterCheck {

        private static final Whole RANGE = new Whole(0, 100);

        @Override
        public Optional<String> problem(String value) {
            return RANGE.problem(value).map(any -> "Must be an integer between 0 and 100");
        }
    }

    /** One of some words. */
    record OneOf(List<String> words) implements ParameterCheck {

        @Override
        public Optional<String> problem(String value) {
            return words.contains(value)
                    ? Optional.empty()
                    : Optional.of("Must be one of "
                            + words.stream().map(word -> "'" + word + "'").collect(Collectors.joining(", ", "[", "]")));
        }
    }

    /**
     * A number of megabytes, without a unit.
     *
     * @param most {@code null}: no limit
     */
    record Megabytes(Integer most) implements ParameterCheck {

        private static final Pattern DIGITS = Pattern.compile("\\d+");

        @Override
        public Optional<String> problem(String value) {
            if (!DIGITS.matcher(value).matches()) {
                return Optional.of("Invalid size string (must be integer number of m)");
            }
            return most != null && new BigInteger(value).compareTo(BigInteger.valueOf(most)) > 0
                    ? Optional.of("Must be at most " + most + "m bytes")
                    : Optional.empty();
        }
    }

    /** A size with an optional fraction and unit. */
    record Size() implements ParameterCheck {

        private static final Pattern SIZE = Pattern.compile("\\d+(\\.\\d+)?[ptgmkPTGMK]?");

        @Override
        public Optional<String> problem(String value) {
            return SIZE.matcher(value).matches() ? Optional.empty() : Optional.of("Invalid size string");
        }
    }
}
