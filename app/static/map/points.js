// Reads the points of a map: pages/dev/map-points.md says what stands in them.

const MARKS = /[\u0300-\u036f]/g;

export function read({ version, base, scale, lat, lon, title, name, folders, folder, keys, key }) {
  if (version !== 1) throw new Error("These points are of another version.");
  let [y, x] = [0, 0];
  return title.map((words, n) => {
    y += lat[n];
    x += lon[n];
    const place = folders[folder.length ? folder[n] : 0];
    const address = base + addressOf(place, nameOf(name[n], words));
    return { lat: y / scale, lon: x / scale, title: words, address, key: keys[key.length ? key[n] : 0] };
  });
}

function nameOf(rest, title) {
  return rest.startsWith("=") ? rest.slice(1) : slug(title) + rest;
}

function addressOf(folder, name) {
  const path = [...folder.replace(/\*$/, name[0]).split("/"), name];
  return path.filter(Boolean).map(encodeURIComponent).join("/");
}

function slug(title) {
  const bare = title.toLowerCase().normalize("NFD").replace(MARKS, "").replace(/œ/g, "oe").replace(/æ/g, "ae");
  return bare.replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
}
