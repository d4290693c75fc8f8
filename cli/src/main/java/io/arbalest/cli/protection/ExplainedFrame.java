package io.arbalest.cli.protection;

import io.arbalest.antispoof.Rehearsal;
import io.arbalest.antispoof.explain.Dissection;
import io.arbalest.antispoof.explain.Explanation;
import io.arbalest.antispoof.explain.Remedy;
import io.arbalest.antispoof.explain.Verdicts;
import io.arbalest.antispoof.rules.DropReason;
import io.arbalest.vnic.ZoneName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An explanation with the VNIC's configuration beside it, as text and as an object.
 *
 * @param vnic whose port it is
 * @param explanation what the rule model says
 * @param program what the running program says; empty if it cannot be asked about such a frame
 * @param missing how many bytes of the frame are not known
 */
record ExplainedFrame(
    GuardedVnic vnic, Explanation explanation, Optional<Rehearsal> program, int missing) {
  private static final int INDENT = 11;

  /** More values of a property than these are counted, not listed. */
  private static final int MOST_VALUES = 12;

  boolean agreed() {
    return program.map(explanation::agrees).orElse(true);
  }

  String text() {
    StringBuilder text = new StringBuilder();
    line(text, "vnic", vnic.link().fullName() + ", " + DropRow.word(explanation.direction()));
    line(text, "frame", explanation.frame().summary());
    line(text, "verdict", verdict());
    line(text, "rule", explanation.verdict().rule());
    explanation
        .frame()
        .facts()
        .forEach(fact -> line(text, "fact", fact.name() + " " + fact.value()));
    settings().forEach((name, values) -> line(text, "setting", name + " is " + shown(values)));
    explanation.remedy().ifPresent(remedy -> line(text, "advice", remedy.advice()));
    grant().ifPresent(command -> line(text, "to allow", command));
    unknown().forEach(words -> line(text, "unknown", words));
    line(text, "program", program.map(this::program).orElse("cannot be asked about such a frame"));
    return text.toString();
  }

  private static void line(StringBuilder text, String name, String words) {
    text.append(name).repeat(' ', INDENT - name.length()).append(words).append('\n');
  }

  private String program(Rehearsal said) {
    return agreed() ? "says the same" : "DISAGREES: " + Verdicts.label(said.drop());
  }

  private String verdict() {
    return explanation
        .reason()
        .map(reason -> "drop, " + reason.label() + ": " + reason.description())
        .orElse("pass");
  }

  private static String shown(List<String> values) {
    if (values.isEmpty()) {
      return "--";
    }
    return values.size() > MOST_VALUES ? values.size() + " values" : String.join(",", values);
  }

  /** What the rule looked at; for a frame that passes, what makes frames pass. */
  private Map<String, List<String>> settings() {
    List<String> names =
        explanation
            .remedy()
            .map(Remedy::properties)
            .orElse(List.of("protection", "allowed-ips", "learned-ips"));
    Map<String, List<String>> settings = new LinkedHashMap<>();
    names.forEach(name -> settings.put(name, vnic.values(name)));
    return settings;
  }

  /** The command that lets such a frame through. */
  private Optional<String> grant() {
    return explanation.remedy().flatMap(Remedy::change).map(this::command);
  }

  private String command(Remedy.Change change) {
    List<String> present = vnic.values(change.property());
    List<String> values = change.values(present, explanation.subject());
    if (values.isEmpty()) {
      return "dladm reset-linkprop -p " + change.property() + " " + vnic.link().fullName();
    }
    String list =
        values.size() > MOST_VALUES
            ? "(what it is)," + String.join(",", change.values(List.of(), explanation.subject()))
            : String.join(",", values);
    return "dladm set-linkprop -p %s=%s %s"
        .formatted(change.property(), list, vnic.link().fullName());
  }

  private List<String> unknown() {
    List<String> unknown = new ArrayList<>(explanation.unknown());
    if (!explanation.verdict().equals(explanation.unstripped())) {
      unknown.add("what the running program says of a tag that the kernel has taken off");
    }
    if (missing > 0) {
      unknown.add("the last " + missing + " bytes, which the capture does not have; taken as zero");
    }
    return unknown;
  }

  /** The same for programs. */
  Map<String, Object> object() {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("link", vnic.link().name().text());
    object.put("zone", vnic.link().zone().map(ZoneName::text));
    object.put("direction", DropRow.word(explanation.direction()));
    object.put("frame", explanation.frame().summary());
    object.put("verdict", explanation.reason().isPresent() ? "drop" : "pass");
    object.put("reason", explanation.reason().map(DropReason::label));
    object.put("description", explanation.reason().map(DropReason::description));
    object.put("rule", explanation.verdict().rule());
    object.put("facts", explanation.frame().facts().stream().map(ExplainedFrame::fact).toList());
    object.put("settings", settings());
    object.put("advice", explanation.remedy().map(Remedy::advice));
    object.put("allow", grant());
    object.put("unknown", unknown());
    object.put("program", program.map(said -> Verdicts.label(said.drop())));
    object.put("agreed", agreed());
    return object;
  }

  private static Map<String, String> fact(Dissection.Fact fact) {
    Map<String, String> object = new LinkedHashMap<>();
    object.put("name", fact.name());
    object.put("value", fact.value());
    return object;
  }
}
