package dev.cnilab;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.cnilab.base.Remedy;
import dev.cnilab.testbed.TypesRemedyOf;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each command that lab prints as a fix is typed by a test, as it is printed. */
class RemediesTest {

    private static final String ROOT = "dev.cnilab.";

    /** Commands of a trace, which it completes with the lab's name. */
    private static final String OF_LOSSES = ROOT + "trace.run.LossRemedy";

    /** Modules can be loaded only on a machine that has those of its kernel. */
    private static final Set<String> UNTYPED = Set.of("preflight.KernelModules.remedy");

    private static final JavaClasses MAIN =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("dev.cnilab");

    private static final JavaClasses TESTS =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.OnlyIncludeTests())
                    .importPackages("dev.cnilab");

    @Test
    void eachRemedyIsTyped() {
        Set<String> typed = new TreeSet<>(UNTYPED);
        annotations().flatMap(each -> Stream.of(each.value())).forEach(typed::add);

        assertThat(makers()).isEqualTo(typed);
    }

    /** Reading a trace makes no remedy: it was made by the lab that wrote it. */
    @Test
    void commandsAreMadeInOneWay() {
        assertThat(
                        callers(call ->
                                call.getName().equals("<init>")
                                        && call.getOwner().isEquivalentTo(Remedy.class)))
                .containsExactly("trace.view.TraceReader.verdict");
    }

    /** The methods that make a remedy with commands. */
    private static Set<String> makers() {
        return callers(RemediesTest::isMaker);
    }

    private static boolean isMaker(JavaCodeUnit called) {
        JavaClass owner = called.getOwner();
        return owner.isEquivalentTo(Remedy.class) && called.getName().equals("type")
                || owner.getName().equals(OF_LOSSES)
                        && Set.of("change", "deletePod").contains(called.getName())
                || Set.of(OF_LOSSES + "$At", OF_LOSSES + "$Kubectl").contains(owner.getName())
                        && called.getName().equals("<init>");
    }

    private static Set<String> callers(Predicate<JavaCodeUnit> called) {
        return MAIN.stream()
                .filter(owner -> !owner.isEquivalentTo(Remedy.class))
                .filter(owner -> !owner.getName().startsWith(OF_LOSSES))
                .flatMap(owner -> owner.getCodeUnitCallsFromSelf().stream())
                .filter(call -> call.getTarget().resolveMember().filter(called).isPresent())
                .map(call -> call.getOriginOwner().getName() + "." + call.getOrigin().getName())
                .map(name -> name.substring(ROOT.length()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<TypesRemedyOf> annotations() {
        return Stream.concat(
                        TESTS.stream(), TESTS.stream().flatMap(each -> each.getMethods().stream()))
                .filter(each -> each.isAnnotatedWith(TypesRemedyOf.class))
                .map(each -> each.getAnnotationOfType(TypesRemedyOf.class));
    }
}
