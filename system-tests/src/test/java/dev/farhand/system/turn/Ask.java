package dev.farhand.system.turn;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.jspecify.annotations.Nullable;

/** What {@link Clients} can be asked to do, each by one of its clients. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "ask")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Ask.Allocate.class, name = "allocate"),
  @JsonSubTypes.Type(value = Ask.Refresh.class, name = "refresh"),
  @JsonSubTypes.Type(value = Ask.Permit.class, name = "permit"),
  @JsonSubTypes.Type(value = Ask.Bind.class, name = "bind"),
  @JsonSubTypes.Type(value = Ask.Send.class, name = "send"),
  @JsonSubTypes.Type(value = Ask.Receive.class, name = "receive"),
})
public sealed interface Ask {
  /** By which way the server is reached. */
  enum Transport {
    UDP,
    TCP,
    TLS
  }

  /** The IP version of the address that the client wants to have. */
  enum Family {
    IPV4(1),
    IPV6(2);

    final byte number;

    Family(int number) {
      this.number = (byte) number;
    }
  }

  /** The client's name. */
  String client();

  /**
   * A new client, which connects and asks for an address; status 495 where it does not trust the
   * server.
   *
   * @param trust a file with the certificates that count, for TLS
   * @param user null: without credentials
   */
  record Allocate(
      String client,
      Transport transport,
      String host,
      int port,
      @Nullable String trust,
      Family family,
      @Nullable String user,
      @Nullable String password)
      implements Ask {}

  /** To keep its address. */
  record Refresh(String client) implements Ask {}

  /** That this peer may send to its address, and be sent to from it. */
  record Permit(String client, Endpoint peer) implements Ask {}

  /** The same by way of a channel, TURN's shorter form. */
  record Bind(String client, Endpoint peer) implements Ask {}

  /** A text to a peer. It has no answer but that it was sent. */
  record Send(String client, Endpoint peer, String text) implements Ask {}

  /** The next text from any peer; status 408 where none comes in time. */
  record Receive(String client, int millis) implements Ask {}
}
