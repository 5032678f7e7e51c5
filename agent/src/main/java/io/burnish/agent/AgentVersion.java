package io.burnish.agent;

/** The agent's version; the manager refuses agents of another major version. */
public final class AgentVersion {

    /** Used when the classes do not come from the agent's jar. */
    private static final String UNPACKAGED = "1.0.0";

    private AgentVersion() {}

    /** For example {@code 1.0.0}. */
    public static String current() {
        String version = AgentVersion.class.getPackage().getImplementationVersion();
        return version == null ? UNPACKAGED : version.replaceFirst("-SNAPSHOT$", "");
    }
}
