package io.burnish.target.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Names in Pacemaker (API contract, storage 26.5). */
class HaLabelTest {

    @Test
    void aNameEndsInSixHexadecimalDigitsThatDiffer() {
        assertThat(HaLabel.random("scratch-OST0000")).matches("scratch-OST0000_[0-9a-f]{6}");
        assertThat(HaLabel.random("MGS")).isNotEqualTo(HaLabel.random("MGS"));
    }

    @Test
    void whatPacemakerWouldNotUnderstandIsReplaced() {
        assertThat(HaLabel.sanitised("12_fs")).isEqualTo("_2_fs");
        assertThat(HaLabel.sanitised("-fs")).isEqualTo("_fs");
        assertThat(HaLabel.sanitised(".fs")).isEqualTo("_fs");
        assertThat(HaLabel.sanitised("test-fs")).isEqualTo("test-fs");
        assertThat(HaLabel.sanitised("a.b:c @$%&/+,;(){}[]d\te")).isEqualTo("a_b_c_d_e");
    }
}
