package io.burnish.target.claim;

import io.burnish.contracts.call.Refusal;
import io.burnish.contracts.call.TargetClaim;
import java.util.List;

/** A target cannot be created as asked. */
public final class ClaimRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Why; some callers have words of their own for it. */
    public enum Cause {
        /** No such volume. */
        VOLUME_UNKNOWN,
        /** The volume carries a live target. */
        VOLUME_IN_USE,
        /** The request wants the volume for several targets. */
        VOLUME_TWICE,
        /** The volume or its servers cannot carry a target as they are. */
        VOLUME_UNFIT,
        /** A server of the volume carries another MGT. */
        SECOND_MGS,
        /** A format option is wrong. */
        FORMAT_OPTION
    }

    private final Cause why;
    private final transient TargetClaim.Wanted wanted;
    private final String key;
    private final transient List<ClaimRefused> others;

    private ClaimRefused(Cause why, TargetClaim.Wanted wanted, String key, String message, List<ClaimRefused> others) {
        super(message, null, false, false);
        this.why = why;
        this.wanted = wanted;
        this.key = key;
        this.others = others;
    }

    static ClaimRefused volume(Cause why, TargetClaim.Wanted wanted, String message) {
        return new ClaimRefused(why, wanted, "volume_id", message, List.of());
    }

    static ClaimRefused option(TargetClaim.Wanted wanted, String option, String message) {
        return new ClaimRefused(Cause.FORMAT_OPTION, wanted, option, message, List.of());
    }

    /** Several refusals of one request, at least one, as one. */
    static ClaimRefused all(List<ClaimRefused> refusals) {
        ClaimRefused first = refusals.getFirst();
        return new ClaimRefused(
                first.why, first.wanted, first.key, first.getMessage(), refusals.subList(1, refusals.size()));
    }

    /** What else is wrong with the request. */
    public List<ClaimRefused> others() {
        return others;
    }

    /** The kind of refusal. */
    public Cause why() {
        return why;
    }

    /** The target that cannot be. */
    public TargetClaim.Wanted wanted() {
        return wanted;
    }

    /** What of the target is wrong, for example {@code volume_id}. */
    public String key() {
        return key;
    }

    /** Field and text for the user. */
    public Refusal refusal() {
        return new Refusal(
                wanted.field() + "." + key,
                getMessage(),
                null,
                others.stream().map(ClaimRefused::refusal).toList());
    }
}
