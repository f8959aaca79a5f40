package dev.farhand.tutorial;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Step 1: a web server on the robot, with a page that has a button. */
public final class BasicServer {
  private BasicServer() {}

  public static void main(String[] arguments) throws IOException {
    int port = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 8080;
    HttpServer server = HttpServer.create(new InetSocketAddress(port), 0);
    server.createContext("/", BasicServer::answer);
    server.start();
    printAddresses(server.getAddress().getPort());
  }

  private static void answer(HttpExchange request) throws IOException {
    switch (request.getRequestMethod() + " " + request.getRequestURI().getPath()) {
      case "GET /" -> send(request, 200, "text/html", file("BasicServer.html"));
      default ->
          send(request, 404, "text/plain", "Only / is here.".getBytes(StandardCharsets.UTF_8));
    }
  }

  private static void send(HttpExchange request, int status, String type, byte[] body)
      throws IOException {
    request.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
    request.sendResponseHeaders(status, body.length);
    request.getResponseBody().write(body);
    request.close();
  }

  private static byte[] file(String name) throws IOException {
    try (InputStream file = BasicServer.class.getResourceAsStream(name)) {
      return Objects.requireNonNull(file, name).readAllBytes();
    }
  }

  private static void printAddresses(int port) throws SocketException {
    System.out.println("Open http://localhost:" + port);
    NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
        .forEach(
            address -> System.out.println("  or http://" + address.getHostAddress() + ":" + port));
  }
}
