package io.burnish.agent.packages;

import io.burnish.agent.command.ActionFailedException;
import io.burnish.agent.command.Commands;
import io.burnish.agent.system.CommandNotFoundException;
import io.burnish.agent.system.HostSystem;
import io.burnish.contracts.agent.report.PackageReport.Version;
import io.burnish.contracts.agent.report.PackageReport.Versions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which versions of the manager's packages are available and installed (agent contract, 5.1). */
public final class PackageScan {

    private static final Path REPOSITORIES = Path.of("/etc/yum.repos.d/Intel-Lustre-Agent.repo");
    private static final String FORMAT = "%{EPOCH} %{NAME} %{VERSION} %{RELEASE} %{ARCH}";
    private static final Pattern SECTION = Pattern.compile("^\\[([^\\]]+)\\]", Pattern.MULTILINE);
    private static final int WORDS = 5;

    private PackageScan() {}

    /**
     * Packages per repository; empty if the manager has configured none here, or the server has no such tools.
     *
     * @throws ActionFailedException if a query fails
     */
    public static Optional<Map<String, Map<String, Versions>>> run(HostSystem host, Commands commands)
            throws InterruptedException, IOException {
        List<String> repositories = sections(host.read(REPOSITORIES).orElse(""));
        if (repositories.isEmpty()) {
            return Optional.empty();
        }
        try {
            commands.tryRun(options(List.of("dnf", "clean", "all", "--disablerepo=*"), repositories));
            Map<String, Map<String, List<Version>>> available = new LinkedHashMap<>();
            for (String repository : repositories) {
                available.put(repository, parse(commands.tryRun(query(repository))));
            }
            // last, because dnf waits for an installation that is under way: what that changes is seen
            Map<String, List<Version>> installed =
                    parse(commands.tryRun("rpm", "-qa", "--queryformat", FORMAT + "\\n"));
            Map<String, Map<String, Versions>> report = new LinkedHashMap<>();
            available.forEach((repository, packages) -> report.put(repository, merge(packages, installed)));
            return Optional.of(report);
        } catch (CommandNotFoundException e) {
            return Optional.empty();
        }
    }

    static List<String> sections(String repoFile) {
        return SECTION.matcher(repoFile).results().map(match -> match.group(1)).toList();
    }

    /** Reads lines of the format above; source packages and chatter of the tool are left out. */
    static Map<String, List<Version>> parse(String stdout) {
        Map<String, List<Version>> packages = new LinkedHashMap<>();
        for (String line : stdout.lines().toList()) {
            String[] words = line.strip().split("\\s+");
            if (words.length != WORDS || words[4].equals("src") || chatter(line)) {
                continue;
            }
            String epoch = words[0].equals("(none)") ? "0" : words[0];
            packages.computeIfAbsent(words[1], absent -> new ArrayList<>())
                    .add(new Version(epoch, words[2], words[3], words[4]));
        }
        return packages;
    }

    static List<String> options(List<String> command, List<String> repositories) {
        List<String> words = new ArrayList<>(command);
        repositories.forEach(repository -> words.add("--enablerepo=" + repository));
        return words;
    }

    private static boolean chatter(String line) {
        Matcher matcher = Pattern.compile("^(Last metadata expiration check|Waiting for process with pid).*")
                .matcher(line);
        return matcher.matches();
    }

    private static List<String> query(String repository) {
        return List.of(
                "dnf",
                "repoquery",
                "--available",
                "--quiet",
                "--disablerepo=*",
                "--enablerepo=" + repository,
                "--queryformat=" + FORMAT);
    }

    private static Map<String, Versions> merge(
            Map<String, List<Version>> available, Map<String, List<Version>> installed) {
        Map<String, Versions> merged = new LinkedHashMap<>();
        available.forEach(
                (name, versions) -> merged.put(name, new Versions(versions, installed.getOrDefault(name, List.of()))));
        return merged;
    }
}
