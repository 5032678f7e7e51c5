package io.burnish.simulator.program;

import io.burnish.agent.system.CommandResult;
import io.burnish.simulator.lab.Machine;
import io.burnish.simulator.lab.Rpm;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The package manager of a server: {@code dnf} over the laboratory's repositories, {@code rpm} over what is installed. */
final class PackagePrograms {

    private static final String REPOSITORY_FILES = "/etc/yum.repos.d/";
    private static final Pattern SECTION = Pattern.compile("^\\[([^\\]]+)\\]", Pattern.MULTILINE);
    private static final Set<String> COMMANDS = Set.of("install", "update", "remove", "repoquery", "clean", "list");

    private PackagePrograms() {}

    static void addTo(Map<String, Program> programs) {
        programs.put("dnf", PackagePrograms::dnf);
        programs.put("yum", PackagePrograms::dnf);
        programs.put("rpm", PackagePrograms::rpm);
        programs.put("grubby", call -> Program.ok("/boot/vmlinuz-" + newestKernel(call.machine()) + "\n"));
    }

    /** {@code version-release.arch} of the kernel that the next boot starts. */
    static String newestKernel(Machine machine) {
        return Transaction.newest(machine.packages.stream()
                        .filter(rpm -> rpm.name().equals("kernel"))
                        .toList())
                .orElseThrow()
                .versionReleaseArch();
    }

    /** A package and where it is from. */
    private record Offer(String repository, Rpm rpm) {

        String text(String format) {
            return format.replaceAll("(?i)%\\{epoch}", "0")
                    .replaceAll("(?i)%\\{name}", rpm.name())
                    .replaceAll("(?i)%\\{version}", rpm.version())
                    .replaceAll("(?i)%\\{release}", rpm.release())
                    .replaceAll("(?i)%\\{arch}", rpm.arch())
                    .replaceAll("(?i)%\\{repoid}", repository);
        }
    }

    private static CommandResult dnf(Invocation call) {
        Set<String> known = sections(call.machine());
        List<Offer> offers = new ArrayList<>();
        for (String repository : call.values("enablerepo")) {
            if (!repository.equals("*") && !known.contains(repository)) {
                return Program.failed(1, "Error: Unknown repo: '" + repository + "'");
            }
            call.lab().state().repositories.getOrDefault(repository, List.of()).stream()
                    .map(rpm -> new Offer(repository, rpm))
                    .forEach(offers::add);
        }
        String command =
                call.args().stream().filter(COMMANDS::contains).findFirst().orElse("");
        return switch (command) {
            case "clean" -> Program.ok("0 files removed\n");
            case "list" -> list(call);
            case "repoquery" -> repoquery(call, offers);
            case "install", "update" -> change(call, offers);
            case "remove" -> remove(call);
            default -> Program.failed(1, "No such command: " + String.join(" ", call.args()));
        };
    }

    private static Set<String> sections(Machine machine) {
        return machine.files.entrySet().stream()
                .filter(file -> file.getKey().startsWith(REPOSITORY_FILES))
                .flatMap(file -> SECTION.matcher(file.getValue()).results())
                .map(section -> section.group(1))
                .collect(Collectors.toSet());
    }

    /** Before the installation the manager looks whether a package of the distribution is offered (agent contract, 15). */
    private static CommandResult list(Invocation call) {
        return Program.ok("Available Packages\n%s.x86_64    2.2.2-39.el8    appstream\n".formatted(call.last()));
    }

    /** The words after the command that are no options, nor the value of one. */
    private static List<String> words(Invocation call, String command) {
        List<String> words = new ArrayList<>();
        for (int i = call.args().indexOf(command) + 1; i < call.args().size(); i++) {
            String arg = call.arg(i);
            if (arg.equals("--exclude")) {
                i++;
            } else if (!arg.startsWith("-")) {
                words.add(arg);
            }
        }
        return words;
    }

    private static CommandResult repoquery(Invocation call, List<Offer> offers) {
        List<Rpm> offered = offers.stream().map(Offer::rpm).toList();
        if (call.has("--requires")) {
            return lines(words(call, "repoquery").stream()
                    .flatMap(word ->
                            Transaction.newest(offered.stream()
                                            .filter(rpm -> rpm.isMeantBy(word))
                                            .toList())
                                    .stream())
                    .flatMap(rpm -> rpm.requires().stream()));
        }
        String format = call.value("queryformat").orElse("%{name}-%{version}-%{release}.%{arch}");
        Set<Rpm> upgrades = Set.copyOf(Transaction.upgrades(offered, call.machine().packages));
        Predicate<Rpm> wanted = call.has("--upgrades") ? upgrades::contains : rpm -> true;
        return lines(offers.stream().filter(offer -> wanted.test(offer.rpm())).map(offer -> offer.text(format)));
    }

    private static CommandResult lines(Stream<String> lines) {
        return Program.ok(lines.distinct().map(line -> line + "\n").collect(Collectors.joining()));
    }

    private static CommandResult change(Invocation call, List<Offer> offers) {
        Machine machine = call.machine();
        Transaction transaction = Transaction.on(offers.stream().map(Offer::rpm).toList(), machine.packages);
        try {
            for (String word : words(call, call.has("install") ? "install" : "update")) {
                transaction.install(word);
            }
        } catch (Transaction.Impossible e) {
            return Program.failed(1, "Error: " + e.getMessage());
        }
        Set<Rpm> fresh = new LinkedHashSet<>(transaction.installed());
        machine.packages.forEach(fresh::remove);
        machine.packages = transaction.installed();
        machine.files.put("/boot/initramfs-" + newestKernel(machine) + ".img", "");
        return fresh.isEmpty()
                ? Program.ok("Nothing to do.\nComplete!\n")
                : Program.ok("Installed:\n"
                        + fresh.stream().map(rpm -> "  " + rpm.full() + "\n").collect(Collectors.joining())
                        + "Complete!\n");
    }

    private static CommandResult remove(Invocation call) {
        List<String> words = words(call, "remove");
        call.machine().packages.removeIf(rpm -> words.stream().anyMatch(rpm::isMeantBy));
        return Program.ok("Complete!\n");
    }

    private static CommandResult rpm(Invocation call) {
        List<Rpm> installed = call.machine().packages;
        if (call.has("-qa")) {
            String format = call.after("--queryformat").orElse("").replace("\\n", "");
            return lines(installed.stream().map(rpm -> new Offer("", rpm).text(format)));
        }
        List<Rpm> found =
                installed.stream().filter(rpm -> rpm.isMeantBy(call.last())).toList();
        if (found.isEmpty()) {
            return new CommandResult(
                    1,
                    call.has("--whatprovides")
                            ? "no package provides " + call.last() + "\n"
                            : "package " + call.last() + " is not installed\n",
                    "");
        }
        return call.has("--requires")
                ? lines(found.stream().flatMap(rpm -> rpm.requires().stream()))
                : lines(found.stream().map(Rpm::full));
    }
}
