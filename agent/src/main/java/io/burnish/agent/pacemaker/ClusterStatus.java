package io.burnish.agent.pacemaker;

import io.burnish.contracts.agent.report.CorosyncReport.CrmInfo;
import io.burnish.contracts.agent.report.CorosyncReport.Options;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.w3c.dom.Element;

/** Reads the XML of {@code crm_mon}, of either generation (agent contract, 5.2). */
public final class ClusterStatus {

    private static final DateTimeFormatter UPDATED =
            DateTimeFormatter.ofPattern("EEE MMM d HH:mm:ss yyyy", Locale.ROOT);

    private ClusterStatus() {}

    /** Members and options; empty if the text is not the XML of a running cluster. Times in it are of the given zone. */
    public static Optional<CrmInfo> parse(String text, ZoneId zone) {
        return Xml.parse(text).flatMap(root -> Xml.first(root, "summary")
                .flatMap(summary -> updated(summary, zone))
                .map(at -> new CrmInfo(at, nodes(root), options(root))));
    }

    private static Optional<Instant> updated(Element summary, ZoneId zone) {
        return Xml.first(summary, "last_update").flatMap(update -> {
            // days below ten are padded with a blank
            String time = update.getAttribute("time").replaceAll("\\s+", " ");
            try {
                return Optional.of(
                        LocalDateTime.parse(time, UPDATED).atZone(zone).toInstant());
            } catch (DateTimeParseException e) {
                return Optional.empty();
            }
        });
    }

    private static Map<String, Map<String, String>> nodes(Element root) {
        Map<String, Map<String, String>> nodes = new TreeMap<>();
        // the list of nodes; resources and histories have elements of that name as well
        Xml.first(root, "nodes").ifPresent(list -> Xml.all(list, "node")
                .forEach(node -> nodes.put(node.getAttribute("name"), Xml.attributes(node))));
        return nodes;
    }

    private static Options options(Element root) {
        return new Options(Xml.first(root, "cluster_options")
                .filter(options -> options.getAttribute("stonith-enabled").equals("true"))
                .isPresent());
    }
}
