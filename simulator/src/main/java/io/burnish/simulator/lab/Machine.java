package io.burnish.simulator.lab;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Everything that a virtual server remembers. Mutable: guarded by the laboratory's lock. */
public final class Machine {

    public String fqdn;
    public String nodename;
    /** Name of the pair that it belongs to. */
    public String pair;
    /** Last number of its addresses. */
    public int address;

    public String bootId;
    /** Seconds since 1970. */
    public long bootedAt;
    /** Reads and writes, and other calls, since the boot, of targets that are not mounted here any more. */
    public double servedTransfers;

    public double servedCalls;
    public boolean poweredOn = true;
    /** Whether its BMC lets it have the power of its supplies. */
    public boolean chassisOn = true;
    /** Whether the agent shall run when this process starts. */
    public boolean agentRuns;

    public Map<String, String> files = new LinkedHashMap<>();
    public Set<String> directories = new LinkedHashSet<>();
    public Set<String> modules = new LinkedHashSet<>();
    public boolean lnetUp;
    /** The module option {@code networks} that LNet was loaded with, for example {@code tcp0(eth0)}. */
    public String lnetNetworks = "tcp(eth0)";
    /** Mounted Lustre clients: mount point to what is mounted. */
    public Map<String, String> clientMounts = new LinkedHashMap<>();
    /** Running copytools: service to the uuid of its registration. */
    public Map<String, String> movers = new LinkedHashMap<>();

    public Set<String> active = new LinkedHashSet<>();
    public Set<String> enabled = new LinkedHashSet<>();
    /** Installed packages. */
    public List<Rpm> packages = Repositories.installed();
    /** The running kernel: {@code version-release.arch}. */
    public String kernel = packages.getFirst().versionReleaseArch();

    /** Address of the second interface with its prefix; {@code null}: none yet. */
    public String secondAddress;
    /** Results of commands that must not run twice; {@code null} value: it was started. */
    public Map<String, OnceResult> once = new LinkedHashMap<>();

    /** What such a command did; {@code finished} false: nobody knows. */
    public record OnceResult(boolean finished, int rc, String stdout, String stderr) {}

    /** The address of its BMC, which has the factory's login and password. */
    public String bmcAddress() {
        return "10.73.12." + address;
    }

    /** The address on the first network. */
    public String firstAddress() {
        return "10.73.10." + address;
    }

    /** The address of an interface; empty if it has none. */
    public Optional<String> addressOf(String interfaceName) {
        return switch (interfaceName) {
            case "eth0" -> Optional.of(firstAddress());
            case "eth1" -> Optional.ofNullable(secondAddress).map(address -> address.split("/")[0]);
            default -> Optional.empty();
        };
    }
}
