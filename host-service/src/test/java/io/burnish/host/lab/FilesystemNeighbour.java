package io.burnish.host.lab;

import io.burnish.contracts.call.Detection;
import io.burnish.testsupport.Neighbour;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Stands where the filesystem service stands: hears what was detected. */
public final class FilesystemNeighbour implements QuarkusTestResourceLifecycleManager {

    private static final List<Detection> HEARD = new CopyOnWriteArrayList<>();
    private static final Neighbour SERVER = new Neighbour(FilesystemNeighbour::answer);

    /** What becomes of calls from now on. */
    public static void mood(Neighbour.Mood now) {
        SERVER.mood(now);
    }

    /** The last detection. */
    public static Detection last() {
        return HEARD.getLast();
    }

    private static Neighbour.Answer answer(Neighbour.Call call) {
        Detection detection = call.body(Detection.class);
        HEARD.add(detection);
        return Neighbour.Answer.of(new Detection.Reply(
                List.of("Looked at %d servers".formatted(detection.scans().size()), "Discovered no new filesystems")));
    }

    @Override
    public Map<String, String> start() {
        return Map.of("burnish.filesystem-service.url", SERVER.url());
    }

    @Override
    public void stop() {
        mood(Neighbour.Mood.ANSWER);
    }
}
