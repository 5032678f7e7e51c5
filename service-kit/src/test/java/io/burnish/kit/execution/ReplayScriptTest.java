package io.burnish.kit.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.ContractJson;
import io.burnish.contracts.agent.ActionOutcome;
import io.burnish.contracts.agent.AgentAction;
import io.burnish.contracts.job.Reason;
import io.burnish.kit.sql.Tx;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A step's code is run again from its start whenever an answer arrives, and never asks the same thing twice. */
class ReplayScriptTest {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Map<String, StepCall> recorded = new HashMap<>();
    private StepScript.Session present;
    private boolean mutexFree = true;

    private final ReplayScript.Desk desk = new ReplayScript.Desk() {
        @Override
        public StepScript.Session session(long hostId, String notEpoch) {
            return present != null && !present.agentEpoch().equals(notEpoch) ? present : null;
        }

        @Override
        public boolean takeMutex(String name) {
            return mutexFree;
        }

        @Override
        public Tx tx() {
            return null;
        }
    };

    private ReplayScript script() {
        return new ReplayScript(7, recorded, desk);
    }

    /** Records what the script asked, as the engine does. */
    private void store(ReplayScript script) {
        script.asked().forEach(call -> recorded.put(call.call(), call));
    }

    private void answer(String place, ActionOutcome outcome) {
        StepCall asked = recorded.get(place);
        recorded.put(
                place,
                new StepCall(
                        asked.call(),
                        asked.kind(),
                        asked.hostId(),
                        asked.name(),
                        asked.request(),
                        null,
                        ContractJson.mapper().valueToTree(outcome)));
    }

    private static ObjectNode args() {
        return JSON.objectNode();
    }

    @Test
    void asksOneThingAtATimeAndGoesOnWithTheAnswer() {
        ReplayScript first = script();
        assertThatThrownBy(() -> first.call(1, AgentAction.START_LNET, args()))
                .isInstanceOf(ReplayScript.Suspended.class);
        assertThat(first.asked()).extracting(StepCall::name).containsExactly("start_lnet");
        store(first);
        answer("0", new ActionOutcome.Succeeded(JSON.textNode("up"), List.of()));

        ReplayScript second = script();
        assertThat(second.call(1, AgentAction.START_LNET, args())).isEqualTo(JSON.textNode("up"));
        assertThatThrownBy(() -> second.call(1, AgentAction.LOAD_LNET, args()))
                .isInstanceOf(ReplayScript.Suspended.class);
        assertThat(second.asked())
                .extracting(StepCall::call, StepCall::name)
                .containsExactly(org.assertj.core.api.Assertions.tuple("1", "load_lnet"));
    }

    @Test
    void anUnansweredQuestionIsNotAskedAgain() {
        ReplayScript first = script();
        assertThatThrownBy(() -> first.call(1, AgentAction.START_LNET, args()))
                .isInstanceOf(ReplayScript.Suspended.class);
        store(first);

        ReplayScript second = script();
        assertThatThrownBy(() -> second.call(1, AgentAction.START_LNET, args()))
                .isInstanceOf(ReplayScript.Suspended.class);
        assertThat(second.asked()).isEmpty();
    }

    @Test
    void parallelCallsAreAskedTogetherAndAnsweredInOrder() {
        List<StepScript.AgentCall> calls = List.of(
                new StepScript.AgentCall(1, AgentAction.EXPORT_TARGET, args()),
                new StepScript.AgentCall(2, AgentAction.EXPORT_TARGET, args()));
        ReplayScript first = script();
        assertThatThrownBy(() -> first.outcomes(calls)).isInstanceOf(ReplayScript.Suspended.class);
        assertThat(first.asked()).extracting(StepCall::call).containsExactly("0-0", "0-1");
        store(first);
        answer("0-1", new ActionOutcome.Unreachable("Could not contact server b"));

        assertThatThrownBy(() -> script().outcomes(calls)).isInstanceOf(ReplayScript.Suspended.class);

        answer("0-0", new ActionOutcome.Succeeded(null, List.of()));
        assertThat(script().outcomes(calls))
                .extracting(Object::getClass)
                .containsExactly((Class) ActionOutcome.Succeeded.class, (Class) ActionOutcome.Unreachable.class);
    }

    @Test
    void aFailedActionFailsTheStepInTheAgentsWords() {
        ReplayScript first = script();
        assertThatThrownBy(() -> first.call(1, AgentAction.START_LNET, args()))
                .isInstanceOf(ReplayScript.Suspended.class);
        store(first);
        answer("0", new ActionOutcome.Failed("modprobe failed on oss1", "trace", List.of()));

        assertThatExceptionOfType(StepFailure.class)
                .isThrownBy(() -> script().call(1, AgentAction.START_LNET, args()))
                .satisfies(failure -> {
                    assertThat(failure.getMessage()).isEqualTo("modprobe failed on oss1");
                    assertThat(failure.code()).isEqualTo(Reason.Code.STEP_FAILED);
                    assertThat(failure.detail()).isEqualTo("trace");
                });
    }

    @Test
    void whatCommandsPrintedIsTheConsole() {
        ReplayScript first = script();
        assertThatThrownBy(() -> first.call(1, AgentAction.START_LNET, args()))
                .isInstanceOf(ReplayScript.Suspended.class);
        store(first);
        answer(
                "0",
                new ActionOutcome.Succeeded(
                        null,
                        List.of(new ActionOutcome.CommandRecord(
                                List.of("lctl", "net", "up"), 0, "LNET configured", ""))));
        ReplayScript second = script();
        second.call(1, AgentAction.START_LNET, args());
        assertThat(second.console()).isEqualTo("lctl net up: 0\nLNET configured\n\n");
    }

    @Test
    void aNoteIsTakenOnce() {
        ReplayScript first = script();
        JsonNode noted = first.note(tx -> JSON.textNode("a"));
        store(first);
        assertThat(noted).isEqualTo(JSON.textNode("a"));
        assertThat(script().note(tx -> JSON.textNode("b"))).isEqualTo(JSON.textNode("a"));
    }

    @Test
    void aSessionThatWillDoIsNotWaitedFor() {
        present = new StepScript.Session("e2", "b1");
        assertThat(script().awaitSession(1, "e1", Duration.ofSeconds(30))).isEqualTo(present);
    }

    @Test
    void theOldSessionIsNotGoodEnough() {
        present = new StepScript.Session("e1", "b1");
        ReplayScript first = script();
        assertThatThrownBy(() -> first.awaitSession(1, "e1", Duration.ofSeconds(30)))
                .isInstanceOf(ReplayScript.Suspended.class);
        store(first);
        present = new StepScript.Session("e2", "b1");
        assertThat(script().awaitSession(1, "e1", Duration.ofSeconds(30)).agentEpoch())
                .isEqualTo("e2");
    }

    @Test
    void aHeldMutexIsWaitedFor() {
        mutexFree = false;
        ReplayScript first = script();
        assertThatThrownBy(() -> first.mutex("port-4242")).isInstanceOf(ReplayScript.Suspended.class);
        store(first);
        mutexFree = true;
        ReplayScript second = script();
        second.mutex("port-4242");
        assertThat(second.asked()).isEmpty();
    }

    @Test
    void aStepThatAsksSomethingElseInTheSamePlaceIsADefect() {
        ReplayScript first = script();
        assertThatThrownBy(() -> first.call(1, AgentAction.START_LNET, args()))
                .isInstanceOf(ReplayScript.Suspended.class);
        store(first);
        assertThatThrownBy(() -> script().call(2, AgentAction.START_LNET, args()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("not deterministic");
    }
}
