package io.burnish.metrics.query;

import io.burnish.kit.api.query.Parameters;
import java.util.List;
import java.util.Optional;

/** The objects of a resource that has metric URLs. All methods may block. */
public interface MeasuredObjects {

    /**
     * The objects that the resource's own list filters select, ascending by id.
     *
     * @param groupBy attribute whose value is wanted with each object; {@code null}: none
     * @throws io.burnish.kit.api.ApiError 400 for a filter that is not allowed or a value of the wrong type
     */
    List<MeasuredObject> matching(Parameters parameters, String groupBy);

    /** The object with that id. */
    Optional<MeasuredObject> one(long id);
}
