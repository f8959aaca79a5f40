package dev.farhand.agent.driver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.farhand.protocol.JsonCodec;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A driver's lines on their way to stdout. A thread of its own writes them, so that an agent that
 * stands still never holds up the driver. Bounded: newer telemetry replaces what waits, and what
 * finds the queue full is dropped. Any thread.
 */
final class DriverOutbox {
  private static final JsonCodec<FromDriver> OUT = new JsonCodec<>(FromDriver.class);
  private static final JsonMapper JSON = new JsonMapper();
  private static final int WAITING = 256;

  /** Stands in the queue for the telemetry in the slot; compared by identity. */
  private static final FromDriver TELEMETRY = new FromDriver.Ack(-1);

  private static final FromDriver END = new FromDriver.Ack(-2);

  private final OutputStream stdout;
  private final LinkedBlockingDeque<FromDriver> waiting = new LinkedBlockingDeque<>(WAITING);
  private final AtomicReference<FromDriver.@Nullable Telemetry> telemetry = new AtomicReference<>();
  private final Thread writer;

  DriverOutbox(OutputStream stdout) {
    this.stdout = stdout;
    this.writer = new Thread(this::write, "driver-stdout");
    writer.setDaemon(true);
    writer.start();
  }

  static JsonNode json(Object value) {
    return JSON.valueToTree(value);
  }

  void telemetry(FromDriver.Telemetry values) {
    if (telemetry.getAndSet(values) == null) {
      send(TELEMETRY);
    }
  }

  void send(FromDriver line) {
    boolean kept = waiting.offerLast(line);
    if (!kept && line == TELEMETRY) {
      telemetry.set(null);
    }
  }

  /** Writes what waits, for so long at most. */
  void close(Duration limit) {
    send(END);
    try {
      writer.join(limit.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void write() {
    try {
      while (true) {
        FromDriver line = waiting.takeFirst();
        if (line == END) {
          return;
        }
        FromDriver.Telemetry newest = line == TELEMETRY ? telemetry.getAndSet(null) : null;
        String text = OUT.encode(newest == null ? line : newest);
        stdout.write((text + "\n").getBytes(StandardCharsets.UTF_8));
        stdout.flush();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      // The agent is gone; stdin has closed too, and that ends the driver.
    }
  }
}
