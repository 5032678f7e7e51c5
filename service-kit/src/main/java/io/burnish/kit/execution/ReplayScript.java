package io.burnish.kit.execution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.ContractJson;
import io.burnish.contracts.agent.ActionOutcome;
import io.burnish.contracts.agent.AgentAction;
import io.burnish.contracts.job.Reason;
import io.burnish.kit.sql.Tx;
import io.quarkus.arc.Arc;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/** One run of a step's code over the recorded answers. Collects what is asked for first in this run. */
final class ReplayScript implements StepScript {

    /** Ends a run at a question without an answer. */
    static final class Suspended extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Suspended() {
            super(null, null, false, false);
        }
    }

    /** Answers questions that need no waiting, in the present transaction. */
    interface Desk {
        /** The server's present session if it will do; {@code null} if it must be waited for. */
        Session session(long hostId, String notEpoch);

        /** Whether the job now holds the mutex. */
        boolean takeMutex(String name);

        /** The transaction. */
        Tx tx();
    }

    private final long jobId;
    private final Map<String, StepCall> recorded;
    private final Desk desk;
    private final List<StepCall> asked = new ArrayList<>();
    private final List<Consumer<Tx>> effects = new ArrayList<>();
    private final List<ActionOutcome.CommandRecord> commands = new ArrayList<>();
    private final StringBuilder log = new StringBuilder();
    private int position;

    ReplayScript(long jobId, Map<String, StepCall> recorded, Desk desk) {
        this.jobId = jobId;
        this.recorded = recorded;
        this.desk = desk;
    }

    @Override
    public JsonNode call(long hostId, AgentAction action, ObjectNode args) {
        return value(outcome(hostId, action, args));
    }

    @Override
    public ActionOutcome outcome(long hostId, AgentAction action, ObjectNode args) {
        return outcomes(List.of(new AgentCall(hostId, action, args))).getFirst();
    }

    @Override
    public List<ActionOutcome> outcomes(List<AgentCall> calls) {
        String place = nextPlace();
        List<StepCall> answers = new ArrayList<>();
        for (int i = 0; i < calls.size(); i++) {
            AgentCall call = calls.get(i);
            answers.add(ask(new StepCall(
                    calls.size() == 1 ? place : place + "-" + i,
                    StepCall.Kind.AGENT,
                    call.hostId(),
                    call.action().wire(),
                    call.args(),
                    Duration.ofSeconds(call.action().deadlineSeconds()),
                    null)));
        }
        List<ActionOutcome> outcomes = answers.stream()
                .filter(StepCall::answered)
                .map(answer -> ContractJson.mapper().convertValue(answer.outcome(), ActionOutcome.class))
                .toList();
        if (outcomes.size() < calls.size()) {
            throw new Suspended();
        }
        outcomes.forEach(outcome -> commands.addAll(outcome.commands()));
        return outcomes;
    }

    @Override
    public Session awaitSession(long hostId, String notEpoch, Duration timeout) {
        StepCall question = new StepCall(
                nextPlace(),
                StepCall.Kind.SESSION,
                hostId,
                "session",
                JsonNodeFactory.instance.objectNode().put("notEpoch", notEpoch),
                timeout,
                null);
        StepCall answer = askOrAnswer(question, () -> {
            Session present = desk.session(hostId, notEpoch);
            return present == null ? null : ContractJson.mapper().valueToTree(present);
        });
        if (answer.outcome().path("expired").asBoolean()) {
            throw new StepFailure(
                    Reason.Code.HOST_UNREACHABLE,
                    "The agent of server %d did not connect within %d seconds. Check the server, its network and the agent's log."
                            .formatted(hostId, timeout.toSeconds()),
                    "");
        }
        return ContractJson.mapper().convertValue(answer.outcome(), Session.class);
    }

    @Override
    public JsonNode activity(String name, ObjectNode args) {
        StepCall answer = ask(new StepCall(nextPlace(), StepCall.Kind.ACTIVITY, null, name, args, null, null));
        if (!answer.answered()) {
            throw new Suspended();
        }
        if (answer.outcome().hasNonNull("error")) {
            throw new StepFailure(
                    Reason.Code.STEP_FAILED,
                    answer.outcome().get("error").asText(),
                    answer.outcome().path("detail").asText());
        }
        return answer.outcome().path("result");
    }

    @Override
    public JsonNode note(Function<Tx, JsonNode> source) {
        StepCall question = new StepCall(
                nextPlace(), StepCall.Kind.NOTE, null, "note", JsonNodeFactory.instance.objectNode(), null, null);
        return askOrAnswer(question, () -> source.apply(desk.tx())).outcome();
    }

    @Override
    public void mutex(String name) {
        StepCall question = new StepCall(
                nextPlace(), StepCall.Kind.MUTEX, null, name, JsonNodeFactory.instance.objectNode(), null, null);
        askOrAnswer(question, () -> desk.takeMutex(name) ? JsonNodeFactory.instance.booleanNode(true) : null);
    }

    @Override
    public void log(String line) {
        log.append(line).append('\n');
    }

    @Override
    public void effect(Consumer<Tx> change) {
        effects.add(change);
    }

    @Override
    public <B> B bean(Class<B> type) {
        B bean = Arc.container().instance(type).get();
        if (bean == null) {
            throw new IllegalStateException("this service has no " + type.getSimpleName());
        }
        return bean;
    }

    @Override
    public long jobId() {
        return jobId;
    }

    /** Questions asked for the first time, with their answers where there was no need to wait. */
    List<StepCall> asked() {
        return asked;
    }

    List<Consumer<Tx>> effects() {
        return effects;
    }

    String logText() {
        return log.toString();
    }

    /** Everything that the step's commands have printed so far. */
    String console() {
        StringBuilder text = new StringBuilder();
        commands.forEach(command -> text.append(command.console()));
        return text.toString();
    }

    private JsonNode value(ActionOutcome outcome) {
        return switch (outcome) {
            case ActionOutcome.Succeeded success -> success.result();
            case ActionOutcome.Failed failure ->
                throw new StepFailure(Reason.Code.STEP_FAILED, failure.error(), failure.detail());
            case ActionOutcome.Cancelled cancelled ->
                throw new StepFailure(Reason.Code.DEADLINE_PASSED, cancelled.reason(), "");
            case ActionOutcome.Unreachable unreachable ->
                throw new StepFailure(Reason.Code.HOST_UNREACHABLE, unreachable.error(), "");
        };
    }

    private String nextPlace() {
        return Integer.toString(position++);
    }

    private StepCall ask(StepCall question) {
        StepCall known = recorded.get(question.call());
        if (known == null) {
            asked.add(question);
            return question;
        }
        if (!known.sameQuestion(question)) {
            throw new IllegalStateException("step is not deterministic: place %s was %s %s, now %s %s"
                    .formatted(question.call(), known.kind(), known.name(), question.kind(), question.name()));
        }
        return known;
    }

    /** Asks, answering at once where possible; also when the question was recorded without an answer. */
    private StepCall askOrAnswer(StepCall question, java.util.function.Supplier<JsonNode> desk) {
        StepCall known = recorded.get(question.call());
        if (known != null && known.answered()) {
            return ask(question);
        }
        JsonNode answer = desk.get();
        StepCall answered = new StepCall(
                question.call(),
                question.kind(),
                question.hostId(),
                question.name(),
                question.request(),
                question.timeout(),
                answer);
        if (known == null) {
            asked.add(answered);
        }
        if (answer == null) {
            throw new Suspended();
        }
        return answered;
    }
}
