package dev.farhand.agent.terminal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.farhand.agent.operator.Notice;
import dev.farhand.agent.operator.Operator;
import dev.farhand.agent.operator.Status;
import dev.farhand.agent.webrtc.PeerPath;
import dev.farhand.protocol.ChannelMessage.State;

/** How what happens is told. Called on the operator's thread. */
public interface Report {
  void status(Status status);

  void notice(Notice notice);

  void message(JsonNode message);

  void telemetry(JsonNode values);

  void motion(State state);

  void path(PeerPath path);

  /** Hears everything from now on. */
  default void follow(Operator operator) {
    operator.onState(this::status);
    operator.onNotice(this::notice);
    operator.subscribe(this::message);
    operator.onTelemetry(this::telemetry);
    operator.onMotion(this::motion);
    operator.onPath(this::path);
  }
}
