// Starts the parts of a page: each <link rel="modulepreload"> is one and exports start(gare). Parts never import
// each other, as addresses carry checksums: what one offers, it puts into `gare`. One that fails leaves the others.

const words = document.getElementById("gc-words").dataset;
const csrf = document.querySelector('[name="csrf_token"]'); // only of those who are signed in

const gare = {
  pending: 0, // files and pastes on their way
  actions: {}, // of the toolbar's buttons, by name
  addresses: words,
  headers: { Accept: "application/json", "X-Requested-With": "gare", ...(csrf && { "X-CSRFToken": csrf.value }) },

  // A sentence of the template with its {values}.
  word: (name, values = {}) => (words[name] || "").replace(/\{(\w+)\}/g, (hole, key) => values[key] ?? hole),

  say(name, values) {
    document.getElementById("gc-status").textContent = gare.word(name, values);
  },

  // Asks the site; throws an Error with a sentence for the writer.
  async ask(address, options = {}) {
    const signal = AbortSignal.timeout?.(15000);
    const headers = { ...gare.headers, ...options.headers };
    const answer = await fetch(address, { signal, ...options, headers }).catch(() => ({ text: () => "" }));
    if (answer.redirected) throw new Error(gare.word("signedOut"));
    if (!answer.ok) throw gare.fault(answer.status, await answer.text());
    return answer;
  },

  // An Error with the sentence of a problem answer (RFC 9457) or ours; without status: no connection.
  fault(status, body) {
    let sentence = gare.word(status === 413 ? "tooLarge" : status ? "failed" : "offline");
    try {
      sentence = JSON.parse(body).detail || sentence;
    } catch {
      // another server between us
    }
    return new Error(sentence);
  },
};

const links = [...document.querySelectorAll('link[rel="modulepreload"]')];
for (const part of await Promise.allSettled(links.map((link) => import(link.href)))) {
  try {
    part.value.start(gare);
  } catch (error) {
    console.error(part.reason || error);
  }
}
document.documentElement.dataset.editor = "ready";
