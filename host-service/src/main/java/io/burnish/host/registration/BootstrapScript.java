package io.burnish.host.registration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.host.packages.RepositoryFile;

/**
 * The installer that a server fetches and runs (agent contract, 1.3): a plain sequence of POSIX shell commands.
 *
 * <p>From the second request on the manager is verified against the authority that comes with the script. On success the last thing on
 * standard output is {@code {"host_id": N, "command_id": M}}; any failure ends it with another exit status than 0.
 *
 * @param base the manager's address with a slash at its end
 * @param secret of the token
 * @param authority PEM text of the CA's certificate
 * @param profile as agents get it
 * @param repositories text of the package manager's file; empty: the manager has no repositories of its own
 * @param epochSeconds the manager's time, so that the certificates are valid on a server whose clock is wrong
 */
record BootstrapScript(
        String base, String secret, String authority, ObjectNode profile, String repositories, long epochSeconds) {

    /** Where the agent keeps its files. */
    static final String STATE = "/var/lib/chroma";

    private static final String TEXT = """
            #!/bin/sh
            # Installs and registers the Burnish agent: profile %(profile_name), manager %(base)
            set -e
            umask 077
            manager='%(base)'
            secret='%(secret)'
            state=%(state)
            # certificates need a clock that is about right
            date -s '@%(epoch)' >/dev/null 2>&1 || true
            mkdir -p "$state"
            cat > "$state/manager.crt" <<'END_OF_AUTHORITY'
            %(authority)
            END_OF_AUTHORITY
            cat > "$state/profile.json" <<'END_OF_PROFILE'
            %(profile)
            END_OF_PROFILE
            # an agent of an earlier registration must not speak with the new identity half made
            systemctl stop chroma-agent >/dev/null 2>&1 || true
            rm -rf "$state/package"
            mkdir -p "$state/package"
            curl -sSf --cacert "$state/manager.crt" -o "$state/package/agent.tar.gz" "${manager}agent/package/$secret/burnish-agent.tar.gz"
            tar xzf "$state/package/agent.tar.gz" -C "$state/package"
            # the programs are for everybody, the keys are not
            umask 022
            sh "$state/package/burnish-agent/bin/install.sh" >&2
            umask 077
            rm -rf "$state/package"
            %(write_repositories)
            /usr/sbin/burnish-agent register --url "$manager" --secret "$secret" --ca-file "$state/manager.crt" --profile "$state/profile.json" > "$state/registered.json"
            systemctl enable chroma-agent >&2
            systemctl restart chroma-agent >&2
            cat "$state/registered.json"
            """;

    private static final String WRITE_REPOSITORIES = """
            repositories=/etc/yum.repos.d/%(file)
            cat > "$repositories" <<'END_OF_REPOSITORIES'
            %(text)
            END_OF_REPOSITORIES
            chmod 644 "$repositories\"""";

    String text() {
        String write = repositories.isEmpty()
                ? "# packages come from the repositories that this server has"
                : WRITE_REPOSITORIES.replace("%(file)", RepositoryFile.NAME).replace("%(text)", repositories.strip());
        return TEXT.replace("%(write_repositories)", write)
                .replace("%(state)", STATE)
                .replace("%(base)", base)
                .replace("%(secret)", secret)
                .replace("%(epoch)", Long.toString(epochSeconds))
                .replace("%(authority)", authority.strip())
                .replace("%(profile_name)", profile.path("name").asText())
                .replace("%(profile)", profile.toString());
    }
}
