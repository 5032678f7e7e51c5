package io.burnish.contracts.fact;

import com.fasterxml.jackson.annotation.JsonIgnore;

/** A fact about an object that jobs may change: it has a state of its type's state machine. */
public sealed interface StatefulFact extends Fact
        permits HostFact,
                LnetFact,
                CorosyncFact,
                PacemakerFact,
                NtpFact,
                TargetFact,
                FilesystemFact,
                ClientMountFact,
                CopytoolFact {

    /** State name as on the wire, for example {@code lnet_up}. */
    String state();

    /** True for objects that Burnish only watches. */
    boolean immutableState();

    /** How the object is called in sentences and job descriptions. */
    String label();

    /** Whether the object is in a state of {@link Fact#GONE}. */
    @JsonIgnore
    default boolean gone() {
        return GONE.contains(state());
    }

    /** The same snapshot in another state; the version is kept, for this is a thought, not a change. */
    StatefulFact inState(String state);
}
