package dev.cnilab.kube.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.kube.ResourceType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DecodingTest {
    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES)
                    .enable(JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES)
                    .build();

    private static ObjectNode json(String text) throws JsonProcessingException {
        return (ObjectNode) JSON.readTree(text);
    }

    @ParameterizedTest
    @EnumSource(ResourceType.class)
    void everyKindHasASchema(ResourceType type) {
        assertThat(Schema.of(type).fields()).containsKey("metadata");
    }

    @Test
    void knownFieldsAreKept() throws JsonProcessingException {
        String pod =
                "{apiVersion:'v1',kind:'Pod',metadata:{name:'a',labels:{b:'c'}},spec:{containers:[{name:'a',"
                        + "livenessProbe:{httpGet:{port:'http'},periodSeconds:3},resources:{limits:{cpu:1,memory:'64Mi'}},"
                        + "env:[{name:'x',valueFrom:{configMapKeyRef:{name:'m',key:'k'}}}]}],"
                        + "volumes:[{name:'v',emptyDir:{}},{name:'h',hostPath:{path:'/'}}]}}";
        ObjectNode object = json(pod);
        assertThat(Decoding.prune(ResourceType.POD, object)).isEmpty();
        assertThat(object.remove("apiVersion")).isNotNull();
        ObjectNode unchanged = json(pod);
        unchanged.remove("apiVersion");
        assertThat(object).isEqualTo(unchanged);
    }

    @Test
    void unknownFieldsAreRemovedAndReported() throws JsonProcessingException {
        ObjectNode object =
                json(
                        "{spec:{replicas:1,template:{spec:{containers:[{nam:'a'},{name:'b',x:{}}]}}},z:1}");
        assertThat(Decoding.prune(ResourceType.DEPLOYMENT, object))
                .containsExactly(
                        "spec.template.spec.containers[0].nam",
                        "spec.template.spec.containers[1].x",
                        "z");
        assertThat(object)
                .isEqualTo(
                        json("{spec:{replicas:1,template:{spec:{containers:[{},{name:'b'}]}}}}"));
    }

    /** Errors are worded as those of Go's encoding/json in kube-apiserver. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{data:{a:1}} | number into Go struct field ConfigMap.data of type string",
                "{data:[]} | array into Go struct field ConfigMap.data of type map[string]string",
                "{metadata:'x'} | string into Go struct field ConfigMap.metadata of type v1.ObjectMeta",
                "{metadata:{labels:{a:true}}} | bool into Go struct field ObjectMeta.metadata.labels of type string",
                "{immutable:'x'} | string into Go struct field ConfigMap.immutable of type bool",
                "{metadata:{generation:1.5}} | number 1.5 into Go struct field ObjectMeta.metadata.generation of type int64",
                "{metadata:{finalizers:{}}} | object into Go struct field ObjectMeta.metadata.finalizers of type []string",
            })
    void wrongTypeIsRejected(String object, String why) throws JsonProcessingException {
        ObjectNode configMap = json(object);
        assertThatThrownBy(() -> Decoding.prune(ResourceType.CONFIG_MAP, configMap))
                .hasMessage(
                        "ConfigMap in version \"v1\" cannot be handled as a ConfigMap: json: cannot unmarshal "
                                + why);
    }

    @Test
    void quantitiesTimesAndBase64AreChecked() throws JsonProcessingException {
        ObjectNode secret = json("{data:{a:'***'}}");
        assertThatThrownBy(() -> Decoding.prune(ResourceType.SECRET, secret))
                .hasMessageContaining("illegal base64 data");
        ObjectNode pod = json("{spec:{containers:[{resources:{limits:{cpu:'much'}}}]}}");
        assertThatThrownBy(() -> Decoding.prune(ResourceType.POD, pod))
                .hasMessageContaining("quantities must match the regular expression");
        ObjectNode lease = json("{spec:{renewTime:'noon'}}");
        assertThatThrownBy(() -> Decoding.prune(ResourceType.LEASE, lease))
                .hasMessageContaining("parsing time \"noon\"");
    }
}
