package dev.farhand.agent.terminal;

import dev.farhand.agent.operator.ConnectionState;
import dev.farhand.agent.operator.Operator;
import dev.farhand.agent.operator.OperatorException;
import dev.farhand.agent.webrtc.Json;
import dev.farhand.agent.webrtc.Subscription;
import dev.farhand.protocol.Code;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/**
 * Lines that are sent as they come, each when the one before has left: what is JSON as JSON,
 * anything else as a string. Confined to the thread that runs it, which may be blocked.
 */
public final class Pipe {
  private final Operator operator;
  private final Consumer<String> complain;

  /**
   * @param complain told of lines that cannot be sent
   */
  public Pipe(Operator operator, Consumer<String> complain) {
    this.operator = operator;
    this.complain = complain;
  }

  /**
   * Sends all lines; one that meets a lost connection waits for the next.
   *
   * @return false if some could not be sent
   */
  public boolean send(BufferedReader lines) throws IOException {
    boolean all = true;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (!line.isEmpty()) {
        all &= send(line);
      }
    }
    return all;
  }

  private boolean send(String line) {
    while (true) {
      try {
        operator.send(Json.read(line)).join();
        return true;
      } catch (CompletionException e) {
        if (!(e.getCause() instanceof OperatorException refusal)) {
          throw e;
        } else if (refusal.code().equals(Code.TOO_LARGE.wire())
            || operator.status().state() == ConnectionState.CLOSED) {
          complain.accept("A line was not sent: " + refusal.getMessage());
          return false;
        }
      }
      awaitConnection();
    }
  }

  private void awaitConnection() {
    CompletableFuture<Void> changed = new CompletableFuture<>();
    Subscription subscription =
        operator.onState(
            status -> {
              if (status.state() == ConnectionState.CONNECTED
                  || status.state() == ConnectionState.CLOSED) {
                changed.complete(null);
              }
            });
    ConnectionState now = operator.status().state();
    if (now != ConnectionState.CONNECTED && now != ConnectionState.CLOSED) {
      changed.join();
    }
    subscription.close();
  }
}
