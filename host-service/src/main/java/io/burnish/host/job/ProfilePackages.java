package io.burnish.host.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * What a profile wants installed, and from where.
 *
 * @param repositories the profile's bundles without {@code external}, which is where the rest of the operating system comes from
 */
record ProfilePackages(List<String> repositories, List<String> packages) {

    /** Of a profile as agents get it. */
    static ProfilePackages of(ObjectNode profile) {
        List<String> repositories = new ArrayList<>();
        profile.withArray("/bundles").forEach(bundle -> repositories.add(bundle.asText()));
        repositories.remove("external");
        List<String> packages = new ArrayList<>();
        profile.withArray("/packages").forEach(name -> packages.add(name.asText()));
        return new ProfilePackages(repositories, packages);
    }
}
