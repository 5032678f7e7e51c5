package io.burnish.host.profile;

import io.burnish.host.profile.RuleToken.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Reads the rule language of profiles (API contract, core 2.18): names of properties, numbers, quoted text, {@code True} and
 * {@code False}; {@code + - * / %}, {@code == != < <= > >=} (also chained), {@code and}, {@code or}, parentheses. There are no
 * function calls and nothing else: a rule can neither run code nor fail to end.
 */
final class RuleParser {

    private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", "<=", ">", ">=");
    /** Parentheses beyond this are refused, so that a rule cannot exhaust the stack. */
    private static final int DEEPEST = 50;

    private final List<RuleToken> tokens;
    private int position;
    private int depth;

    private RuleParser(List<RuleToken> tokens) {
        this.tokens = tokens;
    }

    /**
     * The expression of a rule.
     *
     * @throws RuleException if the text is no rule
     */
    static RuleExpression parse(String rule) {
        RuleParser parser = new RuleParser(RuleToken.of(rule));
        RuleExpression expression = parser.disjunction();
        if (parser.next().kind() != Kind.END) {
            throw parser.unexpected();
        }
        return expression;
    }

    private RuleExpression disjunction() {
        RuleExpression left = conjunction();
        while (next().is("or")) {
            position++;
            left = new RuleExpression.Logic(false, left, conjunction());
        }
        return left;
    }

    private RuleExpression conjunction() {
        RuleExpression left = comparison();
        while (next().is("and")) {
            position++;
            left = new RuleExpression.Logic(true, left, comparison());
        }
        return left;
    }

    private RuleExpression comparison() {
        RuleExpression first = sum();
        List<String> operators = new ArrayList<>();
        List<RuleExpression> others = new ArrayList<>();
        while (next().kind() == Kind.OPERATOR && COMPARISONS.contains(next().text())) {
            operators.add(take().text());
            others.add(sum());
        }
        return operators.isEmpty() ? first : new RuleExpression.Comparison(first, operators, others);
    }

    private RuleExpression sum() {
        RuleExpression left = product();
        while (next().is("+") || next().is("-")) {
            String operator = take().text();
            left = new RuleExpression.Arithmetic(operator, left, product());
        }
        return left;
    }

    private RuleExpression product() {
        RuleExpression left = factor();
        while (next().is("*") || next().is("/") || next().is("%")) {
            String operator = take().text();
            left = new RuleExpression.Arithmetic(operator, left, factor());
        }
        return left;
    }

    private RuleExpression factor() {
        if (++depth > DEEPEST) {
            throw new RuleException("The rule is nested too deeply");
        }
        RuleExpression factor = atom();
        depth--;
        return factor;
    }

    private RuleExpression atom() {
        RuleToken token = take();
        if (token.is("-")) {
            return new RuleExpression.Arithmetic("-", new RuleExpression.Literal(0.0), factor());
        }
        if (token.is("(")) {
            RuleExpression inner = disjunction();
            if (!take().is(")")) {
                position--;
                throw unexpected();
            }
            return inner;
        }
        return switch (token.kind()) {
            case NUMBER -> new RuleExpression.Literal(Double.valueOf(token.text()));
            case STRING -> new RuleExpression.Literal(token.text());
            case NAME -> name(token.text());
            case OPERATOR, END -> {
                position--;
                throw unexpected();
            }
        };
    }

    private RuleExpression name(String name) {
        return switch (name) {
            case "True" -> new RuleExpression.Literal(true);
            case "False" -> new RuleExpression.Literal(false);
            case "and", "or" -> {
                position--;
                throw unexpected();
            }
            default -> new RuleExpression.Variable(name);
        };
    }

    private RuleToken next() {
        return tokens.get(position);
    }

    private RuleToken take() {
        return tokens.get(position++);
    }

    private RuleException unexpected() {
        RuleToken token = tokens.get(position);
        return new RuleException(
                token.kind() == Kind.END
                        ? "The rule ends too early"
                        : "Unexpected \"%s\" in rule".formatted(token.text()));
    }
}
