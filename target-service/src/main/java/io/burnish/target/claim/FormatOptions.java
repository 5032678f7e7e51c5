package io.burnish.target.claim;

import io.burnish.contracts.call.TargetClaim;
import io.burnish.contracts.model.TargetKind;

/** Whether the format options of a wanted target go together and fit its volume (API contract, storage 2.3). Pure. */
final class FormatOptions {

    private FormatOptions() {}

    /**
     * Checks options; one that is {@code null} is left to mkfs.
     *
     * @param volumeSize bytes; {@code null}: unknown, anything fits
     * @throws ClaimRefused with the option that is wrong
     */
    static void check(TargetClaim.Wanted wanted, Long volumeSize) {
        refuseNotPositive(wanted, "inode_count", wanted.inodeCount());
        refuseNotPositive(wanted, "inode_size", wanted.inodeSize());
        refuseNotPositive(wanted, "bytes_per_inode", wanted.bytesPerInode());
        if (wanted.inodeCount() != null && wanted.bytesPerInode() != null) {
            throw ClaimRefused.option(wanted, "inode_count", "inode_count and bytes_per_inode are mutually exclusive");
        }
        if (wanted.inodeSize() != null
                && wanted.bytesPerInode() != null
                && wanted.inodeSize() >= wanted.bytesPerInode()) {
            throw ClaimRefused.option(wanted, "inode_size", "inode_size must be less than bytes_per_inode");
        }
        if (wanted.inodeCount() != null && volumeSize != null) {
            int inodeSize = wanted.inodeSize() == null ? usualInodeSize(wanted.kind()) : wanted.inodeSize();
            if (wanted.inodeCount() > volumeSize / inodeSize) {
                throw ClaimRefused.option(
                        wanted,
                        "inode_count",
                        "%d %d-byte inodes too large for %d-byte device"
                                .formatted(wanted.inodeCount(), inodeSize, volumeSize));
            }
        }
    }

    private static int usualInodeSize(TargetKind kind) {
        return switch (kind) {
            case MGT -> 128;
            case MDT -> 512;
            case OST -> 256;
        };
    }

    private static void refuseNotPositive(TargetClaim.Wanted wanted, String option, Number value) {
        if (value != null && value.longValue() <= 0) {
            throw ClaimRefused.option(wanted, option, "Must be greater than or equal to 1");
        }
    }
}
