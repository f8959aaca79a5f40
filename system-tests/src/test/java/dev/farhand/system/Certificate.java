package dev.farhand.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A certificate for localhost, signed by itself. */
final class Certificate {
  private Certificate() {}

  static void make(Stand stand, Path cert, Path key) {
    List<String> openssl =
        List.of(
            "openssl",
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
            "-nodes",
            "-days",
            "2",
            "-subj",
            "/CN=localhost",
            "-addext",
            "subjectAltName=DNS:localhost",
            "-keyout",
            key.toString(),
            "-out",
            cert.toString());
    try (Program program =
        Program.start(stand.folder().resolve("openssl.log"), openssl, Map.of())) {
      assertThat(program.exitStatus(Duration.ofSeconds(20))).as(program::output).isZero();
    }
  }
}
