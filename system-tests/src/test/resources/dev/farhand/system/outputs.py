"""The example of a driver, with outputs that outlive it, as a board's do: each is a line of a file."""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import driver


class Outputs(driver.Motors):
    def __init__(self, settings):
        self.file = settings["file"]
        super().__init__(settings)

    def write(self, speeds):
        with open(self.file, "a") as outputs:
            outputs.write("%d %g %g\n" % (os.getpid(), *speeds))
        self.speeds = speeds


driver.Motors = Outputs
driver.main()
