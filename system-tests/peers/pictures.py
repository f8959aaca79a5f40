"""Moving pictures of known content, and words for what is in a picture.

Both are rows of BGR pixels, as RTCBot hands them to its programs.
"""

import itertools
import json

import numpy

COLOURS = {
    "red": (0, 0, 255),
    "green": (0, 255, 0),
    "blue": (255, 0, 0),
    "white": (255, 255, 255),
    "black": (0, 0, 0),
    "grey": (128, 128, 128),
}


class Scene:
    """Red on the left, blue on the right, and a white bar that walks along the bottom."""

    def __init__(self, width=320, height=240):
        self._number = itertools.count()
        self._still = numpy.zeros((height, width, 3), numpy.uint8)
        self._still[:, : width // 2] = COLOURS["red"]
        self._still[:, width // 2 :] = COLOURS["blue"]

    async def get(self):
        height, width, _ = self._still.shape
        picture = self._still.copy()
        left = next(self._number) * 8 % width
        picture[height * 3 // 4 :, left : left + width // 8] = COLOURS["white"]
        return picture


class Spectator:
    """Counts pictures and says what was in them: at the first, and at every tenth."""

    def __init__(self):
        self._pictures = 0
        self._changes = 0
        self._last = None

    def watch(self, picture):
        self._pictures += 1
        if self._last is not None and self._last.shape == picture.shape:
            change = numpy.abs(self._last.astype(int) - picture).mean()
            self._changes += 1 if change > 0.2 else 0
        self._last = picture
        if self._pictures == 1 or self._pictures % 10 == 0:
            print("Saw", json.dumps(self._words(picture)), flush=True)

    def _words(self, picture):
        height, width, _ = picture.shape
        upper = picture[: height // 2]
        return {
            "size": "%dx%d" % (width, height),
            "left": colour(upper[:, : width // 3]),
            "right": colour(upper[:, width * 2 // 3 :]),
            "pictures": self._pictures,
            "changes": self._changes,
        }


def colour(area):
    """The known colour that is nearest to the middle one of an area."""
    seen = numpy.median(area.reshape(-1, 3), axis=0)
    return min(COLOURS, key=lambda name: numpy.abs(seen - COLOURS[name]).sum())
