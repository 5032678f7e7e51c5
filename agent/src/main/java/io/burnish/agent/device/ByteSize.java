package io.burnish.agent.device;

import java.math.BigDecimal;

/** Sizes as storage tools print them. */
final class ByteSize {

    private static final String SUFFIXES = "KMGTPE";

    private ByteSize() {}

    /** Bytes of {@code 1073741824}, {@code 10737418240B}, {@code 19.9G} (powers of two); 0 if the text is none of these. */
    static long parse(String text) {
        String value = text.strip().replaceFirst("(?<=[\\d" + SUFFIXES + "])B$", "");
        if (value.isEmpty()) {
            return 0;
        }
        int power = SUFFIXES.indexOf(value.charAt(value.length() - 1)) + 1;
        String number = power == 0 ? value : value.substring(0, value.length() - 1);
        try {
            return new BigDecimal(number)
                    .multiply(BigDecimal.valueOf(1L << 10 * power))
                    .longValue();
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
