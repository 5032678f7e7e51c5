package io.burnish.simulator.lab;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All that exists. Written to the disk after each change. */
public final class LabState {

    /** By fully qualified name. */
    public Map<String, Machine> machines = new LinkedHashMap<>();
    /** By serial. */
    public Map<String, Lun> luns = new LinkedHashMap<>();
    /** Serials of the LUNs of each pair. */
    public Map<String, Set<String>> shared = new LinkedHashMap<>();
    /** By name of the pair. */
    public Map<String, Cluster> clusters = new LinkedHashMap<>();
    /** Power distribution units by address. */
    public Map<String, PowerUnit> units = new LinkedHashMap<>();
    /** Packages by repository, the order in which they were published. */
    public Map<String, List<Rpm>> repositories = Repositories.initial();
    /** Requests to HSM coordinators, the oldest first. */
    public List<HsmRequest> hsm = new ArrayList<>();
    /** Files that were ever named in such requests. */
    public int hsmFiles;
    /** Command lines that no virtual server understands. */
    public Set<String> unknown = new LinkedHashSet<>();
}
