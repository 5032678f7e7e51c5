package io.burnish.simulator.lab;

import io.burnish.contracts.agent.report.PackageReport;
import io.burnish.contracts.agent.report.RpmOrder;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A package, in a repository or installed.
 *
 * @param requires other packages, as RPM writes them: {@code name}, {@code name = version-release} or {@code name >= version}
 */
public record Rpm(String name, String version, String release, String arch, List<String> requires) {

    /** Older ones first. */
    public static final Comparator<Rpm> OLDEST_FIRST = Comparator.comparing(Rpm::number, RpmOrder.OLDEST_FIRST);

    private static final Pattern REQUIREMENT = Pattern.compile("(\\S+)(?: (=|>=) (\\S+))?");

    /** A package of this distribution. */
    public static Rpm of(String name, String version, String release, String arch, String... requires) {
        return new Rpm(name, version, release, arch, List.of(requires));
    }

    /** {@code version-release.arch}. */
    public String versionReleaseArch() {
        return version + "-" + release + "." + arch;
    }

    /** {@code name-version-release.arch}, as {@code rpm -q} prints it. */
    public String full() {
        return name + "-" + versionReleaseArch();
    }

    /** Whether it is meant by a word on the command line of {@code dnf} or {@code rpm}: {@code NAME}, {@code NAME-VERSION} and so on. */
    public boolean isMeantBy(String word) {
        return List.of(name, name + "-" + version, name + "-" + version + "-" + release, full())
                        .contains(word)
                || word.endsWith("*") && full().startsWith(word.substring(0, word.length() - 1));
    }

    /** Whether it fulfils a requirement. */
    public boolean fulfils(String requirement) {
        Matcher wanted = REQUIREMENT.matcher(requirement);
        if (!wanted.matches() || !wanted.group(1).equals(name)) {
            return false;
        }
        return wanted.group(2) == null
                || (wanted.group(2).equals("=")
                        ? (version + "-" + release).equals(wanted.group(3))
                        : RpmOrder.compare(version + "-" + release, wanted.group(3)) >= 0);
    }

    /** Whether a newer one is installed beside it, not in its place. */
    public boolean installOnly() {
        return name.equals("kernel");
    }

    private PackageReport.Version number() {
        return new PackageReport.Version("0", version, release, arch);
    }
}
