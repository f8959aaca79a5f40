package dev.farhand.agent.terminal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.farhand.agent.operator.Notice;
import dev.farhand.agent.operator.Status;
import dev.farhand.agent.webrtc.PeerPath;
import dev.farhand.protocol.ChannelMessage.Asking;
import dev.farhand.protocol.ChannelMessage.State;
import dev.farhand.protocol.SignalMessage.Operator;
import java.io.PrintWriter;

/** Everything as JSON on stdout, one object with a {@code type} a line: for scripts. */
public final class JsonReport implements Report {
  private final PrintWriter out;
  private final boolean messagesOnly;

  public JsonReport(PrintWriter out, boolean messagesOnly) {
    this.out = out;
    this.messagesOnly = messagesOnly;
  }

  @Override
  public void status(Status status) {
    aside(
        object("state")
            .put("state", status.state().word())
            .put("code", status.code())
            .put("reason", status.reason()));
  }

  @Override
  public void notice(Notice notice) {
    aside(object("notice").put("code", notice.code()).put("text", notice.text()));
  }

  @Override
  public void message(JsonNode message) {
    say(object("message").set("data", message));
  }

  @Override
  public void telemetry(JsonNode values) {
    aside(object("telemetry").set("values", values));
  }

  @Override
  public void motion(State state) {
    Operator driver = state.driver();
    ArrayNode requests = JsonNodeFactory.instance.arrayNode();
    for (Asking asking : state.requests()) {
      requests
          .addObject()
          .put("id", asking.operator().id())
          .put("name", asking.operator().name())
          .put("millisLeft", asking.millisLeft())
          .put("you", asking.you());
    }
    aside(
        object("motion")
            .put("motion", state.motion().wire())
            .put("cause", state.cause().wire())
            .put("reason", state.reason())
            .put("driver", driver == null ? null : driver.name())
            .put("you", state.you())
            .put("armed", state.armed())
            .set("requests", requests));
  }

  @Override
  public void path(PeerPath path) {
    aside(
        object("path")
            .put("relayed", path.relayed())
            .put("protocol", path.protocol())
            .put("local", path.localType())
            .put("remote", path.remoteType()));
  }

  private static ObjectNode object(String type) {
    return JsonNodeFactory.instance.objectNode().put("type", type);
  }

  private void aside(JsonNode line) {
    if (!messagesOnly) {
      say(line);
    }
  }

  private void say(JsonNode line) {
    out.println(line);
    out.flush();
  }
}
