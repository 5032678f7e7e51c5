package io.burnish.contracts.agent.report;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which version of a package is newer, as RPM decides: epoch, then version, then release. Texts are compared in parts of only digits or only
 * letters; digits count as numbers and are newer than letters; what is left over is newer, except after {@code ~}, which is older than
 * nothing, and {@code ^}, which is newer than nothing but older than anything else.
 */
public final class RpmOrder {

    /** Older versions first; architectures do not matter. */
    public static final Comparator<PackageReport.Version> OLDEST_FIRST = Comparator.comparing(
                    (PackageReport.Version version) -> epoch(version.epoch()))
            .thenComparing(PackageReport.Version::version, RpmOrder::compare)
            .thenComparing(PackageReport.Version::release, RpmOrder::compare);

    private static final Pattern PART = Pattern.compile("[~^]|[0-9]+|[A-Za-z]+");

    private RpmOrder() {}

    private static BigInteger epoch(String text) {
        return text.matches("[0-9]+") ? new BigInteger(text) : BigInteger.ZERO;
    }

    /** Compares two versions or two releases. */
    public static int compare(String one, String other) {
        Matcher left = PART.matcher(one);
        Matcher right = PART.matcher(other);
        while (true) {
            String mine = left.find() ? left.group() : "";
            String theirs = right.find() ? right.group() : "";
            if (mine.isEmpty() && theirs.isEmpty()) {
                return 0;
            }
            int order = part(mine, theirs);
            if (order != 0) {
                return order;
            }
        }
    }

    private static int part(String mine, String theirs) {
        int order = Integer.compare(rank(mine), rank(theirs));
        if (order != 0) {
            return order;
        }
        return isNumber(mine) ? new BigInteger(mine).compareTo(new BigInteger(theirs)) : mine.compareTo(theirs);
    }

    /** {@code ~} before the end before {@code ^} before letters before digits. */
    private static int rank(String part) {
        return switch (part) {
            case "~" -> 0;
            case "" -> 1;
            case "^" -> 2;
            default -> isNumber(part) ? 4 : 3;
        };
    }

    private static boolean isNumber(String part) {
        return !part.isEmpty() && Character.isDigit(part.charAt(0));
    }
}
