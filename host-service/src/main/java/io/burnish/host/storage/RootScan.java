package io.burnish.host.storage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * A scan of a root resource that is to be made.
 *
 * @param url with attributes of the root in braces
 * @param username for basic authentication
 * @param password for basic authentication
 * @param values of the root's attributes, without passwords
 * @param claim what is found counts only as long as the root still has this time for its next scan: nobody has changed it
 */
public record RootScan(
        long rootId,
        String pluginName,
        String className,
        String url,
        Optional<String> username,
        Optional<String> password,
        ObjectNode values,
        OffsetDateTime claim) {

    /** Without the password. */
    @Override
    public String toString() {
        return "scan of storage resource " + rootId;
    }
}
