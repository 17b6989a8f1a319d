// A map that takes a position: a press, a drag, the keys, the device or a search set two fields of the form.
// data-lat and data-lon name the fields, data-address those that a search begins with.

/* global L */

const CLOSE = 16; // zoom

export async function start(kit, box, draw) {
  const field = (id) => document.getElementById(id);
  const [lat, lon] = [field(box.dataset.lat), field(box.dataset.lon)];
  const asked = (box.dataset.address || "").split(" ").filter(Boolean).map(field).filter(Boolean);
  const frame = kit.element("div", "map-frame small");
  const status = kit.element("p", "aside map-status");
  status.setAttribute("role", "status");
  const found = kit.element("ul", "map-found");
  box.prepend(frame, status);
  const map = await draw(kit, frame);
  let marker = null;

  box.append(tools(), found);
  box.takePosition = (place) => take(place, true); // of a photo
  for (const one of [lat, lon]) one.addEventListener("change", read);
  map.on("click", ({ latlng }) => take({ lat: latlng.lat, lon: latlng.wrap().lng }));
  status.textContent = kit.word("press");
  read();

  function read() {
    const place = { lat: number(lat), lon: number(lon) };
    const isThere = Math.abs(place.lat) <= 90 && Math.abs(place.lon) <= 180;
    if (isThere) put(place, true);
    else marker = marker?.remove() && null;
  }

  function take(place, isMoving = false) {
    [lat.value, lon.value] = [place.lat.toFixed(5), place.lon.toFixed(5)];
    for (const one of [lat, lon]) one.dispatchEvent(new Event("input", { bubbles: true }));
    put(place, isMoving);
    status.textContent = kit.word("taken", { lat: lat.value, lon: lon.value });
  }

  function put(place, isMoving) {
    const at = [place.lat, place.lon];
    if (!marker) {
      const icon = L.divIcon({ className: "pin chosen", html: kit.element("span"), iconSize: [30, 30] });
      marker = L.marker(at, { icon, draggable: true, keyboard: false, autoPan: true }).addTo(map);
      marker.on("dragend", () => {
        const { lat: y, lng: x } = marker.getLatLng().wrap();
        take({ lat: y, lon: x });
      });
    }
    marker.setLatLng(at);
    if (isMoving) map.setView(at, Math.max(map.getZoom(), CLOSE - 2));
  }

  function tools() {
    const row = kit.element("p", "actions map-tools");
    const middle = kit.button(kit.word("middle"), () => {
      const { lat: y, lng: x } = map.getCenter().wrap();
      take({ lat: y, lon: x });
    });
    const mine = kit.button(kit.word("useMine"), async () => {
      try {
        const { latitude, longitude } = await kit.position();
        take({ lat: latitude, lon: longitude }, true);
      } catch {
        status.textContent = kit.word("noPosition");
      }
    });
    row.append(middle, mine);
    if (kit.addresses.search) row.append(...searching());
    return row;
  }

  function searching() {
    const input = Object.assign(kit.element("input"), { type: "search", maxLength: 200, autocomplete: "off" });
    const search = kit.button(kit.word("find"), look);
    input.setAttribute("aria-label", kit.word("searchLabel"));
    input.placeholder = kit.word("searchLabel");
    input.addEventListener("focus", () => (input.value ||= asked.map(({ value }) => value.trim()).filter(Boolean).join(" ")));
    input.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return; // the form around it is not sent
      event.preventDefault();
      look();
    });
    return [input, search];

    async function look() {
      const words = (input.value ||= asked.map(({ value }) => value.trim()).filter(Boolean).join(" ")).trim();
      found.replaceChildren();
      if (!words) return input.focus();
      status.textContent = kit.word("searching");
      try {
        const { places } = await kit.json(`${kit.addresses.search}?q=${encodeURIComponent(words)}`);
        found.replaceChildren(...places.map(choice));
        status.textContent = places.length ? kit.word("pick") : kit.word("notFound");
      } catch (error) {
        status.textContent = error.message || kit.word("failed");
      }
    }
  }

  function choice(place) {
    const line = kit.element("li");
    line.append(kit.button(place.label, () => {
      found.replaceChildren();
      take(place, true);
    }));
    return line;
  }
}

function number({ value }) {
  return value.trim() ? Number(value.trim().replace(",", ".")) : NaN;
}
