package dev.farhand.agent.webrtc;

import dev.farhand.protocol.ChannelMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * A connection's channels by name; {@code default} is always there. Looked up from any thread,
 * changed on the connection's, except that {@link #reserve} takes a name from any.
 */
final class Channels {
  private final Map<String, DataChannel> byName = new ConcurrentHashMap<>();
  private final List<DataChannel> incoming = new ArrayList<>();
  private final List<Consumer<DataChannel>> listeners = new ArrayList<>();
  private final DataChannel defaultChannel;
  private final RtcLoop loop;
  private final LifeCycle life;

  Channels(RtcLoop loop, LifeCycle life) {
    this.loop = loop;
    this.life = life;
    this.defaultChannel =
        new DataChannel(ChannelMessage.DEFAULT, loop, life::failed, channel -> {});
    byName.put(ChannelMessage.DEFAULT, defaultChannel);
  }

  DataChannel defaultChannel() {
    return defaultChannel;
  }

  Optional<DataChannel> named(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /**
   * A channel of ours that is not open yet.
   *
   * @throws IllegalArgumentException if the name is taken
   */
  DataChannel reserve(String name) {
    if (name.equals(ChannelMessage.DEFAULT)) {
      throw new IllegalArgumentException(
          "The channel default is the connection's own. Use its send and subscribe, or another"
              + " name.");
    }
    DataChannel made = new DataChannel(name, loop, life::failed, this::forget);
    if (byName.putIfAbsent(name, made) != null) {
      throw new IllegalArgumentException(
          "There is a channel " + name + " already. Use channel(\"" + name + "\").");
    }
    return made;
  }

  /** One that the other side has made. */
  void came(Channel channel) {
    String name = channel.label();
    if (name.equals(ChannelMessage.DEFAULT) && !defaultChannel.isAttached()) {
      defaultChannel.attach(channel);
      return;
    }
    DataChannel made = new DataChannel(name, loop, life::failed, this::forget);
    if (byName.putIfAbsent(name, made) != null) {
      channel.close();
      life.failed(
          new RtcException(
              "The other side made a second channel named "
                  + name
                  + ", which was closed. Each channel needs a name of its own."));
      return;
    }
    made.attach(channel);
    incoming.add(made);
    listeners.forEach(listener -> tell(listener, made));
  }

  /** Hears of each channel that the other side makes, of those that are there too. */
  void onChannel(Consumer<DataChannel> listener) {
    loop.dispatch(
        () -> {
          listeners.add(listener);
          List.copyOf(incoming).forEach(channel -> tell(listener, channel));
        });
  }

  void end() {
    List.copyOf(byName.values()).forEach(DataChannel::end);
  }

  private void forget(DataChannel channel) {
    byName.remove(channel.name(), channel);
    incoming.remove(channel);
  }

  private void tell(Consumer<DataChannel> listener, DataChannel channel) {
    life.guarded(() -> listener.accept(channel));
  }
}
