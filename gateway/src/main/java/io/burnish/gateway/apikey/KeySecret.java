package io.burnish.gateway.apikey;

import io.burnish.gateway.account.RandomKeys;

/** The secret of an API key: a prefix by which scanners of repositories and logs find it, and 32 random letters and digits, 190 bits. */
final class KeySecret {

    private static final String PREFIX = "burnish_";

    private KeySecret() {}

    static String random() {
        return PREFIX + RandomKeys.apiKey();
    }

    /** Whether a text has the form of a secret. */
    static boolean is(String text) {
        return text.startsWith(PREFIX) && RandomKeys.isApiKey(text.substring(PREFIX.length()));
    }
}
