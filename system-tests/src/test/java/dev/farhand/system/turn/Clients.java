package dev.farhand.system.turn;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * TURN clients as a program: reads an {@link Ask} a line, prints an {@link Answer} a line, and ends
 * with its input. Processes can be put into a network namespace, threads of the tests cannot.
 */
public final class Clients {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int WAITED_FOR_IN_VAIN = 408;
  private static final int UNTRUSTED = 495;

  private final Map<String, TurnClient> clients = new HashMap<>();

  private Clients() {}

  /** Takes no arguments. */
  public static void main(String[] arguments) throws IOException, GeneralSecurityException {
    Clients clients = new Clients();
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    String line;
    while ((line = in.readLine()) != null) {
      System.out.println(JSON.writeValueAsString(clients.answer(JSON.readValue(line, Ask.class))));
    }
  }

  private Answer answer(Ask ask) throws IOException, GeneralSecurityException {
    if (ask instanceof Ask.Allocate allocate) {
      try {
        TurnClient client = new TurnClient(wire(allocate));
        clients.put(allocate.client(), client);
        return Answer.of(client.allocate(allocate.family(), allocate.user(), allocate.password()));
      } catch (SSLException e) {
        return new Answer(UNTRUSTED, null, e.getMessage(), List.of());
      }
    }
    TurnClient client =
        Optional.ofNullable(clients.get(ask.client()))
            .orElseThrow(() -> new IllegalArgumentException("No such client: " + ask.client()));
    if (ask instanceof Ask.Permit permit) {
      return Answer.of(client.permit(permit.peer()));
    } else if (ask instanceof Ask.Bind bind) {
      return Answer.of(client.bind(bind.peer()));
    } else if (ask instanceof Ask.Send send) {
      client.send(send.peer(), send.text());
      return new Answer(200, null, null, List.of());
    } else if (ask instanceof Ask.Receive receive) {
      return client
          .receive(Duration.ofMillis(receive.millis()))
          .map(Answer::of)
          .orElse(new Answer(WAITED_FOR_IN_VAIN, null, null, List.of()));
    }
    return Answer.of(client.refresh());
  }

  private static Wire wire(Ask.Allocate ask) throws IOException, GeneralSecurityException {
    InetSocketAddress server = new InetSocketAddress(ask.host(), ask.port());
    return switch (ask.transport()) {
      case UDP -> Wire.Datagrams.to(server);
      case TCP -> new Wire.Stream(new Socket(server.getAddress(), server.getPort()));
      case TLS -> new Wire.Stream(secured(server, ask.trust()));
    };
  }

  /** TLS to a server whose certificate is one of those in the file and names its address. */
  private static Socket secured(InetSocketAddress server, @Nullable String trust)
      throws IOException, GeneralSecurityException {
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    try (InputStream file = new FileInputStream(String.valueOf(trust))) {
      for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(file)) {
        trusted.setCertificateEntry(Integer.toString(trusted.size()), certificate);
      }
    }
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket(server.getAddress(), server.getPort());
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }
}
