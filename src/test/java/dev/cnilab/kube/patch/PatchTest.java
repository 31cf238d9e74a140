package dev.cnilab.kube.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.kube.ApiException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatchTest {
    private static final ObjectMapper MAPPER =
            JsonMapper.builder()
                    .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES)
                    .enable(JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES)
                    .build();

    private static JsonNode json(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    private static ObjectNode object(String text) {
        return (ObjectNode) json(text);
    }

    /** The cases of RFC 7386, appendix A, whose target and patch are objects. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{a:'b'}            | {a:'c'}              | {a:'c'}",
                "{a:'b'}            | {b:'c'}              | {a:'b',b:'c'}",
                "{a:'b'}            | {a:null}             | {}",
                "{a:'b',b:'c'}      | {a:null}             | {b:'c'}",
                "{a:['b']}          | {a:'c'}              | {a:'c'}",
                "{a:'c'}            | {a:['b']}            | {a:['b']}",
                "{a:{b:'c'}}        | {a:{b:'d',c:null}}   | {a:{b:'d'}}",
                "{a:[{b:'c'}]}      | {a:[1]}              | {a:[1]}",
                "{e:null}           | {a:1}                | {e:null,a:1}",
                "{}                 | {a:{bb:{ccc:null}}}  | {a:{bb:{}}}"
            })
    void mergePatch(String target, String patch, String result) {
        assertThat(MergePatch.apply(object(target), object(patch))).isEqualTo(json(result));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{a:1}       | [{op:'add',path:'/b',value:2}]                    | {a:1,b:2}",
                "{a:[1,3]}   | [{op:'add',path:'/a/1',value:2}]                  | {a:[1,2,3]}",
                "{a:[1]}     | [{op:'add',path:'/a/-',value:2}]                  | {a:[1,2]}",
                "{a:1,b:2}   | [{op:'remove',path:'/a'}]                         | {b:2}",
                "{a:[1,2]}   | [{op:'replace',path:'/a/0',value:9}]              | {a:[9,2]}",
                "{a:1}       | [{op:'move',from:'/a',path:'/b'}]                 | {b:1}",
                "{a:1}       | [{op:'copy',from:'/a',path:'/b'}]                 | {a:1,b:1}",
                "{'a/b':1}   | [{op:'test',path:'/a~1b',value:1}]                | {'a/b':1}"
            })
    void jsonPatch(String target, String patch, String result) {
        assertThat(JsonPatch.apply(object(target), json(patch))).isEqualTo(json(result));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[{op:'remove',path:'/no'}]              | 422",
                "[{op:'add',path:'/no/x',value:1}]       | 422",
                "[{op:'test',path:'/a',value:2}]         | 422",
                "[{op:'add',path:'/l/7',value:2}]        | 422",
                "[{op:'replace',path:'',value:{}}]       | 422",
                "[{op:'jump',path:'/a'}]                 | 400",
                "[{op:'add',path:'a',value:1}]           | 400",
                "[{op:'add',path:'/a'}]                  | 400",
                "{op:'add'}                              | 400"
            })
    void invalidJsonPatchIsRejected(String patch, int code) {
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> JsonPatch.apply(object("{a:1,l:[]}"), json(patch)))
                .extracting(ApiException::code)
                .isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{containers:[{name:'a',image:'1'}]} | {containers:[{name:'a',image:'2'},{name:'b'}]}"
                        + " | {containers:[{name:'a',image:'2'},{name:'b'}]}",
                "{containers:[{name:'a'},{name:'b'}]} | {containers:[{name:'a',$patch:'delete'}]}"
                        + " | {containers:[{name:'b'}]}",
                "{containers:[{name:'a'}]} | {containers:[{name:'b'},{$patch:'replace'}]}"
                        + " | {containers:[]}",
                "{finalizers:['a']} | {finalizers:['a','b']} | {finalizers:['a','b']}",
                "{finalizers:['a','b']} | {'$deleteFromPrimitiveList/finalizers':['a']}"
                        + " | {finalizers:['b']}",
                "{taints:[{key:'a'}]} | {taints:[{key:'b'}]} | {taints:[{key:'b'}]}",
                "{a:{b:1,c:2}} | {a:{$patch:'replace',d:3}} | {a:{d:3}}",
                "{a:{b:1,c:2}} | {a:{$retainKeys:['c'],c:3}} | {a:{c:3}}",
                "{spec:{ports:[{port:80,protocol:'TCP',nodePort:1}]}}"
                        + " | {spec:{ports:[{port:80,nodePort:2}]}}"
                        + " | {spec:{ports:[{port:80,protocol:'TCP',nodePort:2}]}}"
            })
    void strategicMerge(String target, String patch, String result) {
        assertThat(StrategicMerge.apply(object(target), object(patch))).isEqualTo(json(result));
    }

    private static ObjectNode apply(ObjectNode live, String manager, String config, boolean force) {
        return ServerSideApply.apply(
                live, new ApplyRequest(object(config), manager, "", force, "2026-11-23T00:00:00Z"));
    }

    @Test
    void applyRemovesFieldsNoLongerApplied() {
        ObjectNode live =
                apply(
                        object("{}"),
                        "a",
                        "{spec:{x:1,env:[{name:'p',value:'1'},{name:'q'}]}}",
                        false);
        live.withObject("spec").put("byOthers", true);

        ObjectNode after = apply(live, "a", "{spec:{env:[{name:'q'}]}}", false);

        assertThat(after.path("spec")).isEqualTo(json("{env:[{name:'q'}],byOthers:true}"));
    }

    @Test
    void sharedFieldIsKeptUntilNoManagerAppliesIt() {
        ObjectNode live = apply(object("{}"), "a", "{spec:{x:1}}", false);
        live = apply(live, "b", "{spec:{x:1}}", false);
        live = apply(live, "a", "{spec:{}}", false);
        assertThat(live.at("/spec/x").asInt()).isEqualTo(1);
        live = apply(live, "b", "{spec:{}}", false);
        assertThat(live.at("/spec/x").isMissingNode()).isTrue();
    }

    @Test
    void differentValueConflictsUnlessForced() {
        ObjectNode live = apply(object("{}"), "a", "{containers:[{name:'c',image:'1'}]}", false);

        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() ->
                        apply(live.deepCopy(), "b", "{containers:[{name:'c',image:'2'}]}", false))
                .withMessageContaining("conflict with \"a\"")
                .withMessageContaining(".containers[{\"name\":\"c\"}].image")
                .extracting(ApiException::code)
                .isEqualTo(409);

        ObjectNode forced = apply(live, "b", "{containers:[{name:'c',image:'2'}]}", true);
        assertThat(forced.at("/containers/0/image").asText()).isEqualTo("2");
        ObjectNode released = apply(forced, "a", "{containers:[{name:'c'}]}", false);
        assertThat(released.at("/containers/0/image").asText()).isEqualTo("2");
    }

    @Test
    void fieldSetsRoundTrip() {
        FieldSet set = FieldSet.of(object("{spec:{ports:[{port:80}],finalizers:['x'],list:[1]}}"));
        assertThat(FieldSet.fromTree(set.toTree()).sameAs(set)).isTrue();
        assertThat(set.toTree().at("/f:spec/f:ports").fieldNames().next())
                .isEqualTo("k:{\"port\":80,\"protocol\":\"TCP\"}");
    }
}
