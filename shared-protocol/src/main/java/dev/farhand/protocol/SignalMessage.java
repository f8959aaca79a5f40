package dev.farhand.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One message over the WebSocket {@code /signal}, between the signaling server and a robot's agent
 * or an operator. {@code docs/protocol.md} tells who sends what when.
 *
 * <p>Each record refuses, with {@link InvalidMessage}, what could not be a message of its kind. A
 * missing list reads as an empty one. All are immutable.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = SignalMessage.Register.class, name = "register"),
  @JsonSubTypes.Type(value = SignalMessage.Registered.class, name = "registered"),
  @JsonSubTypes.Type(value = SignalMessage.Superseded.class, name = "superseded"),
  @JsonSubTypes.Type(value = SignalMessage.Join.class, name = "join"),
  @JsonSubTypes.Type(value = SignalMessage.Waiting.class, name = "waiting"),
  @JsonSubTypes.Type(value = SignalMessage.Joined.class, name = "joined"),
  @JsonSubTypes.Type(value = SignalMessage.Opened.class, name = "opened"),
  @JsonSubTypes.Type(value = SignalMessage.Describe.class, name = "describe"),
  @JsonSubTypes.Type(value = SignalMessage.Candidate.class, name = "candidate"),
  @JsonSubTypes.Type(value = SignalMessage.Renegotiate.class, name = "renegotiate"),
  @JsonSubTypes.Type(value = SignalMessage.Resume.class, name = "resume"),
  @JsonSubTypes.Type(value = SignalMessage.Resumed.class, name = "resumed"),
  @JsonSubTypes.Type(value = SignalMessage.Refresh.class, name = "refresh"),
  @JsonSubTypes.Type(value = SignalMessage.Presence.class, name = "presence"),
  @JsonSubTypes.Type(value = SignalMessage.Expiring.class, name = "expiring"),
  @JsonSubTypes.Type(value = SignalMessage.Leave.class, name = "leave"),
  @JsonSubTypes.Type(value = SignalMessage.Closed.class, name = "closed"),
  @JsonSubTypes.Type(value = SignalMessage.Failed.class, name = "error"),
  @JsonSubTypes.Type(value = SignalMessage.Restarting.class, name = "restarting"),
  @JsonSubTypes.Type(value = SignalMessage.Ping.class, name = "ping"),
  @JsonSubTypes.Type(value = SignalMessage.Pong.class, name = "pong"),
})
public sealed interface SignalMessage {
  /** The version that these records describe. */
  int PROTOCOL = 1;

  /** The server pings this often; who hears nothing for {@link #HEARTBEAT_LOST_MILLIS} is alone. */
  int HEARTBEAT_MILLIS = 10_000;

  /** Silence on the socket after which it counts as dead, on both sides. */
  int HEARTBEAT_LOST_MILLIS = 25_000;

  /** Whether this may be a robot's ID. IDs are compared as they stand, with case. */
  static boolean isRobotId(@Nullable String id) {
    return Check.isRobotId(id);
  }

  /**
   * Robot to server, its first message: here I am.
   *
   * @param token a token with the role {@code robot}; absent on an open server
   * @param instance random for each process of the agent
   * @param lastEpoch the newest epoch that this agent was given, 0 if none
   * @param media what the robot can show
   * @param features names of optional behaviour; unknown ones are ignored
   * @param sessions the sessions that still live on this robot
   */
  record Register(
      int protocol,
      String robotId,
      @Nullable String token,
      String instance,
      long lastEpoch,
      List<Media> media,
      List<String> features,
      List<String> sessions)
      implements SignalMessage {
    public Register {
      Check.protocol(protocol);
      Check.robotId(robotId);
      Check.optionalText(token, 4096, "token");
      Check.id(instance, "instance");
      Check.notNegative(lastEpoch, "lastEpoch");
      media = Check.list(media, 16, "media");
      features = Check.list(features, 32, "features");
      features.forEach(feature -> Check.text(feature, 64, "a feature"));
      sessions = Check.list(sessions, 256, "sessions");
      sessions.forEach(session -> Check.id(session, "a session's ID"));
    }
  }

  /**
   * Server to robot: the ID is yours.
   *
   * @param epoch the number of this registration; later ones of the same robot are larger
   */
  record Registered(String robotId, long epoch) implements SignalMessage {}

  /**
   * Server to robot, its last message: a newer registration has the ID now.
   *
   * @param instance the newer registration's instance; if it is not your own, two agents use one ID
   */
  record Superseded(String robotId, String instance, long epoch) implements SignalMessage {}

  /**
   * Operator to server, its first message: let me to this robot.
   *
   * @param token a token with the role viewer, driver or owner; absent on an open server
   * @param waits whether to wait if the robot is away
   * @param client random, kept by the browser: tells a new tab of the same operator from another
   *     operator; nobody else gets to see it
   */
  record Join(
      int protocol,
      String robotId,
      @Nullable String token,
      @JsonProperty("wait") boolean waits,
      @Nullable String client)
      implements SignalMessage {
    public Join {
      Check.protocol(protocol);
      Check.robotId(robotId);
      Check.optionalText(token, 4096, "token");
      if (client != null) {
        Check.id(client, "client");
      }
    }
  }

  /** Server to operator: the robot is away; you hear of it the moment that it comes. */
  record Waiting(String robotId) implements SignalMessage {}

  /**
   * Server to operator: this is your session; make your offer.
   *
   * @param media what the robot can show; offer to receive each
   * @param trickle whether the robot takes candidates one by one
   * @param resumeKey proves later that this session is yours; keep it to yourself
   */
  record Joined(
      String sessionId,
      Role role,
      List<Media> media,
      List<IceServer> iceServers,
      boolean trickle,
      String resumeKey)
      implements SignalMessage {
    public Joined {
      Check.id(sessionId, "sessionId");
      Check.present(role, "role");
      media = Check.list(media, 16, "media");
      iceServers = Check.list(iceServers, 32, "iceServers");
    }
  }

  /** Server to robot: an operator has joined; an offer follows. Fields as in {@link Joined}. */
  record Opened(
      String sessionId,
      Operator operator,
      Role role,
      List<IceServer> iceServers,
      boolean trickle,
      String resumeKey)
      implements SignalMessage {
    public Opened {
      Check.id(sessionId, "sessionId");
      Check.present(operator, "operator");
      Check.present(role, "role");
      iceServers = Check.list(iceServers, 32, "iceServers");
    }
  }

  /**
   * Either way, relayed unread: an offer (always the operator's) or its answer.
   *
   * @param negotiation counts the session's offers from 1; the answer bears its offer's number
   */
  record Describe(String sessionId, int negotiation, Description description)
      implements SignalMessage {
    public Describe {
      Check.id(sessionId, "sessionId");
      Check.notNegative(negotiation, "negotiation");
      Check.present(description, "description");
    }
  }

  /**
   * Either way, relayed unread: one ICE candidate, null after the last.
   *
   * @param negotiation the offer that it belongs to; candidates of older ones are dropped
   */
  record Candidate(String sessionId, int negotiation, @Nullable IceCandidate candidate)
      implements SignalMessage {
    public Candidate {
      Check.id(sessionId, "sessionId");
      Check.notNegative(negotiation, "negotiation");
    }
  }

  /**
   * Robot to operator: please make a new offer.
   *
   * @param restart with an ICE restart
   * @param media what the robot can show from now on
   */
  record Renegotiate(String sessionId, boolean restart, List<Media> media)
      implements SignalMessage {
    public Renegotiate {
      Check.id(sessionId, "sessionId");
      media = Check.list(media, 16, "media");
    }
  }

  /** Either side, on a new socket: this session is mine and lives on. */
  record Resume(int protocol, String sessionId, String resumeKey) implements SignalMessage {
    public Resume {
      Check.protocol(protocol);
      Check.id(sessionId, "sessionId");
      Check.text(resumeKey, 4096, "resumeKey");
    }
  }

  /**
   * Server to either side: the session has its signaling back. A negotiation that was under way is
   * void; the operator begins it again with an ICE restart. Fields as in {@link Joined}.
   */
  record Resumed(
      String sessionId, Role role, List<Media> media, List<IceServer> iceServers, String resumeKey)
      implements SignalMessage {
    public Resumed {
      Check.id(sessionId, "sessionId");
      Check.present(role, "role");
      media = Check.list(media, 16, "media");
      iceServers = Check.list(iceServers, 32, "iceServers");
    }
  }

  /**
   * Server to either side: use these from the next search for paths on; the credentials that you
   * have run out soon. What is in use now goes on.
   */
  record Refresh(String sessionId, List<IceServer> iceServers) implements SignalMessage {
    public Refresh {
      Check.id(sessionId, "sessionId");
      iceServers = Check.list(iceServers, 32, "iceServers");
    }
  }

  /**
   * Server to either side: the other side's socket has come or gone. The session itself goes on.
   */
  record Presence(String sessionId, boolean present) implements SignalMessage {
    public Presence {
      Check.id(sessionId, "sessionId");
    }
  }

  /** Server to either side: your token runs out in so many seconds, and what it allowed with it. */
  record Expiring(int seconds) implements SignalMessage {}

  /**
   * Either side to server: I end this session. The other side hears {@link Closed}.
   *
   * @param code why; absent stands for operator-left or robot-left
   */
  record Leave(String sessionId, @Nullable Code code, @Nullable String reason)
      implements SignalMessage {
    public Leave {
      Check.id(sessionId, "sessionId");
      Check.optionalText(reason, 512, "reason");
    }
  }

  /** Server to either side: this session has ended. The socket stays. */
  record Closed(String sessionId, Code code, String reason) implements SignalMessage {
    public Closed {
      Check.id(sessionId, "sessionId");
      code = code == null ? Code.UNKNOWN : code;
    }
  }

  /** Server to either side, its last message: refused; the socket closes. */
  record Failed(Code code, String reason) implements SignalMessage {
    public Failed {
      code = code == null ? Code.UNKNOWN : code;
    }
  }

  /**
   * Server to either side: the server stops; resume what lives after a random part of this time.
   */
  record Restarting(int withinMillis) implements SignalMessage {}

  /** Server to either side, every {@link #HEARTBEAT_MILLIS}. Answer at once. */
  record Ping() implements SignalMessage {}

  /** The answer to {@link Ping}. */
  record Pong() implements SignalMessage {}

  /** What a token allows. */
  enum Role {
    ROBOT("robot"),
    VIEWER("viewer"),
    DRIVER("driver"),
    OWNER("owner");

    private final String wire;

    Role(String wire) {
      this.wire = wire;
    }

    @JsonValue
    public String wire() {
      return wire;
    }

    /** Whether operators with this role may ask for the lease. */
    public boolean mayDrive() {
      return this == DRIVER || this == OWNER;
    }
  }

  /** A camera or a microphone of the robot. */
  record Media(String name, Kind kind) {
    public Media {
      Check.text(name, 64, "a media name");
      Check.present(kind, "a media kind");
    }

    /** As in SDP. */
    public enum Kind {
      VIDEO("video"),
      AUDIO("audio");

      private final String wire;

      Kind(String wire) {
        this.wire = wire;
      }

      @JsonValue
      public String wire() {
        return wire;
      }
    }
  }

  /**
   * Who has joined, as others see it.
   *
   * @param id the same for each tab of one operator
   * @param name for people
   */
  record Operator(String id, String name) {
    public Operator {
      Check.id(id, "an operator's ID");
      Check.text(name, 64, "an operator's name");
    }
  }

  /** As {@code RTCIceServer} in W3C WebRTC. */
  record IceServer(List<String> urls, @Nullable String username, @Nullable String credential) {
    public IceServer {
      urls = Check.list(urls, 16, "urls");
      urls.forEach(url -> Check.plainText(url, 512, "an entry of urls"));
      if (username != null) {
        Check.plainText(username, 512, "username");
      }
      if (credential != null) {
        Check.plainText(credential, 512, "credential");
      }
    }
  }

  /** As {@code RTCSessionDescriptionInit} in W3C WebRTC, offers and answers only. */
  record Description(Type type, String sdp) {
    public Description {
      Check.present(type, "a description's type");
      Check.text(sdp, 65_536, "sdp");
    }

    /** RFC 8829, section 4.1.8: without provisional answers and rollbacks. */
    public enum Type {
      OFFER("offer"),
      ANSWER("answer");

      private final String wire;

      Type(String wire) {
        this.wire = wire;
      }

      @JsonValue
      public String wire() {
        return wire;
      }
    }
  }

  /** As {@code RTCIceCandidateInit} in W3C WebRTC. */
  record IceCandidate(
      String candidate,
      @Nullable String sdpMid,
      @Nullable Integer sdpMLineIndex,
      @Nullable String usernameFragment) {
    public IceCandidate {
      Check.text(candidate, 2048, "candidate");
      Check.optionalText(sdpMid, 256, "sdpMid");
      Check.optionalText(usernameFragment, 512, "usernameFragment");
    }
  }
}
