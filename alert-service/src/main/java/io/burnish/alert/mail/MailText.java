package io.burnish.alert.mail;

import io.burnish.alert.type.Severity;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Subject and body of a mail about alerts (monitoring 4). */
record MailText(String subject, String body) {

    /** More are counted, not listed. */
    private static final int LISTED = 100;

    private static final int SUBJECT_LIMIT = 120;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT);

    /** One alert. */
    record Line(OffsetDateTime begin, String message, Severity severity, boolean active) {}

    /**
     * The text about alerts, worst first, then newest.
     *
     * @param prefix how the subject begins
     * @param url where the installation is found; empty if nobody said
     */
    static MailText of(String prefix, String url, List<Line> alerts) {
        Line first = alerts.getFirst();
        String more = alerts.size() == 1 ? "" : " and %d more".formatted(alerts.size() - 1);
        String subject = printable("%s %s: %s%s"
                        .formatted(prefix, first.severity(), shortened(first.message(), SUBJECT_LIMIT), more))
                .strip();
        StringBuilder body = new StringBuilder("Alerts of the Lustre installation");
        body.append(url.isEmpty() ? "" : " at " + url).append(":\n\n");
        alerts.stream().limit(LISTED).forEach(alert -> body.append(line(alert)));
        if (alerts.size() > LISTED) {
            body.append("\n%d more are in the list of alerts.\n".formatted(alerts.size() - LISTED));
        }
        return new MailText(subject, body.toString());
    }

    private static String line(Line alert) {
        return "%s %s (%s)%s\n"
                .formatted(
                        TIME.format(alert.begin()),
                        printable(alert.message()),
                        alert.severity(),
                        alert.active() ? "\n    This alert is currently active." : "");
    }

    private static String shortened(String text, int limit) {
        return text.length() <= limit ? text : text.substring(0, limit - 1) + "…";
    }

    /** Names of objects come from outside: a line of theirs must not become a header or a line of ours. */
    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ");
    }
}
