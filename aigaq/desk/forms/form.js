"use strict";
// Makes files of the answers. It asks nobody for anything and keeps nothing: no request, no
// storage. Words become text nodes and quoted values, never HTML and never bare YAML.
const { skeletons, said, alphabet, folders, joiners, mirrors, claims: kinds } = JSON.parse(document.getElementById("data").textContent);
const form = document.querySelector("form");
const made = document.getElementById("made");
const ids = {};
let unsaved = false;
let left = null; // files that are made and not saved yet

// Letters that nobody sees and that a paste brings along. Joiners stay in the words of a language
// that is written with them, and nowhere else.
const UNSEEN = /[\u0000-\u0008\u000e-\u001f\u007f-\u009f\u00ad\u034f\u200b\u2060-\u206f\u202a-\u202e\ufeff]/g;
const tidy = (text) => text.replace(/\r\n?|[\u000b\u000c\u0085\u2028\u2029]/g, "\n").replace(UNSEEN, "");
const JOINERS = /[\u200c-\u200f\u061c]/g;
const quoted = (text) => JSON.stringify(text);

function answer(key) {
  const field = form.elements[key];
  const one = field instanceof RadioNodeList ? field[0] : field;
  if (!one || one.closest("[hidden]")) return "";
  if (one.type === "checkbox") return one.checked ? one.value : "";
  const text = tidy(one.value);
  if (key !== "text.words") return text.replace(JOINERS, "").replace(/[\ufe0e\ufe0f]/g, "").replace(/\s+/g, " ").trim();
  return text.replace(JOINERS, (sign) => (joiners[answer("text.lang")].includes(sign) ? sign : ""));
}
const ticked = (key) => [...form.querySelectorAll(`[name="${key}"]:checked`)].map((box) => box.value);

function freeId(kind, prefix) {
  while (!ids[kind]) {
    const lots = [...crypto.getRandomValues(new Uint8Array(64))].filter((lot) => lot < 256 - (256 % alphabet.length));
    if (lots.length >= 6) ids[kind] = prefix + lots.slice(0, 6).map((lot) => alphabet[lot % alphabet.length]).join("");
  }
  return ids[kind];
}

function filled(skeleton, lang, values) {
  let text = skeletons[skeleton].replaceAll("$lang", lang).replaceAll("$today", new Date().toISOString().slice(0, 10));
  for (const [line, written] of values) {
    const begins = line.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    text = text.replace(new RegExp(`^${begins}(?=\\s|$)`, "m"), () => written);
  }
  return text;
}
const given = (line, key, quote = quoted) => (answer(key) ? [[line, `${line} ${quote(answer(key))}`]] : []);
const bare = (text) => text;

// Parts that may be answered more than once: about, about2, about3 …
const groups = (key) => [...form.querySelectorAll("[data-again]")].map((one) => one.dataset.again).filter((one) => one.replace(/\d+$/, "") === key);
const others = () => groups("about").filter((who) => answer(`${who}.whom`) === "other");
const people = () => ["narrator", ...others()];
const idOf = (who) => answer(`${who}.id`) || freeId(who, "p-");
const facts = () => groups("claim").filter((claim) => answer(`${claim}.what`));

function again(key) {
  const all = groups(key);
  const name = key + (all.length + 1);
  const copy = form.querySelector(`[data-again="${key}"]`).cloneNode(true);
  copy.dataset.again = name;
  for (const one of copy.querySelectorAll("*")) {
    for (const { name: attribute, value } of [...one.attributes]) {
      if (/^(id|for|name|aria-describedby|data-when)$/.test(attribute)) one.setAttribute(attribute, value.replace(new RegExp(`\\b${key}(?=[.-])`, "g"), name));
    }
    one.removeAttribute("aria-invalid");
    if (one.matches(".mistake")) one.textContent = "";
    if (one.matches("input, select, textarea")) one.value = one.matches("select") ? one.options[0].value : "";
    if (one.matches("legend")) one.append(` ${all.length + 1}`);
  }
  form.querySelector(`[data-again="${all.at(-1)}"]`).after(copy);
  hide();
  copy.querySelector("select").focus();
}

function person(record) {
  const level = answer(`${record}.protect`);
  const values = [["protect:", `protect: ${level}`], ["  - text:", `  - text: ${quoted(answer(`${record}.names`))}`]];
  if (level === "pseudonym") values.push(["    kind: preferred", "    kind: pseudonym"]);
  if (level === "open") values.push(...given("role:", `${record}.role`, bare));
  const text = filled("person", answer("text.lang"), values);
  if (level === "open") return text;
  // Nothing but what is asked stands in the file of somebody who is protected.
  const kept = text.split("\n").filter((line) => line && !/^(#|role:)/.test(line));
  return (level === "group-only" ? kept.slice(0, kept.indexOf("names:")) : kept).join("\n") + "\n";
}

function consent(narrator) {
  const names = ["names", "faces", "voices"].filter((key) => answer(`consent.${key}`));
  return filled("consent", answer("text.lang"), [
    ["given_by:", `given_by: ${narrator}`],
    ...given("date:", "consent.date", bare),
    ["scope: []", `scope: [${ticked("consent.scope").join(", ")}]`],
    ["names:", names.map((key) => `${key}: ${answer(`consent.${key}`)}`).join("\n") || "names:"],
    ["review_after:", ["review_after:", answer("consent.review_after"), answer("consent.after_review") && `\nafter_review: ${answer("consent.after_review")}`].join(" ").replace(/ +(?=\n|$)/g, "")],
  ]);
}

function about(narrator) {
  return groups("about").filter((who) => answer(`${who}.whom`)).map((who) => {
    const relation = answer(`${who}.relation`);
    const id = answer(`${who}.whom`) === "narrator" ? narrator : idOf(who);
    return [`  - person: ${id}`, ...(relation ? [`    of: ${narrator}`, `    relation: ${relation}`] : [])].join("\n");
  });
}

function claim(name, narrator) {
  const who = answer(`${name}.about`);
  const lines = [`about: ${who === "narrator" ? narrator : idOf(who)}`];
  for (const key of ["what", "status", "years", "reason", "given_by", "where", "known_by", "certainty"]) {
    if (answer(`${name}.${key}`)) lines.push(`${key}: ${answer(`${name}.${key}`)}`);
  }
  for (const key of ["value", "words", "when"]) if (answer(`${name}.${key}`)) lines.push(`${key}: ${quoted(answer(`${name}.${key}`))}`);
  if (answer(`${name}.at`)) lines.push(`at: p${answer(`${name}.at`)}`);
  return `  - ${lines.join("\n    ")}`;
}

function original() {
  const lines = ["outlet", "published", "url"].filter((key) => answer(`original.${key}`)).map((key) => `  ${key}: ${quoted(answer(`original.${key}`))}`);
  return lines.length ? [...lines, `  rights: ${answer("original.rights")}`] : [];
}

// A list in the place of the lines that show how one is written.
const listed = (text, key, entries) => (entries.length ? text.replace(new RegExp(`^# ${key}:\\n(?:#   .*\\n)+`, "m"), () => `${key}:\n${entries.join("\n")}\n`) : text);

// Words stand in Markdown as they were typed: whatever would be a mark gets a backslash.
function plain(words) {
  const lines = tidy(words).replace(/\t/g, " ").split("\n").map((line) => (line.trim() ? line : ""));
  return lines.map((line, at) => {
    const front = /^ */.exec(line)[0];
    let rest = line.slice(front.length).replace(/[\\`*_[\]<]/g, "\\$&").replace(/([{(])(?=\1)/g, "\\$1");
    rest = rest.replace(/&(?=#|[A-Za-z])/g, "\\&").replace(/^(\d{1,9})([.)])/, "$1\\$2");
    rest = rest.replace(/^[#>+|:-]/, "\\$&").replace(/^([a-z][a-z0-9_-]*):(?=\s|$)/, "$1\\:");
    rest = rest.replace(/^(?:=|[\u2010-\u2015\u2212\u2500\u2501\u2e3a\u2e3b\u30fc\ufe58\ufe63\uff0d]+(?=\s*$))/, (sign) => `&#${sign.charCodeAt(0)};${sign.slice(1)}`);
    const opens = front.length > 3 && !(at && lines[at - 1]);
    return (opens ? `&#32;${front.slice(1)}` : front) + rest;
  }).join("\n").replace(/^\n+|\s+$/g, "");
}

function testimony(narrator, card) {
  const source = answer("text.source");
  let text = filled("testimony", answer("text.lang"), [
    ...given("title:", "text.title"),
    ...(answer("text.title_is_quote") ? [["# title_is_quote: true", "title_is_quote: true"]] : []),
    ...given("summary:", "text.summary"),
    ["told_by:", `told_by: ${narrator}`],
    ...given("  date:", "interview.date"),
    ...given("  place:", "interview.place", bare),
    ...given("  by:", "interview.by", bare),
    ...(source ? [["# original:", `source: ${quoted(source)}\n# original:`]] : []),
    ["consent:", `consent: ${card}`],
  ]);
  text = listed(text, "about", about(narrator));
  text = listed(text, "original", original());
  text = listed(text, "claims", facts().map((name) => claim(name, narrator)));
  return `${text.trimEnd()}\n\n${plain(answer("text.words"))}\n`;
}

function files() {
  const narrator = answer("narrator.id") || freeId("narrator", "p-");
  const card = answer("consent.id") || freeId("consent", "c-");
  const found = [[folders.testimony, `${freeId("text", "t-")}.${answer("text.lang")}.md`, testimony(narrator, card)]];
  if (!answer("narrator.id")) found.push([folders.person, `${narrator}.yaml`, person("narrator")]);
  for (const who of others()) if (!answer(`${who}.id`)) found.push([folders.person, `${idOf(who)}.yaml`, person(who)]);
  if (!answer("consent.id")) found.push([folders.consent, `${card}.yaml`, consent(narrator)]);
  return found;
}

// What is told at the field: the plainest of what `aigaq check` would say, which knows all.
function isDate(text) {
  if (text === "unknown") return true;
  if (!/(^|\D)\d{4}(\D|$)/.test(text) || /\d{1,2}[./]\d{1,2}[./]\d{2,4}/.test(text)) return false;
  return (text.match(/\d{4}-\d{1,2}(-\d{1,2})?/g) || []).every((date) => {
    const [year, month, day = 1] = date.split("-").map(Number);
    return month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
  });
}
const isInitials = (text) => text.replaceAll(".", ". ").split(/\s+/).filter(Boolean).every((word) => /^[\p{L}\p{N}]{1,2}\.$|^[\p{L}\p{N}]$/u.test(word)) && !/[\u2e80-\uffff]/.test(text);

function mistakes() {
  const wrong = {};
  const needs = [...form.querySelectorAll("[aria-required]")].map((field) => field.name);
  for (const key of needs) if (!form.elements[key].closest("[hidden]") && !answer(key)) wrong[key] = said.empty;
  for (const field of form.querySelectorAll("[data-kind=id]")) {
    const text = answer(field.name);
    if (text && !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(text)) wrong[field.name] = said.id;
  }
  for (const record of people()) {
    const name = `${record}.names`;
    if (answer(`${record}.protect`) === "initials" && answer(name) && !isInitials(answer(name))) wrong[name] = said.initials;
  }
  for (const field of form.querySelectorAll("[data-kind=date]")) if (answer(field.name) && !isDate(answer(field.name))) wrong[field.name] = said.date;
  if (!["interview.date", "interview.place", "interview.by", "text.source", "original.outlet", "original.url"].some(answer)) wrong["interview.date"] = said.origin;
  for (const name of facts()) {
    for (const key of ["about", ...kinds[answer(`${name}.what`)].needs]) if (!answer(`${name}.${key}`)) wrong[`${name}.${key}`] = said.empty;
    if (!/^(unknown|\d{1,3}(\.\d{1,2})?)?$/.test(answer(`${name}.years`))) wrong[`${name}.years`] = said.number;
    if (!/^([1-9]\d{0,3})?$/.test(answer(`${name}.at`))) wrong[`${name}.at`] = said.number;
  }
  if (!/^(https?:\/\/[^\s@]+)?$/.test(answer("original.url"))) wrong["original.url"] = said.address;
  if (original().length && !answer("original.rights")) wrong["original.rights"] = said.empty;
  if (/^(unclear|excerpt-only)$/.test(answer("original.rights")) && answer("text.words")) wrong["original.rights"] = said.rights;
  if (!answer("consent.id") && !ticked("consent.scope").includes("site")) wrong["consent.scope"] = said.site;
  else if (mirrors && !answer("consent.id") && !ticked("consent.scope").includes("mirror")) wrong["consent.scope"] = said.mirror;
  const level = answer("narrator.protect");
  const name = answer("consent.names");
  if (level && name && (level === "open") !== (name !== "pseudonym")) wrong["consent.names"] = said.consent_name;
  return wrong;
}

function tell(wrong) {
  let first = null;
  for (const place of form.querySelectorAll(".mistake")) {
    const id = place.id.slice("wrong-".length);
    const field = document.getElementById(id);
    const words = wrong[id.replace("-", ".")] || "";
    place.textContent = words;
    if (words) field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
    if (words && !first) first = field;
  }
  return first;
}

function shown(words, tag = "p") {
  const element = document.createElement(tag);
  element.textContent = words;
  return element;
}

function offer(found) {
  left = new Set(found.map(([, name]) => name));
  made.replaceChildren(shown(said.ready));
  for (const [folder, name, text] of found) {
    const link = shown(said.save.replace("{name}", () => name), "a");
    link.href = URL.createObjectURL(new Blob([text], { type: "application/octet-stream" }));
    link.download = name;
    link.className = "save";
    link.addEventListener("click", () => {
      if (left) left.delete(name);
      if (left && !left.size) unsaved = false;
    });
    const content = shown(text, "pre");
    content.tabIndex = 0;
    content.dir = "auto";
    made.append(link, shown(said.goes.replace("{folder}", () => folder)), content);
  }
  made.focus();
}

// Whom a fact may be of: the one who tells, and all who are named above. It becomes nobody's where
// that person is gone, never somebody else's.
function whoever(select) {
  const [nobody, narrator] = select.options;
  const before = select.value;
  const named = others().map((who) => new Option(answer(`${who}.names`) || answer(`${who}.id`) || who.replace(/^about/, "") || "1", who));
  select.replaceChildren(nobody, narrator, ...named);
  select.value = ["narrator", ...others()].includes(before) ? before : "";
}

function hide() {
  for (const place of form.querySelectorAll("[data-when]")) {
    const [key, value] = place.dataset.when.split("=");
    const now = form.elements[key].value.trim();
    place.hidden = now !== value;
  }
  for (const record of ["narrator", ...groups("about")]) {
    const place = form.elements[`${record}.names`].closest(".question");
    place.hidden = place.hidden || form.elements[`${record}.protect`].value === "group-only";
    const role = form.elements[`${record}.role`].closest(".question");
    role.hidden = role.hidden || form.elements[`${record}.id`].value.trim() !== "";
  }
  for (const name of groups("claim")) {
    const what = form.elements[`${name}.what`].value;
    const asks = what ? kinds[what].asks : [];
    for (const key of ["status", "years", "reason", "given_by", "value", "words"]) form.elements[`${name}.${key}`].closest(".question").hidden = !asks.includes(key);
    whoever(form.elements[`${name}.about`]);
  }
}

form.addEventListener("input", () => {
  unsaved = true;
  if (left) made.replaceChildren(shown(said.changed));
  left = null;
  hide();
});
for (const button of form.querySelectorAll("[data-add]")) button.addEventListener("click", () => again(button.dataset.add));
form.querySelector('option[value="family-member"]').remove(); // it is told by whom it is about
form.addEventListener("submit", (event) => {
  event.preventDefault();
  const first = tell(mistakes());
  if (first) {
    made.replaceChildren(shown(said.mend));
    first.focus();
  } else offer(files());
});
addEventListener("beforeunload", (event) => {
  if (!unsaved) return;
  event.preventDefault();
  event.returnValue = "";
});
form.reset();
hide();
