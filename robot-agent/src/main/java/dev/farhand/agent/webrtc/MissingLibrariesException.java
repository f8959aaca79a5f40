package dev.farhand.agent.webrtc;

import java.util.List;

/** This system cannot load libwebrtc; the message says what to install. */
public final class MissingLibrariesException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  MissingLibrariesException(List<String> packages) {
    super(
        packages.isEmpty()
            ? "This build has no libwebrtc for this machine's processor ("
                + System.getProperty("os.arch")
                + "). Use the archive for x86_64, aarch64 or armv7."
            : "Libraries that WebRTC needs are missing. Run: "
                + NativeLibraries.installCommand(packages));
  }
}
