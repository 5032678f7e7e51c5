package io.burnish.kit.api;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;

/**
 * What relation fields embed, by the name of the related resource of this service. It is looked for when it is needed, because resources
 * may point to each other.
 */
@ApplicationScoped
public class Relations {

    private final Instance<ApiResource> resources;

    Relations(@Any Instance<ApiResource> resources) {
        this.resources = resources;
    }

    /** A source of the objects of a resource of this service. */
    public RelationLoader to(String name) {
        return RelationLoader.of(() -> resources.stream()
                .map(ApiResource::resource)
                .filter(resource -> resource.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("this service has no resource " + name)));
    }
}
