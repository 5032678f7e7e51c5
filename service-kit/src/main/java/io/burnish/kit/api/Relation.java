package io.burnish.kit.api;

/**
 * What a relation field points to.
 *
 * @param resource name of the related resource
 * @param many a list of objects
 * @param full embedded unless the caller asks for links
 * @param loader finds what to embed; {@code null}: cannot be embedded
 */
public record Relation(String resource, boolean many, boolean full, RelationLoader loader) {

    String uri(Object id) {
        return "/api/" + resource + "/" + id + "/";
    }

    Relation embedded() {
        return new Relation(resource, many, true, loader);
    }
}
