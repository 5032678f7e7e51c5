package io.burnish.alert.rule;

import io.burnish.contracts.model.Nid;
import java.util.Map;
import java.util.Set;

/** What rules must know besides the fact. */
public interface Surroundings {

    /** Label of a server; its number if it is unknown. */
    String hostLabel(long hostId);

    /** NIDs that a server is supposed to have; empty: none are known yet. */
    Set<Nid> acceptedNids(long hostId);

    /** Types and messages of the active storage alerts on a storage resource. */
    Map<String, String> activeConditions(long resourceId);
}
