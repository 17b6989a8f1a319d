// A map that is looked at: points, heaped where they stand close, each with a small window that leads to its page.

/* global L, Supercluster */

const CLOSEST = 18; // zoom, the map's own: what is heaped there, too, is told as a list
const RADIUS = 60; // pixels
const FEW = 20; // entries in one window

export async function start(kit, box, draw) {
  const { points: address, pins, legend, add } = box.dataset;
  const labels = new Map(JSON.parse(legend || "[]").map(([key, label, colour]) => [key, { label, colour }]));
  const frame = kit.element("div", address ? "map-frame" : "map-frame small");
  const status = kit.element("p", "aside map-status");
  status.setAttribute("role", "status");
  box.prepend(frame, status);
  const map = await draw(kit, frame);
  const [points] = await Promise.all([readPoints(kit, address, pins), kit.load("cluster")]);
  status.textContent = kit.word(["nothing", "one"][points.length] || "many", { count: kit.number(points.length) });
  show(kit, map, points, labels);
  box.append(tools(kit, map, status, add));
  return map;
}

async function readPoints(kit, address, pins) {
  if (!address) return JSON.parse(pins);
  const { read } = await kit.part("points");
  return read(await kit.json(address));
}

function show(kit, map, points, labels) {
  const index = new Supercluster({ radius: RADIUS, extent: 256, maxZoom: CLOSEST });
  index.load(points.map(({ lat, lon }, n) => ({ geometry: { type: "Point", coordinates: [lon, lat] }, properties: { n } })));
  const drawn = new Map();
  let wanted = null; // where the keyboard goes on, when a heap has opened
  if (points.length) map.fitBounds(points.map(({ lat, lon }) => [lat, lon]), { paddingTopLeft: [62, 30], paddingBottomRight: [30, 36], maxZoom: 14, animate: false });
  map.on("moveend", redraw);
  map.on("popupclose", ({ popup }) => popup.opener?.isConnected && popup.opener.focus({ preventScroll: true }));
  map.getContainer().addEventListener("keydown", ({ key }) => key === "Escape" && map.closePopup());
  redraw();

  function redraw() {
    const view = map.getBounds().pad(0.1);
    const box = [view.getWest(), view.getSouth(), view.getEast(), view.getNorth()];
    const zoom = Math.floor(map.getZoom());
    const seen = new Map(index.getClusters(box, zoom).map((one) => [nameOf(one, zoom), one]));
    for (const [name, marker] of drawn) {
      if (seen.has(name)) continue;
      marker.remove();
      drawn.delete(name);
    }
    for (const [name, one] of seen) if (!drawn.has(name)) drawn.set(name, place(one));
    if (wanted) closest(wanted)?.getElement().focus({ preventScroll: true });
    wanted = null;
  }

  function place({ id, geometry, properties }) {
    const [lon, lat] = geometry.coordinates;
    const heap = properties.cluster && properties.point_count;
    const point = points[properties.n];
    const colour = (!heap && labels.get(point.key)?.colour) || "";
    const html = kit.element("span", "", heap ? kit.number(heap) : "");
    const side = heap ? 34 + 4 * Math.min(4, Math.log10(heap)) : 26;
    const icon = L.divIcon({ className: heap ? "pin heap" : `pin ${colour}`, html, iconSize: [side, side] });
    const marker = L.marker([lat, lon], { icon }).addTo(map);
    const act = () => (heap ? open(id, marker) : tell([point], marker));
    const element = marker.getElement();
    element.setAttribute("aria-label", heap ? kit.word("heap", { count: kit.number(heap) }) : point.title);
    marker.on("click", act);
    element.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      event.stopPropagation();
      act();
    });
    return marker;
  }

  function open(id, marker) {
    const zoom = index.getClusterExpansionZoom(id);
    if (zoom > map.getMaxZoom()) return tell(index.getLeaves(id, FEW).map(({ properties }) => points[properties.n]), marker);
    const isFocused = document.activeElement === marker.getElement();
    wanted = isFocused ? marker.getLatLng() : null;
    map.setView(marker.getLatLng(), zoom);
  }

  function tell(found, marker) {
    const content = kit.element("div");
    for (const point of found) content.append(line(kit, point, labels));
    const popup = L.popup({ maxWidth: 260, offset: [0, -6] }).setLatLng(marker.getLatLng()).setContent(content).openOn(map);
    popup.opener = marker.getElement();
    popup.getElement().querySelector(".leaflet-popup-close-button").setAttribute("aria-label", kit.word("close"));
    content.querySelector("a")?.focus({ preventScroll: true });
  }

  function closest(place) {
    const far = (marker) => marker.getLatLng().distanceTo(place);
    return [...drawn.values()].sort((one, other) => far(one) - far(other))[0];
  }
}

function nameOf({ id, properties }, zoom) {
  return properties.cluster ? `${zoom}/${id}` : `${properties.n}`;
}

function line(kit, { title, address, key }, labels) {
  const paragraph = kit.element("p");
  const link = Object.assign(kit.element(address ? "a" : "b", "", title), address && { href: address });
  if (address && link.origin !== location.origin) link.removeAttribute("href"); // entries of this site only
  paragraph.append(link);
  const label = labels.get(key)?.label;
  if (label) paragraph.append(kit.element("span", "aside", label));
  return paragraph;
}

function tools(kit, map, status, add) {
  const row = kit.element("p", "actions map-tools");
  const here = L.layerGroup().addTo(map);
  row.append(kit.button(kit.word("mine"), async () => {
    try {
      const { latitude, longitude, accuracy } = await kit.position();
      here.clearLayers();
      L.circle([latitude, longitude], { radius: accuracy, className: "map-here", interactive: false }).addTo(here);
      L.circleMarker([latitude, longitude], { radius: 7, className: "map-here", interactive: false }).addTo(here);
      map.setView([latitude, longitude], Math.max(map.getZoom(), 14));
      status.textContent = kit.word("here");
    } catch {
      status.textContent = kit.word("noPosition");
    }
  }));
  if (add) row.append(...adding(kit, map, status, add));
  return row;
}

// A cross in the middle of the map: the map is moved below it, by finger, mouse or keys, then one goes to the form.
function adding(kit, map, status, add) {
  const frame = map.getContainer();
  const begin = kit.button(kit.word("add"), () => turn(true));
  const yes = kit.button(kit.word("addHere"), () => {
    const { lat, lng } = map.getCenter().wrap();
    const form = new URL(add, location);
    form.searchParams.set("lat", lat.toFixed(5));
    form.searchParams.set("lon", lng.toFixed(5));
    location.assign(form);
  });
  const no = kit.button(kit.word("stop"), () => turn(false));
  yes.classList.remove("second");
  yes.hidden = no.hidden = true;
  return [begin, yes, no];

  function turn(isOn) {
    frame.classList.toggle("aiming", isOn);
    begin.hidden = isOn;
    yes.hidden = no.hidden = !isOn;
    status.textContent = isOn ? kit.word("aim") : "";
    (isOn ? yes : begin).focus({ preventScroll: true });
  }
}
