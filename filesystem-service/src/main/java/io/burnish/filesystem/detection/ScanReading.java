package io.burnish.filesystem.detection;

import io.burnish.contracts.agent.report.DetectScanResult.LocalTarget;
import io.burnish.contracts.call.Detection;
import io.burnish.contracts.model.Nid;
import io.burnish.contracts.model.TargetKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the scans of several servers say together (orchestration 10.6). A target is what has one name and one uuid, wherever it is seen. Its
 * primary server is the one that is not among its failover servers, else the one that has it mounted. A file system belongs to the MGT on
 * whose servers its targets look for the MGS, else to the one that knows its name. Pure.
 *
 * @param filesystems complete ones
 * @param mgts all of them, also such without a file system
 * @param lines what was left out, and why
 */
record ScanReading(List<FoundFilesystem> filesystems, List<Detection.FoundTarget> mgts, List<String> lines) {

    private static final Pattern MEMBER = Pattern.compile("(?<fs>.+)-(?<kind>MDT|OST)(?<index>[0-9a-f]{4})");

    /**
     * Reads scans.
     *
     * @param nids of the servers, by id
     */
    static ScanReading of(List<Detection.ServerScan> scans, Map<Long, List<String>> nids) {
        return new Reader(scans, nids).read();
    }

    /** Where one target was seen. */
    private record Sighting(long hostId, LocalTarget target) {}

    private static final class Reader {

        private final List<Detection.ServerScan> scans;
        private final Map<Long, List<String>> nids;
        private final List<String> lines = new ArrayList<>();

        Reader(List<Detection.ServerScan> scans, Map<Long, List<String>> nids) {
            this.scans = scans;
            this.nids = nids;
        }

        ScanReading read() {
            Map<String, List<Sighting>> seen = sightings();
            List<Detection.FoundTarget> mgts = new ArrayList<>();
            Map<String, List<Detection.FoundTarget>> members = new TreeMap<>();
            Map<String, Set<String>> mgsNids = new TreeMap<>();
            for (List<Sighting> target : seen.values()) {
                Optional<Detection.FoundTarget> found = found(target);
                if (found.isEmpty()) {
                    continue;
                }
                if (found.get().kind() == TargetKind.MGT) {
                    mgts.add(found.get());
                } else {
                    String fs = filesystem(found.get().name());
                    members.computeIfAbsent(fs, name -> new ArrayList<>()).add(found.get());
                    mgsNids.computeIfAbsent(fs, name -> new TreeSet<>()).addAll(parameter(target, "mgsnode"));
                }
            }
            List<FoundFilesystem> filesystems = new ArrayList<>();
            members.forEach((name, targets) ->
                    complete(name, targets, mgt(name, mgts, mgsNids.get(name))).ifPresent(filesystems::add));
            return new ScanReading(filesystems, mgts, lines);
        }

        private Map<String, List<Sighting>> sightings() {
            Map<String, List<Sighting>> seen = new LinkedHashMap<>();
            for (Detection.ServerScan scan : scans) {
                for (LocalTarget target : scan.result().localTargets()) {
                    if (target.uuid() == null || target.devicePaths().isEmpty()) {
                        lines.add("Target %s is left out: its device has no uuid".formatted(target.name()));
                    } else if (target.name().equals("MGS")
                            || MEMBER.matcher(target.name()).matches()) {
                        seen.computeIfAbsent(target.name() + " " + target.uuid(), key -> new ArrayList<>())
                                .add(new Sighting(scan.hostId(), target));
                    }
                }
            }
            return seen;
        }

        private Optional<Detection.FoundTarget> found(List<Sighting> sightings) {
            LocalTarget target = sightings.getFirst().target();
            Optional<Long> primary = primary(sightings);
            if (primary.isEmpty()) {
                lines.add("Found no primary mount point for target %s %s".formatted(target.name(), target.uuid()));
                return Optional.empty();
            }
            Matcher member = MEMBER.matcher(target.name());
            boolean mgt = !member.matches();
            return Optional.of(new Detection.FoundTarget(
                    mgt ? TargetKind.MGT : TargetKind.valueOf(member.group("kind")),
                    target.name(),
                    mgt ? null : Integer.valueOf(member.group("index"), 16),
                    target.uuid(),
                    primary.get(),
                    sightings.stream()
                            .filter(one -> one.target().mounted())
                            .map(Sighting::hostId)
                            .findFirst()
                            .orElse(null),
                    sightings.stream()
                            .map(one -> new Detection.Device(
                                    one.hostId(), one.target().devicePaths().getFirst()))
                            .toList()));
        }

        private Optional<Long> primary(List<Sighting> sightings) {
            Set<String> failover = parameter(sightings, "failover.node");
            List<Long> candidates = sightings.stream()
                    .map(Sighting::hostId)
                    .filter(host -> nidsOf(host).noneMatch(failover::contains))
                    .toList();
            if (candidates.size() == 1) {
                return Optional.of(candidates.getFirst());
            }
            return sightings.stream()
                    .filter(one -> one.target().mounted())
                    .map(Sighting::hostId)
                    .findFirst();
        }

        private Optional<Detection.FoundTarget> mgt(
                String filesystem, List<Detection.FoundTarget> mgts, Set<String> mgsNids) {
            Optional<Detection.FoundTarget> asked = mgts.stream()
                    .filter(mgt -> mgt.devices().stream()
                            .flatMap(device -> nidsOf(device.hostId()))
                            .anyMatch(mgsNids::contains))
                    .findFirst();
            return asked.or(() -> scans.stream()
                    .filter(scan -> scan.result().mgsTargets().containsKey(filesystem))
                    .flatMap(scan -> mgts.stream()
                            .filter(mgt -> Long.valueOf(scan.hostId()).equals(mgt.activeHostId())))
                    .findFirst());
        }

        private Optional<FoundFilesystem> complete(
                String name, List<Detection.FoundTarget> targets, Optional<Detection.FoundTarget> mgt) {
            for (TargetKind kind : new TargetKind[] {TargetKind.MDT, TargetKind.OST}) {
                if (targets.stream().noneMatch(target -> target.kind() == kind)) {
                    lines.add("Found no %ss for filesystem %s".formatted(kind, name));
                    return Optional.empty();
                }
            }
            if (mgt.isEmpty()) {
                lines.add("Found no MGT for filesystem " + name);
                return Optional.empty();
            }
            return Optional.of(new FoundFilesystem(
                    name,
                    mgt.get(),
                    targets.stream()
                            .sorted(Comparator.comparing(Detection.FoundTarget::kind)
                                    .thenComparing(Detection.FoundTarget::index))
                            .toList()));
        }

        private Stream<String> nidsOf(long host) {
            return nids.getOrDefault(host, List.of()).stream().map(Reader::normal);
        }

        private static Set<String> parameter(List<Sighting> sightings, String name) {
            return sightings.stream()
                    .flatMap(one -> one.target().params().getOrDefault(name, List.of()).stream())
                    .flatMap(text -> Stream.of(text.split("[,:]")))
                    .map(Reader::normal)
                    .collect(Collectors.toSet());
        }

        /** {@code tcp} and {@code tcp0} are one network. */
        private static String normal(String nid) {
            try {
                return Nid.parse(nid).toString();
            } catch (IllegalArgumentException e) {
                return nid;
            }
        }

        private static String filesystem(String target) {
            return target.substring(0, target.lastIndexOf('-'));
        }
    }
}
