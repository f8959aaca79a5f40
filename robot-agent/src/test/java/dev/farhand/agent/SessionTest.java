package dev.farhand.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.farhand.agent.webrtc.TestOperator;
import dev.farhand.agent.webrtc.WebRtc;
import dev.farhand.protocol.ChannelMessage;
import dev.farhand.protocol.ChannelMessage.State;
import dev.farhand.protocol.ChannelMessage.Telemetry;
import dev.farhand.protocol.Code;
import dev.farhand.protocol.SignalMessage.Describe;
import dev.farhand.protocol.SignalMessage.Description;
import dev.farhand.protocol.SignalMessage.Leave;
import dev.farhand.protocol.SignalMessage.Operator;
import dev.farhand.protocol.SignalMessage.Register;
import dev.farhand.protocol.SignalMessage.Role;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An agent at a server, with operators made of real peers. */
@Timeout(60)
class SessionTest {
  private static final WebRtc OPERATORS = WebRtc.start();
  private static final WebRtc ROBOT = WebRtc.start();

  private final BlockingQueue<JsonNode> messages = new LinkedBlockingQueue<>();
  private final MovingCamera camera = new MovingCamera();
  private final FakeServer server = FakeServer.start();
  private final Agent agent =
      new Agent(TestSettings.of(server.uri(), camera), ROBOT, new Messages());

  @BeforeEach
  void register() throws Exception {
    agent.start();
    assertThat(server.next(Register.class)).isPresent();
  }

  @AfterEach
  void end() throws Exception {
    agent.stop();
    assertThat(agent.ended().get(10, TimeUnit.SECONDS).code()).isEqualTo(ExitCode.OK);
    server.close();
  }

  @Test
  void an_operator_gets_channels_state_telemetry_and_pictures_that_change() throws Exception {
    try (TestOperator ann = server.join(OPERATORS, Role.DRIVER, true)) {
      ann.dial();
      assertThat(ann.awaitOpen()).isTrue();
      assertThat(ann.next(ChannelMessage.COMMAND, State.class)).isPresent();
      assertThat(ann.next(ChannelMessage.TELEMETRY, Telemetry.class)).isPresent();
      Set<Integer> pictures = new HashSet<>();
      while (pictures.size() < 5) {
        pictures.add(ann.nextPicture().orElseThrow());
      }
      ann.send(ChannelMessage.DEFAULT, "{\"data\":\"ping\"}");
      assertThat(next(messages).path("data").asText()).isEqualTo("ping");
      agent.send(JsonNodeFactory.instance.textNode("hello"));
      assertThat(ann.next(ChannelMessage.DEFAULT)).contains("\"hello\"");
    }
  }

  @Test
  void a_description_that_is_rubbish_ends_only_its_own_session() throws Exception {
    try (TestOperator ann = server.join(OPERATORS, Role.DRIVER, true)) {
      ann.dial();
      assertThat(ann.awaitOpen()).isTrue();
      server.send(server.opened("s-rubbish", Role.DRIVER, true));
      server.send(
          new Describe("s-rubbish", 1, new Description(Description.Type.OFFER, "v=0\r\nnonsense")));
      Leave leave = server.next(Leave.class).orElseThrow();
      assertThat(leave.sessionId()).isEqualTo("s-rubbish");
      assertThat(leave.code()).isEqualTo(Code.BAD_DESCRIPTION);
      ann.send(ChannelMessage.DEFAULT, "\"still here\"");
      assertThat(next(messages).asText()).isEqualTo("still here");
    }
  }

  private static JsonNode next(BlockingQueue<JsonNode> queue) throws InterruptedException {
    JsonNode message = queue.poll(10, TimeUnit.SECONDS);
    assertThat(message).isNotNull();
    return message;
  }

  private final class Messages implements Agent.Listener {
    @Override
    public void registered() {}

    @Override
    public void message(Operator operator, JsonNode data) {
      messages.add(data);
    }
  }
}
