package io.burnish.gateway.account;

/** Ids of the three factory groups (API contract, core 1.18), as the first migration stores them. */
final class Groups {

    static final long SUPERUSERS = 1;
    static final long FILESYSTEM_ADMINISTRATORS = 2;

    private Groups() {}
}
