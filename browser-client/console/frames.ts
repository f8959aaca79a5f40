/**
 * Calls back whenever the video shows another frame.
 *
 * Browsers without `requestVideoFrameCallback` (Firefox before 132) tell of time that passes in
 * the video, and that may pass without a frame; where they count frames, the count decides.
 */
export function eachFrame(video: HTMLVideoElement, shown: () => void): void {
  if ("requestVideoFrameCallback" in video) {
    const next = () =>
      video.requestVideoFrameCallback(() => {
        next();
        shown();
      });
    next();
  } else {
    let last = 0;
    (video as HTMLVideoElement).addEventListener("timeupdate", () => {
      const count = painted(video);
      if (count === 0 || count !== last) {
        shown();
      }
      last = count;
    });
  }
}

/** How many frames were painted; 0 if this browser does not count them. */
function painted(video: HTMLVideoElement & { mozPaintedFrames?: number }): number {
  return video.mozPaintedFrames ?? 0;
}
