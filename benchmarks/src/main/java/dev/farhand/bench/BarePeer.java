package dev.farhand.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.farhand.agent.camera.Format;
import dev.farhand.agent.camera.Frame;
import dev.farhand.agent.camera.TestCamera;
import dev.onvoid.webrtc.PeerConnectionFactory;
import dev.onvoid.webrtc.RTCSdpType;
import dev.onvoid.webrtc.RTCSessionDescription;
import dev.onvoid.webrtc.media.audio.HeadlessAudioDeviceModule;
import dev.onvoid.webrtc.media.video.CustomVideoSource;
import dev.onvoid.webrtc.media.video.NativeI420Buffer;
import dev.onvoid.webrtc.media.video.VideoFrame;
import dev.onvoid.webrtc.media.video.VideoTrack;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The floor: as little as webrtc-java can be used with. Answers complete offers that are POSTed,
 * one after the other, shows the agent's test picture at 640x480 and sends messages back.
 */
public final class BarePeer {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final PeerConnectionFactory factory =
      new PeerConnectionFactory(new HeadlessAudioDeviceModule());
  private final CustomVideoSource source = new CustomVideoSource();
  private final VideoTrack track = factory.createVideoTrack("camera", source);
  private final TestCamera camera = new TestCamera("camera", Format.VGA);
  private final ExecutorService owner = Executors.newSingleThreadExecutor();
  private int connections;

  private BarePeer() {}

  /** Serves until it is killed; prints its address. */
  public static void main(String[] args) throws IOException {
    BarePeer peer = new BarePeer();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", peer::connect);
    server.setExecutor(Executors.newSingleThreadExecutor());
    server.start();
    System.out.println("Listens on http://localhost:" + server.getAddress().getPort());
  }

  private void connect(HttpExchange exchange) throws IOException {
    try (exchange) {
      JsonNode offer = JSON.readTree(exchange.getRequestBody());
      EchoConnection connection = new EchoConnection(factory, track, ended -> left(ended));
      owner.execute(this::came);
      RTCSessionDescription answer =
          connection.answer(
              new RTCSessionDescription(RTCSdpType.OFFER, offer.path("sdp").asText()));
      byte[] body =
          JSON.writeValueAsString(Map.of("type", "answer", "sdp", answer.sdp))
              .getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Access-Control-Allow-Origin", "*");
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private void came() {
    if (connections++ == 0) {
      camera.start(this::show);
    }
  }

  private void left(EchoConnection connection) {
    owner.execute(
        () -> {
          connection.close();
          if (--connections == 0) {
            camera.stop();
          }
        });
  }

  private void show(Frame picture) {
    NativeI420Buffer buffer = NativeI420Buffer.allocate(picture.width(), picture.height());
    buffer.getDataY().put(picture.y().duplicate());
    buffer.getDataU().put(picture.u().duplicate());
    buffer.getDataV().put(picture.v().duplicate());
    VideoFrame frame = new VideoFrame(buffer, picture.nanos());
    source.pushFrame(frame);
    frame.release();
  }
}
