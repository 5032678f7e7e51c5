package io.burnish.alert.mail;

import static org.assertj.core.api.Assertions.assertThat;

import io.burnish.alert.type.Severity;
import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class MailTextTest {

    private static final OffsetDateTime AT = OffsetDateTime.parse("2026-03-02T08:20:10Z");
    private static final MailText.Line OFFLINE =
            new MailText.Line(AT, "Target fs-OST0000 offline", Severity.ERROR, true);
    private static final MailText.Line OVER =
            new MailText.Line(AT.minusMinutes(1), "Lost contact with host oss1", Severity.WARNING, false);

    @Test
    void saysWhatWhenHowBadAndWhetherItStillIs() {
        assertThat(MailText.of("[Burnish]", "https://lab.example/", List.of(OFFLINE, OVER)))
                .isEqualTo(new MailText("[Burnish] ERROR: Target fs-OST0000 offline and 1 more", """
                        Alerts of the Lustre installation at https://lab.example/:

                        2026-03-02 08:20:10 UTC Target fs-OST0000 offline (ERROR)
                            This alert is currently active.
                        2026-03-02 08:19:10 UTC Lost contact with host oss1 (WARNING)
                        """));
    }

    @Test
    void aNameIsNoHeaderAndNoLine() {
        MailText text = MailText.of(
                "", "", List.of(new MailText.Line(AT, "Host is offline a\r\nBcc: x@y", Severity.WARNING, false)));
        assertThat(text.subject()).isEqualTo("WARNING: Host is offline a Bcc: x@y");
        assertThat(text.body().lines().filter(line -> line.startsWith("Bcc"))).isEmpty();
    }

    @Test
    void aFloodIsCounted() {
        MailText text = MailText.of("[Burnish]", "", Collections.nCopies(250, OVER));
        assertThat(text.subject()).endsWith("and 249 more");
        assertThat(text.body()).endsWith("\n150 more are in the list of alerts.\n");
        assertThat(text.body().lines().filter(line -> line.contains("Lost contact")))
                .hasSize(100);
    }
}
