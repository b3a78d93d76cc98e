"use strict";
// Pagefind's bundles: one or more folders a language, loaded when first asked, each within a time.
window.aigaqEngine = (() => {

const WORDS = window.aigaqWords;
const { inTime } = WORDS;
// Spellings of a name weigh most. The kind and date of a page are found, but say little; the keys
// of word forms are below the words themselves; what narrows down weighs nothing.
const RANKING = { metaWeights: { aka: 8, title: 1, kind: 0.1, date: 0.1, forms: 0.2, facets: 0 } };
// How a page was found: as typed, in another form or script, or by the beginning of a word alone.
const [TYPED, OTHERWISE, BEGINNING] = [0, 1, 2];

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

// --- the engine ---

// Pagefind's own script weighs 13 KB, most of it for what is not asked for here. Its WebAssembly
// is called as that script calls it: in the version of which this is known, by browsers that
// unpack files themselves; else by the script.
const KNOWN = "1.5.2";
const HEAD = 12; // bytes of a signature, with which each unpacked file begins

async function unpacked(url) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url} is missing`);
  let data = await answer.arrayBuffer();
  if (new Uint8Array(data)[0] === 0x1f) {
    const stream = new Blob([data]).stream().pipeThrough(new DecompressionStream("gzip"));
    data = await new Response(stream).arrayBuffer();
  }
  return new Uint8Array(data, HEAD);
}

/** The functions of the WebAssembly: bytes and texts go in through its memory, texts come out. */
async function program(url) {
  const table = {
    __wbindgen_init_externref_table() {
      const known = own.__wbindgen_externrefs;
      const at = known.grow(4);
      known.set(0, undefined);
      [undefined, null, true, false].forEach((value, n) => known.set(at + n, value));
    },
  };
  const { instance } = await WebAssembly.instantiate(await unpacked(url), { "./pagefind_web_bg.js": table });
  const own = instance.exports;
  own.__wbindgen_start();
  const memory = (at, length) => new Uint8Array(own.memory.buffer, at >>> 0, length);
  const given = (value) => {
    const data = typeof value === "string" ? new TextEncoder().encode(value) : value;
    const at = own.__wbindgen_malloc(data.length, 1);
    memory(at, data.length).set(data);
    return [at, data.length];
  };
  const told = ([at, length]) => {
    const text = new TextDecoder().decode(memory(at, length));
    own.__wbindgen_free(at, length, 1);
    return JSON.parse(text);
  };
  return { own, given, told };
}

/** One folder of a language: what is loaded of its index, and the searches in it. */
async function part(folder, { hash }, running) {
  const [{ own, given, told }, meta] = await Promise.all([running, unpacked(`${folder}pagefind.${hash}.pf_meta`)]);
  const ranking = JSON.stringify({ meta_weights: RANKING.metaWeights });
  let index = own.set_ranking_weights(own.init_pagefind(...given(meta)), ...given(ranking));
  const load = (name) => once(`${folder}${name}`, async () => {
    const words = await unpacked(`${folder}index/${name}.pf_index`);
    index = own.load_index_chunk(index, ...given(words));
  });
  const fragment = (id) => once(`${folder}fragment ${id}`, async () =>
    JSON.parse(new TextDecoder().decode(await unpacked(`${folder}fragment/${encodeURIComponent(id)}.pf_fragment`))));
  return async (query) => {
    const marks = /[\p{Pd}\p{Pe}\p{Pf}\p{Pi}\p{Po}\p{Ps}]\p{M}*/gu;
    const typed = query.replace(marks, "").toLowerCase().replace(/\s+/g, " ").trim();
    if (!typed) return [];
    const plain = typed.normalize("NFD").replace(/\p{M}/gu, "");
    await Promise.all(told(own.request_indexes(index, ...given(plain))).map(load));
    const isPhrase = /^\s*".+"\s*$/.test(query);
    const asked = [plain, typed, "{}", ""].flatMap(given);
    const { results } = told(own.search(index, ...asked, isPhrase, false));
    return results.map(({ p: id, s: score, l: places, mf }) => ({
      id, score, words: places.map(({ l }) => l), matchedMetaFields: mf?.length ? mf : undefined,
      data: () => fragment(id),
    }));
  };
}

/** A language by its folders; the first has the program that all of them use. */
async function direct(folders, entries) {
  const languages = entries.map((entry) => Object.values(entry.languages)[0]);
  const running = program(`${folders[0]}wasm.${languages[0].wasm ?? "unknown"}.pagefind`);
  const parts = await Promise.all(folders.map((folder, n) => part(folder, languages[n], running)));
  const search = async (query) => (await Promise.all(parts.map((one) => one(query)))).flat();
  return { search: async (query) => ({ results: (await search(query)).sort((a, b) => b.score - a.score) }) };
}

/** The same by the script that comes with it. */
async function byScript([folder, ...further]) {
  const pagefind = await import(`${folder}pagefind.js`);
  const made = pagefind.createInstance({ basePath: folder, noWorker: true, ranking: RANKING });
  for (const one of further) await made.mergeIndex(one, { ranking: RANKING });
  await made.search(""); // waits until the engine runs, and fails where it cannot
  return made;
}

// --- one language ---

/** Each language has a program of its own: two in one would share what they know of endings. */
const start = (bundle, data) => once(bundle.tag, async () => {
  if (typeof WebAssembly !== "object") throw new Error("no WebAssembly");
  const folders = bundle.folders.map((one) => new URL(data.root + one, location.href).pathname);
  // A new address each time: what the entry leads to changes with every change of a text.
  const entry = (folder) => fetch(`${folder}pagefind-entry.json?ts=${Date.now()}`).then((one) => one.json());
  const entries = await Promise.all(folders.map(entry));
  const isKnown = "DecompressionStream" in window && entries.every(({ version }) => version === KNOWN);
  const { search } = await (isKnown ? direct(folders, entries) : byScript(folders));
  // What the language has for characters of the other Chinese script, by which they may be typed.
  return { search, isSplit: folders.length > 1, han: Object.assign({}, ...entries.map((one) => one.han)) };
});

/** A page's id is its path without the language, as output/search_pieces.py writes it. */
const path = (id) => `${id.replace("~", "/")}.html`;

/**
 * In a part of a language a word may be missing that others have. The engine passes over such a
 * word, and takes a shorter one for it, as `1` for `17`: so each word is searched for by itself,
 * numbers exactly, and only what no part has is passed over.
 */
async function wordByWord(engine, searches) {
  const isExact = (one) => one.startsWith('"');
  const words = searches.flatMap((one) => isExact(one) ? [one] : WORDS.split(one))
    .map((one) => /^\p{N}+$/u.test(one) ? `"${one}"` : one);
  const found = await Promise.all(words.map((one) => isExact(one) ? null : engine.search(one)));
  return words.filter((_, n) => found[n]?.results.length !== 0);
}

/** The pages that all searches hit: by id the sum of the scores, and the hits. */
async function all(engine, searches) {
  let found = null;
  for (const search of engine.isSplit ? await wordByWord(engine, searches) : searches) {
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
  for (const other of WORDS.otherHan(query, engine.han)) add(await all(engine, WORDS.typed(other)), OTHERWISE);
  const table = data.forms[bundle.forms];
  const forms = table ? await all(engine, WORDS.byKeys(query, table)) : new Map();
  // The engine also finds what begins as a word does, or is its beginning: no form of it.
  if (forms.size) for (const [id, one] of found) if (!forms.has(id)) one.tier = BEGINNING;
  add(forms, OTHERWISE);
  return found;
}

/** Whether each word of a query stands in a text, as typed or in another form. */
async function written(engine, bundle, query, data) {
  const table = data.forms[bundle.forms];
  for (const word of WORDS.split(WORDS.apart(query.replace(/["“”„«»]/g, " ")))) {
    const ways = [`"${word}"`, ...(table ? WORDS.byKeys(word, table) : [])];
    const found = await Promise.all(ways.map((one) => engine.search(one)));
    if (!found.some(({ results }) => results.length)) return false;
  }
  return true;
}

/**
 * The pages of a bundle as `found`, a list of `{ path, bundle, score, tier, hits }`, and whether
 * the words are written there. `tokens` are the words of what it is narrowed down by; a query
 * without words finds all that they leave.
 */
async function find(bundle, query, tokens, data) {
  const engine = await start(bundle, data);
  const left = tokens.length ? await all(engine, tokens.map((one) => `"${one}"`)) : null;
  const hasWords = WORDS.typed(query).length > 0;
  const found = hasWords ? await byWords(engine, bundle, query, data) : left ?? new Map();
  return {
    found: [...found].filter(([id]) => !left || left.has(id))
      .map(([id, one]) => ({ tier: TYPED, ...one, path: path(id), bundle })),
    isWritten: found.size > 0 && await written(engine, bundle, query, data),
  };
}

return { find, prepare: start };
})();
