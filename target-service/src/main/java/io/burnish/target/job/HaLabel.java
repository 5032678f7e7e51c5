package io.burnish.target.job;

import java.security.SecureRandom;

/** Names of targets in Pacemaker (API contract, storage 26.5). */
final class HaLabel {

    private static final SecureRandom RANDOM = new SecureRandom();

    private HaLabel() {}

    static String random(String target) {
        return "%s_%06x".formatted(sanitised(target), RANDOM.nextInt(1 << 24));
    }

    static String sanitised(String target) {
        return target.replaceFirst("^[0-9.-]", "_").replaceAll("[(){}\\[\\].:@$%&/+,;\\s]+", "_");
    }
}
