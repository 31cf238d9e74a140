package dev.cnilab.kube.api;

import dev.cnilab.kube.ResourceType;
import dev.cnilab.kube.schema.ProtobufWriter;
import java.util.List;
import java.util.function.Consumer;

/**
 * OpenAPI v2 as far as kubectl before 1.27 reads it, in protobuf, the only format that it accepts
 * (gnostic's OpenAPIv2.proto): each kind's patch has the parameters {@code dryRun} and {@code
 * fieldValidation}. Without schemas kubectl leaves validation to the server.
 */
final class OpenApiV2 {
    static final String MEDIA_TYPE = "application/com.github.proto-openapi.spec.v2@v1.0+protobuf";

    // Field numbers of OpenAPIv2.proto, by message.
    private static final int DOCUMENT_SWAGGER = 1;
    private static final int DOCUMENT_INFO = 2;
    private static final int DOCUMENT_PATHS = 8;
    private static final int INFO_TITLE = 1;
    private static final int INFO_VERSION = 2;
    private static final int PATHS_PATH = 2;
    private static final int NAME = 1;
    private static final int VALUE = 2;
    private static final int PATH_ITEM_PATCH = 8;
    private static final int OPERATION_PARAMETERS = 8;
    private static final int OPERATION_VENDOR_EXTENSION = 13;
    private static final int PARAMETER = 1;
    private static final int NON_BODY = 2;
    private static final int QUERY = 3;
    private static final int QUERY_IN = 2;
    private static final int QUERY_NAME = 4;
    private static final int ANY_YAML = 2;

    private OpenApiV2() {}

    static byte[] document() {
        return new ProtobufWriter()
                .text(DOCUMENT_SWAGGER, "2.0")
                .message(
                        DOCUMENT_INFO,
                        info -> info.text(INFO_TITLE, "Kubernetes").text(INFO_VERSION, "v1.32.0"))
                .message(
                        DOCUMENT_PATHS,
                        paths -> {
                            for (ResourceType type : ResourceType.values()) {
                                paths.message(PATHS_PATH, path(type));
                            }
                        })
                .toByteArray();
    }

    private static Consumer<ProtobufWriter> path(ResourceType type) {
        return path ->
                path.text(NAME, OpenApi.path(type) + "/{name}")
                        .message(VALUE, item -> item.message(PATH_ITEM_PATCH, patch(type)));
    }

    private static Consumer<ProtobufWriter> patch(ResourceType type) {
        return operation -> {
            for (String name : List.of("dryRun", "fieldValidation")) {
                Consumer<ProtobufWriter> query =
                        parameter -> parameter.text(QUERY_IN, "query").text(QUERY_NAME, name);
                Consumer<ProtobufWriter> nonBody = inner -> inner.message(QUERY, query);
                Consumer<ProtobufWriter> parameter = inner -> inner.message(NON_BODY, nonBody);
                operation.message(OPERATION_PARAMETERS, item -> item.message(PARAMETER, parameter));
            }
            String kind =
                    "{\"group\": \"%s\", \"version\": \"%s\", \"kind\": \"%s\"}"
                            .formatted(type.group(), type.version(), type.kind());
            operation.message(
                    OPERATION_VENDOR_EXTENSION,
                    extension ->
                            extension
                                    .text(NAME, "x-kubernetes-group-version-kind")
                                    .message(VALUE, any -> any.text(ANY_YAML, kind)));
        };
    }
}
