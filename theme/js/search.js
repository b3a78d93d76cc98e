"use strict";
// The search page: Pagefind's index, one bundle a language, shown as text and never as HTML.
// Without this script (JavaScript off) or from a disk (file://, where browsers load no module) the
// page's own sentence and lists stay as they are. A classic script, so that a disk gives no error.
if (location.protocol !== "file:") {

const byId = (id) => document.getElementById(id);
const data = JSON.parse(byId("search-data").textContent);
const say = data.words;
const [form, field, all, count, list, more] =
  ["search", "q", "all", "count", "results", "more"].map(byId);
const PAGE = 10; // results shown at a time
const PASSAGES = 3; // of one result
const BEFORE = 8; // words of a passage before its first hit
const LENGTH = 30; // words of a passage
const PATIENCE = 30000; // ms; a slow telephone needs some seconds for the first search
const HAN = /\p{sc=Han}+/gu;
const KAZAKH_ENDING =
  /(?<=\p{L}{3})(?:[ндт][ыі]ң|[дт][аеыі]|н[ыі]|[дтн][ае]н|[ғгқк][ае]|[мбп]ен)(?!\p{L})/gu;
const TIGHT = /[\p{sc=Han}\u3000-\u303f\uff00-\uffef]/u;
// Spellings of a name weigh most; the kind and date of a page are found, but say little.
const RANKING = { metaWeights: { aka: 8, title: 1, kind: 0.1, date: 0.1 } };

let current = 0; // number of the last search; an earlier one that comes late is dropped

// --- the index ---

const engines = new Map();

/** The engine of a bundle, loaded once. Each has its own script: the stemmer is part of it. */
function engine(bundle) {
  if (!engines.has(bundle.tag)) {
    const started = start(bundle);
    engines.set(bundle.tag, started);
    started.catch(() => engines.delete(bundle.tag));
  }
  return engines.get(bundle.tag);
}

async function start(bundle) {
  if (typeof WebAssembly !== "object") throw new Error("no WebAssembly");
  const folder = new URL(data.root + bundle.folder, location.href).pathname;
  const pagefind = await import(folder + "pagefind.js");
  const made = pagefind.createInstance({ basePath: folder, noWorker: true, ranking: RANKING });
  await made.search(""); // waits until the engine runs, and fails where it cannot
  return made;
}

const inTime = (promise) =>
  Promise.race([
    promise,
    new Promise((_, refuse) => setTimeout(() => refuse(new Error("too slow")), PATIENCE)),
  ]);

// --- the query ---

/** Each Han character as a word of its own, as the index has them. */
const apart = (text) => text.replace(HAN, (run) => ` ${[...run].join(" ")} `);
const exactly = (text) => `"${apart(text).replace(/"/g, " ").trim().replace(/\s+/g, " ")}"`;

/** A query as searches that must all hit: the words, and each run of Han characters as a phrase. */
function searches(query) {
  if (/^".+"$/.test(query)) return [exactly(query)];
  const rest = query.replace(HAN, " ").replace(/\s+/g, " ").trim();
  const runs = query.match(HAN) ?? [];
  const words = /[\p{L}\p{N}]/u.test(rest) ? [rest] : [];
  return [...words, ...runs.map(exactly)];
}

/** Two Chinese words written together need not stand together in a text; single characters must. */
function finer(query) {
  if (typeof Intl.Segmenter !== "function") return [];
  const segmenter = new Intl.Segmenter("zh", { granularity: "word" });
  const cut = (run) => [...segmenter.segment(run)].map((one) => one.segment);
  const words = query.match(HAN)?.flatMap(cut) ?? [];
  const isCut = words.some((word) => [...word].length > 1);
  return isCut ? searches(query.replace(HAN, (run) => ` ${cut(run).join(" ")} `)) : [];
}

/** For a query without results: what else its words may look like in the language of a bundle. */
const OTHERWISE = {
  kk: (query) => query.replace(KAZAKH_ENDING, ""),
  tr: (query) => query.toLocaleLowerCase("tr"),
  ug: (query) =>
    query
      .replace(/\u06a9/g, "\u0643") // keyboards of other languages have another kaf and yeh
      .replace(/\u06cc/g, "\u064a")
      .replace(/(?<=\p{L}{2})[\u0627\u06d5](?!\p{L})/gu, "\u0649"), // vowels raised before endings
};

async function find(bundle, query) {
  const pagefind = await inTime(engine(bundle));
  const other = OTHERWISE[bundle.tag]?.(query) ?? query;
  const tries = [() => searches(query), () => finer(query)];
  if (other !== query) tries.push(() => searches(other));
  let terms = [];
  let found = [];
  for (const attempt of tries) {
    if (!found.length) found = await both(pagefind, (terms = attempt()));
  }
  // Only pages of records have this key to sort by, and only pages that have it are returned.
  const sorted = await pagefind.search(terms[0] ?? "", { sort: { record: "asc" } });
  const records = new Set(sorted.results.map((hit) => hit.id));
  return found.map((one) => ({ ...one, bundle, isRecord: records.has(one.hits[0].id) }));
}

/** All results, best first. A record has a page in each language: one of them is enough. */
function merged(answers) {
  const [own, ...others] = answers;
  const isKnown = own.some((one) => one.isRecord);
  const rest = others.flat().filter((one) => !(isKnown && one.isRecord));
  return [...own, ...rest].sort((a, b) => b.score - a.score);
}

/** The pages that every search hits, with the hits of all. */
async function both(pagefind, terms) {
  let kept = null;
  for (const term of terms) {
    const { results } = await pagefind.search(term);
    const fresh = new Map(results.map((hit) => [hit.id, { score: hit.score, hits: [hit] }]));
    for (const [id, one] of fresh) {
      const earlier = kept?.get(id);
      if (earlier) {
        one.score += earlier.score;
        one.hits.unshift(...earlier.hits);
      } else if (kept) fresh.delete(id);
    }
    kept = fresh;
  }
  return [...(kept?.values() ?? [])];
}

// --- what is shown ---

function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

/** Words with spaces between them, but for Chinese, which has none. */
function joined(words, isHit = () => false) {
  const nodes = [];
  words.forEach((word, i) => {
    const tight = i > 0 && TIGHT.test(words[i - 1].slice(-1)) && TIGHT.test(word[0]);
    if (i > 0 && !tight) nodes.push(" ");
    if (!isHit(i)) nodes.push(word);
    else if (tight && isHit(i - 1)) nodes.at(-1).append(word);
    else nodes.push(element("mark", {}, word));
  });
  return nodes;
}

const split = (text) => text.split(/\s+/).filter(Boolean);
const tidy = (text) => joined(split(text)).join("");
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** Where the hits are: stretches of words, each after the last address before it. */
function passages(page, hits) {
  const places = page.anchors.filter((a) => !a.id.startsWith(data.titleLanguage));
  const title = split(page.meta.title).length;
  const found = new Map();
  for (const hit of hits.length ? hits : [title]) {
    const at = places.findLastIndex((a) => a.location <= hit);
    if (hit >= title) found.set(at, [...(found.get(at) ?? []), hit]);
  }
  if (!found.size) found.set(-1, [title]);
  const best = [...found].sort((a, b) => b[1].length - a[1].length).slice(0, PASSAGES);
  return best.sort((a, b) => a[0] - b[0]).map(([at, inside]) => ({
    anchor: places[at]?.id ?? "",
    first: Math.max(places[at]?.location ?? title, inside[0] - BEFORE),
    last: places[at + 1]?.location ?? Infinity,
  }));
}

function passage(where, words, marked, address) {
  const end = Math.min(where.last, where.first + LENGTH);
  const text = joined(words.slice(where.first, end), (i) => marked.has(where.first + i));
  if (!text.length) return "";
  const shown = element("p", { className: "passage", dir: "auto" }, ...text);
  if (end < Math.min(where.last, words.length)) shown.append(" …");
  if (where.anchor) {
    const number = /^p(\d+)$/.exec(where.anchor)?.[1];
    const label = number ? say.passage.replace("{n}", number) : "#";
    const href = `${address}#${where.anchor}`;
    shown.append(" ", element("a", { href, lang: document.documentElement.lang }, label));
  }
  return shown;
}

/** The spellings that the query hit, if the page was found by one that is not its title. */
function also(page, result, query) {
  if (!result.hits.some((hit) => hit.matchedMetaFields?.includes("aka"))) return "";
  const asked = split(plain(apart(query))).map((word) => word.replace(/"/g, ""));
  const names = (page.meta.aka ?? "")
    .split(data.betweenNames)
    .filter((name) => name !== page.meta.title)
    .filter((name) => asked.some((word) => word && plain(name).includes(word)));
  if (!names.length) return "";
  const shown = names.slice(0, 4).map((name) => element("bdi", {}, tidy(name)));
  const [before, after] = say.also.split("{n}");
  const between = shown.flatMap((name, i) => (i ? [" · ", name] : [name]));
  const { lang, dir } = document.documentElement;
  return element("p", { className: "why", lang, dir }, before, ...between, after ?? "");
}

async function item(result, query) {
  const marked = new Set();
  let page;
  for (const hit of result.hits) {
    page = await hit.data(); // one after the other: they share an object
    page.locations.forEach((place) => marked.add(place));
  }
  const { tag, dir, autonym } = result.bundle;
  const address = data.root + page.raw_url.replace(/^\//, "");
  const language = page.anchors.find((a) => a.id.startsWith(data.titleLanguage));
  const lang = language?.id.slice(data.titleLanguage.length) ?? tag;
  const title = element("a", { href: address, lang, dir: "auto" }, tidy(page.meta.title));
  const facts = [page.meta.kind, page.meta.date, all?.checked ? autonym : ""];
  const words = split(page.content);
  const hits = [...marked].sort((a, b) => a - b);
  return element(
    "li",
    { lang: tag, dir },
    element("h2", {}, title),
    element("p", { className: "facts" }, facts.filter(Boolean).map(tidy).join(" · ")),
    also(page, result, query),
    ...passages(page, hits).map((where) => passage(where, words, marked, address)),
  );
}

function tell(text) {
  count.textContent = text;
}

async function show(results, query, mine) {
  const items = await Promise.all(results.splice(0, PAGE).map((one) => item(one, query)));
  if (mine !== current) return;
  list.append(...items);
  list.hidden = false;
  more.hidden = !results.length;
  more.onclick = async () => {
    await show(results, query, mine);
    items.at(-1).nextElementSibling?.querySelector("a").focus();
  };
}

async function run() {
  const mine = ++current;
  const query = field.value.normalize("NFC").replace(/\u0640/g, "").trim();
  list.replaceChildren();
  list.hidden = more.hidden = true;
  if (!searches(query).length) return tell(say.ready);
  tell(say.searching);
  const bundles = all?.checked ? data.bundles : data.bundles.slice(0, 1);
  const answers = await Promise.allSettled(bundles.map((bundle) => find(bundle, query)));
  if (mine !== current) return;
  const good = answers.filter((answer) => answer.status === "fulfilled");
  if (!good.length) return tell(say.failed);
  const results = merged(answers.map((answer) => answer.value ?? []));
  const note = good.length < answers.length ? ` ${say.partly}` : "";
  const number = results.length;
  try {
    await show(results, query, mine);
  } catch {
    return tell(say.failed);
  }
  if (mine === current) tell((number ? say.count.replace("{n}", number) : say.none) + note);
}

// --- the form ---

function fromAddress() {
  const asked = new URLSearchParams(location.search);
  field.value = asked.get("q") ?? "";
  if (all) all.checked = asked.get("lang") === "all";
  run();
}

function toAddress() {
  const asked = new URLSearchParams({ q: field.value.trim() });
  if (all?.checked) asked.set("lang", "all");
  history.pushState(null, "", `?${asked}`);
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  toAddress();
  run();
});
all?.addEventListener("change", () => {
  if (field.value.trim()) form.requestSubmit();
});
// Whoever goes to the field will search: the engine is fetched then, never with the page.
field.addEventListener("focus", () => engine(data.bundles[0]).catch(() => {}), { once: true });
window.addEventListener("popstate", fromAddress);
fromAddress();
}
