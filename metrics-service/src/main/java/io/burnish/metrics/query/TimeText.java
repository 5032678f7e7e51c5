package io.burnish.metrics.query;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Times of metric queries (API contract, storage 23.1): a date, a time or both, wherever they are in the text; no offset means UTC, no time
 * midnight, no date today.
 */
final class TimeText {

    private static final Pattern DATE = Pattern.compile("(\\d{4})[-/](\\d{1,2})[-/](\\d{1,2})");
    private static final Pattern TIME =
            Pattern.compile("(\\d{1,2}):(\\d{2}):(\\d{2})(?:\\.(\\d{1,9})\\d*)?\\s*(?:([+-]\\d{2}):?(\\d{2}))?");

    private TimeText() {}

    /** The time; empty if the text has neither a date nor a time, or an impossible one. */
    static Optional<Instant> parse(String text, Instant now) {
        Matcher date = DATE.matcher(text);
        Matcher time = TIME.matcher(text);
        boolean hasDate = date.find();
        boolean hasTime = time.find();
        if (!hasDate && !hasTime) {
            return Optional.empty();
        }
        try {
            LocalDate day = hasDate
                    ? LocalDate.of(number(date, 1), number(date, 2), number(date, 3))
                    : LocalDate.ofInstant(now, ZoneOffset.UTC);
            return Optional.of(
                    hasTime
                            ? LocalDateTime.of(day, time(time)).toInstant(offset(time))
                            : day.atStartOfDay().toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static LocalTime time(Matcher time) {
        String fraction = time.group(4) == null ? "" : time.group(4);
        return LocalTime.of(
                number(time, 1),
                number(time, 2),
                number(time, 3),
                Integer.parseInt((fraction + "000000000").substring(0, 9)));
    }

    private static ZoneOffset offset(Matcher time) {
        return time.group(5) == null ? ZoneOffset.UTC : ZoneOffset.of(time.group(5) + ":" + time.group(6));
    }

    private static int number(Matcher matcher, int group) {
        return Integer.parseInt(matcher.group(group));
    }
}
