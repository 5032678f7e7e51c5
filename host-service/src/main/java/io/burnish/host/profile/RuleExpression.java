package io.burnish.host.profile;

import java.util.List;
import java.util.Map;

/** An expression of the rule language. Values are {@link Double}, {@link String} and {@link Boolean}. */
sealed interface RuleExpression {

    /**
     * The value, given the values of the variables.
     *
     * @throws RuleException if it has none
     */
    Object value(Map<String, Object> variables);

    /** A number, text or truth value as written. */
    record Literal(Object content) implements RuleExpression {
        @Override
        public Object value(Map<String, Object> variables) {
            return content;
        }
    }

    /** A property of the server. */
    record Variable(String name) implements RuleExpression {
        @Override
        public Object value(Map<String, Object> variables) {
            if (!variables.containsKey(name)) {
                throw new RuleException("Unrecognised variable \"%s\"".formatted(name));
            }
            return variables.get(name);
        }
    }

    /** {@code a + b} and the like. */
    record Arithmetic(String operator, RuleExpression left, RuleExpression right) implements RuleExpression {
        @Override
        public Object value(Map<String, Object> variables) {
            return RuleValues.calculate(operator, left.value(variables), right.value(variables));
        }
    }

    /** {@code a < b <= c}: every neighbouring pair holds. */
    record Comparison(RuleExpression first, List<String> operators, List<RuleExpression> others)
            implements RuleExpression {
        @Override
        public Object value(Map<String, Object> variables) {
            Object left = first.value(variables);
            for (int i = 0; i < operators.size(); i++) {
                Object right = others.get(i).value(variables);
                if (!RuleValues.compare(operators.get(i), left, right)) {
                    return false;
                }
                left = right;
            }
            return true;
        }
    }

    /** {@code a and b}, {@code a or b}: the right side counts only if the left does not decide. */
    record Logic(boolean conjunction, RuleExpression left, RuleExpression right) implements RuleExpression {
        @Override
        public Object value(Map<String, Object> variables) {
            boolean decided = RuleValues.truth(left.value(variables)) != conjunction;
            return decided ? !conjunction : RuleValues.truth(right.value(variables));
        }
    }
}
