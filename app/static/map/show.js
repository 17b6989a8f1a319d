// Starts the maps of a page, each when it comes near the window, so that a page with a map far down weighs little.
// Boxes with data-map show points (browse.js), those with data-map-input take a position (choose.js); maps/_assets.html
// holds the addresses of all parts. Parts never import each other, as addresses carry checksums.

const words = document.getElementById("gc-map").dataset;
const loaded = new Map();

const kit = {
  addresses: words,
  part: (name) => import(words[name]),

  // A sentence of the template with its {values}.
  word: (name, values = {}) => (words[name] || "").replace(/\{(\w+)\}/g, (hole, key) => values[key] ?? hole),

  number: (count) => count.toLocaleString(document.documentElement.lang),

  // A library or a style, once.
  load(name) {
    if (!loaded.has(name)) loaded.set(name, fetchOnce(words[name]));
    return loaded.get(name);
  },

  async json(address) {
    const signal = AbortSignal.timeout?.(20000);
    const answer = await fetch(address, { signal, headers: { Accept: "application/json" } });
    const data = await answer.json();
    if (!answer.ok) throw new Error(data.detail);
    return data;
  },

  // An element with its text; text stays text, whatever it holds.
  element(name, className = "", text = "") {
    return Object.assign(document.createElement(name), { className, textContent: text });
  },

  button(label, act) {
    const button = Object.assign(kit.element("button", "button second", label), { type: "button" });
    button.addEventListener("click", act);
    return button;
  },

  // Asks the device where it is.
  position: () =>
    new Promise((resolve, reject) => {
      const options = { enableHighAccuracy: true, timeout: 15000, maximumAge: 60000 };
      if (!navigator.geolocation) reject(new Error());
      else navigator.geolocation.getCurrentPosition(({ coords }) => resolve(coords), reject, options);
    }),
};

function fetchOnce(address) {
  const isStyle = /\.css$/.test(address);
  const element = document.createElement(isStyle ? "link" : "script");
  const done = new Promise((resolve, reject) => Object.assign(element, { onload: resolve, onerror: reject }));
  document.head.append(Object.assign(element, isStyle ? { rel: "stylesheet", href: address } : { src: address }));
  return done;
}

async function begin(box) {
  try {
    await Promise.all(["leaflet", "leafletStyle", "style"].map(kit.load));
    const { draw } = await kit.part("source");
    const { start } = await kit.part("map" in box.dataset ? "browse" : "choose");
    await start(kit, box, draw);
    box.dataset.ready = "";
  } catch (error) {
    console.error(error);
    box.replaceChildren(kit.element("p", "hint", kit.word("failed")));
  }
}

const near = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      near.unobserve(target);
      begin(target);
    }
  },
  { rootMargin: "300px" },
);
for (const box of document.querySelectorAll("[data-map], [data-map-input]")) {
  box.hidden = false;
  near.observe(box);
}
if (document.querySelector("[data-map-input]")) kit.part("photoPart").then(({ start }) => start(kit));
