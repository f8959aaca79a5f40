package dev.farhand.tutorial;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.farhand.agent.webrtc.Image;
import dev.farhand.agent.webrtc.RtcConnection;
import dev.farhand.protocol.SignalMessage.Description;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

/** Step 8: a computer that looks for the red ball in a robot's video, and tells the robot. */
public final class OffloadingComputer {
  private static final JsonMapper JSON = new JsonMapper();

  private OffloadingComputer() {}

  public static void main(String[] arguments) throws Exception {
    String robot = arguments.length > 0 ? arguments[0] : "http://localhost:8080";
    RtcConnection connection = RtcConnection.create();
    Runtime.getRuntime().addShutdownHook(new Thread(connection::close));
    connection.onReady(() -> System.out.println("Connected to " + robot));
    connection.video().subscribe(picture -> look(picture, connection));

    Description offer = connection.localDescription().join();
    try {
      connection.remoteDescription(exchange(robot, offer)).join();
    } catch (IOException e) {
      System.err.println("There is no connection to " + robot + ": " + e.getMessage());
      System.exit(1);
    }
    connection.closed().join();
    System.out.println("The robot has gone.");
  }

  /** What the page did with {@code fetch}. */
  private static Description exchange(String robot, Description offer)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(robot + "/connect"))
            .timeout(Duration.ofSeconds(20))
            .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(offer)))
            .build();
    HttpResponse<byte[]> response =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofByteArray());
    JsonNode answer = JSON.readTree(response.body());
    if (response.statusCode() != 200) {
      throw new IOException("The robot refused: " + answer.path("reason").asText());
    }
    return JSON.treeToValue(answer, Description.class);
  }

  /** The centre of all that is red. Pictures that come meanwhile are dropped but for the newest. */
  private static void look(Image image, RtcConnection connection) {
    BufferedImage picture = image.toBufferedImage();
    long count = 0;
    long sumX = 0;
    long sumY = 0;
    for (int y = 0; y < picture.getHeight(); y += 4) {
      for (int x = 0; x < picture.getWidth(); x += 4) {
        int rgb = picture.getRGB(x, y);
        int red = rgb >> 16 & 255;
        if (red > 150 && (rgb >> 8 & 255) < 90 && (rgb & 255) < 90) {
          count++;
          sumX += x;
          sumY += y;
        }
      }
    }
    if (count > 0) {
      // In parts of the picture: on a slow network it comes smaller than it was sent.
      double x = (double) sumX / count / picture.getWidth();
      double y = (double) sumY / count / picture.getHeight();
      connection.send(Map.of("x", x, "y", y));
    }
  }
}
