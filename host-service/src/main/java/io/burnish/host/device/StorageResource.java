package io.burnish.host.device;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/**
 * A storage resource as one server reports it.
 *
 * @param name default name (API contract, storage 8)
 * @param attributes as in the API, references by name only
 * @param parents what it is built on
 */
public record StorageResource(ResourceKey key, String name, ObjectNode attributes, Set<ResourceKey> parents) {}
