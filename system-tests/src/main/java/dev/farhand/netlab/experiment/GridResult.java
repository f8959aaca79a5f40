package dev.farhand.netlab.experiment;

import java.util.List;

/** Every operator's network with every robot's, and a browser in some of them. */
public record GridResult(List<Cell> java, List<Cell> browser) {
  public boolean good() {
    return java.stream().allMatch(Cell::good) && browser.stream().allMatch(Cell::good);
  }
}
