package io.burnish.host.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A word of a rule. */
record RuleToken(Kind kind, String text) {

    enum Kind {
        NUMBER,
        STRING,
        NAME,
        OPERATOR,
        END
    }

    private static final Pattern WORD = Pattern.compile("\\s*(?:(?<number>\\d+(?:\\.\\d+)?|\\.\\d+)"
            + "|(?<string>'[^']*'|\"[^\"]*\")"
            + "|(?<name>[A-Za-z_]\\w*)"
            + "|(?<operator>==|!=|<=|>=|[-+*/%<>()]))");

    /**
     * Splits a rule into words, ending with one of kind {@code END}.
     *
     * @throws RuleException at a character that begins no word
     */
    static List<RuleToken> of(String rule) {
        List<RuleToken> tokens = new ArrayList<>();
        Matcher matcher = WORD.matcher(rule);
        int position = 0;
        while (!rule.substring(position).isBlank()) {
            matcher.region(position, rule.length());
            if (!matcher.lookingAt()) {
                throw new RuleException("Unexpected character \"%s\" in rule"
                        .formatted(rule.substring(position).strip().charAt(0)));
            }
            tokens.add(word(matcher));
            position = matcher.end();
        }
        tokens.add(new RuleToken(Kind.END, ""));
        return tokens;
    }

    private static RuleToken word(Matcher matcher) {
        if (matcher.group("number") != null) {
            return new RuleToken(Kind.NUMBER, matcher.group("number"));
        }
        if (matcher.group("string") != null) {
            String quoted = matcher.group("string");
            return new RuleToken(Kind.STRING, quoted.substring(1, quoted.length() - 1));
        }
        if (matcher.group("name") != null) {
            return new RuleToken(Kind.NAME, matcher.group("name"));
        }
        return new RuleToken(Kind.OPERATOR, matcher.group("operator"));
    }

    boolean is(String word) {
        return (kind == Kind.OPERATOR || kind == Kind.NAME) && text.equals(word);
    }
}
