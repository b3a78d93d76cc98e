"use strict";
// What somebody typed, as searches: words, phrases, Chinese, and the keys that all forms of a word
// share. The keys are made as pages/word_forms.py makes them, with its tables, and the same tests.
window.aigaqWords = (() => {

const HAN = /\p{sc=Han}+/gu;
const SIGNS = /[\u0300-\u036f\u064b-\u065f\u0670\u0640\u200b-\u200f\u2066-\u2069\u00ad]/gu;
const WORD = /\p{L}+/gu;
const LONGEST = 40; // letters of a word
const END = "0"; // ends each key in the index
const OTHERS = 4; // ways to write a query in the other Chinese script

const PATIENCE = 30000; // ms; a slow telephone needs some seconds for the first search

/** What is promised, or an error where it does not come. */
const inTime = (promise) =>
  Promise.race([
    promise,
    new Promise((_, refuse) => setTimeout(() => refuse(new Error("too slow")), PATIENCE)),
  ]);

const split = (text) => text.split(/\s+/).filter(Boolean);
const clean = (text) => text.normalize("NFC").replace(/[\u0640\u200b-\u200f\u2066-\u2069]/g, "").trim();

// --- keys ---

const ready = new WeakMap();

function rules(table) {
  if (!ready.has(table)) {
    const pairs = (rows) => rows.map(([find, written]) => [new RegExp(find, "gu"), written]);
    ready.set(table, {
      letters: new Map(Object.entries(table.letters)),
      before: pairs(table.before),
      ending: new RegExp(table.ending || "(?!)", "u"),
      after: pairs(table.after),
    });
  }
  return ready.get(table);
}

const replaced = (text, pairs) => pairs.reduce((so, [find, written]) => so.replace(find, written), text);

/** One small word without its endings, in the letters of the table. */
function key(word, table) {
  const { letters, before, ending, after } = rules(table);
  let plain = replaced([...word].map((c) => letters.get(c) ?? c).join(""), before) || word;
  for (let longer = ""; longer !== plain; ) [longer, plain] = [plain, plain.replace(ending, "")];
  return replaced(plain, after);
}

/** The keys of all words of a text, in their order. */
function keys(text, table) {
  const small = text.normalize("NFC").toLowerCase().replace(SIGNS, "");
  const words = (small.match(WORD) ?? []).filter((word) => !word.match(HAN) && [...word].length <= LONGEST);
  return words.map((word) => key(word, table) + END);
}

// --- searches ---

/** Each Han character as a word of its own, as the index has them. */
const apart = (text) => text.replace(HAN, (run) => ` ${[...run].join(" ")} `);
const exactly = (text) => `"${split(apart(text.replace(/"/g, " "))).join(" ")}"`;
const says = (text) => /[\p{L}\p{N}]/u.test(text);

/** What stands in quotation marks, and the rest. A mark that is not closed is none. */
function parts(query) {
  const phrases = [];
  const rest = query.replace(/["“„«]([^"“”„«»]*)["”“»]/g, (_, inside) => {
    if (says(inside)) phrases.push(exactly(inside));
    return " ";
  });
  return { phrases, rest };
}

/** A query as searches that must all hit: words, phrases, each run of Han characters as a phrase. */
function typed(query) {
  const { phrases, rest } = parts(query);
  const words = split(rest.replace(HAN, " ")).join(" ");
  const runs = rest.match(HAN) ?? [];
  return [...(says(words) ? [words] : []), ...phrases, ...runs.map(exactly)];
}

/** The same by keys; what has none (numbers, phrases, Chinese) stays. */
function byKeys(query, table) {
  const { phrases, rest } = parts(query);
  const numbers = rest.match(/\p{N}+/gu) ?? [];
  const found = keys(rest, table).map((one) => `"${one}"`);
  const runs = rest.match(HAN) ?? [];
  return found.length ? [...new Set([...found, ...[...numbers, ...runs].map(exactly), ...phrases])] : [];
}

/** Two Chinese words written together need not stand together in a text; single characters must. */
function finer(query) {
  if (typeof Intl.Segmenter !== "function") return [];
  const segmenter = new Intl.Segmenter("zh", { granularity: "word" });
  const cut = (run) => [...segmenter.segment(run)].map((one) => one.segment);
  const words = query.match(HAN)?.flatMap(cut) ?? [];
  const isCut = words.some((word) => [...word].length > 1);
  return isCut ? typed(query.replace(HAN, (run) => ` ${cut(run).join(" ")} `)) : [];
}

/** A query in the characters of the other Chinese script, of those that the site has. */
function otherHan(query, variants) {
  let made = [""];
  for (const c of query) {
    const written = variants[c] ? [...variants[c], c] : [c];
    made = written.flatMap((one) => made.map((so) => so + one)).slice(0, OTHERS);
  }
  return made.filter((one) => one !== query);
}

return { inTime, split, clean, apart, keys, typed, byKeys, finer, otherHan };
})();
