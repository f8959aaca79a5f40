package dev.farhand.signaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.farhand.signaling.access.UnusableFile;
import io.vertx.core.http.WebSocketConnectOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TlsTest {
  @RegisterExtension final Ground ground = new Ground();
  private final Path certificate = ground.directory().resolve("cert.pem");
  private final Path key = ground.directory().resolve("key.pem");

  @BeforeEach
  void make_a_certificate() throws Exception {
    Process openssl =
        new ProcessBuilder(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:prime256v1",
                "-nodes",
                "-days",
                "1",
                "-subj",
                "/CN=localhost",
                "-keyout",
                key.toString(),
                "-out",
                certificate.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(openssl.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(openssl.exitValue()).isZero();
  }

  private Settings settings() {
    return new SettingsBuilder(ground.closed()).tls(new Settings.Tls(certificate, key)).build();
  }

  @Test
  void sockets_are_encrypted() {
    SignalingServer server = ground.start(settings());
    WebSocketConnectOptions options = new WebSocketConnectOptions().setSsl(true);
    ground.peer(server, options).settle();
  }

  @Test
  void old_protocols_are_not_spoken() throws Exception {
    SignalingServer server = ground.start(settings());
    assertThat(shake(server, "TLSv1.2")).isEqualTo("TLSv1.2");
    assertThat(shake(server, "TLSv1.3")).isEqualTo("TLSv1.3");
    assertThatThrownBy(() -> shake(server, "TLSv1.1")).isInstanceOf(SSLException.class);
  }

  private static String shake(SignalingServer server, String protocol) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new Trusting()}, null);
    try (SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", server.port())) {
      socket.setSoTimeout(10_000);
      socket.setEnabledProtocols(new String[] {protocol});
      socket.startHandshake();
      return socket.getSession().getProtocol();
    }
  }

  @Test
  void unusable_certificate_is_named() throws Exception {
    Files.writeString(certificate, "no certificate");
    assertThatThrownBy(() -> ground.start(settings()))
        .isInstanceOf(UnusableFile.class)
        .hasMessageContaining("cert.pem");
    Files.delete(key);
    assertThatThrownBy(() -> ground.start(settings()))
        .isInstanceOf(UnusableFile.class)
        .hasMessageContaining("no such file");
  }

  /** For a certificate that was made a moment ago. */
  private static final class Trusting implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
