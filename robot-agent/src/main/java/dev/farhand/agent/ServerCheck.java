package dev.farhand.agent;

import dev.farhand.agent.machine.Finding;
import dev.farhand.agent.signaling.Trust;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** Walks the way to the server as {@code run} would: name, port, TLS, answer, clock. */
final class ServerCheck {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(60);

  private ServerCheck() {}

  /** Stops at the first problem that makes the rest pointless. */
  static List<Finding> of(URI server, Optional<Path> ca) {
    List<Finding> findings = new ArrayList<>();
    boolean secure = server.getScheme().equals("wss");
    int port = server.getPort() == -1 ? (secure ? 443 : 80) : server.getPort();
    String place = server.getHost() + ":" + port;
    try {
      InetAddress address = InetAddress.getByName(server.getHost());
      findings.add(Finding.ok(server.getHost() + " is " + address.getHostAddress()));
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(address, port), (int) TIMEOUT.toMillis());
      }
      findings.add(Finding.ok("Port " + port + " answers"));
      findings.addAll(healthz(server, ca));
    } catch (UnknownHostException e) {
      findings.add(
          Finding.problem(
              "The name " + server.getHost() + " is not known",
              "Check server: in robot.yaml, and the network: getent hosts " + server.getHost()));
    } catch (SSLException e) {
      findings.add(
          Finding.problem(
              "TLS with " + place + " fails: " + e.getMessage(),
              "For a private authority give its certificate with --ca; otherwise check the"
                  + " server's: openssl s_client -connect "
                  + place));
    } catch (IOException e) {
      findings.add(
          Finding.problem(
              "Nothing answers at " + place + ": " + e.getMessage(),
              "Is the server running, and open to this network? curl -v " + web(server)));
    } catch (IllegalArgumentException e) {
      findings.add(
          Finding.problem(
              String.valueOf(e.getMessage()), "Give the authority's certificates (PEM) with --ca"));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return findings;
  }

  private static List<Finding> healthz(URI server, Optional<Path> ca)
      throws IOException, InterruptedException {
    HttpClient http =
        HttpClient.newBuilder().sslContext(Trust.context(ca)).connectTimeout(TIMEOUT).build();
    HttpResponse<Void> answer =
        http.send(
            HttpRequest.newBuilder(URI.create(web(server))).timeout(TIMEOUT).build(),
            HttpResponse.BodyHandlers.discarding());
    Finding health =
        answer.statusCode() == 200
            ? Finding.ok("The server is well")
            : Finding.problem(
                "The server answers " + answer.statusCode() + " where 200 was expected",
                "Is " + server + " a Farhand server? See its log.");
    Optional<Finding> clock =
        answer.headers().firstValue("date").flatMap(date -> clock(date, Instant.now()));
    return clock.map(finding -> List.of(health, finding)).orElse(List.of(health));
  }

  /** A wrong clock makes certificates and tokens look expired, or not yet good. */
  static Optional<Finding> clock(String date, Instant now) {
    try {
      Instant there = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      Duration apart = Duration.between(there, now).abs();
      return Optional.of(
          apart.compareTo(CLOCK_TOLERANCE) <= 0
              ? Finding.ok("The clock agrees with the server's")
              : Finding.problem(
                  "The clock is " + apart.toSeconds() + " s away from the server's",
                  "sudo timedatectl set-ntp true"));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static String web(URI server) {
    return server.toString().replaceFirst("^ws", "http") + "/healthz";
  }
}
