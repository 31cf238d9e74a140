package dev.cnilab.testbed;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The methods below {@code dev.cnilab} whose remedies a test provokes and types as they are
 * printed: {@code lifecycle.LabRecord.repair}.
 */
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface TypesRemedyOf {

    String[] value();
}
