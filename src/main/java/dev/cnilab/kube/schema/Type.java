package dev.cnilab.kube.schema;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The type of a field. {@link #go} is its Go name in Kubernetes' error messages. */
sealed interface Type {
    String go();

    /** A scalar in JSON. */
    enum Scalar implements Type {
        STRING("string"),
        INT32("int32"),
        INT64("int64"),
        BOOL("bool"),
        FLOAT64("float64"),
        /** Base64 in JSON. */
        BYTES("[]uint8"),
        QUANTITY("resource.Quantity"),
        INT_OR_STRING("intstr.IntOrString"),
        TIME("meta.Time"),
        MICRO_TIME("meta.MicroTime"),
        /** Any JSON. */
        RAW("runtime.RawExtension"),
        FIELDS("meta.FieldsV1");

        private static final Map<String, Scalar> BY_NAME =
                Arrays.stream(values())
                        .collect(Collectors.toMap(scalar -> scalar.name, Function.identity()));

        private final String name;

        Scalar(String name) {
            this.name = name;
        }

        @Override
        public String go() {
            return name.replaceFirst("^meta\\.", "v1.");
        }
    }

    /**
     * @param message its name in the table: {@code core.Container}
     */
    record Struct(String message) implements Type {
        @Override
        public String go() {
            return "v1" + message.substring(message.indexOf('.'));
        }
    }

    record ListOf(Type item) implements Type {
        @Override
        public String go() {
            return "[]" + item.go();
        }
    }

    /** Keys are strings. */
    record MapOf(Type value) implements Type {
        @Override
        public String go() {
            return "map[string]" + value.go();
        }
    }

    static Type parse(String text) {
        Scalar scalar = Scalar.BY_NAME.get(text);
        if (scalar != null) {
            return scalar;
        }
        if (text.startsWith("[]")) {
            return new ListOf(parse(text.substring("[]".length())));
        }
        String map = "map[string]";
        return text.startsWith(map)
                ? new MapOf(parse(text.substring(map.length())))
                : new Struct(text);
    }
}
