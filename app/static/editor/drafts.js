// Drafts: a text is kept in this browser every 3 s, until its save has certainly arrived (see forget.js).
// Key: "gc-draft <address of the form> <revision that the text started from> <this opening of the editor>",
// so neither another tab nor a second try overwrites a text.

const EVERY = 3000; // milliseconds
const MONTH = 30 * 24 * 3600 * 1000; // milliseconds

export function start(gare) {
  const { area, form } = gare;
  const { base } = form.elements;
  const { zone } = gare.addresses;
  const place = form.getAttribute("action");
  const saved = area.defaultValue;
  const drafts = listDrafts();
  const { key: sentKey, address } = takeSent() || {};
  const sent = drafts.find(({ key }) => key === sentKey);
  // The site gave the text back, not saved: a preview, a fault, a conflict.
  const isBack = "unsaved" in form.dataset || (sent && isSame(sent.text, saved));
  // Drafts that this one goes on with; a part in conflict comes back as the whole page.
  const replaced = isBack && sent && address === form.dataset.address ? [sentKey] : [];
  let own, kept, timer, isLeaving;
  let isSafe = true;

  begin(base.value);
  drafts.forEach(sort);
  if (isBack || area.value !== saved) keep();

  area.addEventListener("input", () => (timer ||= setTimeout(keep, EVERY)));
  addEventListener("pagehide", keep);
  addEventListener("pageshow", () => (isLeaving = false));
  document.addEventListener("visibilitychange", keep);
  addEventListener("beforeunload", (event) => isSafe || isLeaving || event.preventDefault());
  for (const each of [form, ...document.querySelectorAll("[data-saves-draft]")]) {
    each.addEventListener("submit", () => {
      isLeaving = true;
      keep();
      write("sessionStorage", "gc-sent", { key: own, address: form.dataset.address });
    });
  }

  function begin(revision) {
    base.value = revision;
    own = `gc-draft ${place} ${revision} ${Date.now().toString(36)}`;
    kept = isBack ? null : saved;
  }

  function sort(draft) {
    if (Date.now() - draft.at > MONTH) remove(draft.key);
    else if (draft.place !== place || replaced.includes(draft.key)) return;
    else if (isSame(draft.text, area.value) && (isBack || area.value !== saved)) {
      // A browser that brings a text back after a reload forgets what it started from.
      if (!isBack && !replaced.length) begin(draft.base);
      replaced.push(draft.key);
    } else if (isSame(draft.text, saved)) remove(draft.key);
    else offer(draft);
  }

  function offer(draft) {
    const line = document.getElementById("gc-draft").content.firstElementChild.cloneNode(true);
    const [use, drop, undo] = line.querySelectorAll("button");
    const sentence = line.querySelector("span");
    const found = gare.word(draft.base === base.value ? "draft" : "draftOlder", { when: moment(draft.at, zone) });
    const leave = () => remove(draft.key);
    use.onclick = () => {
      keep();
      begin(draft.base);
      replaced.push(draft.key);
      gare.replace(0, area.value.length, draft.text);
      keep();
      line.remove();
    };
    drop.onclick = () => turn(true);
    undo.onclick = () => turn(false);
    sentence.textContent = found;
    document.getElementById("gc-drafts")?.append(line);

    // Dropped for good when the page is left: until then it can be undone.
    function turn(isDropped) {
      sentence.textContent = isDropped ? gare.word("draftDropped") : found;
      use.hidden = drop.hidden = isDropped;
      undo.hidden = !isDropped;
      (isDropped ? undo : drop).focus();
      (isDropped ? addEventListener : removeEventListener)("pagehide", leave);
    }
  }

  function keep() {
    timer = clearTimeout(timer);
    if (area.value === kept) return;
    isSafe = true;
    if (!isBack && isSame(area.value, saved)) remove(own);
    else {
      isSafe = write("localStorage", own, { text: area.value, at: Date.now() });
      const time = moment(Date.now(), zone);
      document.getElementById("gc-kept").textContent = isSafe ? gare.word("kept", { time }) : "";
      if (!isSafe) gare.say("notKept");
      else if (kept === saved) gare.say("kept", { time }); // aloud only the first time
    }
    if (!isSafe) return;
    kept = area.value;
    replaced.splice(0).forEach(remove);
  }
}

// The store of a browser may be full, or closed to this site.
function attempt(act, otherwise) {
  try {
    return act();
  } catch {
    return otherwise;
  }
}

// Newest first.
function listDrafts() {
  const keys = attempt(() => Object.keys(localStorage), []).filter((key) => key.startsWith("gc-draft "));
  return keys.flatMap(read).sort((one, other) => other.at - one.at);
}

function read(key) {
  const [, place, base] = key.split(" ");
  return attempt(() => ({ key, place, base, ...JSON.parse(localStorage.getItem(key)) }), []);
}

function takeSent() {
  const sent = attempt(() => JSON.parse(sessionStorage.getItem("gc-sent")));
  attempt(() => sessionStorage.removeItem("gc-sent"));
  return sent;
}

function write(store, key, value) {
  return attempt(() => window[store].setItem(key, JSON.stringify(value)) || true, false);
}

function remove(key) {
  attempt(() => localStorage.removeItem(key));
}

// The site ends lines and texts in its own way.
function isSame(...texts) {
  const [one, other] = texts.map((text) => text.replace(/\r\n?/g, "\n").trimEnd().normalize("NFC"));
  return one === other;
}

// In the site's zone, as all its pages say the hours; in the device's where the browser does not know that one.
function moment(time, zone) {
  const say = (at, style) => {
    const format = (timeZone) => new Intl.DateTimeFormat(document.documentElement.lang, { ...style, timeZone });
    return (attempt(() => format(zone)) || format()).format(at);
  };
  const isOld = say(time, { dateStyle: "long" }) !== say(Date.now(), { dateStyle: "long" });
  const said = say(time, { dateStyle: isOld ? "long" : undefined, timeStyle: "short" });
  const isFrench = document.documentElement.lang.startsWith("fr"); // its pages say 13 h 18
  return isFrench ? said.replace(/(\d+):(\d\d)/, hour) : said;
}

function hour(_all, hours, minutes) {
  return `${Number(hours)}\u00a0h${minutes === "00" ? "" : `\u00a0${minutes}`}`;
}
