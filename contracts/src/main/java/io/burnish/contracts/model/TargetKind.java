package io.burnish.contracts.model;

/** The three kinds of Lustre targets; the constant's name is the wire form. */
public enum TargetKind {
    MGT(84, "mgs", "ManagedMgs"),
    MDT(83, "mdt", "ManagedMdt"),
    OST(85, "ost", "ManagedOst");

    private final int contentTypeId;
    private final String mkfsFlag;
    private final String className;

    TargetKind(int contentTypeId, String mkfsFlag, String className) {
        this.contentTypeId = contentTypeId;
        this.mkfsFlag = mkfsFlag;
        this.className = className;
    }

    /** The class number that clients see on an object of this kind. */
    public int contentTypeId() {
        return contentTypeId;
    }

    /** The word used by {@code mkfs.lustre}: {@code mgs}, {@code mdt} or {@code ost}. */
    public String mkfsFlag() {
        return mkfsFlag;
    }

    /** The class name in messages of the API contract, for example {@code ManagedOst}. */
    public String className() {
        return className;
    }
}
