"use strict";
// Pagefind's bundles: one or more folders a language, loaded when first asked, each within a time.
window.aigaqEngine = (() => {

const WORDS = window.aigaqWords;
const { inTime } = WORDS;
// Spellings of a name weigh most. The kind and date of a page are found, but say little; the keys
// of word forms are below the words themselves; what narrows down weighs nothing.
const RANKING = { metaWeights: { aka: 8, title: 1, kind: 0.1, date: 0.1, forms: 0.2, facets: 0 } };
const [TYPED, OTHERWISE] = [0, 1]; // how a page was found: as typed, or in another form or script

const kept = new Map();

/** What `make` promises for a key, made once; a failure is forgotten, so that it can be tried again. */
function once(key, make) {
  if (!kept.has(key)) {
    const made = inTime(make());
    kept.set(key, made);
    made.catch(() => kept.delete(key));
  }
  return kept.get(key);
}

// --- one language ---

/** Each language has its own copy of the script: two engines in one of them would share memory. */
const start = (bundle, data) => once(bundle.tag, async () => {
  if (typeof WebAssembly !== "object") throw new Error("no WebAssembly");
  const [folder, ...further] = bundle.folders.map((one) => new URL(data.root + one, location.href).pathname);
  const pagefind = await import(`${folder}pagefind.js`);
  const made = pagefind.createInstance({ basePath: folder, noWorker: true, ranking: RANKING });
  for (const part of further) await made.mergeIndex(part, { ranking: RANKING });
  await made.search(""); // waits until the engine runs, and fails where it cannot
  return made;
});

/** The path of each page, by the engine's number for it. */
const paths = (bundle, data) => once(`${bundle.tag} paths`, async () => {
  const read = (folder) => fetch(`${data.root}${folder}pages.json`).then((answer) => answer.json());
  return Object.assign({}, ...(await Promise.all(bundle.folders.map(read))));
});

/** The pages that all searches hit: by id the sum of the scores, and the hits. */
async function all(engine, searches) {
  let found = null;
  for (const search of searches) {
    const { results } = await inTime(engine.search(search));
    const fresh = new Map(results.map((hit) => [hit.id, { score: hit.score, hits: [hit] }]));
    for (const [id, one] of fresh) {
      const earlier = found?.get(id);
      if (earlier) {
        one.score += earlier.score;
        one.hits.unshift(...earlier.hits);
      } else if (found) fresh.delete(id);
    }
    found = fresh;
  }
  return found ?? new Map();
}

const byFormAlone = ({ hits }) =>
  hits.every((hit) => !hit.words.length && hit.matchedMetaFields?.every((field) => field === "forms"));

/** What is found by words; those as typed first, a page counts as it was found first. */
async function byWords(engine, bundle, query, data) {
  const found = new Map();
  const add = (more, tier) => more.forEach((one, id) => {
    if (!found.has(id)) found.set(id, { ...one, tier: byFormAlone(one) ? OTHERWISE : tier });
  });
  const tries = [WORDS.typed(query), WORDS.finer(query)];
  for (const searches of tries) if (!found.size) add(await all(engine, searches), TYPED);
  // The words for narrowing down begin like words; whoever types such a beginning means a word.
  for (const [id, one] of found) if (!one.score && !one.hits[0].words.length) found.delete(id);
  for (const other of WORDS.otherHan(query, data.han)) add(await all(engine, WORDS.typed(other)), OTHERWISE);
  const table = data.forms[bundle.forms];
  if (table) add(await all(engine, WORDS.byKeys(query, table)), OTHERWISE);
  return found;
}

/**
 * The pages of a bundle: a list of `{ id, bundle, score, tier, hits }`. `tokens` are the words of
 * what it is narrowed down by; a query without words finds all that they leave.
 */
async function find(bundle, query, tokens, data) {
  const engine = await start(bundle, data);
  const left = tokens.length ? await all(engine, tokens.map((one) => `"${one}"`)) : null;
  const hasWords = WORDS.typed(query).length > 0;
  const found = hasWords ? await byWords(engine, bundle, query, data) : left ?? new Map();
  return [...found].filter(([id]) => !left || left.has(id)).map(([id, one]) => ({ tier: TYPED, ...one, id, bundle }));
}

/** The same with the `path` of each page, without its language. Costs a file for each folder. */
const located = (found, data) => Promise.all(found.map(async (one) =>
  ({ ...one, path: (await paths(one.bundle, data))[one.id] })));

return { find, located, prepare: start };
})();
