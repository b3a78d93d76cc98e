"use strict";
// The search page: names, and words inside texts, shown as text and never as HTML. Without this
// script the page's own sentence and lists stay as they are.
//
// What somebody searches for stands behind the `#` of the address, which browsers keep to
// themselves: after a `?` it would be in the log of every server and mirror, beside an address
// that may lead to a person. `search.html?q=…` works as a way in, and becomes the other at once.
{
const WORDS = window.aigaqWords;
const byId = (id) => document.getElementById(id);
const data = JSON.parse(byId("search-data").textContent);
const say = data.words;
const [form, field, all, count, hint, list, more, facets] =
  ["search", "q", "all", "count", "hint", "results", "more", "facets"].map(byId);
const PAGE = 5; // results shown at a time: the words of each come over the network
const NAMES = 50; // names asked for
const PASSAGES = 3; // of one result
const BEFORE = 8; // words of a passage before its first hit
const LENGTH = 30; // words of a passage
const TIGHT = /[\p{sc=Han}\u3000-\u303f\uff00-\uffef]/u;
const FOLDERS = ["testimonies", "people", "places", "organisations", "topics", "series"];
// Names first, then words as typed, names with mistakes in them, words in other forms, beginnings.
const RANKS = { exact: 0, prefix: 1, sounds: 2, similar: 4 };
const IN_TEXT_BY_TIER = [3, 5, 6]; // as the engine tells it
const isFromDisk = location.protocol === "file:"; // where browsers load no module
const hasEngine = !isFromDisk && typeof WebAssembly === "object";
const page = document.documentElement;

let choices; // by facet: key, token, label, number of pages here and in all languages, language
let current = 0; // number of the last search; an earlier one that comes late is dropped

// --- what is asked ---

const selects = facets ? [...facets.querySelectorAll("select")] : [];

/** What the address says: behind `#`, or where somebody came in by `?`. */
function said() {
  const own = new URLSearchParams(location.hash.slice(1));
  return [...own].length ? own : new URLSearchParams(location.search);
}

function asked() {
  const given = said();
  const chosen = selects.map(({ id }) => {
    const row = choices?.[id].find(([value]) => value === given.get(id));
    return row && { id, value: row[0], token: row[1] };
  });
  return {
    query: WORDS.clean(given.get("q") ?? ""),
    everywhere: Boolean(all) && given.get("lang") === "all",
    chosen: chosen.filter(Boolean),
  };
}

function address() {
  const given = new URLSearchParams();
  const add = (name, value) => value && given.set(name, value);
  add("q", field.value.trim());
  add("lang", all?.checked ? "all" : "");
  selects.forEach((one) => add(one.id, one.value));
  return `#${given}`;
}

/** To the address that the form says. Every search is a step back; narrowing it down is none. */
function go({ isNew }) {
  if (location.hash === address()) run();
  else if (isNew) location.hash = address();
  else location.replace(address());
}

/** What to narrow down by, with the counts of what is searched; what has none cannot be chosen. */
function offer(everywhere) {
  for (const select of choices ? selects : []) {
    select.disabled = false;
    const before = select.value;
    const options = choices[select.id].map(([value, , label, own, total, lang]) => {
      const number = everywhere ? total : own;
      const text = say.option.replace("{label}", label).replace("{n}", number);
      return element("option", { value, disabled: !number, hidden: !number, lang: lang ?? page.lang }, text);
    });
    select.replaceChildren(select.options[0], ...options);
    select.value = before;
  }
}

// --- what is found ---

/** A script that is needed only when somebody searches, loaded once. */
const scripts = new Map();
function script(name) {
  if (!scripts.has(name)) {
    const loaded = new Promise((onload, onerror) => {
      document.head.append(element("script", { src: `${data.root}assets/${name}`, onload, onerror }));
    });
    scripts.set(name, loaded);
    loaded.catch(() => scripts.delete(name));
  }
  return WORDS.inTime(scripts.get(name));
}
const names = () => script("names.js").then(() => window.aigaqNames);
const engine = () => script("search-engine.js").then(() => window.aigaqEngine);

/** The values to narrow down by, fetched when somebody opens the choice or comes with one. */
async function choose() {
  await script(`choices/${data.bundles[0].tag}.js`);
  choices = window.aigaqChoices;
  offer(all?.checked);
}

async function named(query, { exactly }) {
  if (!query) return [];
  const how = { root: data.root, languages: data.reading, limit: NAMES, exactly };
  const known = await names();
  return WORDS.inTime(known.find(query.replace(/["“”„«»]/g, " "), how));
}

/** Names; those with a mistake in them where nothing else is called so, and no text says it. */
async function people(query, texts) {
  const exact = await named(query, { exactly: hasEngine });
  return exact.whole || !hasEngine || (await texts)?.isWritten ? exact : named(query, { exactly: false });
}

/** Words inside texts, in the reader's language or in all. */
async function within({ query, everywhere, chosen }) {
  const ENGINE = await engine();
  const bundles = everywhere ? data.bundles : data.bundles.slice(0, 1);
  const tokens = chosen.map(({ token }) => token);
  const answers = await Promise.allSettled(
    bundles.map((bundle) => ENGINE.find(bundle, query, tokens, data)));
  const good = answers.filter((answer) => answer.status === "fulfilled");
  if (!good.length) throw answers[0].reason;
  return {
    found: good.flatMap(({ value }) => value.found),
    isWritten: good.some(({ value }) => value.isWritten),
    isWhole: good.length === answers.length,
  };
}

/** Of people and places those that are left by what a search was narrowed down by. */
async function left(known, { chosen }) {
  if (!known.length || !chosen.length) return known;
  const ENGINE = await engine();
  const { found } = await ENGINE.find(data.bundles[0], "", chosen.map(({ token }) => token), data);
  const paths = new Set(found.map(({ path }) => path));
  return known.filter(({ path }) => paths.has(path));
}

/** One result a page, in whatever language and by whatever way it was found, best first. */
function merged(found, known) {
  const results = new Map();
  const at = (path) => {
    if (!results.has(path)) results.set(path, { path, rank: Infinity, score: 0, versions: [] });
    return results.get(path);
  };
  for (const one of found) {
    const result = at(one.path);
    result.rank = Math.min(result.rank, IN_TEXT_BY_TIER[one.tier]);
    result.score = Math.max(result.score, one.score);
    result.versions.push(one);
  }
  known.forEach((one, place) => {
    const result = at(one.path);
    result.rank = Math.min(result.rank, RANKS[one.rank]);
    Object.assign(result, { name: one, place });
  });
  const folder = ({ path }) => (FOLDERS.indexOf(path.split("/")[0]) + FOLDERS.length + 1) % (FOLDERS.length + 1);
  const order = (a, b) =>
    a.rank - b.rank || (IN_TEXT_BY_TIER.includes(a.rank) ? 0 : a.place - b.place) ||
    b.score - a.score || folder(a) - folder(b) || (a.path > b.path) - (a.path < b.path);
  return [...results.values()].sort(order);
}

// --- what is shown ---

function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

/** A sentence with a gap, filled with nodes. */
function filled(sentence, ...nodes) {
  const [before, after = ""] = sentence.split("{n}");
  return [before, ...nodes, after];
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

const tidy = (text) => joined(WORDS.split(text)).join("");
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const ids = (fragment, beginning) =>
  fragment.anchors.filter((a) => a.id.startsWith(beginning)).map((a) => a.id.slice(beginning.length));

/** Where the hits are: stretches of words, each after the last address before it. */
function stretches(fragment, hits) {
  const places = fragment.anchors.filter((a) => !a.id.includes(":"));
  const title = WORDS.split(fragment.meta.title).length;
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

function passage(where, words, marked, href) {
  const end = Math.min(where.last, where.first + LENGTH);
  const text = joined(words.slice(where.first, end), (i) => marked.has(where.first + i));
  if (!text.length) return [];
  const shown = element("p", { className: "passage", dir: "auto" }, ...text);
  if (end < Math.min(where.last, words.length)) shown.append(" …");
  if (where.anchor) {
    const number = /^p(\d+)$/.exec(where.anchor)?.[1];
    const label = number ? say.passage.replace("{n}", number) : "#";
    shown.append(" ", element("a", { href: `${href}#${where.anchor}`, lang: page.lang }, label));
  }
  return [shown];
}

/** The declared spellings that the query hit, where the title does not have its words. */
function spelled(fragment, { hits }, query) {
  const words = WORDS.split(plain(WORDS.apart(query.replace(/"/g, " "))));
  const isIn = (name) => words.some((word) => plain(name).includes(word));
  if (isIn(fragment.meta.title)) return [fragment.meta.title];
  if (!hits.some((hit) => hit.matchedMetaFields?.includes("aka"))) return [];
  return (fragment.meta.aka ?? "").split(data.betweenNames).filter(isIn).slice(0, 4);
}

/** Why a page is among the results, where its title does not tell. */
function why(title, name, spellings = []) {
  const { lang, dir } = page;
  const isSimilar = name?.rank === "similar" || (name?.rank === "sounds" && !name.also);
  const also = spellings.length ? spellings : name ? [name.also || (isSimilar ? name.title : "")] : [];
  if (!also[0] || also[0] === title && !isSimilar) return [];
  const shown = also.flatMap((one, i) => [...(i ? [" · "] : []), element("bdi", {}, tidy(one))]);
  return [element("p", { className: "why", lang, dir }, ...filled(isSimilar ? say.similar : say.also, ...shown))];
}

function head(title, href, lang, facts) {
  const { lang: own, dir } = page;
  return [
    element("h2", {}, element("a", { href, lang, dir: "auto" }, tidy(title))),
    element("p", { className: "facts", lang: own, dir }, ...facts.filter(Boolean).flatMap((fact, i) =>
      [...(i ? [" · "] : []), element("bdi", {}, tidy(fact))])),
  ];
}

/** A page of which only the name is known: found without the engine, or in no text. */
function nameItem({ name }) {
  const { tag, dir, autonym } = data.bundles[0];
  const href = `${data.root}${tag}/${name.path}`;
  return element("li", { lang: tag, dir },
    ...head(name.title, href, name.lang, [data.kinds[name.kind], autonym]), ...why(name.title, name));
}

/** Which words to mark: where the engine found them, and all forms of what was asked for. */
function marks(hits, fragment, bundle, query) {
  const marked = new Set(hits.flatMap((hit) => hit.words));
  const table = data.forms[bundle.forms];
  if (table) {
    const wanted = new Set(WORDS.keys(query, table));
    WORDS.split(fragment.content).forEach((word, i) => {
      if (WORDS.keys(word, table).some((one) => wanted.has(one))) marked.add(i);
    });
  }
  return marked;
}

async function item(result, query) {
  if (!result.versions.length) return nameItem(result);
  const [version, ...others] = result.versions; // the reader's own language is searched first
  const { hits, bundle } = version;
  const fragment = await WORDS.inTime(hits[0].data());
  const href = `${data.root}${bundle.tag}/${result.path}`;
  const lang = ids(fragment, data.titleLanguage)[0] ?? bundle.tag;
  const words = WORDS.split(fragment.content);
  const marked = marks(hits, fragment, bundle, query);
  const where = stretches(fragment, [...marked].sort((a, b) => a - b));
  const passages = where.flatMap((one) => passage(one, words, marked, href));
  const notes = ids(fragment, data.contentNote).map((note) => data.notes[note] ?? note);
  return element("li", { lang: bundle.tag, dir: bundle.dir },
    ...head(fragment.meta.title, href, lang, [fragment.meta.kind, fragment.meta.date, bundle.autonym]),
    ...why(fragment.meta.title, result.name, spelled(fragment, version, query)),
    ...(notes.length && passages.length ? [covered(notes, passages)] : passages),
    ...(others.length ? [elsewhere(result.path, others)] : []));
}

/** Passages of a text with content notes: the notes, and the words when somebody opens them. */
function covered(notes, passages) {
  const { lang, dir } = page;
  const summary = element("summary", { lang, dir },
    ...filled(say.notes, element("bdi", {}, notes.join(" · "))));
  return element("details", { className: "covered" }, summary, ...passages);
}

/** The other languages in which the same page was found. */
function elsewhere(path, others) {
  const { lang, dir } = page;
  const links = others.flatMap(({ bundle }, i) => [
    ...(i ? [" · "] : []),
    element("a", { href: `${data.root}${bundle.tag}/${path}`, lang: bundle.tag, dir: bundle.dir }, bundle.autonym),
  ]);
  return element("p", { className: "why", lang, dir }, ...filled(say.others, ...links));
}

function tell(text, why = "") {
  count.textContent = text;
  hint.textContent = why;
}

async function show(results, query, mine) {
  const items = await Promise.all(results.splice(0, PAGE).map((one) => item(one, query)));
  if (mine !== current) return;
  list.append(...items);
  list.hidden = false;
  more.hidden = !results.length;
  more.onclick = async () => {
    const last = list.lastElementChild;
    more.disabled = true;
    await show(results, query, mine).catch(() => tell(count.textContent, say.failed));
    more.disabled = false;
    last.nextElementSibling?.querySelector("a").focus();
  };
}

async function run() {
  const mine = ++current;
  const question = asked();
  const { query, everywhere, chosen } = question;
  const isAsked = WORDS.typed(query).length || (hasEngine && chosen.length);
  if (list.contains(document.activeElement) || document.activeElement === more) field.focus();
  list.replaceChildren();
  list.hidden = more.hidden = true;
  const unable = isFromDisk ? say.disk : hasEngine ? "" : say.noEngine;
  if (!isAsked) return tell(say.ready, unable);
  tell(say.searching, unable);
  const texts = hasEngine ? within(question) : { found: [], isWhole: true };
  const [named, answer] = await Promise.allSettled([people(query, Promise.resolve(texts).catch(() => null)), texts]);
  let results = [];
  let wrong = unable;
  try {
    if (answer.status === "rejected") wrong = say.failed;
    else if (!answer.value.isWhole) wrong = say.partly;
    const known = named.value ?? [];
    results = merged(answer.value?.found ?? [], hasEngine ? await left(known, question) : known);
  } catch {
    wrong = say.failed;
  }
  if (mine !== current) return;
  const number = results.length;
  try {
    await show(results, query, mine);
  } catch {
    wrong = say.failed;
  }
  if (mine === current) tell(number ? say.count.replace("{n}", number) : everywhere ? say.nowhere : say.none, wrong);
}

// --- the form ---

async function fromAddress() {
  const given = said();
  if (hasEngine && selects.some(({ id }) => given.get(id))) {
    facets.open = true;
    await choose().catch(() => {});
  }
  const { query, everywhere, chosen } = asked();
  field.value = query;
  if (all) all.checked = everywhere;
  offer(everywhere);
  selects.forEach((one) => (one.value = chosen.find(({ id }) => id === one.id)?.value ?? ""));
  return run();
}

form.hidden = false;
if (facets) facets.hidden = !hasEngine;
form.addEventListener("submit", (event) => {
  event.preventDefault();
  go({ isNew: true });
});
all?.addEventListener("change", () => {
  offer(all.checked);
  go({ isNew: false });
});
facets?.addEventListener("toggle", () => {
  if (facets.open && !choices) choose().catch(() => tell(count.textContent, say.failed));
});
selects.forEach((one) => one.addEventListener("change", () => go({ isNew: false })));
// Whoever goes to the field will search: the engine is fetched then, never with the page.
field.addEventListener("focus", () => {
  names().then((known) => known.prepare?.({ root: data.root })).catch(() => {});
  if (hasEngine) engine().then((known) => known.prepare(data.bundles[0], data)).catch(() => {});
}, { once: true });
window.addEventListener("hashchange", fromAddress);
if (location.search && !location.hash && !isFromDisk) {
  const given = new URLSearchParams(location.search);
  history.replaceState(null, "", `${location.pathname}#${given}`);
}
fromAddress();
}
