package io.burnish.agent.packages;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.agent.action.Action;
import io.burnish.agent.action.ActionArguments;
import io.burnish.agent.action.ActionContext;
import io.burnish.agent.command.ActionFailedException;
import io.burnish.contracts.ContractJson;
import io.burnish.contracts.agent.AgentAction;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Installs packages and updates what is installed from their repositories (agent contract, 8.2). */
final class InstallPackages implements Action {

    // a package that is needed in exactly one version, as kernel modules need their kernel
    private static final Pattern EXACT = Pattern.compile("^([^)/\\s]+) = (\\S+)$");
    private static final List<String> UNATTENDED = List.of("--allowerasing", "-y", "--exclude", "kernel-debug");

    @Override
    public AgentAction id() {
        return AgentAction.INSTALL_PACKAGES;
    }

    @Override
    public String purpose(ActionArguments arguments) {
        return "install packages";
    }

    @Override
    public JsonNode run(ActionArguments arguments, ActionContext context) throws InterruptedException, IOException {
        List<String> repositories = arguments.texts("repos");
        List<String> packages = arguments.texts("packages");
        Dnf dnf = new Dnf(context);
        if (!packages.isEmpty()) {
            dnf.read("clean", "all", "--enablerepo=*");
            install(dnf, repositories, packages);
        }
        if (!repositories.isEmpty()) {
            update(dnf, repositories);
        }
        checkBoot(context);
        return report(context);
    }

    /** What is installed is installed: a repository that does not answer now makes no failure of it. */
    private static JsonNode report(ActionContext context) throws InterruptedException, IOException {
        try {
            return PackageScan.run(context.host(), context.commands())
                    .map(report -> ContractJson.mapper().<JsonNode>valueToTree(report))
                    .orElse(null);
        } catch (ActionFailedException e) {
            context.commands().remark(e.getMessage());
            return null;
        }
    }

    private static void install(Dnf dnf, List<String> repositories, List<String> packages) throws InterruptedException {
        List<String> query = PackageScan.options(List.of("repoquery", "--requires", "--quiet"), repositories);
        query.addAll(packages);
        List<String> command = new ArrayList<>(List.of("install"));
        command.addAll(UNATTENDED);
        List<String> install = PackageScan.options(command, repositories);
        install.addAll(packages);
        install.addAll(exactVersions(dnf.read(query)));
        dnf.change("install", install);
    }

    private static void update(Dnf dnf, List<String> repositories) throws InterruptedException {
        List<String> query = PackageScan.options(
                List.of(
                        "repoquery",
                        "--quiet",
                        "--queryformat=%{name} %{version}-%{release}.%{arch} %{repoid}",
                        "--upgrades",
                        "--disablerepo=*"),
                repositories);
        List<String> names = upgrades(dnf.read(query), Set.copyOf(repositories));
        if (names.isEmpty()) {
            return;
        }
        List<String> command = new ArrayList<>(List.of("update"));
        command.addAll(UNATTENDED);
        List<String> update = PackageScan.options(command, repositories);
        update.addAll(names);
        dnf.change("update", update);
    }

    static List<String> exactVersions(List<String> requirements) {
        return requirements.stream()
                .map(EXACT::matcher)
                .filter(Matcher::matches)
                .map(match -> match.group(1) + "-" + match.group(2))
                .distinct()
                .toList();
    }

    static List<String> upgrades(List<String> lines, Set<String> repositories) {
        return lines.stream()
                .map(line -> line.split("\\s+"))
                .filter(words -> words.length == 3 && repositories.contains(words[2]))
                .map(words -> words[0])
                .distinct()
                .collect(Collectors.toList());
    }

    /** A server whose new kernel cannot boot would be lost with its next reboot. */
    private static void checkBoot(ActionContext context) throws InterruptedException {
        String kernel = context.commands().tryRun("grubby", "--default-kernel").strip();
        int dash = kernel.indexOf('-');
        Path image = Path.of("/boot/initramfs-" + kernel.substring(dash + 1) + ".img");
        if (dash < 0 || !context.host().exists(image)) {
            throw new ActionFailedException(
                    "the default kernel " + kernel + " cannot boot: " + image + " does not exist");
        }
    }
}
