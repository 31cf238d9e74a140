package dev.cnilab.verify.report;

import dev.cnilab.verify.Outcome;
import dev.cnilab.verify.StepResult;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes results as JUnit XML, in the dialect that GitHub and GitLab read. */
public final class JunitReport {

    /** Characters that XML 1.0 does not allow, not even escaped. */
    private static final String NOT_XML =
            "[^\\u0009\\u000a\\u000d\\u0020-\\ud7ff\\ue000-\\ufffd\\x{10000}-\\x{10ffff}]";

    private JunitReport() {}

    public static String of(String lab, List<StepResult> results) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(text);
            xml.writeStartDocument();
            xml.writeStartElement("testsuite");
            Totals totals = Totals.of(results);
            xml.writeAttribute("name", lab);
            xml.writeAttribute("tests", String.valueOf(results.size()));
            xml.writeAttribute("failures", String.valueOf(totals.failed()));
            xml.writeAttribute("skipped", String.valueOf(totals.skipped()));
            for (StepResult result : results) {
                add(lab, result, xml);
            }
            xml.writeEndElement();
            xml.writeEndDocument();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("a StringWriter does not fail", e);
        }
        return text + "\n";
    }

    /**
     * A report with one failure for a run that ended before its first step, so that CI shows it.
     */
    public static String aborted(String lab, String what) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(text);
            xml.writeStartDocument();
            xml.writeStartElement("testsuite");
            xml.writeAttribute("name", lab);
            xml.writeAttribute("tests", "1");
            xml.writeAttribute("failures", "1");
            xml.writeStartElement("testcase");
            xml.writeAttribute("classname", lab);
            xml.writeAttribute("name", "start");
            xml.writeStartElement("failure");
            xml.writeAttribute("message", clean(what));
            xml.writeEndElement();
            xml.writeEndElement();
            xml.writeEndElement();
            xml.writeEndDocument();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("a StringWriter does not fail", e);
        }
        return text + "\n";
    }

    private static void add(String lab, StepResult result, XMLStreamWriter xml)
            throws XMLStreamException {
        xml.writeStartElement("testcase");
        xml.writeAttribute("classname", lab);
        xml.writeAttribute("name", result.step().name());
        xml.writeAttribute(
                "time", String.format(Locale.ROOT, "%.3f", result.took().toMillis() / 1000.0));
        switch (result.outcome()) {
            case Outcome.Passed _ -> {}
            case Outcome.Skipped _ -> xml.writeEmptyElement("skipped");
            case Outcome.Failed failed -> failure(result, failed.reason(), xml);
            case Outcome.Errored errored -> failure(result, errored.error(), xml);
        }
        xml.writeEndElement();
    }

    private static void failure(StepResult result, String message, XMLStreamWriter xml)
            throws XMLStreamException {
        xml.writeStartElement("failure");
        xml.writeAttribute("message", clean(message.isEmpty() ? result.step().title() : message));
        xml.writeCharacters(clean(TextReport.step(result)));
        xml.writeEndElement();
    }

    private static String clean(String text) {
        return text.replaceAll(NOT_XML, "?");
    }
}
