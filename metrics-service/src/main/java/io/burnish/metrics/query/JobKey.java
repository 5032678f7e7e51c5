package io.burnish.metrics.query;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * By what jobs are told apart. Ids of the form {@code program.uid}, which Lustre makes when no scheduler names the jobs
 * ({@code procname_uid}), have a name and a user; other ids stand for themselves (API contract, storage 24.3).
 */
enum JobKey {
    ID,
    NAME,
    USER;

    private static final Pattern PROGRAM_AND_USER = Pattern.compile("(.+)\\.(\\d+)");

    /** The key of a request; a field that no scheduler has means the id. */
    static JobKey of(String wanted) {
        return switch (wanted.toLowerCase(Locale.ROOT)) {
            case "name" -> NAME;
            case "user" -> USER;
            default -> ID;
        };
    }

    /** The key of a job. */
    String of(Selection.OfJobs selection, String seriesName) {
        String id = seriesName.substring(selection.prefix().length());
        Matcher matcher = PROGRAM_AND_USER.matcher(id);
        if (this == ID || !matcher.matches()) {
            return id;
        }
        return matcher.group(this == NAME ? 1 : 2);
    }
}
