package dev.farhand.signaling.access;

import dev.farhand.protocol.Code;
import dev.farhand.protocol.SignalMessage.Operator;
import dev.farhand.protocol.SignalMessage.Role;
import dev.farhand.signaling.access.SecretKeys.SecretKey;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.PubSecKeyOptions;
import io.vertx.ext.auth.User;
import io.vertx.ext.auth.authentication.TokenCredentials;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tokens and resume keys as JSON Web Tokens (RFC 7519), HS256 and nothing else. Tokens and resume
 * keys differ in their audience, so neither passes for the other. Confined to one event loop.
 */
public final class Tokens {
  /**
   * A resume key is good for as long as the operator's token, or for so long if that never expires.
   * A session may well outlast a day, and its newest key is as old as its sockets.
   */
  public static final Duration RESUME_KEY_LIFE = Duration.ofDays(30);

  private static final String ALGORITHM = "HS256";
  private static final String TOKEN = "farhand";
  private static final String RESUME_KEY = "farhand-resume";

  private final JWTAuth signer;
  private final JWTAuth tokens;
  private final JWTAuth resumeKeys;
  private final Clock clock;

  public Tokens(Vertx vertx, SecretKeys keys, Clock clock) {
    this.signer = provider(vertx, List.of(keys.newest()), new JWTOptions());
    // Expiry is judged here, by the given clock and with a code of its own.
    JWTOptions options = new JWTOptions().setIgnoreExpiration(true);
    this.tokens = provider(vertx, keys.keys(), new JWTOptions(options).setAudience(List.of(TOKEN)));
    this.resumeKeys =
        provider(vertx, keys.keys(), new JWTOptions(options).setAudience(List.of(RESUME_KEY)));
    this.clock = clock;
  }

  private static JWTAuth provider(Vertx vertx, List<SecretKey> keys, JWTOptions options) {
    JWTAuthOptions config = new JWTAuthOptions().setJWTOptions(options);
    for (SecretKey key : keys) {
      config.addPubSecKey(
          new PubSecKeyOptions()
              .setAlgorithm(ALGORITHM)
              .setId(key.id())
              .setBuffer(Buffer.buffer(key.bytes())));
    }
    return JWTAuth.create(vertx, config);
  }

  /** A token that grants this. */
  public String mint(Grant grant) {
    JsonObject claims =
        new JsonObject()
            .put("sub", grant.name())
            .put("role", grant.role().wire())
            .put("robot", new JsonArray(grant.robots().stream().sorted().toList()))
            .put("jti", grant.tokenId());
    return sign(claims, TOKEN, grant.expires());
  }

  /**
   * What a token grants.
   *
   * @throws Refused if it is none of ours, or its time is over
   */
  public Grant check(String token) {
    JsonObject claims = verify(tokens, token, Code.TOKEN_INVALID);
    try {
      checkEnd(claims, Code.TOKEN_EXPIRED);
      return new Grant(
          role(claims),
          robots(claims.getValue("robot")),
          name(claims),
          claims.getString("jti"),
          instant(claims, "exp"));
    } catch (ClassCastException | NullPointerException | IllegalArgumentException e) {
      throw new Refused(Code.TOKEN_INVALID);
    }
  }

  /** A resume key that says this. */
  public String mint(SessionKey key) {
    Instant tokenExpires = key.tokenExpires();
    JsonObject claims =
        new JsonObject()
            .put("sid", key.sessionId())
            .put("robot", key.robotId())
            .put("instance", key.instance())
            .put("side", key.side().name().toLowerCase(Locale.ROOT))
            .put("role", key.role().wire())
            .put("operator", key.operator().id())
            .put("sub", key.operator().name())
            .put("token", key.tokenId());
    if (tokenExpires != null) {
      claims.put("until", tokenExpires.getEpochSecond());
    }
    return sign(
        claims,
        RESUME_KEY,
        tokenExpires != null ? tokenExpires : clock.instant().plus(RESUME_KEY_LIFE));
  }

  /**
   * What a resume key says.
   *
   * @throws Refused if it is none of ours, or its time is over
   */
  public SessionKey checkResumeKey(String key) {
    JsonObject claims = verify(resumeKeys, key, Code.RESUME_INVALID);
    Instant tokenExpires = instant(claims, "until");
    checkEnd(claims, tokenExpires == null ? Code.RESUME_EXPIRED : Code.TOKEN_EXPIRED);
    return new SessionKey(
        claims.getString("sid"),
        claims.getString("robot"),
        claims.getString("instance"),
        SessionKey.Side.valueOf(claims.getString("side").toUpperCase(Locale.ROOT)),
        role(claims),
        new Operator(claims.getString("operator"), claims.getString("sub")),
        claims.getString("token"),
        tokenExpires);
  }

  private String sign(JsonObject claims, String audience, @Nullable Instant expires) {
    if (expires != null) {
      claims.put("exp", expires.getEpochSecond());
    }
    return signer.generateToken(
        claims, new JWTOptions().setAlgorithm(ALGORITHM).setAudience(List.of(audience)));
  }

  private static JsonObject verify(JWTAuth provider, String token, Code invalid) {
    try {
      // HS256 is computed in place, so this future is complete.
      Future<User> user = provider.authenticate(new TokenCredentials(token));
      if (!user.succeeded()) {
        throw new Refused(invalid);
      }
      return user.result().attributes().getJsonObject("accessToken");
    } catch (ClassCastException e) {
      // Signed, and yet with claims that are no claims.
      throw new Refused(invalid);
    }
  }

  private void checkEnd(JsonObject claims, Code code) {
    Instant end = instant(claims, "exp");
    if (end != null && !clock.instant().isBefore(end)) {
      throw new Refused(code);
    }
  }

  private static @Nullable Instant instant(JsonObject claims, String claim) {
    Long seconds = claims.getLong(claim);
    return seconds == null ? null : Instant.ofEpochSecond(seconds);
  }

  private static Role role(JsonObject claims) {
    String wire = claims.getString("role");
    for (Role role : Role.values()) {
      if (role.wire().equals(wire)) {
        return role;
      }
    }
    throw new IllegalArgumentException("no role");
  }

  private static String name(JsonObject claims) {
    String name = claims.getString("name", claims.getString("sub", ""));
    return name.length() > 64 ? name.substring(0, 64) : name;
  }

  private static Set<String> robots(@Nullable Object claim) {
    if (claim instanceof JsonArray array) {
      Set<String> robots = new LinkedHashSet<>();
      for (Object robot : array) {
        robots.add((String) robot);
      }
      return robots;
    }
    if (claim instanceof String robot) {
      return Set.of(robot);
    }
    throw new IllegalArgumentException("no robot");
  }
}
