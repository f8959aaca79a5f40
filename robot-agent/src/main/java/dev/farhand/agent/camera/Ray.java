package dev.farhand.agent.camera;

/** A ray over the world's plan; its direction is as long as a metre of depth. */
record Ray(double x, double y, double dx, double dy) {}
