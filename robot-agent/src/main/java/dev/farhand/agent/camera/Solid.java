package dev.farhand.agent.camera;

import dev.farhand.agent.driver.sim.World;

/**
 * Something upright that a ray can meet. It keeps the last meeting until it is painted, so that a
 * picture allocates nothing for it. One thread.
 */
abstract class Solid {
  /** The depth at which the ray met it. */
  protected double depth;

  final double depth() {
    return depth;
  }

  /** Whether the ray meets it ahead. */
  abstract boolean meets(Ray ray);

  /** Paints its part of the column in which the ray met it. */
  abstract void paint(Brush brush);

  /** The light on a face that looks this way: the sun stands in the south-west. */
  static double light(double normalX, double normalY) {
    return 0.55 + 0.25 * -normalX + 0.35 * -normalY;
  }

  private static double entry(double from, double along, double low, double high) {
    return along == 0
        ? (from >= low && from <= high ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY)
        : ((along > 0 ? low : high) - from) / along;
  }

  private static double exit(double from, double along, double low, double high) {
    return along == 0 ? Double.POSITIVE_INFINITY : ((along > 0 ? high : low) - from) / along;
  }

  /** The yard's walls, seen from inside: panels with a plinth, a coping and a stripe a side. */
  static final class Walls extends Solid {
    private static final double HEIGHT = 1.35;
    private static final double PANEL = 1;
    private static final double SEAM = 0.035;

    private final World world;
    private final Shades plain = new Shades(0xd8cfbf);
    private final Shades panel = new Shades(0xc9bfae);
    private final Shades plinth = new Shades(0x77716a);
    private final Shades coping = new Shades(0x8d4f3c);
    private final Shades[] stripes = {
      new Shades(0x2f78b7), new Shades(0xd0703a), new Shades(0x3f9a62), new Shades(0xb24a86)
    };
    private int side;
    private double along;

    Walls(World world) {
      this.world = world;
    }

    @Override
    boolean meets(Ray ray) {
      double alongX = exit(ray.x(), ray.dx(), world.west(), world.east());
      double alongY = exit(ray.y(), ray.dy(), world.south(), world.north());
      depth = Math.min(alongX, alongY);
      if (alongX < alongY) {
        side = ray.dx() > 0 ? 0 : 1;
        along = ray.y() + depth * ray.dy();
      } else {
        side = ray.dy() > 0 ? 2 : 3;
        along = ray.x() + depth * ray.dx();
      }
      return depth > 0;
    }

    @Override
    void paint(Brush brush) {
      double light =
          switch (side) {
            case 0 -> light(-1, 0);
            case 1 -> light(1, 0);
            case 2 -> light(0, -1);
            default -> light(0, 1);
          };
      double within = along / PANEL - Math.floor(along / PANEL);
      boolean seam = within < SEAM / PANEL && depth < 8;
      boolean odd = Math.floorMod((long) Math.floor(along / PANEL), 2L) == 1;
      brush.upright(depth, 0, HEIGHT, (odd ? panel : plain).at(light, depth));
      brush.upright(depth, 0.82, 1.0, stripes[side].at(light, depth));
      if (seam) {
        brush.upright(depth, 0, HEIGHT, plinth.at(light, depth));
      }
      brush.upright(depth, 0, 0.14, plinth.at(light, depth));
      brush.upright(depth, HEIGHT, HEIGHT + 0.1, coping.at(light, depth));
    }
  }

  /** A box with edges, and a lid that shows when it is lower than the eye. */
  static final class Crate extends Solid {
    private static final double EDGE = 0.06;

    private final World.Box box;
    private final Shades face;
    private final Shades edge;
    private final Shades lid;
    private double far;
    private double light;
    private boolean atEdge;

    Crate(World.Box box) {
      this.box = box;
      this.face = new Shades(box.colour().rgb());
      this.edge = new Shades(darker(box.colour().rgb()));
      this.lid = new Shades(box.colour().rgb());
    }

    @Override
    boolean meets(Ray ray) {
      double nearX = entry(ray.x(), ray.dx(), box.west(), box.east());
      double nearY = entry(ray.y(), ray.dy(), box.south(), box.north());
      far =
          Math.min(
              exit(ray.x(), ray.dx(), box.west(), box.east()),
              exit(ray.y(), ray.dy(), box.south(), box.north()));
      depth = Math.max(nearX, nearY);
      if (depth <= 0.02 || depth >= far) {
        return false;
      }
      if (nearX > nearY) {
        double y = ray.y() + depth * ray.dy();
        light = light(ray.dx() > 0 ? -1 : 1, 0);
        atEdge = Math.min(y - box.south(), box.north() - y) < EDGE;
      } else {
        double x = ray.x() + depth * ray.dx();
        light = light(0, ray.dy() > 0 ? -1 : 1);
        atEdge = Math.min(x - box.west(), box.east() - x) < EDGE;
      }
      return true;
    }

    @Override
    void paint(Brush brush) {
      double height = box.height();
      if (height < brush.eye()) {
        brush.level(height, depth, far, lid.at(1, depth));
      }
      Paint border = edge.at(light, depth);
      brush.upright(depth, 0, height, border);
      if (!atEdge) {
        brush.upright(depth, EDGE, height / 2 - EDGE / 2, face.at(light, depth));
        brush.upright(depth, height / 2 + EDGE / 2, height - EDGE, face.at(light, depth));
      }
    }

    private static int darker(int rgb) {
      return (rgb >> 1 & 0x7f7f7f) + (rgb >> 3 & 0x1f1f1f);
    }
  }

  /** A round pillar with white bands. */
  static final class Column extends Solid {
    private final World.Pillar pillar;
    private final Shades body;
    private final Shades band = new Shades(0xf2f2ee);
    private double light;

    Column(World.Pillar pillar) {
      this.pillar = pillar;
      this.body = new Shades(pillar.colour().rgb());
    }

    @Override
    boolean meets(Ray ray) {
      double toX = ray.x() - pillar.x();
      double toY = ray.y() - pillar.y();
      double a = ray.dx() * ray.dx() + ray.dy() * ray.dy();
      double b = toX * ray.dx() + toY * ray.dy();
      double c = toX * toX + toY * toY - pillar.radius() * pillar.radius();
      double discriminant = b * b - a * c;
      if (discriminant <= 0) {
        return false;
      }
      depth = (-b - Math.sqrt(discriminant)) / a;
      light =
          light(
              (toX + depth * ray.dx()) / pillar.radius(),
              (toY + depth * ray.dy()) / pillar.radius());
      return depth > 0.02;
    }

    @Override
    void paint(Brush brush) {
      double height = pillar.height();
      brush.upright(depth, 0, height, body.at(light, depth));
      brush.upright(depth, height - 0.3, height - 0.15, band.at(light, depth));
      brush.upright(depth, height - 0.6, height - 0.45, band.at(light, depth));
    }
  }
}
