package dev.farhand.agent.operator;

import dev.farhand.agent.loop.Alarm;
import dev.farhand.agent.webrtc.Channel;
import dev.farhand.agent.webrtc.Image;
import dev.farhand.agent.webrtc.Peer;
import dev.farhand.agent.webrtc.PeerPath;
import dev.farhand.agent.webrtc.PeerState;
import dev.farhand.agent.webrtc.RemoteTrack;
import dev.farhand.agent.webrtc.RemoteVideo;
import dev.farhand.agent.webrtc.WebRtc;
import dev.farhand.protocol.ChannelMessage;
import dev.farhand.protocol.SignalMessage;
import dev.farhand.protocol.SignalMessage.Candidate;
import dev.farhand.protocol.SignalMessage.Describe;
import dev.farhand.protocol.SignalMessage.IceCandidate;
import dev.farhand.protocol.SignalMessage.Joined;
import dev.farhand.protocol.SignalMessage.Media;
import dev.farhand.protocol.SignalMessage.Presence;
import dev.farhand.protocol.SignalMessage.Refresh;
import dev.farhand.protocol.SignalMessage.Renegotiate;
import dev.farhand.protocol.SignalMessage.Resume;
import dev.farhand.protocol.SignalMessage.Resumed;
import dev.farhand.protocol.SignalMessage.Role;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One session with a robot: its peer connection, and the watch over its path. A robot that cannot
 * trickle is an RTCBot program: it has the channel {@code default} only, and once its answer is
 * there the server has done its work. Confined to the operator's loop.
 */
final class Session implements Peer.Listener {
  /** A session whose channels are not open by then has found no path. */
  private static final long OPEN_MILLIS = 15_000;

  /** Candidates that a complete offer does without. */
  private static final long GATHERING_MILLIS = 4000;

  /** For the server's word on why the robot has hung up. */
  private static final long FAREWELL_MILLIS = 500;

  private static final String HUNG_UP = "The robot's side of the connection has closed.";

  private static final String NO_PATH = "No path was found between this program and the robot.";

  interface Events {
    /** To the robot, through the server; void if that cannot be reached just now. */
    void send(SignalMessage message);

    /** The channels are open. Comes once. */
    void opened(Map<String, Channel> channels);

    /** A message on one of the channels. */
    void text(String label, String text);

    /** What was sent on the channel of the user's own messages has left. */
    void drained();

    /** The robot has fallen silent, or is heard again. */
    void weak(boolean weak);

    /** Packets take this path now. */
    void path(PeerPath path);

    /** The session is of no use any more. Nothing comes after it. */
    void lost(String reason);
  }

  private final Joined joined;
  private final WebRtc webRtc;
  private final boolean wantsVideo;
  private final Events events;
  private final Map<String, Channel> channels = new HashMap<>();
  private final PathWatch watch;
  private final PathTeller teller;
  private final Alarm deadline;
  private final Alarm gathering;
  private final Alarm farewell;
  private final Peer peer;
  private final Offers offers;
  private String resumeKey;
  private List<Media> media;
  private @Nullable RemoteVideo video;
  private @Nullable Consumer<Image> watcher;
  private boolean open;
  private boolean weak;
  private boolean serverThere = true;

  Session(
      Joined joined,
      WebRtc webRtc,
      boolean wantsVideo,
      ScheduledExecutorService loop,
      LongSupplier nanoTime,
      Events events) {
    this.joined = joined;
    this.webRtc = webRtc;
    this.wantsVideo = wantsVideo;
    this.events = events;
    this.resumeKey = joined.resumeKey();
    this.media = List.of();
    this.watch = new PathWatch(loop, nanoTime, new Path());
    this.deadline = new Alarm(loop);
    this.gathering = new Alarm(loop);
    this.farewell = new Alarm(loop);
    this.peer = webRtc.newPeer(joined.iceServers(), loop, this);
    this.teller = new PathTeller(loop, peer, events::path);
    this.offers = new Offers(peer, id(), joined.trickle(), events::send, this::lose);
  }

  /** Makes the channels and the first offer. */
  void begin() {
    deadline.set(OPEN_MILLIS, () -> lose(NO_PATH));
    labels().forEach(this::make);
    receive(joined.media());
    offers.offer(false);
    gathering.set(GATHERING_MILLIS, offers::enough);
  }

  String id() {
    return joined.sessionId();
  }

  Role role() {
    return joined.role();
  }

  List<Media> media() {
    return media;
  }

  /** Whether its channels have opened. */
  boolean isOpen() {
    return open;
  }

  /** Whether nothing comes from the robot at the moment. */
  boolean isWeak() {
    return weak;
  }

  /** Whether two beats of the robot have stayed away already. */
  boolean isUnheardOf() {
    return watch.isLate();
  }

  /** Whether it is with an RTCBot program, which can neither resume nor negotiate again. */
  boolean isPlain() {
    return !joined.trickle();
  }

  /** Whether it needs nothing more of the server. */
  boolean isOnItsOwn() {
    return isPlain() && !offers.isPending();
  }

  /** What takes this session up again on a new line. */
  Resume resume() {
    return new Resume(SignalMessage.PROTOCOL, id(), resumeKey);
  }

  /** The line is gone; a search for paths has to wait. */
  void serverLost() {
    serverThere = false;
  }

  /** Shows each picture of the first video from now on. */
  void watch(Consumer<Image> pictures) {
    watcher = pictures;
    if (video != null) {
      video.watch(pictures);
    }
  }

  void receive(SignalMessage message) {
    if (!about(message).equals(id())) {
      return;
    } else if (message instanceof Describe describe) {
      offers.describe(describe);
    } else if (message instanceof Candidate candidate) {
      offers.theirs(candidate);
    } else if (isPlain()) {
      // An RTCBot program answers once, and that is all.
      return;
    } else if (message instanceof Renegotiate renegotiate) {
      receive(renegotiate.media());
      offers.offer(renegotiate.restart());
    } else if (message instanceof Refresh refresh) {
      peer.iceServers(refresh.iceServers());
    } else if (message instanceof Presence presence) {
      // What was under way when the robot's line broke did not arrive, and a robot that has changed
      // its network is found by a new search only.
      if (presence.present() && (offers.isPending() || weak)) {
        restart();
      }
    } else if (message instanceof Resumed resumed) {
      serverThere = true;
      resumeKey = resumed.resumeKey();
      if (!resumed.iceServers().isEmpty()) {
        peer.iceServers(resumed.iceServers());
      }
      receive(resumed.media());
      restart();
    }
  }

  /** The robot was heard on the path itself. */
  void heard() {
    if (joined.trickle()) {
      watch.heard();
    }
  }

  /** Ends it; no event follows. */
  void close() {
    deadline.cancel();
    gathering.cancel();
    farewell.cancel();
    watch.close();
    teller.close();
    peer.close();
  }

  @Override
  public void candidate(Optional<IceCandidate> candidate) {
    offers.ours(candidate);
  }

  @Override
  public void track(RemoteTrack track) {
    if (video == null && track instanceof RemoteVideo first) {
      video = first;
      if (watcher != null) {
        first.watch(watcher);
      }
    }
  }

  @Override
  public void state(PeerState state) {
    if (joined.trickle()) {
      if (state == PeerState.FAILED) {
        watch.failed();
      }
    } else if (state == PeerState.FAILED) {
      lose(NO_PATH);
    } else if (open) {
      weaken(state != PeerState.CONNECTED);
    }
  }

  @Override
  public void overrun(Peer.Overrun kind) {
    lose("The robot sends more than can be taken.");
  }

  /** Which session a message is about; empty if none. */
  private static String about(SignalMessage message) {
    if (message instanceof Describe describe) {
      return describe.sessionId();
    } else if (message instanceof Candidate candidate) {
      return candidate.sessionId();
    } else if (message instanceof Renegotiate renegotiate) {
      return renegotiate.sessionId();
    } else if (message instanceof Presence presence) {
      return presence.sessionId();
    } else if (message instanceof Refresh refresh) {
      return refresh.sessionId();
    }
    return message instanceof Resumed resumed ? resumed.sessionId() : "";
  }

  private List<String> labels() {
    return !isPlain()
        ? List.of(
            ChannelMessage.DEFAULT,
            ChannelMessage.COMMAND,
            ChannelMessage.CONTROL,
            ChannelMessage.TELEMETRY)
        : List.of(ChannelMessage.DEFAULT);
  }

  private void make(String label) {
    Channel channel = peer.createChannel(label);
    channels.put(label, channel);
    channel.listen(new ChannelEvents(label));
  }

  /** Asks for what the robot can show and was not asked for before. */
  private void receive(List<Media> now) {
    for (Media.Kind kind : Media.Kind.values()) {
      for (long have = count(media, kind); wantsVideo && have < count(now, kind); have++) {
        if (kind == Media.Kind.VIDEO) {
          peer.receiveVideo(webRtc);
        } else {
          peer.receiveAudio(webRtc);
        }
      }
    }
    media = now;
  }

  private static long count(List<Media> media, Media.Kind kind) {
    return media.stream().filter(source -> source.kind() == kind).count();
  }

  private boolean restart() {
    if (serverThere) {
      offers.offer(true);
    }
    return serverThere;
  }

  private void weaken(boolean now) {
    if (weak != now) {
      weak = now;
      if (open) {
        events.weak(now);
        if (!now) {
          teller.look();
        }
      }
    }
  }

  private void lose(String reason) {
    if (!peer.isClosed()) {
      close();
      events.lost(reason);
    }
  }

  private final class Path implements PathWatch.Events {
    @Override
    public void weak(boolean now) {
      weaken(now);
    }

    @Override
    public boolean restart() {
      return Session.this.restart();
    }

    @Override
    public void lost() {
      lose(NO_PATH);
    }
  }

  private final class ChannelEvents implements Channel.Listener {
    private final String label;

    ChannelEvents(String label) {
      this.label = label;
    }

    @Override
    public void opened() {
      if (!open && channels.values().stream().allMatch(Channel::isOpen)) {
        deadline.cancel();
        open = true;
        if (joined.trickle()) {
          watch.start();
        }
        events.opened(channels);
        teller.look();
      }
    }

    @Override
    public void text(String message) {
      events.text(label, message);
    }

    @Override
    public void drained() {
      if (label.equals(ChannelMessage.DEFAULT)) {
        events.drained();
      }
    }

    @Override
    public void closed() {
      // Who ends a session says why by way of the server, and that may take a bit longer.
      farewell.set(isPlain() ? 0 : FAREWELL_MILLIS, () -> lose(HUNG_UP));
    }
  }
}
