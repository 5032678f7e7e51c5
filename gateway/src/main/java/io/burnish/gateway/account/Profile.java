package io.burnish.gateway.account;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.kit.api.FormErrors;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a submitted user says of itself, checked (API contract, core 2.2). An empty value was not sent and keeps what is stored; a user
 * name is always sent.
 */
record Profile(String username, Optional<String> firstName, Optional<String> lastName, Optional<String> email) {

    private static final int NAME_LIMIT = 30;
    private static final int EMAIL_LIMIT = 75;
    private static final Pattern USERNAME = Pattern.compile("[A-Za-z0-9_@.+-]+");
    private static final String LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?";
    private static final Pattern EMAIL =
            Pattern.compile("[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@" + LABEL + "(?:\\." + LABEL + ")+");

    /** Reads the profile; what is wrong is noted. */
    static Profile of(ObjectNode body, FormErrors errors) {
        String username = BodyText.of(body, "username", errors).orElse("");
        checkUsername(username, errors);
        Optional<String> email = limited(body, "email", EMAIL_LIMIT, errors);
        if (email.filter(text -> !text.isEmpty() && !isEmail(text)).isPresent()) {
            errors.add("email", "Enter a valid email address.");
        }
        return new Profile(
                username,
                limited(body, "first_name", NAME_LIMIT, errors),
                limited(body, "last_name", NAME_LIMIT, errors),
                email);
    }

    private static void checkUsername(String username, FormErrors errors) {
        if (username.isBlank()) {
            if (errors.none("username")) {
                errors.add("username", FormErrors.REQUIRED);
            }
            return;
        }
        checkLength("username", username, NAME_LIMIT, errors);
        if (!USERNAME.matcher(username).matches()) {
            errors.add("username", "This value may contain only letters, numbers and @/./+/-/_ characters.");
        }
    }

    private static Optional<String> limited(ObjectNode body, String key, int limit, FormErrors errors) {
        Optional<String> text = BodyText.of(body, key, errors);
        text.ifPresent(value -> checkLength(key, value, limit, errors));
        return text;
    }

    private static void checkLength(String key, String value, int limit, FormErrors errors) {
        int length = value.codePointCount(0, value.length());
        if (length > limit) {
            errors.add(key, "Ensure this value has at most %d characters (it has %d).".formatted(limit, length));
        }
    }

    private static boolean isEmail(String text) {
        return text.length() <= EMAIL_LIMIT && EMAIL.matcher(text).matches();
    }
}
