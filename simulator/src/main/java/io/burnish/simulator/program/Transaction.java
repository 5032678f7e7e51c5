package io.burnish.simulator.program;

import io.burnish.simulator.lab.Rpm;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a package manager works out before it changes anything: the packages that a server will have. All or nothing.
 *
 * @param offered by the repositories that are switched on
 * @param installed grows and changes as packages are taken
 */
record Transaction(List<Rpm> offered, List<Rpm> installed) {

    /** That cannot be done, in the words of the package manager. */
    static final class Impossible extends Exception {

        private static final long serialVersionUID = 1;

        Impossible(String message) {
            super(message);
        }
    }

    static Transaction on(List<Rpm> offered, List<Rpm> installed) {
        return new Transaction(offered, new ArrayList<>(installed));
    }

    /** Takes the newest package that is meant, with what it requires; one that is there and is not offered stays. */
    void install(String word) throws Impossible {
        Optional<Rpm> found =
                newest(offered.stream().filter(rpm -> rpm.isMeantBy(word)).toList());
        if (found.isPresent()) {
            take(found.get());
        } else if (installed.stream().noneMatch(rpm -> rpm.isMeantBy(word))) {
            throw new Impossible("Unable to find a match: " + word);
        }
    }

    /** The newest version of each installed package that is offered and newer than what is installed. */
    static List<Rpm> upgrades(List<Rpm> offered, List<Rpm> installed) {
        return installed.stream()
                .map(Rpm::name)
                .distinct()
                .flatMap(name -> newest(named(offered, name)).stream()
                        .filter(rpm -> newer(rpm, newest(named(installed, name)).orElseThrow())))
                .toList();
    }

    private static List<Rpm> named(List<Rpm> packages, String name) {
        return packages.stream().filter(rpm -> rpm.name().equals(name)).toList();
    }

    static Optional<Rpm> newest(List<Rpm> packages) {
        return packages.stream().max(Rpm.OLDEST_FIRST);
    }

    private static boolean newer(Rpm one, Rpm other) {
        return Rpm.OLDEST_FIRST.compare(one, other) > 0;
    }

    private void take(Rpm rpm) throws Impossible {
        Optional<Rpm> present = newest(named(installed, rpm.name()));
        if (present.isPresent() && !newer(rpm, present.get())) {
            return;
        }
        if (!rpm.installOnly()) {
            present.ifPresent(installed::remove);
        }
        installed.add(rpm);
        for (String requirement : rpm.requires()) {
            require(rpm, requirement);
        }
    }

    /** Files and libraries are always there. */
    private void require(Rpm who, String requirement) throws Impossible {
        if (requirement.contains("/")
                || requirement.contains("(")
                || installed.stream().anyMatch(rpm -> rpm.fulfils(requirement))) {
            return;
        }
        take(newest(offered.stream().filter(rpm -> rpm.fulfils(requirement)).toList())
                .orElseThrow(() -> new Impossible("nothing provides " + requirement + " needed by " + who.full())));
    }
}
