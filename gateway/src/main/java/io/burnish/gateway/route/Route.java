package io.burnish.gateway.route;

import io.burnish.contracts.ServiceName;

/** Where a request goes. */
public sealed interface Route {

    /** A resource of the API: the service that owns it answers, and knows the caller by the gateway's token. */
    record Resource(ServiceName owner) implements Route {}

    /** Set-up of a storage server: the host service answers; the secret in the path stands for the caller. */
    record ServerSetup() implements Route {
        /** The service that answers. */
        public ServiceName owner() {
            return ServiceName.HOST;
        }
    }

    /** The directory of resources, {@code /api/}. */
    record Directory() implements Route {}

    /** The description of the API, {@code /api/openapi.json}. */
    record Description() implements Route {}

    /** Pages and files of the gateway itself. */
    record Site() implements Route {}

    /** Nothing is there. */
    record Nowhere() implements Route {}
}
