package io.burnish.host.registration;

/** Under whose name the credentials of a deployment or a test are kept. */
final class DeploymentSecrets {

    /** Prefix of the owners of tests' credentials. */
    static final String TESTS = "test:";

    private DeploymentSecrets() {}

    static String owner(long hostId) {
        return "deploy:" + hostId;
    }

    static String ofTest(String credentials) {
        return TESTS + credentials;
    }
}
