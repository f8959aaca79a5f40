package dev.farhand.signaling;

import dev.farhand.protocol.SignalMessage.IceServer;
import dev.farhand.signaling.bounds.Limits;
import dev.farhand.signaling.bounds.Timings;
import dev.farhand.signaling.ice.IceServers;
import dev.farhand.signaling.ice.Turn;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Settings that differ from others in what a test is about. */
final class SettingsBuilder {
  private String host;
  private int port;
  private Settings.@Nullable Tls tls;
  private @Nullable String publicOrigin;
  private List<String> allowedOrigins;
  private boolean open;
  private Path secretFile;
  private @Nullable Path denyFile;
  private IceServers iceServers;
  private boolean trustProxy;
  private Limits limits;
  private Timings timings;

  SettingsBuilder(Settings base) {
    host = base.host();
    port = base.port();
    tls = base.tls();
    publicOrigin = base.publicOrigin();
    allowedOrigins = base.allowedOrigins();
    open = base.open();
    secretFile = base.secretFile();
    denyFile = base.denyFile();
    iceServers = base.iceServers();
    trustProxy = base.trustProxy();
    limits = base.limits();
    timings = base.timings();
  }

  SettingsBuilder host(String value) {
    host = value;
    return this;
  }

  SettingsBuilder port(int value) {
    port = value;
    return this;
  }

  SettingsBuilder tls(Settings.Tls value) {
    tls = value;
    return this;
  }

  SettingsBuilder publicOrigin(String value) {
    publicOrigin = value;
    return this;
  }

  SettingsBuilder allowedOrigins(String... values) {
    allowedOrigins = List.of(values);
    return this;
  }

  SettingsBuilder open(boolean value) {
    open = value;
    return this;
  }

  SettingsBuilder secretFile(Path value) {
    secretFile = value;
    return this;
  }

  SettingsBuilder denyFile(Path value) {
    denyFile = value;
    return this;
  }

  SettingsBuilder iceServers(IceServer... values) {
    iceServers = new IceServers(List.of(values), null);
    return this;
  }

  SettingsBuilder turn(Turn value) {
    iceServers = new IceServers(iceServers.fixed(), value);
    return this;
  }

  SettingsBuilder trustProxy() {
    trustProxy = true;
    return this;
  }

  SettingsBuilder limits(Limits value) {
    limits = value;
    return this;
  }

  SettingsBuilder timings(Timings value) {
    timings = value;
    return this;
  }

  Settings build() {
    return new Settings(
        host,
        port,
        tls,
        publicOrigin,
        allowedOrigins,
        open,
        secretFile,
        denyFile,
        iceServers,
        trustProxy,
        limits,
        timings);
  }
}
