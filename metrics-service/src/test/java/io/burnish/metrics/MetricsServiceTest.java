package io.burnish.metrics;

import static io.burnish.metrics.Lab.SOON;
import static io.burnish.metrics.Lab.gauge;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.anEmptyMap;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.contracts.agent.SampleBatch;
import io.burnish.contracts.agent.SampleBatch.Sample;
import io.burnish.contracts.agent.SampleBatch.SeriesType;
import io.burnish.kit.security.Level;
import io.burnish.kit.security.Principal;
import io.burnish.kit.security.Tokens;
import io.burnish.metrics.storage.Upkeep;
import io.burnish.testsupport.PlatformTestResource;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From samples on Kafka to answers of the metric URLs, on real PostgreSQL and Kafka. */
@QuarkusTest
@QuarkusTestResource(PlatformTestResource.class)
class MetricsServiceTest {

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String kafka;

    @Inject
    Tokens tokens;

    @Inject
    Upkeep upkeep;

    @Inject
    MeterRegistry meters;

    private Lab lab;
    /** A full minute, some minutes ago. */
    private Instant start;

    @BeforeEach
    void open() {
        lab = new Lab(kafka, tokens);
        start = Instant.ofEpochSecond(Instant.now().getEpochSecond() / 60 * 60 - 300);
    }

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void countersAreRatesAndGaugesAreThemselves() {
        lab.sampling(
                lab.b, at(0), lab.counter(lab.ost0, "stats_write_bytes", 1000), lab.gauge(lab.ost0, "kbytesfree", 7));
        lab.sampling(
                lab.b, at(10), lab.counter(lab.ost0, "stats_write_bytes", 1600), lab.gauge(lab.ost0, "kbytesfree", 8));
        lab.sampling(
                lab.b, at(20), lab.counter(lab.ost0, "stats_write_bytes", 1600), lab.gauge(lab.ost0, "kbytesfree", 9));
        lab.sampling(
                lab.b, at(30), lab.counter(lab.ost0, "stats_write_bytes", 100), lab.gauge(lab.ost0, "kbytesfree", 9));
        lab.awaitAll(lab.b);
        String range = "/api/target/" + lab.ost0 + "/metric/?" + range(0, 60);
        assertThat(lab.values(range + "&metrics=stats_write_bytes", "stats_write_bytes", start))
                .containsExactly("10=60.0", "20=0.0", "30=0.0");
        assertThat(lab.values(range + "&metrics=kbytesfree", "kbytesfree", start))
                .containsExactly("0=7.0", "10=8.0", "20=9.0", "30=9.0");
        assertThat(lab.values(range, "kbytesfree", start)).containsExactly("10=8.0", "20=9.0", "30=9.0");
        assertThat(lab.values(range + "&metrics=missing,kbytesfree", "missing", start))
                .containsExactly("0=0.0", "10=0.0", "20=0.0", "30=0.0");
    }

    @Test
    void sampleThatComesTwiceOrLateCountsOnce() {
        lab.sampling(lab.a, at(0), gauge("x", 10));
        lab.sampling(lab.a, at(0), gauge("x", 10));
        lab.sampling(lab.a, at(20), gauge("x", 40));
        lab.awaitAll(lab.a);
        assertThat(meanOfMinute()).isEqualTo("0=25.0");
        upkeep.store(Instant.now());
        assertThat(meanOfMinute()).isEqualTo("0=25.0");
        lab.sampling(lab.a, at(20), gauge("x", 40));
        lab.sampling(lab.a, at(10), gauge("x", 100));
        lab.awaitAll(lab.a);
        assertThat(meanOfMinute()).isEqualTo("0=50.0");
        upkeep.store(Instant.now());
        assertThat(meanOfMinute()).isEqualTo("0=50.0");
    }

    private String meanOfMinute() {
        return lab.values("/api/host/" + lab.a + "/metric/?num_points=1&metrics=x&" + range(0, 60), "x", start)
                .getFirst();
    }

    @Test
    void hoursThatAreOverAreRolledUpAndLateSamplesCorrectThem() {
        Instant hour = Instant.ofEpochSecond(Instant.now().getEpochSecond() / 3600 * 3600 - 3 * 3600);
        for (int i = 0; i < 12; i++) {
            lab.sampling(lab.a, hour.plusSeconds(i * 10), gauge("x", i + 1));
        }
        lab.awaitAll(lab.a);
        String minutes = "/api/host/" + lab.a + "/metric/?metrics=x&max_points=60&begin=" + hour + "&end="
                + hour.plusSeconds(3600);
        String hours = "/api/host/" + lab.a + "/metric/?metrics=x&max_points=1&begin=" + hour + "&end="
                + hour.plusSeconds(3600);
        assertThat(lab.values(minutes, "x", hour))
                .as("seen before it is rolled up")
                .startsWith("0=3.5");
        upkeep.store(Instant.now());
        assertThat(lab.values(minutes, "x", hour)).containsExactly("0=3.5", "60=9.5");
        assertThat(lab.values(hours, "x", hour)).containsExactly("0=6.5");
        // a second pass over the same hour adds nothing up
        lab.sampling(lab.a, hour, gauge("x", 1));
        lab.sampling(lab.a, hour.plusSeconds(120), gauge("x", 46));
        lab.awaitAll(lab.a);
        upkeep.store(Instant.now());
        assertThat(lab.values(minutes, "x", hour)).containsExactly("0=3.5", "60=9.5", "120=46.0");
        assertThat(lab.values(hours, "x", hour)).containsExactly("0=" + 124.0 / 13);
    }

    @Test
    void eachLevelForgetsInItsTime() {
        Instant now = Instant.now();
        Instant hour = Instant.ofEpochSecond(now.getEpochSecond() / 3600 * 3600 - 3 * 3600);
        for (int i = 0; i < 360; i += 6) {
            lab.sampling(lab.a, hour.plusSeconds(i * 10), gauge("x", 5));
        }
        lab.awaitAll(lab.a);
        upkeep.store(now);
        String url = "/api/host/" + lab.a + "/metric/?metrics=x&begin=" + hour + "&end=" + hour.plusSeconds(3600);
        assertThat(lab.get(url + "&max_points=360")).hasSize(60);
        upkeep.expire(now.plusSeconds(26 * 3600));
        assertThat(lab.get(url + "&max_points=360"))
                .as("ten seconds, after a day")
                .isEmpty();
        assertThat(lab.get(url + "&max_points=60")).as("minutes, after a day").hasSize(60);
        upkeep.expire(now.plusSeconds(5 * 86_400));
        assertThat(lab.get(url + "&max_points=60"))
                .as("minutes, after five days")
                .isEmpty();
        assertThat(lab.get(url + "&max_points=12"))
                .as("five minutes, after five days")
                .hasSize(12);
        upkeep.expire(now.plusSeconds(20 * 86_400));
        assertThat(lab.get(url + "&max_points=12"))
                .as("five minutes, after 20 days")
                .isEmpty();
        assertThat(lab.get(url + "&max_points=1")).as("hours, after 20 days").hasSize(1);
    }

    @Test
    void whatIsNotRolledUpYetDoesNotExpire() {
        lab.sampling(lab.a, Instant.now(), gauge("x", 5));
        lab.awaitAll(lab.a);
        upkeep.store(Instant.now());
        upkeep.expire(Instant.now().plusSeconds(10 * 86_400));
        assertThat(lab.get("/api/host/" + lab.a + "/metric/?latest=true&metrics=x")
                        .at("/0/data/x")
                        .asDouble())
                .isEqualTo(5.0);
    }

    @Test
    void latestOfStaggeredTargetsGroupedByFilesystem() {
        lab.sampling(lab.b, at(10), lab.gauge(lab.ost0, "kbytesfree", 100));
        lab.sampling(lab.b, at(20), lab.gauge(lab.ost1, "kbytesfree", 300));
        lab.awaitAll(lab.b);
        String latest = "/api/target/metric/?kind=OST&latest=true&metrics=kbytesfree&filesystem_id=" + lab.filesystem;
        JsonNode grouped = lab.get(latest + "&reduce_fn=average&group_by=filesystem");
        assertThat(grouped).hasSize(1);
        JsonNode points = grouped.get(Long.toString(lab.filesystem));
        assertThat(points.toString())
                .isEqualTo(
                        "[{\"ts\":\"%s\",\"data\":{\"kbytesfree\":200.0}},{\"ts\":\"%s\",\"data\":{\"kbytesfree\":200.0}}]"
                                .formatted(wire(at(10)), wire(at(20))));
        assertThat(lab.get(latest + "&reduce_fn=sum").at("/1/data/kbytesfree").asDouble())
                .isEqualTo(400.0);
        assertThat(lab.get(latest + "&reduce_fn=sum&group_by=primary_host").has(Long.toString(lab.b)))
                .isTrue();
        assertThat(lab.get(latest + "&reduce_fn=sum&group_by=colour")).isEmpty();
        JsonNode each = lab.get(latest);
        assertThat(each.at("/" + lab.ost0 + "/0/data/kbytesfree").asDouble()).isEqualTo(100.0);
        assertThat(each.at("/" + lab.ost1 + "/0/ts").asText()).isEqualTo(wire(at(20)));
    }

    @Test
    void objectsWithoutDataAreThereAndEmpty() {
        String id = Long.toString(lab.mgt);
        assertThat(lab.get("/api/target/metric/?latest=1&id=" + id).toString())
                .isEqualTo("{\"%s\":[{\"ts\":\"1970-01-01T00:00:00+00:00\",\"data\":{}}]}".formatted(id));
        assertThat(lab.get("/api/target/metric/?id=" + id + "&" + range(0, 60)).toString())
                .isEqualTo("{\"%s\":[]}".formatted(id));
        assertThat(lab.get("/api/target/" + id + "/metric/?latest=1&metrics=kbytesfree")
                        .at("/0/data/kbytesfree")
                        .asDouble(-1))
                .isZero();
        assertThat(lab.get("/api/target/metric/?latest=1&reduce_fn=sum&group_by=filesystem&id=" + id))
                .isEmpty();
    }

    @Test
    void filesystemIsTheSumOfItsTargets() {
        lab.sampling(
                lab.a,
                at(0),
                lab.gauge(lab.mdt, "client_count", 12),
                lab.gauge(lab.mdt, "kbytesfree", 5),
                lab.gauge(lab.mdt, "filesfree", 50));
        lab.sampling(
                lab.b,
                at(10),
                lab.gauge(lab.ost0, "kbytesfree", 100),
                lab.gauge(lab.ost1, "kbytesfree", 200),
                lab.gauge(lab.ost1, "filesfree", 7));
        lab.awaitAll(lab.a);
        lab.awaitAll(lab.b);
        JsonNode latest = lab.get("/api/filesystem/" + lab.filesystem + "/metric/?latest=true");
        assertThat(latest.toString())
                .isEqualTo("[{\"ts\":\"%s\",\"data\":{\"client_count\":12.0,\"filesfree\":50.0,\"kbytesfree\":300.0}}]"
                        .formatted(wire(at(10))));
        JsonNode list = lab.get("/api/filesystem/metric/?metrics=kbytesfree&name=" + lab.name + "&" + range(0, 60));
        assertThat(list.at("/" + lab.filesystem + "/0/data/kbytesfree").asDouble())
                .isEqualTo(300.0);
    }

    /** The queries of a console (API contract, storage 23.8), with whole answers. */
    @Test
    void picturesOfAConsole() {
        for (int i = 0; i <= 2; i++) {
            lab.sampling(
                    lab.b,
                    at(10 * i),
                    lab.counter(
                            lab.ost0, "stats_read_bytes", List.of(0, 1000, 3000).get(i)),
                    lab.counter(
                            lab.ost1, "stats_read_bytes", List.of(0, 2000, 2000).get(i)),
                    lab.gauge(lab.ost0, "kbytestotal", 1000),
                    lab.gauge(lab.ost1, "kbytestotal", 3000),
                    lab.gauge(lab.ost0, "kbytesfree", 900 - i),
                    lab.gauge(lab.ost1, "kbytesfree", 2000 - i),
                    new Sample(null, "cpu_total", SeriesType.DERIVE, 4000 * i),
                    new Sample(null, "cpu_user", SeriesType.DERIVE, 1000 * i));
            lab.sampling(
                    lab.a, at(10 * i), lab.gauge(lab.mdt, "filestotal", 500), lab.gauge(lab.mdt, "filesfree", 100 + i));
        }
        lab.awaitAll(lab.a);
        lab.awaitAll(lab.b);
        String own = "filesystem_id=" + lab.filesystem;
        assertThat(answer("/api/target/metric/?kind=OST&reduce_fn=sum&metrics=stats_read_bytes&" + own + "&"
                        + range(0, 60)))
                .as("throughput")
                .isEqualTo("[" + point(10, "'stats_read_bytes':300.0") + "," + point(20, "'stats_read_bytes':200.0")
                        + "]");
        String space = "/api/target/metric/?kind=OST&latest=true&metrics=kbytestotal,kbytesfree&" + own;
        assertThat(answer(space + "&reduce_fn=average&group_by=filesystem"))
                .as("space")
                .isEqualTo(
                        "{'" + lab.filesystem + "':[" + point(20, "'kbytesfree':1448.0,'kbytestotal':2000.0") + "]}");
        assertThat(answer(space))
                .as("balance of OSTs")
                .isEqualTo("{'" + lab.ost0 + "':[" + point(20, "'kbytesfree':898.0,'kbytestotal':1000.0") + "],'"
                        + lab.ost1 + "':[" + point(20, "'kbytesfree':1998.0,'kbytestotal':3000.0") + "]}");
        assertThat(answer("/api/target/metric/?kind=MDT&latest=true&reduce_fn=sum&group_by=filesystem"
                        + "&metrics=filestotal,filesfree&" + own))
                .as("inodes")
                .isEqualTo("{'" + lab.filesystem + "':[" + point(20, "'filesfree':102.0,'filestotal':500.0") + "]}");
        assertThat(answer("/api/host/metric/?role=OSS&reduce_fn=average&metrics=cpu_total,cpu_user&" + own + "&"
                        + range(0, 20)))
                .as("processors, of two servers of which one has reported")
                .isEqualTo("[" + point(10, "'cpu_total':200.0,'cpu_user':50.0") + "]");
        assertThat(answer("/api/target/" + lab.mdt + "/metric/?num_points=2&metrics=filesfree,missing&" + range(0, 60)))
                .as("two intervals")
                .isEqualTo("[" + point(0, "'filesfree':101.0,'missing':0.0") + ","
                        + point(30, "'filesfree':0.0,'missing':0.0") + "]");
        assertThat(answer("/api/target/" + lab.mdt + "/metric/?update=true&metrics=filesfree&begin=" + at(-60) + "&end="
                        + at(10)))
                .as("what is new since the end")
                .isEqualTo("[" + point(10, "'filesfree':101.0") + "," + point(20, "'filesfree':102.0") + "]");
        assertThat(answer("/api/target/metric/?kind=MGT&latest=true&metrics=kbytesfree&" + own))
                .as("what was never measured")
                .isEqualTo("{'" + lab.mgt + "':[{'ts':'1970-01-01T00:00:00+00:00','data':{}}]}");
    }

    private String answer(String url) {
        return lab.get(url).toString().replace("\"", "'");
    }

    private String point(int seconds, String data) {
        return "{'ts':'" + wire(at(seconds)) + "','data':{" + data + "}}";
    }

    @Test
    void jobsByIdNameAndUser() {
        for (int i = 0; i < 2; i++) {
            lab.sampling(
                    lab.b,
                    at(10 * i),
                    lab.counter(lab.ost0, "job_read_bytes_dd.0", 100 * i),
                    lab.counter(lab.ost0, "job_read_bytes_dd.500", 50 * i),
                    lab.counter(lab.ost0, "stats_read_bytes", 150 * i));
        }
        lab.awaitAll(lab.b);
        String url = "/api/target/" + lab.ost0 + "/metric/?metrics=read_bytes&" + range(0, 60);
        assertThat(lab.get(url + "&job=id").at("/0/data").toString()).isEqualTo("{\"dd.0\":10.0,\"dd.500\":5.0}");
        assertThat(lab.get(url + "&job=name").at("/0/data").toString()).isEqualTo("{\"dd\":15.0}");
        assertThat(lab.get(url + "&job=user").at("/0/data").toString()).isEqualTo("{\"0\":10.0,\"500\":5.0}");
        JsonNode list = lab.get("/api/target/metric/?metrics=read_bytes&job=id&kind=ost&filesystem_id=" + lab.filesystem
                + "&" + range(0, 60));
        assertThat(list.get(Long.toString(lab.ost1))).isEmpty();
        assertThat(lab.get("/api/target/" + lab.ost0 + "/metric/?latest=true")
                        .at("/0/data")
                        .toString())
                .as("no job without asking")
                .isEqualTo("{\"stats_read_bytes\":150.0}");
    }

    @Test
    void listsAreFilteredAsTheResourceIs() {
        String mine = "latest=true&filesystem_id=" + lab.filesystem;
        assertThat(ids("/api/target/metric/?kind=mdt&" + mine)).containsExactly(lab.mdt);
        assertThat(ids("/api/target/metric/?id__in=" + lab.ost0 + "," + lab.ost1 + "&" + mine))
                .containsExactly(lab.ost0, lab.ost1);
        assertThat(ids("/api/target/metric/?latest=1&host_id=" + lab.a)).hasSize(4);
        assertThat(ids("/api/target/metric/?latest=1&primary=1&host_id=" + lab.a))
                .containsExactly(lab.mgt, lab.mdt);
        assertThat(ids("/api/target/metric/?latest=1&primary=0&host_id=" + lab.a))
                .containsExactly(lab.ost0, lab.ost1);
        assertThat(ids("/api/target/metric/?immutable_state=true&" + mine)).isEmpty();
        assertThat(ids("/api/host/metric/?role=mds&" + mine)).containsExactly(lab.a, lab.b);
        assertThat(ids("/api/host/metric/?role=OSS&fqdn=h" + lab.b + ".lab.example&" + mine))
                .containsExactly(lab.b);
        assertThat(ids("/api/host/metric/?worker=1&" + mine)).isEmpty();
        lab.ask("/api/host/metric/?role=DBA&" + mine).statusCode(400);
        lab.ask("/api/target/metric/?state=mounted&" + mine)
                .statusCode(400)
                .body("error", equalTo("The 'state' field does not allow filtering."));
        lab.ask("/api/target/metric/?latest=1&filesystem_id=x").statusCode(400);
    }

    @Test
    void wrongRequestsAreRefusedInTheDocumentedShape() {
        String host = "/api/host/" + lab.a + "/metric/";
        lab.ask(host).statusCode(400).body("begin[0]", equalTo("This field is mandatory when latest=false"));
        lab.ask("/api/host/metric/?latest=true&group_by=state")
                .statusCode(400)
                .body("reduce_fn", equalTo("This field is mandatory if 'group_by' is specified"));
        lab.ask("/api/host/4711000/metric/?latest=true")
                .statusCode(404)
                .body("error_message", containsString("could not be processed"));
        lab.ask("/api/host/abc/metric/?latest=true").statusCode(404);
        lab.ask("/api/storage_resource/1/metric/?latest=true").statusCode(404);
        lab.ask("/api/copytool/metric/?latest=true").statusCode(404);
        given().header("Authorization", "Bearer " + token(true))
                .delete(host)
                .then()
                .statusCode(405);
    }

    @Test
    void storageResourcesAreMeasuredByTheManager() {
        long id = lab.a;
        lab.storageResource(id, "HostNetworkInterface");
        String list = "/api/storage_resource/metric/?class_name=HostNetworkInterface&id=" + id;
        await().atMost(SOON).until(() -> lab.get(list + "&latest=true").has(Long.toString(id)));
        String ref = "storage_resource:" + id;
        lab.sampling(SampleBatch.MANAGER, at(0), new Sample(ref, "rx_bytes", SeriesType.COUNTER, 1000));
        lab.sampling(SampleBatch.MANAGER, at(10), new Sample(ref, "rx_bytes", SeriesType.COUNTER, 1600));
        String one = "/api/storage_resource/" + id + "/metric/?";
        await().atMost(SOON)
                .until(() -> lab.get(one + "latest=true&metrics=rx_bytes")
                                .at("/0/data/rx_bytes")
                                .asDouble()
                        == 1600);
        assertThat(lab.values(one + range(0, 60) + "&metrics=rx_bytes", "rx_bytes", start))
                .containsExactly("10=60.0");
        lab.ask("/api/storage_resource/metric/?latest=true&class_name=Nothing")
                .statusCode(200)
                .body("$", anEmptyMap());
    }

    @Test
    void nobodyReadsWithoutTheRightToRead() {
        for (String url : List.of(
                "/api/host/metric/",
                "/api/host/" + lab.a + "/metric/",
                "/api/target/metric/",
                "/api/filesystem/metric/",
                "/api/storage_resource/metric/")) {
            given().get(url + "?latest=true").then().statusCode(401);
            given().header("Authorization", "Bearer " + token(false))
                    .get(url + "?latest=true")
                    .then()
                    .statusCode(401);
        }
    }

    @Test
    void garbageOnTheTopicDoesNotStopTheOthers() {
        lab.garbage(lab.a);
        lab.sampling(lab.a, at(0), gauge("x", 3));
        lab.awaitAll(lab.a);
        assertThat(lab.get("/api/host/" + lab.a + "/metric/?latest=true&metrics=x")
                        .at("/0/data/x")
                        .asDouble())
                .isEqualTo(3.0);
    }

    @Test
    void samplesOfARemovedTargetGo() {
        lab.sampling(lab.b, at(0), lab.gauge(lab.ost1, "kbytesfree", 1), lab.gauge(lab.ost0, "kbytesfree", 1));
        lab.awaitAll(lab.b);
        upkeep.store(Instant.now());
        lab.removeTarget(lab.ost1);
        await().atMost(SOON).untilAsserted(() -> lab.ask("/api/target/" + lab.ost1 + "/metric/?latest=1")
                .statusCode(404));
        upkeep.expire(Instant.now());
        lab.sampling(lab.b, at(10), lab.gauge(lab.ost1, "kbytesfree", 1), lab.gauge(lab.ost0, "kbytesfree", 2));
        lab.awaitAll(lab.b);
        JsonNode filesystem = lab.get("/api/filesystem/" + lab.filesystem + "/metric/?latest=true&metrics=kbytesfree");
        assertThat(filesystem.at("/0/data/kbytesfree").asDouble()).isEqualTo(2.0);
    }

    @Test
    void aListCostsThreeStatementsWhateverItsLength() {
        lab.sampling(lab.b, at(0), lab.gauge(lab.ost0, "kbytesfree", 1), lab.gauge(lab.ost1, "kbytesfree", 2));
        lab.awaitAll(lab.b);
        for (String period : List.of("latest=true", range(0, 60), "begin=" + at(-86_400 * 20))) {
            assertThat(fewestStatements("/api/target/metric/?" + period + "&id=" + lab.ost0))
                    .isEqualTo(3);
            assertThat(fewestStatements("/api/target/metric/?" + period)).isEqualTo(3);
            assertThat(fewestStatements("/api/host/metric/?" + period)).isEqualTo(3);
            assertThat(fewestStatements("/api/filesystem/metric/?" + period)).isEqualTo(4);
        }
    }

    /** Other parts of the service ask the database too, but not all the time. */
    private long fewestStatements(String url) {
        long fewest = Long.MAX_VALUE;
        for (int i = 0; i < 10; i++) {
            double before = meters.get("postgresql.completed").counter().count();
            lab.get(url);
            fewest = Math.min(
                    fewest, (long) (meters.get("postgresql.completed").counter().count() - before));
        }
        return fewest;
    }

    @Test
    void aDeriveMayFall() {
        lab.sampling(lab.a, at(0), new Sample(null, "cpu_user", SeriesType.DERIVE, 200));
        lab.sampling(lab.a, at(10), new Sample(null, "cpu_user", SeriesType.DERIVE, 100));
        lab.awaitAll(lab.a);
        assertThat(lab.values("/api/host/" + lab.a + "/metric/?metrics=cpu_user&" + range(0, 60), "cpu_user", start))
                .containsExactly("10=-10.0");
    }

    private List<Long> ids(String url) {
        List<Long> ids = new ArrayList<>();
        lab.get(url).fieldNames().forEachRemaining(id -> ids.add(Long.valueOf(id)));
        return ids;
    }

    private String token(boolean mayRead) {
        return tokens.mint(new Principal(0, "anonymous", Level.ANONYMOUS, mayRead, null));
    }

    private Instant at(int seconds) {
        return start.plusSeconds(seconds);
    }

    private String range(int from, int to) {
        return "begin=" + at(from) + "&end=" + at(to);
    }

    private static String wire(Instant time) {
        return time.toString().replace("Z", "+00:00");
    }
}
