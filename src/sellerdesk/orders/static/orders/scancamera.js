// What reads codes from the camera: the browser itself where it can, and a library of our own server where it cannot.
(() => {
  // Wide enough for the bars of a label held at arm's length, and small enough for a phone to read several times a second.
  const WIDTH = 1024;

  async function native() {
    const detector = new window.BarcodeDetector({ formats: await window.BarcodeDetector.getSupportedFormats() });
    return async (video) => (await detector.detect(video))[0]?.rawValue || "";
  }

  function load(address) {
    return new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.addEventListener("load", resolve);
      script.addEventListener("error", () => { script.remove(); reject(new Error(address)); });
      script.src = address;
      document.head.append(script);
    });
  }

  async function library(address) {
    if (!window.ZXing) await load(address);
    const { BinaryBitmap, DecodeHintType, HybridBinarizer, MultiFormatReader, RGBLuminanceSource } = window.ZXing;
    const reader = new MultiFormatReader(), canvas = document.createElement("canvas");
    reader.setHints(new Map([[DecodeHintType.TRY_HARDER, true]]));
    const pencil = canvas.getContext("2d", { willReadFrequently: true });
    return async (video) => {
      const scale = Math.min(1, WIDTH / video.videoWidth);
      canvas.width = Math.round(video.videoWidth * scale);
      canvas.height = Math.round(video.videoHeight * scale);
      if (!canvas.width || !canvas.height) return "";
      pencil.drawImage(video, 0, 0, canvas.width, canvas.height);
      const { data } = pencil.getImageData(0, 0, canvas.width, canvas.height);
      const grey = new Uint8ClampedArray(canvas.width * canvas.height);
      for (let at = 0; at < grey.length; at += 1) grey[at] = (data[4 * at] + 2 * data[4 * at + 1] + data[4 * at + 2]) >> 2;
      try {
        return reader.decode(new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(grey, canvas.width, canvas.height)))).getText();
      } catch (nothing) {
        return "";
      }
    };
  }

  // A function from a playing video to the code it shows, empty for none. Rejects where the library cannot be fetched.
  window.scanReader = (address) => ("BarcodeDetector" in window ? native() : library(address));
  // What must be kept for working without connection.
  window.scanReader.needs = (address) => ("BarcodeDetector" in window ? [] : [address]);
})();
