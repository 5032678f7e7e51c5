package io.burnish.filesystem.creation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.ContractJson;
import io.burnish.contracts.ServiceName;
import io.burnish.contracts.Topics;
import io.burnish.contracts.call.CommandRequest;
import io.burnish.contracts.call.Refusal;
import io.burnish.contracts.fact.Fact;
import io.burnish.contracts.fact.FactMessage;
import io.burnish.contracts.fact.FilesystemFact;
import io.burnish.contracts.fact.TargetFact;
import io.burnish.contracts.job.Dispatch;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.ObjectType;
import io.burnish.contracts.model.TargetKind;
import io.burnish.filesystem.lab.FsLab;
import io.burnish.filesystem.lab.TargetNeighbour;
import io.burnish.testsupport.Bus;
import io.burnish.testsupport.CommandNeighbour;
import io.burnish.testsupport.Neighbour;
import io.burnish.testsupport.PlatformTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A file system, its targets and its command: in the end all of it exists or nothing (ADR 5; API contract, storage 2.3). */
@QuarkusTest
@QuarkusTestResource(PlatformTestResource.class)
@QuarkusTestResource(CommandNeighbour.class)
@QuarkusTestResource(TargetNeighbour.class)
class CreationTest {

    private final FsLab lab;
    private final AbandonedCreations abandoned;
    private final String name = "fs" + FsLab.id();
    private final ObjectNode form = FsLab.form(name);
    private final int commandsBefore = CommandNeighbour.commands().size();
    private Bus bus;

    CreationTest(FsLab lab, AbandonedCreations abandoned) {
        this.lab = lab;
        this.abandoned = abandoned;
    }

    @BeforeEach
    void open() {
        bus = lab.bus();
    }

    @AfterEach
    void close() {
        CommandNeighbour.mood(Neighbour.Mood.ANSWER);
        CommandNeighbour.refuse("available", null);
        TargetNeighbour.mood(Neighbour.Mood.ANSWER);
        TargetNeighbour.confirms(true);
        bus.close();
    }

    private long mgtVolume() {
        return form.at("/mgt/volume_id").asLong();
    }

    private int newCommands() {
        return CommandNeighbour.commands().size() - commandsBefore;
    }

    private void assertNothingRemains() {
        assertThat(lab.rows(name)).isZero();
        assertThat(TargetNeighbour.keyOf(mgtVolume())).isEmpty();
        lab.admin().queryParam("name", name).get("/api/filesystem/").then().body("objects", hasSize(0));
    }

    private void assertComplete() {
        lab.admin()
                .queryParam("name", name)
                .get("/api/filesystem/")
                .then()
                .body("objects.state", contains("unavailable"));
        assertThat(TargetNeighbour.confirmed(TargetNeighbour.keyOf(mgtVolume()).orElseThrow()))
                .isTrue();
        assertThat(newCommands()).isEqualTo(1);
    }

    @Test
    void everythingIsThereWhenTheAnswerIs() {
        JsonNode answer = ContractJson.read(
                lab.post(form)
                        .statusCode(202)
                        .body("command.message", is("Creating filesystem " + name))
                        .body("filesystem.name", is(name))
                        .body("filesystem.label", is(name))
                        .body("filesystem.state", is("unavailable"))
                        .body("filesystem.mgt.name", is("MGS"))
                        .body("filesystem.mdts.name", contains(name + "-MDT0000"))
                        .body("filesystem.bytes_total", nullValue())
                        .extract()
                        .asString(),
                JsonNode.class);

        long id = answer.at("/filesystem/id").asLong();
        CommandRequest request = CommandNeighbour.lastCommand();
        List<TargetFact> targets = TargetNeighbour.claimed(request.key());
        assertThat(targets)
                .extracting(TargetFact::kind)
                .containsExactly(TargetKind.MGT, TargetKind.MDT, TargetKind.OST, TargetKind.OST);
        assertThat(answer.at("/filesystem/osts").toString())
                .isEqualTo("[\"/api/target/%d/\",\"/api/target/%d/\"]"
                        .formatted(targets.get(2).id(), targets.get(3).id()));
        assertThat(request.wants()).containsExactly(new CommandRequest.Want(ObjectRef.filesystem(id), "available"));
        assertThat(request.actor()).isEqualTo("somebody");
        List<Fact> introduced = new ArrayList<>(targets);
        introduced.add(new FilesystemFact(
                id, 1, "unavailable", false, name, targets.getFirst().id()));
        assertThat(request.introduced()).containsExactlyInAnyOrderElementsOf(introduced);
        assertComplete();
        FactMessage fact = bus.await(Topics.facts(ObjectType.FILESYSTEM), heard -> heard.key()
                        .equals(ObjectRef.filesystem(id).toString()))
                .as(FactMessage.class);
        assertThat(fact.fact().version()).isGreaterThan(1);
        assertThat(fact.wire().get("resource_uri").asText()).isEqualTo("/api/filesystem/" + id + "/");
        // the answer's targets are also those of the next request
        assertThat(lab.show(id).get("osts")).isEqualTo(answer.at("/filesystem/osts"));
    }

    @Test
    void anExistingMgtIsUsedAgain() {
        FsLab.NewFilesystem first = lab.create("fs" + FsLab.id());
        lab.publish(bus, FsLab.later(first.mgt(), 2, "mounted", 1L));
        form.putObject("mgt").put("id", first.mgt().id());

        lab.post(form).statusCode(202).body("filesystem.mgt.id", equalTo((int)
                first.mgt().id()));

        assertThat(TargetNeighbour.claimed(CommandNeighbour.lastCommand().key()))
                .extracting(TargetFact::kind)
                .doesNotContain(TargetKind.MGT);
    }

    @Test
    void anMgtThatCannotBeUsedIsRefused() {
        form.putObject("mgt").put("id", 1L << 40);
        lab.post(form).statusCode(400).body("mgt.id", contains("MGT with ID " + (1L << 40) + " not found"));

        FsLab.NewFilesystem other = lab.create("fs" + FsLab.id());
        lab.publish(bus, FsLab.later(other.ost(0), 2, "mounted", 1L));
        form.putObject("mgt").put("id", other.ost(0).id());
        lab.post(form).statusCode(400).body("mgt.id", contains(containsString("not found")));

        TargetFact mgt = other.mgt();
        TargetFact found = new TargetFact(
                FsLab.id(),
                1,
                "mounted",
                true,
                "MGS",
                TargetKind.MGT,
                null,
                null,
                mgt.volumeId(),
                null,
                1L,
                List.of(),
                0,
                0);
        lab.publish(bus, found);
        form.putObject("mgt").put("id", found.id());
        assertThat(lab.post(form).statusCode(400).extract().asString())
                .isEqualTo("{\"mgt\":{\"id\":[\"MGT is unmanaged\"]},\"mdts\":{},\"osts\":{}}");
        assertThat(lab.rows(name)).isZero();
    }

    @Test
    void aVolumeInUseRefusesTheRequestWithItsFieldAndLeavesNothing() {
        long used = FsLab.form("x").at("/osts/0/volume_id").asLong();
        ObjectNode other = FsLab.form("fs" + FsLab.id());
        ((ObjectNode) other.at("/osts/0")).put("volume_id", used);
        lab.post(other).statusCode(202);
        ((ObjectNode) form.at("/osts/1")).put("volume_id", used);

        String answer = lab.post(form).statusCode(400).extract().asString();

        assertThat(answer)
                .isEqualTo(
                        ("{\"mgt\":{},\"mdts\":{},\"osts\":{\"volume_id\":[\"Volume with ID %d is already in use by target"
                                        + " other-OST0000\"]}}")
                                .formatted(used));
        assertNothingRemains();
        assertThat(newCommands()).isEqualTo(1);
    }

    @Test
    void aNameIsUniqueWithinItsMgt() {
        FsLab.NewFilesystem first = lab.create(name);
        lab.publish(bus, FsLab.later(first.mgt(), 2, "mounted", 1L));
        ObjectNode second = FsLab.form(name);
        second.putObject("mgt").put("id", first.mgt().id());

        lab.post(second)
                .statusCode(400)
                .body("mgt.name", contains("A file system with name '" + name + "' already exists for this MGT"));

        assertThat(lab.rows(name)).isEqualTo(1);
        assertThat(TargetNeighbour.keyOf(second.at("/osts/0/volume_id").asLong()))
                .isEmpty();
        // another MGT has names of its own
        lab.post(form).statusCode(202);
    }

    @Test
    void aRefusedCommandLeavesNothing() {
        CommandNeighbour.refuse("available", new Refusal("state", "A server is being removed.", null));

        lab.post(form).statusCode(400).body("state", contains("A server is being removed."));

        assertNothingRemains();
        assertThat(newCommands()).isZero();
        CommandNeighbour.refuse("available", null);
        lab.post(form).statusCode(202);
    }

    @Test
    void withoutCommandServiceACreationIsUndoneInTheEnd() {
        CommandNeighbour.mood(Neighbour.Mood.AWAY);
        lab.post(form).statusCode(503).header("Retry-After", is("5"));
        lab.admin().queryParam("name", name).get("/api/filesystem/").then().body("objects", hasSize(0));
        lab.age(name);
        // nobody knows yet whether there is a command
        assertThat(catchThrowable(abandoned::sweep)).isNotNull();
        assertThat(TargetNeighbour.keyOf(mgtVolume())).isPresent();
        CommandNeighbour.mood(Neighbour.Mood.ANSWER);

        abandoned.sweep();

        assertNothingRemains();
        assertThat(newCommands()).isZero();
        lab.post(form).statusCode(202);
    }

    @Test
    void aCommandWhoseAnswerWasLostCompletesTheCreation() {
        CommandNeighbour.mood(Neighbour.Mood.LOSE_ANSWER);
        lab.post(form).statusCode(503);
        CommandNeighbour.mood(Neighbour.Mood.ANSWER);
        lab.age(name);

        abandoned.sweep();

        assertComplete();
    }

    @Test
    void aCreationThatDiedBeforeItsConfirmationIsCompleted() {
        TargetNeighbour.confirms(false);
        lab.post(form).statusCode(503);
        lab.age(name);
        assertThat(catchThrowable(abandoned::sweep)).isNotNull();
        TargetNeighbour.confirms(true);

        abandoned.sweep();

        assertComplete();
    }

    @Test
    void targetsWhoseClaimWasAnsweredToNobodyAreReleased() {
        TargetNeighbour.mood(Neighbour.Mood.LOSE_ANSWER);
        lab.post(form).statusCode(503);
        TargetNeighbour.mood(Neighbour.Mood.ANSWER);
        assertThat(TargetNeighbour.keyOf(mgtVolume())).isPresent();
        lab.age(name);

        abandoned.sweep();

        assertNothingRemains();
        assertThat(newCommands()).isZero();
    }

    @Test
    void withoutTargetServiceNothingComesToBe() {
        TargetNeighbour.mood(Neighbour.Mood.AWAY);
        lab.post(form).statusCode(503);
        lab.age(name);
        assertThat(catchThrowable(abandoned::sweep)).isNotNull();
        TargetNeighbour.mood(Neighbour.Mood.ANSWER);

        abandoned.sweep();

        assertNothingRemains();
    }

    @Test
    void aCreationInProgressIsLeftAlone() {
        CommandNeighbour.mood(Neighbour.Mood.LOSE_ANSWER);
        lab.post(form).statusCode(503);
        CommandNeighbour.mood(Neighbour.Mood.ANSWER);

        abandoned.sweep();

        assertThat(lab.rows(name)).isEqualTo(1);
        assertThat(TargetNeighbour.confirmed(TargetNeighbour.keyOf(mgtVolume()).orElseThrow()))
                .isFalse();
        lab.age(name);
        abandoned.sweep();
        assertComplete();
    }

    @Test
    void theFirstJobShowsAFileSystemWhoseConfirmationWasLost() {
        TargetNeighbour.confirms(false);
        lab.post(form).statusCode(503);
        ObjectRef filesystem = CommandNeighbour.lastCommand().wants().getFirst().object();

        bus.publish(
                ServiceName.COMMAND,
                Topics.dispatch(ServiceName.FILESYSTEM),
                filesystem.toString(),
                new Dispatch.RunJob(
                        FsLab.id(),
                        1,
                        1,
                        "StartUnavailableFilesystemJob",
                        filesystem,
                        "Start filesystem " + name,
                        "unavailable",
                        "available",
                        JsonNodeFactory.instance.objectNode(),
                        List.of(1L),
                        List.of(),
                        null));

        bus.await(
                Topics.facts(ObjectType.FILESYSTEM),
                heard -> heard.key().equals(filesystem.toString())
                        && ((FilesystemFact) heard.as(FactMessage.class).fact())
                                .state()
                                .equals("available"));
        assertThat(lab.state(filesystem.id())).isEqualTo("available");
    }

    @Test
    void theSameKeyIsTheSameRequestAlsoAtTheSameMoment() throws Exception {
        String key = UUID.randomUUID().toString();
        CyclicBarrier start = new CyclicBarrier(2);
        List<Future<String>> running = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 2; i++) {
                running.add(threads.submit(() -> {
                    start.await();
                    return lab.post(form, key).statusCode(202).extract().asString();
                }));
            }
        }

        long id = id(running.getFirst().get());
        assertThat(id(running.getLast().get())).isEqualTo(id);
        assertThat(id(lab.post(form, key).statusCode(202).extract().asString())).isEqualTo(id);
        assertComplete();
    }

    private static long id(String answer) {
        return ContractJson.read(answer, JsonNode.class).at("/filesystem/id").asLong();
    }

    @Test
    void aKeyOfAnotherRequestIsRefusedAndTheFileSystemKeepsItsName() {
        String key = UUID.randomUUID().toString();
        long id = id(lab.post(form, key).statusCode(202).extract().asString());

        lab.post(FsLab.form("other"), key)
                .statusCode(400)
                .body("__all__", contains("The idempotency key was used for file system '" + name + "' already"));

        assertThat(lab.show(id).get("name").asText()).isEqualTo(name);
    }

    @Test
    void whoIsNoAdministratorCreatesNothing() {
        lab.as(io.burnish.kit.security.Level.USER)
                .body(form.toString())
                .post("/api/filesystem/")
                .then()
                .statusCode(401);
        assertThat(lab.rows(name)).isZero();
    }

    @Test
    void whatIsWrongWithNameVolumesAndParametersIsToldTogether() {
        long used = FsLab.form("x").at("/osts/0/volume_id").asLong();
        ObjectNode other = FsLab.form("fs" + FsLab.id());
        ((ObjectNode) other.at("/osts/0")).put("volume_id", used);
        lab.post(other).statusCode(202);
        ((ObjectNode) form.at("/osts/1")).put("volume_id", used);
        form.put("name", "averylongname");
        form.withObject("/conf_params").put("no.such", "1");

        lab.post(form)
                .statusCode(400)
                .body("name", contains("Name 'averylongname' too long (max 8 characters)"))
                .body(
                        "osts.volume_id",
                        contains("Volume with ID " + used + " is already in use by target other-OST0000"))
                .body("conf_params", hasKey("no.such"));
        assertThat(TargetNeighbour.keyOf(mgtVolume())).isEmpty();
    }

    @Test
    void aFormThatIsWrongIsToldAsTheContractSaysAndNothingIsClaimed() {
        form.put("name", "averylongname");
        assertThat(lab.post(form).statusCode(400).extract().asString())
                .isEqualTo(
                        "{\"mgt\":{},\"mdts\":{},\"osts\":{},\"name\":[\"Name 'averylongname' too long (max 8 characters)\"]}");
        lab.admin().body("[]").post("/api/filesystem/").then().statusCode(400);
        assertThat(TargetNeighbour.keyOf(mgtVolume())).isEmpty();
    }
}
