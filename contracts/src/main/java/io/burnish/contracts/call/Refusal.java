package io.burnish.contracts.call;

import io.burnish.contracts.job.Reason;
import java.util.List;

/**
 * Body of a 400 of an internal call: the request cannot be done as it stands.
 *
 * @param field where the caller should report it, for example {@code state} or {@code osts.volume_id}
 * @param message text for the user, as the API contract words it
 * @param reason machine-readable form; may be {@code null}
 * @param others what else is wrong with the request
 */
public record Refusal(String field, String message, Reason reason, List<Refusal> others) {

    /** Absent ones are none. */
    public Refusal {
        others = others == null ? List.of() : List.copyOf(others);
    }

    /** The only thing that is wrong. */
    public Refusal(String field, String message, Reason reason) {
        this(field, message, reason, List.of());
    }
}
