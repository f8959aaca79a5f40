package dev.farhand.netlab;

import dev.farhand.netlab.experiment.Cuts;
import dev.farhand.netlab.experiment.Grid;
import dev.farhand.netlab.experiment.Handovers;
import dev.farhand.netlab.experiment.Loss;
import dev.farhand.netlab.experiment.Narrow;
import dev.farhand.netlab.program.Lab;
import dev.farhand.netlab.report.Section;
import dev.farhand.netlab.report.Sections;
import java.util.Locale;
import java.util.function.Consumer;

/** What can be asked for by name. */
enum Experiment {
  GRID {
    @Override
    Section run(Lab lab, Consumer<String> progress) {
      return Sections.of(new Grid(lab, progress).run());
    }
  },
  HANDOVER {
    @Override
    Section run(Lab lab, Consumer<String> progress) {
      return Sections.of(new Handovers(lab, progress).run());
    }
  },
  LOSS {
    @Override
    Section run(Lab lab, Consumer<String> progress) {
      return Sections.of(new Loss(lab, progress).run());
    }
  },
  NARROW {
    @Override
    Section run(Lab lab, Consumer<String> progress) {
      return Sections.of(new Narrow(lab, progress).run());
    }
  },
  CUTS {
    @Override
    Section run(Lab lab, Consumer<String> progress) {
      return Sections.of(new Cuts(lab, progress).run());
    }
  };

  abstract Section run(Lab lab, Consumer<String> progress);

  /** On the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
