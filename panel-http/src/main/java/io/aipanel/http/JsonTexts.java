package io.aipanel.http;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.aipanel.domain.JsonText;
import io.aipanel.http.web.WireNames;
import io.aipanel.service.Json;
import java.io.IOException;

/** Writes answers as JSON: times as RFC 3339 in UTC, durations as ISO 8601, numbers without exponents, constants by their outside name, kept JSON to the letter. */
final class JsonTexts {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .addModule(new SimpleModule("panel")
                    .addSerializer(new ConstantSerializer())
                    .addSerializer(Double.class, new DecimalSerializer())
                    .addSerializer(double.class, new DecimalSerializer())
                    .addSerializer(new JsonTextSerializer()))
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
            .build();

    private JsonTexts() {}

    /** The UTF-8 bytes of a record, list or map as JSON. */
    static byte[] write(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("cannot be written as JSON", e);
        }
    }

    @SuppressWarnings("rawtypes") // Jackson asks for the class of what is written, and that is raw.
    private static final class ConstantSerializer extends StdSerializer<Enum> {
        private static final long serialVersionUID = 1L;

        ConstantSerializer() {
            super(Enum.class);
        }

        @Override
        public void serialize(Enum value, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeString(WireNames.of(value));
        }
    }

    private static final class DecimalSerializer extends StdSerializer<Double> {
        private static final long serialVersionUID = 1L;

        DecimalSerializer() {
            super(Double.class);
        }

        @Override
        public void serialize(Double value, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeNumber(Json.number(value));
        }
    }

    private static final class JsonTextSerializer extends StdSerializer<JsonText> {
        private static final long serialVersionUID = 1L;

        JsonTextSerializer() {
            super(JsonText.class);
        }

        @Override
        public void serialize(JsonText value, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeRawValue(value.value());
        }
    }
}
