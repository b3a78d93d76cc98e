"use strict";
// Finds people, places and organisations by name, in any spelling and script, without
// WebAssembly and from a disk too. Tables and files are those of pages/name_index.py, read when
// asked for; what sounds alike is told as words/names.py tells it: tests hold both to the same.
window.aigaqNames = (() => {

const FOLDER = "assets/names/";
const PATIENCE = 20000; // ms for one file
const FILES = 3; // read in one step of a search, at most
const REST = 3; // letters by which a word may go on that only sounds like what was typed
const FEW = 5; // names that may be meant, where they are not the nearest
const LIMIT = 20; // names found, unless told
const [NEAR, MORE, SWAPPED, OTHER] = [1, 3, 3, 4];
const KINDS = ["person", "place", "organisation"];
const FOLDERS = ["people", "places", "organisations"];
// What sounds the same is a better find than a beginning, what sounds nearly so is not, and
// what only begins with such sounds may as well be another name than one with a mistake.
const [EXACT, SAME, PREFIX, SOUNDS, SIMILAR, BEGINS] = [0, 1, 2, 3, 4, 5];
const PART = 9; // words left of a name that has not all words of a query: more than any other has
const RANKS = ["exact", "sounds", "prefix", "sounds", "similar", "similar"];
const ARABIC = /[\u0600-\u06ff]/;
const IS_HAN = /^[\u3400-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}]/u;
const HAN = /[\u3400-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}]+/gu;

let tables, starts, lists, characters; // as `begin` brings them

const memo = (make) => {
  const known = new Map();
  return (of) => {
    if (!known.has(of)) known.set(of, make(of));
    return known.get(of);
  };
};
const unique = (list) => [...new Set(list)];
const rules = (rows) => rows.map(([find, written]) => [new RegExp(find, "gu"), written]);
const replaced = (text, list) =>
  list.reduce((so, [find, written]) => so.replace(find, written), text);

function begin(given, ...directory) {
  [starts, lists, characters] = directory;
  tables = {
    letters: new Map(Object.entries(given.letters)),
    same: new Map(Object.entries(given.same)),
    sequences: rules(given.sequences),
    sounds: rules(given.sounds),
    readings: rules(given.other_readings).map((rule) => [rule]),
    vowels: new Set(given.vowels),
    particles: new Set(given.particles),
    near: new Set(given.near.flatMap((two) => [two, two[1] + two[0]])),
    suffix: new RegExp(`^(.{3,}?)(?:${given.suffixes.join("|")})$`, "u"),
  };
}

// --- words: as words/names.py ---

const lettered = (text) => [...text].map((c) => tables.letters.get(c) ?? c).join("");

function folded(text) {
  let plain = text.normalize("NFKC").toLowerCase();
  if (ARABIC.test(plain)) plain = replaced(plain, tables.sequences);
  plain = lettered(lettered(plain).normalize("NFKD").replace(/\p{M}/gu, ""));
  return plain.replace(/[^\p{L}\p{N}]+/gu, " ").trim();
}

const sounded = memo((word) =>
  replaced(tables.same.get(word) ?? word, tables.sounds).replace(/(.)\1+/gu, "$1"));

const isConsonant = (letter) => !tables.vowels.has(letter);
const bones = memo(([first, ...rest]) =>
  (isConsonant(first) ? first : "a") + rest.filter(isConsonant).join(""));

function words(name) {
  const apart = folded(name).replace(HAN, " $& ").split(" ").filter(Boolean);
  const own = apart.filter((word) => !tables.particles.has(word));
  return own.length ? own : apart;
}

const readings = (word) => [word, ...tables.readings.map((rule) => replaced(word, rule))];
const stem = (word) => word.replace(tables.suffix, "$1");
const stems = memo((word) => unique(readings(word).map(stem).map(sounded)));
const full = memo((word) => unique(readings(word).map(sounded)));
const heard = memo((word) => unique([...full(word), ...stems(word)]));
const roots = (word) => unique(stems(word).map(bones));
const neighbours = (list) => list.slice(1).map((word, i) => list[i] + word);
const skeleton = (text) =>
  folded(text).replace(/[^ ]+/g, (word) => bones(sounded(word)));

function keys(name) {
  const parts = words(name);
  return unique([...parts, ...neighbours(parts)].flatMap(heard).map(bones)).sort();
}

function cost(one, other) {
  return one === other ? 0 : tables.near.has(one + other) ? NEAR : OTHER;
}

/** As in Python. */
function distance(one, other, cap = 2 * OTHER) {
  const [a, b] = [[...one], [...other]];
  let [last, before] = [[], []];
  let row = [0, ...b].map((_, n) => n * MORE);
  for (let i = 0; i < a.length; i++) {
    [last, before, row] = [before, row, [row[0] + MORE]];
    for (let n = 0; n < b.length; n++) {
      let changed = before[n] + cost(a[i], b[n]);
      if (i && n && a[i] === b[n - 1] && a[i - 1] === b[n]) {
        changed = Math.min(changed, last[n - 1] + SWAPPED);
      }
      row.push(Math.min(changed, before[n + 1] + MORE, row[n] + MORE));
    }
    if (Math.min(...row) > cap) return cap + 1;
  }
  return Math.min(row[b.length], cap + 1);
}

const nearest = (ones, others, limit, isPair = () => true) => {
  let least = Infinity;
  for (const a of ones)
    for (const b of others) {
      const cap = Math.min(limit(Math.max(a.length, b.length)), least);
      const far = Math.abs(a.length - b.length) * MORE > cap || !isPair(a, b);
      const found = far ? Infinity : distance(a, b, cap);
      if (found <= cap) least = found;
    }
  return least;
};
const forVowels = (letters) => (letters < 5 ? 1 : letters < 8 ? 2 : 3);
const forMistakes = (letters) => (letters < 4 ? 0 : letters < 8 ? OTHER : 2 * OTHER);
const sameBones = (a, b) => bones(a) === bones(b);
const likeness = (one, other, known = heard) =>
  nearest(known(one), known(other), forVowels, sameBones);

function alike(one, other, withEndings = true) {
  const known = withEndings ? heard : full;
  const [fewer, more] = [words(one), words(other)].sort((a, b) => a.length - b.length);
  const like = (a, b) => likeness(a, b, known) < Infinity;
  if (!fewer.length) return false;
  if (fewer.every((a) => more.some((b) => like(a, b)))) return true;
  return more.length > 1 && like(fewer.join(""), more.join(""));
}

// --- files ---

const arrived = new Map();
const started = new Map();
const put = (name, data) => arrived.set(name, data);

/** A file of the index, read once: what it put, or an error where it does not come in time. */
function file(root, name) {
  if (!started.has(name)) {
    const coming = fetched(root, name);
    started.set(name, coming);
    coming.catch(() => started.delete(name));
  }
  return started.get(name);
}

function fetched(root, name) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    const fail = () => {
      script.remove();
      reject(new Error(`the names in ${name} did not arrive`));
    };
    const timer = setTimeout(fail, PATIENCE);
    script.onerror = script.onload = () => {
      clearTimeout(timer);
      if (name === "index" ? tables : arrived.has(name)) resolve(arrived.get(name));
      else fail();
    };
    script.src = `${root}${FOLDER}${name}.js`;
    document.head.append(script);
  });
}

/** Reads the tables and the directory: for when somebody goes to the field. */
const prepare = ({ root = "" } = {}) => file(root, "index");

const coded = (c) => `u${c.codePointAt(0).toString(16)}-`;
const named = (start) =>
  `n-${start.toLowerCase().replace(/ /g, "_").replace(/[^a-z0-9_]/gu, coded)}`;

const shelf = new Map(); // the records of a file, each name folded once

async function records(root, start) {
  const rows = await file(root, named(start));
  if (!shelf.has(start)) {
    shelf.set(start, rows.map(([kind, id, ...rest]) => ({ kind, id, names: spellings(rest) })));
  }
  return shelf.get(start);
}

function spellings(spelled) {
  const names = [];
  for (let i = 0; i < spelled.length; i += 2) {
    const [lang, worse] = spelled[i].split(" ");
    names.push({ lang, worse: Number(worse), text: spelled[i + 1] });
  }
  return names;
}

// --- which files ---

/** The files that hold what begins with a key: each holds all from its start to the next's. */
const under = (key) =>
  starts.filter((start, i) => start < `${key}\uffff` && !(starts[i + 1] <= key));

/** The files of a word given by its roots. Of many one: that with the other words beside it. */
function shelves(own, others) {
  const [files, more] = [new Set(), []];
  for (const root of own) {
    const isCommon = others.length && under(`${root} `).length > 1;
    for (const end of isCommon ? others.flat().map((other) => `${other} `) : [""]) {
      const key = `${root} ${end}`;
      const held = under(key);
      files.add(held.find((start) => start >= key) ?? held[0]);
      more.push(held.length > 1);
    }
  }
  return { files: [...files], more: more.some(Boolean) };
}

const rest = (list, i) => list.filter((_, n) => n !== i);
const beside = (asked) => asked.map((own, i) => shelves(own, rest(asked, i)));

/** The files of the word that needs fewest: a name stands in those of each of its words. */
const plan = (asked) =>
  beside(asked).sort((a, b) => a.more - b.more || a.files.length - b.files.length)[0];

/** The files of all words that begin so, beside one of the other words where there are. */
const beginnings = (asked) =>
  asked.flatMap((own, i) => {
    const ends = asked.length > 1 ? rest(asked, i).flat().map((other) => ` ${other}`) : [""];
    const keys = own.flatMap((root) => ends.map((end) => root + end));
    return keys.map((key) => ({ files: under(key), more: false }));
  });

/** Roots of a word that may go on: only at its end does `d` sound as `t`. */
function openRoots(word) {
  const last = word.slice(-1);
  const open = "bd".includes(last) ? roots(word).map((root) => root.slice(0, -1) + last) : [];
  return unique([...roots(word), ...open]);
}

/** Roots of the words nearest to one that may have a mistake; its own, where it is known. */
async function nearRoots(word, root) {
  const { length } = sounded(word);
  const read = lists.filter((from, i) => from <= length + 2 && !(lists[i + 1] < length - 1));
  const known = await Promise.all(read.map((from) => file(root, `w-${from}`)));
  const found = known.flatMap((list) => list.split(" "))
    .map((other) => [nearest(stems(word), [other], () => 2 * OTHER), other]);
  const least = Math.min(...found.map(([price]) => price));
  if (least === Infinity) return roots(word);
  const best = found.filter(([price]) => price <= least + NEAR);
  return unique(best.map(([, other]) => bones(other)));
}

// --- which names ---

/** Whether a word begins with what was typed, by its sounds: `Кали`, `Qalida`. */
function beginsAlike(asked, word) {
  const start = sounded(`${asked}a`).slice(0, -1);
  const isShort = start.length < 3 || word.length > asked.length + REST;
  return !isShort && full(word).some((sound) => sound.startsWith(start));
}

/** How a word that was asked for meets one of a name: `[rank, cost]`, or not at all. */
function meeting(asked, word) {
  if (asked === word) return [EXACT, 0];
  const longer = word.length - asked.length;
  if (IS_HAN.test(asked)) return word.includes(asked) ? [PREFIX, longer] : null;
  const like = likeness(asked, word);
  if (like <= NEAR) return [SAME, like];
  if (word.startsWith(asked)) return [PREFIX, longer];
  if (like < Infinity) return [SOUNDS, like];
  return beginsAlike(asked, word) ? [BEGINS, word.length] : null;
}

function withMistakes(asked, word) {
  const price = Math.min(
    nearest(heard(asked), heard(word), forMistakes),
    nearest([asked], [word], forMistakes),
  );
  const found = meeting(asked, word);
  return price < Infinity && !(found?.[0] <= SOUNDS) ? [SIMILAR, price] : found;
}

/** Words, and neighbours as one; each with the places that it takes. */
const units = (parts) => [
  ...parts.map((word, i) => ({ word, places: [i] })),
  ...neighbours(parts).map((word, i) => ({ word, places: [i, i + 1] })),
];

/** The words of a query, then with each two neighbours as one. */
const variants = (parts) => [
  parts,
  ...neighbours(parts).map((word, i) => [...parts.slice(0, i), word, ...parts.slice(i + 2)]),
];

/** Each word with one of a name, no place twice: `[rank, cost]`, or nothing. */
function all(asked, name, meet) {
  const taken = new Set();
  let [rank, sum] = [EXACT, 0];
  for (const word of asked) {
    let best;
    for (const unit of name.units) {
      const found = !unit.places.some((place) => taken.has(place)) && meet(word, unit.word);
      const isPart = found && unit.places.length > 1 && found[0] > SAME;
      if (found && !isPart && (!best || order(found, best.found) < 0)) best = { found, unit };
    }
    if (!best) return null;
    best.unit.places.forEach((place) => taken.add(place));
    rank = Math.max(rank, best.found[0]);
    sum += best.found[1];
  }
  return [rank, sum, name.words.length - taken.size];
}

/** Compares lists of numbers, the first difference counts. */
function order(one, other) {
  const at = one.findIndex((value, i) => value !== other[i]);
  return at < 0 ? 0 : one[at] - other[at];
}

/** How a query meets a name: all its words, or all of the name's where it has fewer. */
function compared(asked, name, meet) {
  name.words ??= words(name.text);
  name.units ??= units(name.words);
  const found = asked.map((parts) => all(parts, name, meet)).filter(Boolean).sort(order);
  const query = asked[0];
  if (!found.length && name.words.length < query.length) {
    const whole = (a, b) => a.startsWith(b) && a !== b ? null : meet(b, a);
    const part = all(name.words, { words: query, units: units(query) }, whole);
    if (part && name.words.length > 1) return [Math.max(part[0], SOUNDS), part[1], PART];
    if (part) return [SIMILAR, part[1] + 3 * OTHER, PART];
  }
  return found[0];
}

/** As `in_language` of pages/naming.py. */
function titled(names, languages) {
  const tongue = (tag) => tag.split("-")[0];
  const place = (lang) => [...languages, lang].indexOf(lang);
  const rank = ({ lang, worse }) =>
    languages.includes(lang) && tongue(lang) === tongue(languages[0]) && worse < 2
      ? [0, worse, place(lang)]
      : [1 + worse, place(lang), 0];
  return names.reduce((best, name) => (order(rank(name), rank(best)) < 0 ? name : best));
}

function hit(record, asked, languages, meet) {
  const title = titled(record.names, languages);
  const met = record.names
    .map((name) => ({ name, found: compared(asked, name, meet) }))
    .filter(({ found }) => found);
  if (!met.length) return [];
  const [{ name, found }] = met.sort(
    (a, b) => order(a.found, b.found) || (b.name === title) - (a.name === title),
  );
  return [{
    path: `${FOLDERS[record.kind]}/${record.id}.html`,
    kind: KINDS[record.kind],
    title: title.text,
    lang: title.lang,
    rank: RANKS[found[0]],
    also: name.text === title.text ? "" : name.text,
    found,
  }];
}

// --- the search ---

const isWhole = ({ found: [rank, , left] }) => rank < SIMILAR && left < PART;

/**
 * The best names for a query, best first; `more` of the list tells that there are others,
 * `whole` that one has all that was asked for.
 * Names with mistakes in them are told only where none has all that was asked for, and the
 * nearest only; `exactly` asks for none of them, and reads fewer files.
 */
async function find(query, { root = "", languages = ["en"], limit = LIMIT, exactly = false } = {}) {
  await prepare({ root });
  const parts = words([...query].map((c) => characters[c] ?? c).join(""));
  const seen = { files: new Set(), records: new Map(), more: false };
  const open = parts.map(openRoots);
  const near = () => Promise.all(parts.map((word) => nearRoots(word, root)));
  const steps = [
    () => [plan(open)],
    () => [...beside(neighbours(parts).map(roots)), ...beginnings(open), ...beside(open)],
    ...(exactly ? [] : [async () => [plan(await near())]]),
  ];
  const asked = variants(parts);
  let hits = [];
  for (const step of parts.length ? steps : []) {
    if (step === steps[2] && hits.some(isWhole)) break;
    await read(await step(), root, seen);
    hits = met(seen, asked, languages, meeting);
    if (hits.some(({ found }) => found[0] < PREFIX)) break;
  }
  const good = hits.filter(({ found }) => found[0] < SIMILAR);
  if (good.some(isWhole) || exactly) return answer(good, seen, limit);
  return answer(likeliest(met(seen, asked, languages, withMistakes)), seen, limit);
}

/** Of names with mistakes the nearest; others that are nearly so near where they are few. */
function likeliest(hits) {
  const similar = hits.filter(({ found }) => found[0] === SIMILAR);
  const least = Math.min(...similar.map(({ found }) => found[1]));
  const near = similar.filter(({ found }) => found[1] <= least + NEAR);
  near.sort((a, b) => order(a.found, b.found));
  const told = near.filter(({ found }, place) => found[1] <= least || place < FEW);
  return [...hits.filter(({ found }) => found[0] !== SIMILAR), ...told];
}

/** All hits among the records that were read; how two words meet is asked once of each two. */
function met(seen, asked, languages, how) {
  const known = memo((one) => memo((word) => how(one, word)));
  const meet = (one, word) => known(one)(word);
  return [...seen.records.values()].flatMap((record) => hit(record, asked, languages, meet));
}

/** Reads the first files of some plans that are not yet read. */
async function read(plans, root, seen) {
  const all = unique(plans.flatMap(({ files }) => files));
  const wanted = all.filter((one) => !seen.files.has(one));
  const chosen = wanted.slice(0, FILES);
  seen.more ||= wanted.length > FILES || plans.some(({ more }) => more);
  const got = await Promise.all(chosen.map((start) => records(root, start)));
  chosen.forEach((start) => seen.files.add(start));
  for (const record of got.flat()) seen.records.set(`${record.kind} ${record.id}`, record);
}

/** By how they were found, then by title and address, so that the order is always the same. */
function answer(hits, seen, limit) {
  const text = (hit) => `${hit.title}\n${hit.path}`;
  hits.sort((a, b) => order(a.found, b.found) || (text(a) < text(b) ? -1 : 1));
  const shown = hits.slice(0, limit).map(({ found, ...hit }) => hit);
  return Object.assign(shown, {
    more: seen.more || hits.length > limit,
    files: seen.files.size,
    whole: hits.some(isWhole),
  });
}

return { find, prepare, begin, put, folded, sounded, skeleton, keys, alike, distance };
})();
