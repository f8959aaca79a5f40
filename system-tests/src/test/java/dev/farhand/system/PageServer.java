package dev.farhand.system;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * Somebody's own web server, on an origin of its own, with the pages among the test's resources.
 */
final class PageServer implements AutoCloseable {
  private final HttpServer server;

  PageServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", PageServer::serve);
    server.start();
  }

  String origin() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  /**
   * The address of a page.
   *
   * @param script what it loads as {@code rtcbot.js}
   * @param connect where it POSTs its offer to
   */
  String page(String name, String script, String connect) {
    return origin() + "/" + name + "?" + script + "&" + connect;
  }

  private static void serve(HttpExchange exchange) throws IOException {
    URI address = exchange.getRequestURI();
    try (exchange;
        InputStream in = PageServer.class.getResourceAsStream(address.getPath().substring(1))) {
      if (in == null) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      if (address.getQuery() != null) {
        int middle = address.getQuery().indexOf('&');
        text =
            text.replace("@SCRIPT@", address.getQuery().substring(0, middle))
                .replace("@CONNECT@", address.getQuery().substring(middle + 1));
      }
      byte[] body = text.getBytes(StandardCharsets.UTF_8);
      exchange
          .getResponseHeaders()
          .set("Content-Type", address.getPath().endsWith(".js") ? "text/javascript" : "text/html");
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
