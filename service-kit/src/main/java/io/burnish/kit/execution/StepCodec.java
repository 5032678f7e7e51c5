package io.burnish.kit.execution;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import io.burnish.contracts.ContractJson;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import java.util.List;

/** Stores steps as JSON with their type names and reads them back. */
@ApplicationScoped
class StepCodec {

    private static final TypeReference<List<Step>> STEPS = new TypeReference<>() {};

    private final ObjectMapper mapper;

    StepCodec(@Any Instance<JobDefinition> definitions) {
        mapper = ContractJson.mapper().copy();
        for (JobDefinition definition : definitions) {
            for (Class<? extends Step> type : definition.stepTypes()) {
                mapper.registerSubtypes(new NamedType(type, type.getSimpleName()));
            }
        }
    }

    String write(List<Step> steps) {
        try {
            return mapper.writerFor(STEPS).writeValueAsString(steps);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a step cannot be stored: " + e.getMessage(), e);
        }
    }

    List<Step> read(String json) {
        if (json == null) {
            return List.of();
        }
        try {
            return mapper.readValue(json, STEPS);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored step cannot be read: " + e.getMessage(), e);
        }
    }
}
