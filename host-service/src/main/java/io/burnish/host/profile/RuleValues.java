package io.burnish.host.profile;

import java.util.Objects;

/** What the operators of the rule language do with values. */
final class RuleValues {

    private RuleValues() {}

    static Object calculate(String operator, Object left, Object right) {
        if (operator.equals("+") && left instanceof String a && right instanceof String b) {
            return a + b;
        }
        double a = number(operator, left);
        double b = number(operator, right);
        return switch (operator) {
            case "+" -> a + b;
            case "-" -> a - b;
            case "*" -> a * b;
            case "/" -> a / divisor(b);
            case "%" -> a - divisor(b) * Math.floor(a / b);
            default -> throw new IllegalArgumentException("no such operator: " + operator);
        };
    }

    static boolean compare(String operator, Object left, Object right) {
        return switch (operator) {
            case "==" -> Objects.equals(left, right);
            case "!=" -> !Objects.equals(left, right);
            case "<" -> order(operator, left, right) < 0;
            case "<=" -> order(operator, left, right) <= 0;
            case ">" -> order(operator, left, right) > 0;
            case ">=" -> order(operator, left, right) >= 0;
            default -> throw new IllegalArgumentException("no such operator: " + operator);
        };
    }

    /** Zero, empty text and nothing are false. */
    static boolean truth(Object value) {
        return switch (value) {
            case null -> false;
            case Boolean flag -> flag;
            case Double number -> number != 0;
            case String text -> !text.isEmpty();
            default -> throw new IllegalArgumentException("not a value of a rule: " + value);
        };
    }

    private static int order(String operator, Object left, Object right) {
        if (left instanceof String a && right instanceof String b) {
            return a.compareTo(b);
        }
        return Double.compare(number(operator, left), number(operator, right));
    }

    private static double number(String operator, Object value) {
        if (value instanceof Double number) {
            return number;
        }
        throw new RuleException("Operator \"%s\" cannot be applied to %s"
                .formatted(operator, value instanceof String ? "text \"" + value + "\"" : String.valueOf(value)));
    }

    private static double divisor(double value) {
        if (value == 0) {
            throw new RuleException("Division by zero");
        }
        return value;
    }
}
