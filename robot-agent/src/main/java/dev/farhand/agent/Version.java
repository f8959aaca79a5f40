package dev.farhand.agent;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IVersionProvider;

/** This build's version, from its manifest. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    @Nullable String version = Version.class.getPackage().getImplementationVersion();
    return new String[] {"farhand-agent " + (version == null ? "(development)" : version)};
  }
}
