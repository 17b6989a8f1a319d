// Draws what lies under the points: pictures of a server, a file of this site, or outlines and names of communes.

/* global L, pmtiles, protomapsL */

const WORLD = [[-60, -170], [75, 170]];
const CLOSEST = 18; // zoom
const MOST_NAMES = 40; // in one view

export async function draw(kit, frame) {
  const ground = JSON.parse(kit.addresses.ground);
  const map = L.map(frame, {
    attributionControl: false, // the credit stands below, as text
    zoomControl: false,
    minZoom: 2,
    maxZoom: CLOSEST,
    worldCopyJump: true,
    scrollWheelZoom: false, // a page is scrolled over a map; who has pressed it means the map
    zoomSnap: 0.5,
    ...(matchMedia("(prefers-reduced-motion: reduce)").matches && { zoomAnimation: false, fadeAnimation: false }),
  });
  const [zoomInTitle, zoomOutTitle] = [kit.word("zoomIn"), kit.word("zoomOut")];
  L.control.zoom({ zoomInTitle, zoomOutTitle }).addTo(map);
  L.control.scale({ imperial: false }).addTo(map);
  map.on("focus", () => map.scrollWheelZoom.enable()).on("blur", () => map.scrollWheelZoom.disable());
  frame.setAttribute("role", "region");
  frame.setAttribute("aria-label", kit.word("name"));
  if (ground.start) map.setView(ground.start.slice(0, 2), ground.start[2]);
  else map.fitBounds(ground.bounds || WORLD, { maxZoom: 13 });
  await { tiles: addTiles, vector: addVector, raster: addRaster }[ground.kind]?.(kit, map, ground);
  await Promise.all([ground.outlines && addOutlines(kit, map, ground), ground.names && addNames(kit, map, ground)]);
  return map;
}

function addTiles(kit, map, { url, zoom }) {
  // Servers of tiles want to know which site asks (OpenStreetMap's refuse otherwise): this site's address, no page's.
  const referrerPolicy = "strict-origin-when-cross-origin";
  L.tileLayer(url, { maxNativeZoom: zoom, maxZoom: CLOSEST, referrerPolicy, className: "map-tiles" }).addTo(map);
}

async function addVector(kit, map, { url, zoom }) {
  await kit.load("protomaps");
  const lang = document.documentElement.lang;
  const flavor = getComputedStyle(document.documentElement).colorScheme.startsWith("dark") ? "dark" : "light";
  protomapsL.leafletLayer({ url, flavor, lang, maxDataZoom: zoom, attribution: "" }).addTo(map);
}

async function addRaster(kit, map, { url, zoom }) {
  await kit.load("pmtiles");
  const options = { maxNativeZoom: zoom, maxZoom: CLOSEST, className: "map-tiles" };
  pmtiles.leafletRasterLayer(new pmtiles.PMTiles(url), options).addTo(map);
}

// A ground that cannot be read leaves the points.
async function addOutlines(kit, map, { outlines, kind }) {
  const className = kind === "none" ? "map-outline filled" : "map-outline";
  try {
    L.geoJSON(await kit.json(outlines), { style: { className }, interactive: false, pointToLayer: () => null }).addTo(map);
  } catch (error) {
    console.error(error);
  }
}

async function addNames(kit, map, { names }) {
  const communes = await kit.json(names).catch(() => []);
  const layer = L.layerGroup().addTo(map);
  const show = () => {
    const view = map.getBounds();
    const seen = communes.filter(([, lat, lon]) => view.contains([lat, lon]));
    layer.clearLayers();
    if (seen.length > MOST_NAMES) return;
    for (const [name, lat, lon] of seen) {
      const html = kit.element("span", "", name);
      const icon = L.divIcon({ className: "map-name", html, iconSize: null });
      L.marker([lat, lon], { icon, interactive: false, keyboard: false, zIndexOffset: -1000 }).addTo(layer);
    }
  };
  map.on("moveend", show);
  show();
}
