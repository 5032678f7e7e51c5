package io.burnish.simulator.lab;

/** A request to a file system's HSM coordinator. Mutable: guarded by the laboratory's lock. */
public final class HsmRequest {

    public String filesystem;
    public String fid;
    /** {@code ARCHIVE}, {@code RESTORE} or {@code REMOVE}. */
    public String action;

    public int archive;
    /** Within the file system. */
    public String path;
    /** {@code WAITING}, {@code STARTED}, {@code SUCCEED} or {@code FAILED}. */
    public String status = "WAITING";
}
