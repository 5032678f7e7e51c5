package io.burnish.gateway.account;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.kit.api.FormErrors;
import java.util.Optional;

/** A password that is sent twice. The rules are: not blank, both the same (API contract, core 1.17). */
final class NewPassword {

    private NewPassword() {}

    /** The password of a new user; what is wrong is noted. */
    static String ofCreation(ObjectNode body, FormErrors errors) {
        return read(body, "password1", "password2", errors);
    }

    /**
     * The password that a change asks for; empty if it asks for none. It may come as {@code new_password1/2}, which count if one of them
     * is not null, or as {@code password1/2}, which count if one of them is not empty.
     */
    static Optional<String> ofChange(ObjectNode body, FormErrors errors) {
        if (body.hasNonNull("new_password1") || body.hasNonNull("new_password2")) {
            return Optional.of(read(body, "new_password1", "new_password2", errors));
        }
        return filled(body, "password1") || filled(body, "password2")
                ? Optional.of(read(body, "password1", "password2", errors))
                : Optional.empty();
    }

    private static boolean filled(ObjectNode body, String key) {
        return body.hasNonNull(key)
                && !(body.get(key).isTextual() && body.get(key).textValue().isEmpty());
    }

    private static String read(ObjectNode body, String key, String again, FormErrors errors) {
        String password = required(body, key, errors);
        String repeated = required(body, again, errors);
        if (errors.none(key) && errors.none(again) && !password.equals(repeated)) {
            errors.add(again, "The two password fields didn't match.");
        }
        return password;
    }

    private static String required(ObjectNode body, String key, FormErrors errors) {
        String text = BodyText.of(body, key, errors).orElse("");
        if (text.isBlank() && errors.none(key)) {
            errors.add(key, FormErrors.REQUIRED);
        }
        return text;
    }
}
