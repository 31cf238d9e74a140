package dev.cnilab.cli;

import dev.cnilab.spec.LabName;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The name of a lab; others are usage errors. */
final class ValidLabName implements ITypeConverter<String> {

    @Override
    public String convert(String text) {
        if (!LabName.isValid(text)) {
            throw new TypeConversionException(LabName.rule(text));
        }
        return text;
    }
}
