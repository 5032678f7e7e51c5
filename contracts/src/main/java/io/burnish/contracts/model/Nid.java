package io.burnish.contracts.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A Lustre network identifier. The text form always prints the network number ({@code 10.0.0.1@tcp0}), as the API contract
 * does; reading accepts the form without it ({@code 10.0.0.1@tcp}), as Lustre prints it.
 */
public record Nid(String address, String lndType, int lndNetwork) {

    /**
     * Parses {@code address@type[number]}.
     *
     * @throws IllegalArgumentException if the text has another form
     */
    @JsonCreator
    public static Nid parse(String text) {
        int at = text.indexOf('@');
        if (at < 1 || at == text.length() - 1) {
            throw new IllegalArgumentException("not a NID: '" + text + "'");
        }
        String network = text.substring(at + 1);
        int digits = network.length();
        // o2ib and o2ib1: the digit inside the type's name is not the network number
        while (digits > 0 && Character.isDigit(network.charAt(digits - 1))) {
            digits--;
        }
        if (digits == 0) {
            throw new IllegalArgumentException("not a NID: '" + text + "'");
        }
        int number = digits == network.length() ? 0 : Integer.parseInt(network.substring(digits));
        return new Nid(text.substring(0, at), network.substring(0, digits), number);
    }

    @JsonValue
    @Override
    public String toString() {
        return address + "@" + lndType + lndNetwork;
    }
}
