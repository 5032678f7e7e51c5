package io.burnish.gateway.account;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;

/** Unguessable values of cookies and API keys: 32 characters, 165 bits or more (API contract, core 1.17). */
public final class RandomKeys {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int LENGTH = 32;
    private static final String SMALL = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final String ALL = SMALL + "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    private RandomKeys() {}

    /** A new key of a session: lower-case letters and digits. */
    public static String sessionKey() {
        return random(SMALL);
    }

    /** A new CSRF token: letters and digits. */
    public static String csrfToken() {
        return random(ALL);
    }

    /** A new random part of an API key: letters and digits. */
    public static String apiKey() {
        return random(ALL);
    }

    /** A new password for a person to type: 20 letters and digits, 119 bits. */
    public static String password() {
        return random(ALL).substring(0, 20);
    }

    /** Whether a text has the form of a session key. */
    public static boolean isSessionKey(String text) {
        return text.length() == LENGTH && text.chars().allMatch(c -> c >= 'a' && c <= 'z' || c >= '0' && c <= '9');
    }

    /** Whether a text has the form of a CSRF token. */
    public static boolean isCsrfToken(String text) {
        return isAlphanumeric(text);
    }

    /** Whether a text has the form of the random part of an API key. */
    public static boolean isApiKey(String text) {
        return isAlphanumeric(text);
    }

    /** The form in which a key is stored, of no use to who reads it. */
    public static byte[] hash(String key) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }

    private static boolean isAlphanumeric(String text) {
        return text.length() == LENGTH && text.chars().allMatch(c -> ALL.indexOf(c) >= 0);
    }

    private static String random(String alphabet) {
        StringBuilder text = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            text.append(alphabet.charAt(RANDOM.nextInt(alphabet.length())));
        }
        return text.toString();
    }
}
