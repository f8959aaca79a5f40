package dev.farhand.signaling.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.MimeMapping;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;

/**
 * One file of the page, held in memory, plain and compressed.
 *
 * @param type its media type
 * @param tag a digest of the content
 */
record StaticFile(String type, String tag, Buffer plain, Buffer gzip) {
  static StaticFile of(String name, byte[] content) {
    return new StaticFile(
        type(name), digest(content), Buffer.buffer(content), Buffer.buffer(compress(content)));
  }

  /** Answers a request for it; 304 if the browser has it already (RFC 9110, section 13.1.2). */
  void send(HttpServerRequest request) {
    HttpServerResponse response = request.response();
    boolean compressed =
        gzip.length() < plain.length() && accepts(request.getHeader(HttpHeaders.ACCEPT_ENCODING));
    String entityTag = "\"" + tag + (compressed ? "-gzip" : "") + "\"";
    response.putHeader(HttpHeaders.ETAG, entityTag);
    response.putHeader(HttpHeaders.VARY, "Accept-Encoding");
    // Names do not change with the content: always ask, mostly hear that nothing is new.
    response.putHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
    String known = request.getHeader(HttpHeaders.IF_NONE_MATCH);
    if (known != null && known.contains(entityTag)) {
      response.setStatusCode(304).end();
      return;
    }
    response.putHeader(HttpHeaders.CONTENT_TYPE, type);
    if (compressed) {
      response.putHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
    }
    Buffer body = compressed ? gzip : plain;
    response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()));
    if (request.method().name().equals("HEAD")) {
      response.end();
    } else {
      response.end(body);
    }
  }

  private static boolean accepts(String encodings) {
    return encodings != null && encodings.contains("gzip") && !encodings.contains("gzip;q=0");
  }

  private static String type(String name) {
    String type = MimeMapping.mimeTypeForFilename(name);
    if (type == null) {
      return "application/octet-stream";
    }
    boolean text = type.startsWith("text/") || type.endsWith("javascript") || type.endsWith("json");
    return text ? type + "; charset=utf-8" : type;
  }

  private static String digest(byte[] content) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
      return HexFormat.of().formatHex(Arrays.copyOf(hash, 8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  private static byte[] compress(byte[] content) {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
      gzip.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return compressed.toByteArray();
  }
}
