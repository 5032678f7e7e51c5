package io.burnish.lifecycle.confparam;

import static io.burnish.lifecycle.confparam.ParameterKind.FILESYSTEM;
import static io.burnish.lifecycle.confparam.ParameterKind.MDT;
import static io.burnish.lifecycle.confparam.ParameterKind.OST;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.lifecycle.confparam.ParameterCheck.Megabytes;
import io.burnish.lifecycle.confparam.ParameterCheck.OneOf;
import io.burnish.lifecycle.confparam.ParameterCheck.Percent;
import io.burnish.lifecycle.confparam.ParameterCheck.Size;
import io.burnish.lifecycle.confparam.ParameterCheck.Whole;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** All configuration parameters, and what may be set (API contract, storage 25). Pure. */
public final class ConfParams {

    private static final ParameterCheck ANY_NUMBER = new Whole(null, null);
    private static final ParameterCheck SWITCH = new OneOf(List.of("0", "1"));
    private static final ParameterCheck ANY_MEGABYTES = new Megabytes(null);
    private static final ParameterCheck SIZE = new Size();

    private static final Map<String, ConfParam> ALL = new TreeMap<>();

    static {
        Stream.of(
                        param(
                                FILESYSTEM,
                                "llite.max_cached_mb",
                                ANY_MEGABYTES,
                                "Limit in MB of a client's cache of pages that are not in use. Unset: three quarters of the client's memory."),
                        param(
                                FILESYSTEM,
                                "llite.max_read_ahead_mb",
                                ANY_MEGABYTES,
                                "Memory in MB that a client may fill with data read ahead. Unset: 40."),
                        param(
                                FILESYSTEM,
                                "llite.max_read_ahead_whole_mb",
                                ANY_MEGABYTES,
                                "Files up to this size in MB are read ahead completely. Unset: 2."),
                        param(
                                FILESYSTEM,
                                "llite.statahead_max",
                                new Whole(0, 8192),
                                "Number of directory entries whose attributes a client fetches in advance while it walks a directory; 0 switches this off. Unset: 32."),
                        param(
                                FILESYSTEM,
                                "sys.at_min",
                                ANY_NUMBER,
                                "Lower limit in seconds of adaptive timeouts. Unset: 0."),
                        param(
                                FILESYSTEM,
                                "sys.at_max",
                                ANY_NUMBER,
                                "Upper limit in seconds of adaptive timeouts; 0 switches adaptive timeouts off. Unset: 600."),
                        param(
                                FILESYSTEM,
                                "sys.at_history",
                                ANY_NUMBER,
                                "For how many seconds the slowest event counts when timeouts are adapted. Unset: 600."),
                        param(
                                FILESYSTEM,
                                "sys.at_early_margin",
                                ANY_NUMBER,
                                "How many seconds before a timeout a server asks the client for more time. Unset: 5."),
                        param(
                                FILESYSTEM,
                                "sys.at_extra",
                                ANY_NUMBER,
                                "How many more seconds a server asks for when it needs more time. Unset: 30."),
                        param(
                                FILESYSTEM,
                                "sys.timeout",
                                ANY_NUMBER,
                                "Seconds that a client waits for the answer to a request. Unset: 100."),
                        param(
                                FILESYSTEM,
                                "sys.ldlm_timeout",
                                ANY_NUMBER,
                                "Seconds that a server waits for a client that shall give a lock back. Unset: 20 on OSTs, 6 on MDTs."),
                        param(
                                MDT,
                                "lov.stripesize",
                                SIZE,
                                "Stripe size of new files, with an optional unit: k, m, g, t or p. Unset: 4M."),
                        param(
                                MDT,
                                "lov.stripecount",
                                ANY_NUMBER,
                                "Number of OSTs over which new files are striped; -1 means all. Unset: 1."),
                        param(
                                MDT,
                                "lov.qos_prio_free",
                                new Percent(),
                                "Weight in percent of free space, against an even spread, when OSTs are chosen for a file. Unset: 90."),
                        param(
                                MDT,
                                "lov.qos_threshold_rr",
                                new Whole(0, 100),
                                "OSTs are used in turn until their free space differs by more than this percentage. Unset: 16."),
                        param(MDT, "mdt.MDS.mds.threads_min", ANY_NUMBER, threads("Fewest", "serve metadata requests")),
                        param(MDT, "mdt.MDS.mds.threads_max", ANY_NUMBER, threads("Most", "serve metadata requests")),
                        param(
                                MDT,
                                "mdt.MDS.mds_readpage.threads_min",
                                ANY_NUMBER,
                                threads("Fewest", "serve directory listings")),
                        param(
                                MDT,
                                "mdt.MDS.mds_readpage.threads_max",
                                ANY_NUMBER,
                                threads("Most", "serve directory listings")),
                        param(
                                MDT,
                                "mdt.MDS.mds_setattr.threads_min",
                                ANY_NUMBER,
                                threads("Fewest", "serve changes of attributes")),
                        param(
                                MDT,
                                "mdt.MDS.mds_setattr.threads_max",
                                ANY_NUMBER,
                                threads("Most", "serve changes of attributes")),
                        param(
                                MDT,
                                "mdt.hsm_control",
                                new OneOf(List.of("enabled", "shutdown", "disabled", "purge")),
                                "The coordinator of hierarchical storage management: enabled, disabled (paused), shutdown (stopped), or purge (all queued requests are dropped). Unset: disabled."),
                        param(
                                OST,
                                "osc.active",
                                SWITCH,
                                "1: clients use the OST; 0: they do as if it were not there. Unset: 1."),
                        param(
                                OST,
                                "osc.max_dirty_mb",
                                new Megabytes(512),
                                "Data in MB that a client may hold for this OST before it writes them, at most 512. Unset: 32."),
                        param(
                                OST,
                                "osc.max_pages_per_rpc",
                                new Whole(1, 256),
                                "Number of pages that one request may carry, 1 to 256. Unset: as the platform has it."),
                        param(
                                OST,
                                "osc.max_rpcs_in_flight",
                                new Whole(1, 32),
                                "Number of requests that a client may have under way to this OST, 1 to 32. Unset: 8."),
                        param(OST, "ost.read_cache_enable", SWITCH, "1: the server caches what is read. Unset: 1."),
                        param(
                                OST,
                                "ost.writethrough_cache_enable",
                                SWITCH,
                                "1: what is written stays in the server's read cache. Unset: 1."),
                        param(
                                OST,
                                "ost.readcache_max_filesize",
                                SIZE,
                                "Largest file that the server caches, with an optional unit: k, m, g, t or p. Unset: no limit."),
                        param(
                                OST,
                                "ost.sync_journal",
                                SWITCH,
                                "1: the journal is flushed after every bulk write. Unset: 0."),
                        param(
                                OST,
                                "ost.sync_on_lock_cancel",
                                new OneOf(List.of("always", "blocking", "never")),
                                "When the journal is flushed as a client gives a lock back: always, blocking (if another client waits for it) or never. Unset: never."),
                        param(
                                OST,
                                "ost.OSS.ost.threads_min",
                                ANY_NUMBER,
                                threads("Fewest", "serve requests other than bulk data")),
                        param(
                                OST,
                                "ost.OSS.ost.threads_max",
                                ANY_NUMBER,
                                threads("Most", "serve requests other than bulk data")),
                        param(OST, "ost.OSS.ost_io.threads_min", ANY_NUMBER, threads("Fewest", "move bulk data")),
                        param(OST, "ost.OSS.ost_io.threads_max", ANY_NUMBER, threads("Most", "move bulk data")),
                        param(
                                OST,
                                "ost.OSS.ost_create.threads_min",
                                ANY_NUMBER,
                                threads("Fewest", "create objects in advance")),
                        param(
                                OST,
                                "ost.OSS.ost_create.threads_max",
                                ANY_NUMBER,
                                threads("Most", "create objects in advance")))
                .forEach(parameter -> ALL.put(parameter.name(), parameter));
    }

    private ConfParams() {}

    private static ConfParam param(ParameterKind kind, String name, ParameterCheck check, String help) {
        return new ConfParam(name, kind, check, help);
    }

    private static String threads(String bound, String work) {
        return bound + " threads that " + work + ". Unset: the server decides.";
    }

    /** The parameter of that name. */
    public static Optional<ConfParam> of(String name) {
        return Optional.ofNullable(ALL.get(name));
    }

    /** The parameters of a kind, in the order of their names. */
    public static List<ConfParam> of(ParameterKind kind) {
        return ALL.values().stream()
                .filter(parameter -> parameter.kind() == kind)
                .toList();
    }

    /**
     * What is wrong with parameters that somebody wants to set.
     *
     * @param kind of what they are set on; empty for an MGT, which has none
     * @param wanted name to value; {@code null} unsets
     * @return messages by parameter; empty if all can be set
     */
    public static Map<String, List<String>> problems(Optional<ParameterKind> kind, JsonNode wanted) {
        Map<String, List<String>> problems = new LinkedHashMap<>();
        wanted.properties().forEach(entry -> {
            List<String> messages = problems(kind, entry.getKey(), entry.getValue());
            if (!messages.isEmpty()) {
                problems.put(entry.getKey(), messages);
            }
        });
        return problems;
    }

    private static List<String> problems(Optional<ParameterKind> kind, String name, JsonNode value) {
        Optional<ConfParam> parameter = of(name);
        if (value.isNull()) {
            return parameter.isPresent() ? List.of() : List.of("Unknown parameter");
        }
        if (!value.isTextual()) {
            return List.of("Must be a string");
        }
        String text = value.asText();
        if (!text.equals(text.strip())) {
            return List.of("May not contain leading or trailing spaces");
        }
        if (parameter.isEmpty()) {
            return List.of("Unknown parameter");
        }
        List<String> messages = new ArrayList<>();
        if (!kind.equals(Optional.of(parameter.get().kind()))) {
            messages.add("Only valid for " + parameter.get().kind().words());
        }
        parameter.get().check().problem(text).ifPresent(messages::add);
        return messages;
    }

    /**
     * Parameters with a change applied.
     *
     * @param stored those that are set
     * @param change checked by {@link #problems}: {@code null} unsets, what it does not name stays
     * @return those of the kind that are set afterwards, by name
     */
    public static Map<String, String> changed(ParameterKind kind, Map<String, String> stored, JsonNode change) {
        Map<String, String> changed = new TreeMap<>(stored);
        change.properties().forEach(entry -> {
            if (entry.getValue().isNull()) {
                changed.remove(entry.getKey());
            } else if (of(entry.getKey())
                    .filter(parameter -> parameter.kind() == kind)
                    .isPresent()) {
                changed.put(entry.getKey(), entry.getValue().asText());
            }
        });
        return changed;
    }
}
