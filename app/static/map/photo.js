// Offers the place where a photo was taken, as the photo itself says it; read here, nothing is sent before one agrees.
// EXIF 2.32, §4.6.6: GPS position in a JPEG. Anything unexpected gives no position.

const START = 256 * 1024; // bytes: EXIF stands at the beginning

export function start(kit) {
  document.addEventListener("change", async ({ target }) => {
    const box = target.form?.querySelector("[data-map-input]");
    if (target.type !== "file" || !box) return;
    target.parentElement.querySelector(".map-offer")?.remove();
    for (const file of target.files) {
      const place = await positionOf(file);
      if (place) return offer(kit, target, box, place);
    }
  });
}

function offer(kit, input, box, place) {
  const line = kit.element("div", "notice info map-offer");
  const words = kit.element("p", "", kit.word("photo"));
  const use = kit.button(kit.word("photoUse"), () => {
    words.textContent = kit.word("photoUsed");
    use.remove();
    if (box.takePosition) box.takePosition(place);
    else write(box, place); // the map is not drawn
  });
  line.setAttribute("role", "status");
  line.append(words, use);
  input.after(line);
}

function write(box, { lat, lon }) {
  document.getElementById(box.dataset.lat).value = lat.toFixed(5);
  document.getElementById(box.dataset.lon).value = lon.toFixed(5);
}

export async function positionOf(file) {
  try {
    return read(new DataView(await file.slice(0, START).arrayBuffer()));
  } catch {
    return null; // cut short, or no photo
  }
}

function read(view) {
  if (view.getUint16(0) !== 0xffd8) return null;
  for (let at = 2; view.getUint8(at) === 0xff; at += 2 + view.getUint16(at + 2)) {
    const isExif = view.getUint8(at + 1) === 0xe1 && view.getUint32(at + 4) === 0x45786966;
    if (isExif) return readTiff(new DataView(view.buffer, at + 10));
  }
  return null;
}

function readTiff(view) {
  const little = view.getUint16(0) === 0x4949;
  const gps = tags(view, view.getUint32(4, little), little).get(0x8825);
  if (gps === undefined) return null;
  const found = tags(view, view.getUint32(gps + 8, little), little);
  const degrees = (tag) => {
    const at = view.getUint32(found.get(tag) + 8, little);
    const part = (n) => view.getUint32(at + 8 * n, little) / view.getUint32(at + 8 * n + 4, little);
    return part(0) + part(1) / 60 + part(2) / 3600;
  };
  const sign = (tag, minus) => (String.fromCharCode(view.getUint8(found.get(tag) + 8)) === minus ? -1 : 1);
  const [lat, lon] = [sign(1, "S") * degrees(2), sign(3, "W") * degrees(4)];
  const isPlace = Math.abs(lat) <= 90 && Math.abs(lon) <= 180 && (lat || lon);
  return isPlace ? { lat, lon } : null;
}

// Where the entry of each tag stands.
function tags(view, at, little) {
  const count = view.getUint16(at, little);
  return new Map(Array.from({ length: count }, (_, n) => at + 2 + 12 * n).map((entry) => [view.getUint16(entry, little), entry]));
}
