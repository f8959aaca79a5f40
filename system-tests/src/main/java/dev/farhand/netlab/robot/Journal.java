package dev.farhand.netlab.robot;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a {@link LabDriver} has written, read while it goes on. One thread. */
public final class Journal {
  private final Path file;
  private final ObjectMapper json = new ObjectMapper();
  private final List<Deed> deeds = new ArrayList<>();
  private long read;

  public Journal(Path file) {
    this.file = file;
  }

  /** Everything so far. */
  public List<Deed> deeds() {
    refresh();
    return List.copyOf(deeds);
  }

  /** The first of this kind after that time. */
  public Optional<Deed> first(Deed.What what, long after) {
    refresh();
    return deeds.stream().filter(deed -> deed.what() == what && deed.at() > after).findFirst();
  }

  /** The last until that time that turned the wheels on or off. */
  public Optional<Deed> newest(long until) {
    refresh();
    for (int i = deeds.size() - 1; i >= 0; i--) {
      Deed.What what = deeds.get(i).what();
      if (deeds.get(i).at() <= until && what != Deed.What.AGE && what != Deed.What.REST) {
        return Optional.of(deeds.get(i));
      }
    }
    return Optional.empty();
  }

  private void refresh() {
    if (!Files.exists(file)) {
      return;
    }
    try (var channel = Files.newByteChannel(file)) {
      channel.position(read);
      byte[] more = new byte[(int) (channel.size() - read)];
      channel.read(ByteBuffer.wrap(more));
      String text = new String(more, StandardCharsets.UTF_8);
      String whole = text.substring(0, text.lastIndexOf('\n') + 1);
      for (String line : whole.lines().toList()) {
        deeds.add(json.readValue(line, Deed.class));
      }
      read += whole.length();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(file + " is damaged", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
