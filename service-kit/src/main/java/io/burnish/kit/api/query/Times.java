package io.burnish.kit.api.query;

import io.burnish.kit.api.ApiError;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Dates and times of the API (core 1.7 and 1.10): read leniently, written in one of two forms. */
public final class Times {

    private static final Pattern FORM = Pattern.compile(
            "(\\d{4}-\\d{1,2}-\\d{1,2})(?:[ T](\\d{1,2}:\\d{2}(?::\\d{2}(?:\\.\\d{1,9})?)?)\\s*(Z|[+-]\\d{2}(?::?\\d{2})?)?)?");
    private static final DateTimeFormatter WITH_FRACTION = new DateTimeFormatterBuilder()
            .appendPattern("yyyy-MM-dd'T'HH:mm:ss.")
            .appendFraction(ChronoField.MICRO_OF_SECOND, 6, 6, false)
            .toFormatter();
    private static final DateTimeFormatter WITHOUT_FRACTION = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss");

    private Times() {}

    /**
     * Reads a filter value; no zone means UTC.
     *
     * @throws ApiError 400 if the text is no date or an impossible one
     */
    public static OffsetDateTime filter(String text) {
        Matcher matcher = FORM.matcher(text.strip());
        if (!matcher.matches()) {
            throw ApiError.badQuery(
                    "'%s' value has an invalid format. It must be in YYYY-MM-DD HH:MM[:ss[.uuuuuu]][TZ] format."
                            .formatted(text));
        }
        try {
            return parse(matcher);
        } catch (DateTimeException e) {
            throw ApiError.badQuery(
                    "'%s' value has the correct format (YYYY-MM-DD) but it is an invalid date.".formatted(text));
        }
    }

    private static OffsetDateTime parse(Matcher matcher) {
        String[] date = matcher.group(1).split("-");
        LocalDate day = LocalDate.of(Integer.parseInt(date[0]), Integer.parseInt(date[1]), Integer.parseInt(date[2]));
        if (matcher.group(2) == null) {
            return day.atStartOfDay().atOffset(ZoneOffset.UTC);
        }
        String[] time = matcher.group(2).split(":");
        LocalDateTime local = day.atTime(Integer.parseInt(time[0]), Integer.parseInt(time[1]));
        if (time.length > 2) {
            String[] seconds = time[2].split("\\.");
            local = local.withSecond(Integer.parseInt(seconds[0]));
            if (seconds.length > 1) {
                local = local.withNano(Integer.parseInt((seconds[1] + "00000000").substring(0, 9)));
            }
        }
        String zone = matcher.group(3);
        return local.atOffset(zone == null || zone.equals("Z") ? ZoneOffset.UTC : ZoneOffset.of(zone));
    }

    /** UTC with six digits of fraction, none if it is zero; with {@code +00:00} or without an offset. */
    public static String text(OffsetDateTime time, boolean withOffset) {
        OffsetDateTime utc = time.withOffsetSameInstant(ZoneOffset.UTC);
        boolean whole = utc.getNano() / 1000 == 0;
        String text = (whole ? WITHOUT_FRACTION : WITH_FRACTION).format(utc);
        return withOffset ? text + "+00:00" : text;
    }
}
