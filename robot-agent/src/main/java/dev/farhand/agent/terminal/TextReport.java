package dev.farhand.agent.terminal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.farhand.agent.operator.ConnectionState;
import dev.farhand.agent.operator.Notice;
import dev.farhand.agent.operator.Status;
import dev.farhand.agent.webrtc.PeerPath;
import dev.farhand.protocol.ChannelMessage.State;
import java.io.PrintWriter;

/** Messages, one a line, on stdout; what concerns the connection, unless unwanted, on stderr. */
public final class TextReport implements Report {
  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean messagesOnly;

  public TextReport(PrintWriter out, PrintWriter err, boolean messagesOnly) {
    this.out = out;
    this.err = err;
    this.messagesOnly = messagesOnly;
  }

  /** A state as a sentence. */
  static String sentence(Status status) {
    return status.reason().isEmpty() || status.state() == ConnectionState.CONNECTED
        ? status.state().word()
        : status.state().word() + ": " + Plain.line(status.reason());
  }

  @Override
  public void status(Status status) {
    // The end is the command's own to tell.
    if (status.state() != ConnectionState.CLOSED) {
      aside(sentence(status));
    }
  }

  @Override
  public void notice(Notice notice) {
    aside(Plain.line(notice.text()));
  }

  @Override
  public void message(JsonNode message) {
    out.println(Plain.message(message));
    out.flush();
  }

  @Override
  public void telemetry(JsonNode values) {
    // Ten lines a second help nobody; --json has them.
  }

  @Override
  public void motion(State state) {
    aside(Plain.motion(state));
    state.requests().forEach(asking -> aside(Plain.asking(asking)));
  }

  @Override
  public void path(PeerPath path) {
    aside("path: " + path.sentence());
  }

  private void aside(String line) {
    if (!messagesOnly) {
      err.println(line);
      err.flush();
    }
  }
}
