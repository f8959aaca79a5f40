package dev.farhand.netlab.operator;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.farhand.agent.webrtc.WebRtc;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;

/**
 * An operator of many robots, without a browser: {@link Order} lines on stdin, {@link Event} lines
 * on stdout. Everything happens on one thread; ends when stdin does.
 */
public final class LabOperator {
  private final ObjectMapper json = new ObjectMapper();
  private final ScheduledExecutorService loop = Executors.newSingleThreadScheduledExecutor();
  private final Map<String, Seat> seats = new HashMap<>();
  private final WebRtc webRtc = WebRtc.start();
  private final PrintStream out;

  private LabOperator(PrintStream out) {
    this.out = out;
    each(50, Seat::tick);
    each(5, Seat::look);
  }

  /** Runs until stdin ends. */
  public static void main(String[] args) throws IOException {
    LabOperator operator = new LabOperator(System.out);
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      Order order = operator.json.readValue(line, Order.class);
      operator.loop.execute(() -> operator.obey(order));
    }
    // libwebrtc's threads would keep the process.
    Runtime.getRuntime().halt(0);
  }

  private void each(long millis, Consumer<Seat> task) {
    Future<?> unused =
        loop.scheduleAtFixedRate(() -> seats.values().forEach(task), 0, millis, MILLISECONDS);
  }

  private void obey(Order order) {
    if (order instanceof Order.Join join) {
      seats.put(join.robot(), new Seat(join, webRtc, loop, this::tell));
    } else if (order instanceof Order.Leave leave) {
      Seat seat = seats.remove(leave.robot());
      if (seat != null) {
        seat.leave();
      }
    } else {
      Seat seat = seats.get(order.robot());
      if (seat != null) {
        seat.obey(order);
      }
    }
  }

  private void tell(Event event) {
    try {
      out.println(json.writeValueAsString(event));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
