package io.aipanel.bench;

import io.aipanel.bench.engine.EngineName;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the name of an engine as the command line has it. */
final class EngineNameConverter implements ITypeConverter<EngineName> {

    @Override
    public EngineName convert(String value) {
        for (EngineName engine : EngineName.values()) {
            if (engine.wireName().equals(value)) {
                return engine;
            }
        }
        throw new TypeConversionException("must be sqlite or postgres, not " + value);
    }
}
