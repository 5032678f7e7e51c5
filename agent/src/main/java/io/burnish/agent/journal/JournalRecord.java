package io.burnish.agent.journal;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.agent.ActionCommand;
import io.burnish.contracts.agent.ActionOutcome;
import io.burnish.contracts.model.ObjectRef;
import java.util.List;

/** An entry of the journal. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "record")
@JsonSubTypes({
    @JsonSubTypes.Type(value = JournalRecord.Accepted.class, name = "accepted"),
    @JsonSubTypes.Type(value = JournalRecord.Finished.class, name = "finished"),
    @JsonSubTypes.Type(value = JournalRecord.Acted.class, name = "acted"),
    @JsonSubTypes.Type(value = JournalRecord.Acknowledged.class, name = "acknowledged"),
    @JsonSubTypes.Type(value = JournalRecord.Fence.class, name = "fence"),
    @JsonSubTypes.Type(value = JournalRecord.Forgotten.class, name = "forgotten")
})
public sealed interface JournalRecord {

    /**
     * An action is going to be run.
     *
     * @param args without secrets
     * @param withSecrets it had secrets, so it can only be run again when the hub sends it again
     * @param bootId the boot in which it was accepted
     */
    record Accepted(
            String id,
            String action,
            ObjectNode args,
            boolean withSecrets,
            int deadlineSeconds,
            ObjectRef subject,
            long fencingToken,
            ActionCommand.JobStep job,
            String bootId)
            implements JournalRecord {}

    /**
     * It ended.
     *
     * @param acts something remains to be done after the hub has the answer
     */
    record Finished(String id, ActionOutcome outcome, boolean acts) implements JournalRecord {}

    /** What remained after the answer is done, or will never be. */
    record Acted(String id) implements JournalRecord {}

    /** The hub has stored these outcomes. */
    record Acknowledged(List<String> ids) implements JournalRecord {}

    /** Newest token seen for a subject; written when the journal is compacted. */
    record Fence(ObjectRef subject, long token) implements JournalRecord {}

    /** Ids that were run and acknowledged long ago, oldest first; written when the journal is compacted. */
    record Forgotten(List<String> ids) implements JournalRecord {}
}
