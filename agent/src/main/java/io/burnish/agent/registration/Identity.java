package io.burnish.agent.registration;

import java.nio.file.Path;

/** Where the agent keeps what proves who is who. */
public record Identity(Path stateDirectory) {

    /** Certificate of the manager's authority: whoever presents one signed by it is the manager. */
    public Path authority() {
        return stateDirectory.resolve("authority.crt");
    }

    /** This server's private key. */
    public Path key() {
        return stateDirectory.resolve("private.pem");
    }

    /** This server's certificate, signed by the authority. */
    public Path certificate() {
        return stateDirectory.resolve("self.crt");
    }
}
