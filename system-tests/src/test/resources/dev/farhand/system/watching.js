// Shared by the test pages: what the video shows, in words.
const COLOURS = {
  red: [255, 0, 0],
  green: [0, 255, 0],
  blue: [0, 0, 255],
  white: [255, 255, 255],
  black: [0, 0, 0],
  grey: [128, 128, 128],
};

/** The nearest known colour of the middle of the upper left and of the upper right. */
globalThis.colours = (video) => {
  const canvas = document.createElement("canvas");
  canvas.width = video.videoWidth || 1;
  canvas.height = video.videoHeight || 1;
  const context = canvas.getContext("2d");
  context.drawImage(video, 0, 0);
  return [0.25, 0.75].map((x) => {
    const [red, green, blue] = context.getImageData(
      Math.floor(x * canvas.width),
      Math.floor(0.25 * canvas.height),
      1,
      1,
    ).data;
    const distance = ([r, g, b]) => Math.abs(red - r) + Math.abs(green - g) + Math.abs(blue - b);
    return Object.keys(COLOURS).reduce((best, name) =>
      distance(COLOURS[name]) < distance(COLOURS[best]) ? name : best,
    );
  });
};
