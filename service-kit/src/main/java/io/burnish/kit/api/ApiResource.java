package io.burnish.kit.api;

/** A bean that declares a resource of the API. */
public interface ApiResource {

    /** The declaration; called once. */
    Resource resource();
}
