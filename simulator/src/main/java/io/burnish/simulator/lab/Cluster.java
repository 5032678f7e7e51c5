package io.burnish.simulator.lab;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Corosync and Pacemaker of a pair: the shared part. Mutable: guarded by the laboratory's lock. */
public final class Cluster {

    /** Members in the order in which they joined; their ids are their positions, from 1. */
    public List<String> members = new ArrayList<>();

    public Integer port;
    /** Targets by HA label. */
    public Map<String, Resource> resources = new LinkedHashMap<>();
    /** Location constraints by id. */
    public Map<String, Location> locations = new LinkedHashMap<>();

    public boolean fencing;
    public Map<String, String> options = new LinkedHashMap<>();
    public Map<String, Map<String, String>> nodeAttributes = new LinkedHashMap<>();

    /** A target as Pacemaker knows it. */
    public static final class Resource {
        public String uuid;
        public boolean wanted;
        /** Where it runs; {@code null}: nowhere. */
        public String node;

        public boolean failed;
        /** Where an administrator has moved it; {@code null}: nowhere in particular. */
        public String moved;
    }

    /** A preference of a resource for a node. */
    public record Location(String resource, String node, int score) {}
}
