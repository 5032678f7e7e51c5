package io.burnish.metrics;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.ContractJson;
import io.burnish.contracts.ServiceName;
import io.burnish.contracts.Topics;
import io.burnish.contracts.agent.SampleBatch;
import io.burnish.contracts.agent.SampleBatch.Sample;
import io.burnish.contracts.agent.SampleBatch.SeriesType;
import io.burnish.contracts.fact.FactMessage;
import io.burnish.contracts.fact.FilesystemFact;
import io.burnish.contracts.fact.HostFact;
import io.burnish.contracts.fact.StorageResourceFact;
import io.burnish.contracts.fact.TargetFact;
import io.burnish.contracts.model.ServerProfile;
import io.burnish.contracts.model.TargetKind;
import io.burnish.kit.security.Level;
import io.burnish.kit.security.Principal;
import io.burnish.kit.security.Tokens;
import io.burnish.testsupport.Bus;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A file system whose servers publish facts and samples: servers {@code a} (MGT, MDT) and {@code b} (two OSTs), each the failover server of
 * the other. Every lab has objects of its own.
 */
public final class Lab implements AutoCloseable {

    public static final Duration SOON = Duration.ofSeconds(60);

    private static final AtomicLong NEXT = new AtomicLong(100);
    private static final ServerProfile SERVER =
            new ServerProfile("base_managed_rh7", "Managed", true, false, "managed", false, true, true, true);

    public final long a = NEXT.getAndAdd(10);
    public final long b = a + 1;
    final long filesystem = a;
    final long mgt = a;
    final long mdt = a + 1;
    final long ost0 = a + 2;
    final long ost1 = a + 3;
    final String name = "fs" + a;

    private final Bus bus;
    private final Tokens tokens;
    private long sequence;

    /** Publishes the facts and waits until they are known. */
    public Lab(String kafka, Tokens tokens) {
        this.bus = new Bus(kafka, List.of());
        this.tokens = tokens;
        host(a);
        host(b);
        ObjectNode wire = JsonNodeFactory.instance.objectNode().put("name", name);
        bus.publish(new FactMessage(new FilesystemFact(filesystem, 1, "available", false, name, mgt), wire));
        target(mgt, TargetKind.MGT, "MGS", a, b);
        target(mdt, TargetKind.MDT, name + "-MDT0000", a, b);
        target(ost0, TargetKind.OST, name + "-OST0000", b, a);
        target(ost1, TargetKind.OST, name + "-OST0001", b, a);
        await().atMost(SOON)
                .until(() -> get("/api/target/metric/?latest=true&filesystem_id=" + filesystem)
                                .size()
                        == 4);
        await().atMost(SOON)
                .until(() -> get("/api/host/metric/?latest=true&filesystem_id=" + filesystem)
                                .size()
                        == 2);
    }

    private void host(long id) {
        String fqdn = "h" + id + ".lab.example";
        bus.publish(new FactMessage(
                new HostFact(
                        id, 1, "managed", false, fqdn, fqdn, fqdn, fqdn, "manual", SERVER, true, false, List.of(),
                        List.of()),
                JsonNodeFactory.instance.objectNode().put("state", "managed")));
    }

    private void target(long id, TargetKind kind, String label, long primary, long secondary) {
        boolean member = kind != TargetKind.MGT;
        ObjectNode wire = JsonNodeFactory.instance
                .objectNode()
                .put("filesystem", member ? "/api/filesystem/" + filesystem + "/" : null)
                .put("primary_server", "/api/host/" + primary + "/")
                .put("state", "mounted");
        bus.publish(new FactMessage(
                new TargetFact(
                        id,
                        1,
                        "mounted",
                        false,
                        label,
                        kind,
                        member ? 0 : null,
                        member ? filesystem : null,
                        id,
                        label + "_ha",
                        primary,
                        List.of(
                                new TargetFact.Mount(2 * id, primary, 2 * id, true),
                                new TargetFact.Mount(2 * id + 1, secondary, 2 * id + 1, false)),
                        0,
                        0),
                wire));
    }

    /** A storage resource of plug-in {@code linux_network}. */
    void storageResource(long id, String className) {
        bus.publish(new FactMessage(
                new StorageResourceFact(id, 1, className, "r" + id, true, true, List.of(), List.of()),
                JsonNodeFactory.instance.objectNode().put("plugin_name", "linux_network")));
    }

    /** Takes a target away. */
    void removeTarget(long id) {
        bus.publish(
                ServiceName.TARGET,
                Topics.facts(io.burnish.contracts.model.ObjectType.TARGET),
                "target:" + id,
                new FactMessage(
                        new TargetFact(
                                id,
                                9,
                                "removed",
                                false,
                                name + "-OST0001",
                                TargetKind.OST,
                                0,
                                filesystem,
                                id,
                                "ha",
                                null,
                                List.of(),
                                0,
                                0),
                        null));
    }

    /** A sampling of a server, as its agent would send it and the hub pass it on. */
    public void sampling(long host, Instant takenAt, Sample... samples) {
        bus.publish(
                ServiceName.HOST,
                Topics.SAMPLES,
                Long.toString(host),
                new SampleBatch(host, "epoch", ++sequence, takenAt, List.of(samples)));
    }

    /** Space of each of the two OSTs, in one sampling. */
    public void spaceOfOsts(Instant takenAt, double kilobytes, double free) {
        sampling(
                b,
                takenAt,
                gauge(ost0, "kbytestotal", kilobytes),
                gauge(ost0, "kbytesfree", free),
                gauge(ost1, "kbytestotal", kilobytes),
                gauge(ost1, "kbytesfree", free));
    }

    /** Clients of the MDT. */
    public void clients(Instant takenAt, double count) {
        sampling(a, takenAt, gauge(mdt, "client_count", count));
    }

    /** A record that is no sampling. */
    void garbage(long host) {
        bus.publish(ServiceName.HOST, Topics.SAMPLES, Long.toString(host), "garbage");
    }

    /** Waits until all samples of a server are there: those of one server come in their order, and this one comes last. */
    public void awaitAll(long host) {
        String mark = "mark_" + ++sequence;
        sampling(host, Instant.now(), gauge(mark, 1));
        await().atMost(SOON)
                .until(() -> get("/api/host/" + host + "/metric/?latest=true&metrics=" + mark)
                                .at("/0/data/" + mark)
                                .asDouble()
                        == 1);
    }

    /** A reading of a server. */
    public static Sample gauge(String series, double value) {
        return new Sample(null, series, SeriesType.GAUGE, value);
    }

    Sample ofTarget(long target, String series, SeriesType type, double value) {
        String suffix = target == mdt ? "-MDT0000" : target == ost0 ? "-OST0000" : "-OST0001";
        return new Sample(name + suffix, series, type, value);
    }

    Sample gauge(long target, String series, double value) {
        return ofTarget(target, series, SeriesType.GAUGE, value);
    }

    Sample counter(long target, String series, double value) {
        return ofTarget(target, series, SeriesType.COUNTER, value);
    }

    /** The answer of a metric URL. */
    JsonNode get(String path) {
        return ContractJson.read(ask(path).statusCode(200).extract().asString(), JsonNode.class);
    }

    /** Values of one series: {@code seconds since a time -> value}. */
    public List<String> values(String path, String series, Instant since) {
        List<String> values = new ArrayList<>();
        for (JsonNode point : get(path)) {
            long seconds = Instant.parse(point.get("ts").asText().replace("+00:00", "Z"))
                            .getEpochSecond()
                    - since.getEpochSecond();
            values.add(seconds + "=" + point.at("/data/" + series).asText());
        }
        return values;
    }

    ValidatableResponse ask(String path) {
        return given().urlEncodingEnabled(false)
                .header("Authorization", "Bearer " + tokens.mint(new Principal(1, "reader", Level.USER, true, null)))
                .get(path)
                .then();
    }

    @Override
    public void close() {
        bus.close();
    }
}
