package io.burnish.alert.log;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A word of a log line that may name a server (by NID) or a target (API contract, core 2.7). What it links to is decided when the
 * line is read, for objects come and go.
 *
 * @param start offset of the first character
 * @param end offset after the last one
 * @param nid normal form, for example {@code 10.0.0.1@tcp0}; {@code null} for a target
 * @param target name; {@code null} for a NID
 */
record Mention(int start, int end, String nid, String target) {

    private static final Pattern NID = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,3}){3})@(tcp|ib|o2ib)(?:_?(\\d+))?");
    private static final Pattern TARGET = Pattern.compile("\\W(\\w{1,8}-(?:MDT|OST)[0-9a-f]{4})");

    static List<Mention> in(String message) {
        List<Mention> mentions = new ArrayList<>();
        Matcher nids = NID.matcher(message);
        while (nids.find()) {
            String type = nids.group(2).equals("ib") ? "o2ib" : nids.group(2);
            String network = nids.group(3) == null ? "0" : nids.group(3);
            mentions.add(new Mention(nids.start(), nids.end(), nids.group(1) + "@" + type + network, null));
        }
        // the leading character is only looked at: two targets may share a separator
        Matcher targets = TARGET.matcher(message);
        for (int from = 0; targets.find(from); from = targets.end(1)) {
            mentions.add(new Mention(targets.start(1), targets.end(1), null, targets.group(1)));
        }
        mentions.sort(Comparator.comparingInt(Mention::start));
        return mentions;
    }
}
