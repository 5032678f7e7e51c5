package io.burnish.target.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.burnish.contracts.call.Refusal;
import io.burnish.contracts.call.TargetClaim;
import io.burnish.contracts.model.TargetKind;
import org.junit.jupiter.api.Test;

class FormatOptionsTest {

    private static TargetClaim.Wanted wanted(TargetKind kind, Integer size, Long count, Integer perInode) {
        return new TargetClaim.Wanted("osts", kind, 1, false, false, size, count, perInode, null);
    }

    private static Refusal refused(TargetClaim.Wanted wanted, Long volumeSize) {
        return catchThrowableOfType(ClaimRefused.class, () -> FormatOptions.check(wanted, volumeSize))
                .refusal();
    }

    @Test
    void whatIsNotGivenIsLeftToMkfs() {
        assertThatNoException().isThrownBy(() -> FormatOptions.check(wanted(TargetKind.OST, null, null, null), 1L));
        assertThatNoException()
                .isThrownBy(() -> FormatOptions.check(wanted(TargetKind.OST, null, 1L << 50, null), null));
    }

    @Test
    void inodesMustFitWithTheUsualSizeOfTheKind() {
        assertThat(refused(wanted(TargetKind.MGT, null, 9L, null), 1024L).message())
                .isEqualTo("9 128-byte inodes too large for 1024-byte device");
        assertThat(refused(wanted(TargetKind.OST, null, 5L, null), 1024L).message())
                .isEqualTo("5 256-byte inodes too large for 1024-byte device");
        assertThat(refused(wanted(TargetKind.MDT, null, 3L, null), 1024L))
                .isEqualTo(new Refusal("osts.inode_count", "3 512-byte inodes too large for 1024-byte device", null));
        assertThatNoException().isThrownBy(() -> FormatOptions.check(wanted(TargetKind.MDT, null, 2L, null), 1024L));
    }

    @Test
    void theLargestCountDoesNotOverflow() {
        assertThat(refused(wanted(TargetKind.OST, null, Long.MAX_VALUE, null), 1L << 40)
                        .field())
                .isEqualTo("osts.inode_count");
    }

    @Test
    void optionsThatContradictEachOtherAreRefused() {
        assertThat(refused(wanted(TargetKind.OST, null, 10L, 4096), null))
                .isEqualTo(new Refusal(
                        "osts.inode_count", "inode_count and bytes_per_inode are mutually exclusive", null));
        assertThat(refused(wanted(TargetKind.OST, 4096, null, 4096), null))
                .isEqualTo(new Refusal("osts.inode_size", "inode_size must be less than bytes_per_inode", null));
    }

    @Test
    void numbersArePositive() {
        assertThat(refused(wanted(TargetKind.OST, 0, null, null), null).field()).isEqualTo("osts.inode_size");
        assertThat(refused(wanted(TargetKind.OST, null, -1L, null), null).field())
                .isEqualTo("osts.inode_count");
        assertThat(refused(wanted(TargetKind.OST, null, null, -1), null).field())
                .isEqualTo("osts.bytes_per_inode");
    }
}
