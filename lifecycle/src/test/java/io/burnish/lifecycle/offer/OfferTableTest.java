package io.burnish.lifecycle.offer;

import static org.assertj.core.api.Assertions.assertThat;

import io.burnish.contracts.fact.Fact;
import io.burnish.contracts.fact.FilesystemFact;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.ObjectType;
import io.burnish.contracts.model.ServerProfile;
import io.burnish.contracts.model.TargetKind;
import io.burnish.lifecycle.Cluster;
import io.burnish.lifecycle.lock.Lock;
import io.burnish.lifecycle.lock.LockTable;
import io.burnish.lifecycle.lock.Locks;
import io.burnish.lifecycle.state.Machines;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What every type of stateful object offers in every state: {@code offers.csv}, written down from the tables of the API contract (core
 * 2.15, storage 28.1, 28.2, 28.4) and of orchestration 3.
 */
class OfferTableTest {

    private record Row(String object, String around, String state, List<String> offers) {

        static Row of(String line) {
            String[] cells = line.split(" \\| ");
            return new Row(
                    cells[0], cells[1], cells[2], cells[3].equals("-") ? List.of() : List.of(cells[3].split("; ")));
        }

        ObjectRef ref() {
            ObjectType type = Stream.of(ObjectType.values())
                    .filter(one -> one.resource().equals(object))
                    .findFirst()
                    .orElseThrow();
            long id =
                    switch (around.split(" ")[0]) {
                        case "MDT" -> 2;
                        case "OST" -> 3;
                        default -> 1;
                    };
            return new ObjectRef(type, id);
        }

        Cluster cluster() {
            return switch (object) {
                case "host" ->
                    new Cluster().host(1, state, profile(around), "id_password_root", true, false, List.of());
                case "lnet_configuration" ->
                    new Cluster()
                            .host(1, around.equals("managed") ? "managed" : "monitored", profile(around))
                            .state(ref(), state);
                case "target" -> targets().state(ref(), state);
                case "filesystem" -> filesystem();
                case "copytool" ->
                    Cluster.ofFour().testfs("available", "mounted", "mounted").worker("unmounted", state);
                case "client_mount" ->
                    Cluster.ofFour().testfs("available", "mounted", "mounted").worker(state, "stopped");
                default ->
                    (around.equals("with targets")
                                    ? Cluster.ofFour().testfs("available", "mounted", "mounted")
                                    : Cluster.ofFour())
                            .state(ref(), state);
            };
        }

        private static ServerProfile profile(String name) {
            return switch (name) {
                case "managed" -> Cluster.MANAGED;
                case "monitored" -> Cluster.MONITORED;
                default -> Cluster.WORKER;
            };
        }

        private Cluster targets() {
            boolean watched = around.contains("watched");
            boolean used = !around.startsWith("MGT") || around.endsWith("in use");
            Cluster cluster = Cluster.ofFour();
            cluster.target(TargetKind.MGT, "MGS", "mounted", null, watched, 1, 2);
            if (used) {
                cluster.target(TargetKind.MDT, "testfs-MDT0000", "mounted", 1L, watched, 2, 1);
                cluster.target(TargetKind.OST, "testfs-OST0000", "mounted", 1L, watched, 3, 4);
                cluster.world().apply(new FilesystemFact(1, 1, "available", watched, "testfs", 1));
            }
            return cluster;
        }

        private Cluster filesystem() {
            Cluster cluster =
                    Cluster.ofFour().testfs(state, "mounted", around.endsWith("unmounted") ? "unmounted" : "mounted");
            if (around.equals("watched")) {
                cluster.world().apply(new FilesystemFact(1, 2, state, true, "testfs", 1));
            }
            return cluster;
        }
    }

    private static List<Row> rows() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                OfferTableTest.class.getResourceAsStream("/offers.csv"), StandardCharsets.UTF_8))) {
            return lines.lines().skip(1).map(Row::of).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Offer offer) {
        return "%s > %s %d/%d"
                .formatted(
                        offer.verb(),
                        offer.state() == null ? offer.className() : offer.state(),
                        offer.displayGroup(),
                        offer.displayOrder());
    }

    @TestFactory
    Stream<DynamicTest> whatIsOffered() {
        return rows().stream()
                .map(row -> DynamicTest.dynamicTest(
                        "%s, %s, %s".formatted(row.object(), row.around(), row.state()), () -> check(row)));
    }

    private static void check(Row row) {
        Cluster cluster = row.cluster();
        assertThat(cluster.world().find(row.ref()).orElseThrow().state()).isEqualTo(row.state());

        List<Offer> offers = Offers.of(cluster.world(), Locks.NONE, row.ref());

        assertThat(offers).extracting(OfferTableTest::text).containsExactlyInAnyOrderElementsOf(row.offers());
        assertThat(offers).isSortedAccordingTo(Comparator.comparingInt(Offer::displayOrder));
        assertThat(offers).isSortedAccordingTo(Comparator.comparingInt(Offer::displayGroup));
        assertThat(offers)
                .containsExactlyInAnyOrderElementsOf(Stream.concat(
                                Offers.transitions(cluster.world(), Locks.NONE, row.ref()).stream(),
                                Offers.jobs(cluster.world(), Locks.NONE, row.ref()).stream())
                        .toList());
        assertThat(offers)
                .allSatisfy(offer -> assertThat(offer.longDescription()).isNotBlank());
        LockTable held = new LockTable();
        held.add(new Lock(9, row.ref(), true, null, null));
        assertThat(Offers.of(cluster.world(), held, row.ref())).isEmpty();
    }

    /** Nobody adds a state without saying what it offers. */
    @Test
    void everyStateOfEveryTypeIsInTheTable() {
        List<Row> rows = rows();
        assertThat(rows.stream().map(Row::object).distinct())
                .containsExactlyInAnyOrder(
                        "client_mount",
                        "copytool",
                        "corosync_configuration",
                        "filesystem",
                        "host",
                        "lnet_configuration",
                        "ntp_configuration",
                        "pacemaker_configuration",
                        "target");
        for (List<Row> ofOne :
                rows.stream().collect(Collectors.groupingBy(Row::object)).values()) {
            Row first = ofOne.getFirst();
            Set<String> states = new HashSet<>(
                    Machines.of(first.cluster().world().find(first.ref()).orElseThrow())
                            .states());
            states.removeAll(Fact.GONE);
            assertThat(ofOne.stream().map(Row::state).collect(Collectors.toSet()))
                    .as(first.object())
                    .isEqualTo(states);
        }
    }
}
