package dev.farhand.agent.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.farhand.protocol.Code;
import dev.farhand.protocol.JsonCodec;
import dev.farhand.protocol.SignalMessage;
import dev.farhand.protocol.SignalMessage.Ping;
import dev.farhand.protocol.SignalMessage.Pong;
import dev.farhand.protocol.SignalMessage.Register;
import dev.farhand.protocol.SignalMessage.Registered;
import dev.farhand.protocol.SignalMessage.Restarting;
import dev.farhand.protocol.SignalMessage.Resume;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.ServerWebSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The agent's line, at a server that the test plays, over a real socket. */
@Timeout(30)
class SignalClientTest {
  private final JsonCodec<SignalMessage> codec = new JsonCodec<>(SignalMessage.class);
  private final Vertx vertx = Vertx.vertx();
  private final BlockingQueue<ServerWebSocket> sockets = new LinkedBlockingQueue<>();
  private final BlockingQueue<SignalMessage> received = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
  private final ScheduledExecutorService loop = Executors.newSingleThreadScheduledExecutor();
  private final AtomicLong ahead = new AtomicLong();
  private final HttpServer server =
      vertx.createHttpServer().webSocketHandler(this::accept).listen(0, "127.0.0.1").await();
  private final SignalClient client =
      new SignalClient(
          new SignalClient.Identity(
              URI.create("ws://127.0.0.1:" + server.actualPort() + "/signal"),
              "rover1",
              Optional::empty,
              "instance",
              List.of(),
              List.of()),
          HttpClient.newHttpClient(),
          loop,
          new ReconnectPolicy(
              new ReconnectSettings(
                  Duration.ofMillis(10), Duration.ofMillis(50), Duration.ofSeconds(1)),
              () -> 0.5),
          () -> System.nanoTime() + ahead.get(),
          () -> Map.of("s-1", "key-1"),
          new Heard());

  @AfterEach
  void close() throws Exception {
    CompletableFuture.completedFuture("stop")
        .thenComposeAsync(stop -> client.stop(), loop)
        .get(10, TimeUnit.SECONDS);
    loop.shutdown();
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @Test
  void it_registers_with_its_sessions_and_resumes_them() throws Exception {
    register();
    assertThat(next(Resume.class).resumeKey()).isEqualTo("key-1");
    assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo("registered 41");
  }

  @Test
  void a_ping_is_answered() throws Exception {
    ServerWebSocket socket = register();
    send(socket, new Ping());
    assertThat(next(Pong.class)).isNotNull();
  }

  @Test
  void a_line_that_is_silent_for_25_seconds_is_dropped_and_made_anew() throws Exception {
    register();
    assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo("registered 41");
    ahead.set(Duration.ofSeconds(26).toNanos());
    Register again = next(Register.class);
    assertThat(again.lastEpoch()).isEqualTo(41);
  }

  @Test
  void a_line_that_does_not_answer_when_asked_is_made_anew_at_once() throws Exception {
    register();
    assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo("registered 41");
    loop.execute(client::probe);
    assertThat(next(Ping.class)).isNotNull();
    assertThat(next(Register.class).lastEpoch()).isEqualTo(41);
    assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo("lost");
  }

  @Test
  void a_line_that_answers_when_asked_stays() throws Exception {
    ServerWebSocket socket = register();
    assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo("registered 41");
    for (int round = 0; round < 3; round++) {
      loop.execute(client::probe);
      assertThat(next(Ping.class)).isNotNull();
      send(socket, new Pong());
      // Longer than the line waits for an answer.
      assertThat(sockets.poll(1200, TimeUnit.MILLISECONDS)).isNull();
    }
    assertThat(heard).isEmpty();
  }

  @Test
  void a_changed_network_gets_a_new_line_without_waiting() throws Exception {
    register();
    assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo("registered 41");
    loop.execute(client::reconnect);
    assertThat(next(Register.class).lastEpoch()).isEqualTo(41);
    assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo("lost");
  }

  @Test
  void a_restarting_server_is_left_alone_for_a_random_part_of_the_time_it_asks_for()
      throws Exception {
    ServerWebSocket socket = register();
    send(socket, new Restarting(50));
    socket.close();
    assertThat(next(Register.class).lastEpoch()).isEqualTo(41);
  }

  @Test
  void rubbish_from_the_server_is_ignored() throws Exception {
    ServerWebSocket socket = register();
    socket.writeTextMessage("{\"type\":\"from-the-future\"}");
    socket.writeTextMessage("rubbish");
    send(socket, new Ping());
    assertThat(next(Pong.class)).isNotNull();
  }

  @Test
  void a_message_without_end_costs_the_server_its_line() throws Exception {
    ServerWebSocket socket = register();
    socket.writeTextMessage("x".repeat(200_000));
    assertThat(next(Register.class)).isNotNull();
  }

  private ServerWebSocket register() throws Exception {
    loop.submit(client::start).get();
    ServerWebSocket socket = sockets.poll(10, TimeUnit.SECONDS);
    assertThat(socket).isNotNull();
    Register register = next(Register.class);
    assertThat(register.robotId()).isEqualTo("rover1");
    assertThat(register.sessions()).containsExactly("s-1");
    send(socket, new Registered("rover1", 41));
    return socket;
  }

  private void accept(ServerWebSocket socket) {
    socket.textMessageHandler(text -> received.add(codec.decode(text)));
    sockets.add(socket);
  }

  private void send(ServerWebSocket socket, SignalMessage message) {
    socket.writeTextMessage(codec.encode(message));
  }

  private <M extends SignalMessage> M next(Class<M> kind) throws InterruptedException {
    SignalMessage message = received.poll(10, TimeUnit.SECONDS);
    while (message != null && !kind.isInstance(message)) {
      message = received.poll(10, TimeUnit.SECONDS);
    }
    assertThat(message).isNotNull();
    return kind.cast(message);
  }

  private final class Heard implements SignalClient.Listener {
    @Override
    public void registered(long epoch) {
      heard.add("registered " + epoch);
    }

    @Override
    public void message(SignalMessage message) {
      heard.add(message.toString());
    }

    @Override
    public void lost() {
      heard.add("lost");
    }

    @Override
    public void refused(Code code, String reason) {
      heard.add("refused " + code.wire());
    }
  }
}
