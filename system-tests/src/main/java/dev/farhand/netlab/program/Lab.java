package dev.farhand.netlab.program;

import dev.farhand.netlab.net.Internet;
import dev.farhand.netlab.net.Namespace;
import java.util.ArrayList;
import java.util.List;

/** A whole lab: an internet, its services, and whoever is started in it. One thread. */
public final class Lab implements AutoCloseable {
  private final Folders folders;
  private final Internet internet;
  private final Services services;
  private final List<Rover> rovers = new ArrayList<>();

  private Lab(Folders folders, Internet internet, Services services) {
    this.folders = folders;
    this.internet = internet;
    this.services = services;
  }

  public static Lab open(Folders folders) {
    Internet internet = Internet.make(folders.scripts());
    try {
      return new Lab(folders, internet, Services.start(folders, internet));
    } catch (RuntimeException e) {
      internet.close();
      throw e;
    }
  }

  public Folders folders() {
    return folders;
  }

  public Internet internet() {
    return internet;
  }

  public Services services() {
    return services;
  }

  public Rover rover(Namespace where, String id, Rover.Equipment equipment) {
    Rover rover = Rover.start(folders, services.server(), where, id, equipment);
    rovers.add(rover);
    return rover;
  }

  /** An operator's program. The caller closes it, or its namespace ends it. */
  public Pilot pilot(Namespace where, String name, String... javaOptions) {
    return Pilot.start(folders, services.server(), where, name, List.of(javaOptions));
  }

  /** A browser. The caller closes it. */
  public Browser browser(Namespace where) {
    return Browser.start(folders, services.server(), where);
  }

  /** Ends everything; what does not want to end goes with its namespace. */
  @Override
  public void close() {
    try (internet;
        services) {
      rovers.parallelStream().forEach(Rover::close);
    }
  }
}
