package io.burnish.simulator.lab;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** A switched power distribution unit. Mutable: guarded by the laboratory's lock. */
public final class PowerUnit {

    public String login = "apc";
    public String password = "apc";
    /** Number of its outlets. */
    public int outlets;
    /** Fully qualified names of the servers, by outlet. */
    public Map<String, String> feeds = new LinkedHashMap<>();
    /** Outlets without power. */
    public Set<String> off = new LinkedHashSet<>();
}
