"use strict";
const data = JSON.parse(document.getElementById("data").textContent);
const [ID, REPORT, PAGE, PARAGRAPH, HEADING, TEXT, ROLE, THEMES, PRIORITIES, AGENCIES, WHY, HINDSIGHT,
  LAST_PAGE] = Array(13).keys();
const [NAME, SIDE, ITS_THEME, ABLE, STATED_BY, CONTRARY, QUOTES, BROAD] = Array(8).keys();
const STEP = 50;
const FEW = 6;
const GROUPS = [[1, "What goes wrong"], [0, "What works"], [2, "What is asked for"]];
const at = (id) => document.getElementById(id);
const words = data.findings.map((f) => f[TEXT].toLowerCase());
const years = [...new Set(data.reports.map((r) => r[1]).filter(Boolean))].sort();
const types = [...new Set(data.reports.map((r) => r[3]))].sort();
let shown = STEP;
let found = [];

function options(id, names, all) {
  const choice = at(id);
  choice.append(new Option(all, ""));
  names.forEach((name, n) => choice.append(new Option(String(name), String(n))));
}
const used = (column) => new Set(data.findings.flatMap((f) => f[column]));
function named(id, names, column, all) {
  const seen = used(column);
  const choice = at(id);
  choice.append(new Option(all, ""));
  names
    .map((name, n) => [name, n])
    .filter(([, n]) => seen.has(n))
    .sort(([a], [b]) => a.localeCompare(b))
    .forEach(([name, n]) => choice.append(new Option(name, String(n))));
}
const wide = new Set();
at("point").append(new Option("All", ""));
data.points.map((p, n) => [p[NAME], n]).sort(([a], [b]) => a.localeCompare(b))
  .forEach(([name, n]) => at("point").append(new Option(name, String(n))));
named("priority", data.priorities, PRIORITIES, "All");
named("theme", data.themes, THEMES, "All");
named("agency", data.agencies, AGENCIES, "All");
options("role", data.roles, "All");
options("type", types, "All");
options("from", years, "Any");
options("to", years, "Any");

function wanted() {
  const number = (id) => (at(id).value === "" ? null : Number(at(id).value));
  return {
    words: at("q").value.toLowerCase().split(/\s+/).filter(Boolean),
    point: number("point"), priority: number("priority"), theme: number("theme"), role: number("role"),
    agency: number("agency"), type: number("type"), from: number("from"), to: number("to"),
  };
}
function reportFits(want) {
  return data.reports.map((r) =>
    (want.type === null || r[3] === types[want.type]) &&
    (want.from === null || (r[1] !== null && r[1] >= years[want.from])) &&
    (want.to === null || (r[1] !== null && r[1] <= years[want.to])));
}
function filter() {
  const want = wanted();
  const fits = reportFits(want);
  found = [];
  const stated = want.point === null ? null : new Set(data.points[want.point][STATED_BY]);
  data.findings.forEach((f, n) => {
    if (stated && !stated.has(n)) return;
    if (!fits[f[REPORT]]) return;
    if (want.role !== null && f[ROLE] !== want.role) return;
    if (want.priority !== null && !f[PRIORITIES].includes(want.priority)) return;
    if (want.theme !== null && !f[THEMES].includes(want.theme)) return;
    if (want.agency !== null && !f[AGENCIES].includes(want.agency)) return;
    if (!want.words.every((w) => words[n].includes(w))) return;
    found.push(n);
  });
  shown = STEP;
  count();
  points();
  themes();
  time(fits);
  list();
}
function plural(count, noun) {
  return `${count.toLocaleString("en-GB")} ${noun}${count === 1 ? "" : "s"}`;
}
function count() {
  const reports = new Set(found.map((n) => data.findings[n][REPORT])).size;
  const total = data.reports.length;
  at("count").textContent = found.length
    ? `${plural(found.length, "finding")} in ${reports.toLocaleString("en-GB")} of ${plural(total, "report")}`
    : "No findings match. Clear a filter or try another word.";
}
function cell(row, text, tag = "td") {
  const made = document.createElement(tag);
  if (tag === "th") made.scope = "row";
  made.textContent = text;
  row.append(made);
  return made;
}
function bar(row, parts, most) {
  const made = document.createElement("div");
  made.className = "bar";
  made.setAttribute("aria-hidden", "true");
  parts.forEach(([kind, value]) => {
    const part = document.createElement("i");
    part.className = kind;
    part.style.width = `${(100 * value) / Math.max(1, most)}%`;
    if (value) made.append(part);
  });
  cell(row, "").append(made);
}
function points() {
  const hit = new Set(found);
  const rows = data.points.map((p, n) => {
    const own = p[STATED_BY].filter((f) => hit.has(f));
    return { n, p, own, reports: new Set(own.map((f) => data.findings[f][REPORT])) };
  }).filter((r) => r.reports.size);
  rows.sort((a, b) => a.p[BROAD] - b.p[BROAD] || b.reports.size - a.reports.size || a.n - b.n);
  const most = Math.max(...rows.map((r) => r.reports.size), 1);
  at("points").replaceChildren(...GROUPS.flatMap(([side, title]) => {
    const own = rows.filter((r) => r.p[SIDE] === side);
    return own.length ? [group(side, title, own, most)] : [];
  }));
  at("back").hidden = !rows.length;
}
function group(side, title, rows, most) {
  const made = document.createElement("div");
  const head = document.createElement("h3");
  head.textContent = title;
  const list = document.createElement("ol");
  list.className = "points";
  list.append(...rows.slice(0, wide.has(side) ? rows.length : FEW).map((r) => point(r, most)));
  made.append(head, list);
  if (rows.length > FEW) {
    const more = document.createElement("button");
    more.type = "button";
    more.className = "all";
    more.textContent = wide.has(side) ? "Show fewer" : `Show all ${rows.length}`;
    more.addEventListener("click", () => { wide.has(side) ? wide.delete(side) : wide.add(side); points(); });
    made.append(more);
  }
  return made;
}
function point({ n, p, reports }, most) {
  const item = document.createElement("li");
  const choose = document.createElement("button");
  choose.type = "button";
  choose.className = "name";
  choose.textContent = p[NAME];
  choose.addEventListener("click", () => { at("point").value = String(n); filter(); at("results").focus(); });
  const line = document.createElement("p");
  line.className = "tally";
  const length = document.createElement("i");
  length.className = `length side${p[SIDE]}`;
  length.style.width = `${(9 * reports.size) / most}rem`;
  length.setAttribute("aria-hidden", "true");
  const told = document.createElement("b");
  told.textContent = `${reports.size} of ${plural(Math.max(p[ABLE], reports.size), "report")}`;
  line.append(length, told);
  item.append(choose, line, boxes(reports));
  const quote = p[QUOTES].find((f) => reports.has(data.findings[f][REPORT]));
  if (quote !== undefined) {
    const words = document.createElement("p");
    words.className = "said";
    const from = document.createElement("a");
    from.href = `#f-${data.findings[quote][ID]}`;
    from.textContent = data.reports[data.findings[quote][REPORT]][0];
    words.append(`“${data.findings[quote][TEXT]}” `, from);
    item.append(words);
  }
  const against = p[CONTRARY].map((c) => data.points[c]).filter((c) => c[STATED_BY].length);
  if (against.length) {
    const words = document.createElement("p");
    words.className = "against";
    const others = new Set(against[0][STATED_BY].map((f) => data.findings[f][REPORT])).size;
    words.textContent = `The contrary: ${against[0][NAME]} (${plural(others, "report")})`;
    item.append(words);
  }
  return item;
}
function boxes(reports) {
  const made = document.createElement("p");
  made.className = "boxes";
  const dated = [...reports].map((r) => data.reports[r][1]).filter(Boolean);
  const most = Math.max(...years.map((y) => dated.filter((d) => d === y).length), 1);
  made.setAttribute("role", "img");
  made.setAttribute("aria-label", dated.length
    ? `By year: ${years.map((y) => [y, dated.filter((d) => d === y).length]).filter(([, k]) => k).map(([y, k]) => `${y}, ${k}`).join("; ")}`
    : "No years known");
  years.forEach((year) => {
    const count = dated.filter((d) => d === year).length;
    const box = document.createElement("i");
    box.className = count ? (2 * count > most ? "dark" : "pale") : "none";
    box.title = `${year}: ${plural(count, "report")}`;
    box.textContent = count || "";
    made.append(box);
  });
  const span = document.createElement("small");
  if (dated.length) {
    const [first, last] = [Math.min(...dated), Math.max(...dated)];
    span.textContent = first === last ? String(first) : `${first} to ${last}`;
  }
  made.append(span);
  return made;
}
function themes() {
  const tally = data.themes.map(() => ({ reports: new Set(), good: 0, bad: 0 }));
  for (const n of found) {
    const f = data.findings[n];
    for (const t of f[THEMES]) {
      tally[t].reports.add(f[REPORT]);
      if (f[ROLE] === 0) tally[t].good += 1;
      if (f[ROLE] === 1) tally[t].bad += 1;
    }
  }
  const rows = tally.map((t, n) => [n, t]).filter(([, t]) => t.reports.size);
  rows.sort(([a, x], [b, y]) => y.reports.size - x.reports.size || a - b);
  const most = Math.max(...rows.map(([, t]) => t.good + t.bad), 1);
  const body = at("themes").tBodies[0];
  body.replaceChildren(...rows.map(([n, t]) => {
    const row = document.createElement("tr");
    const head = cell(row, "", "th");
    const choose = document.createElement("button");
    choose.type = "button";
    choose.textContent = data.themes[n];
    choose.addEventListener("click", () => { at("theme").value = String(n); filter(); at("theme").focus(); });
    head.append(choose);
    cell(row, t.reports.size);
    cell(row, t.good);
    cell(row, t.bad);
    bar(row, [["bad", t.bad], ["good", t.good]], most);
    return row;
  }));
}
function time(fits) {
  const hit = new Set(found.map((n) => data.findings[n][REPORT]));
  const body = at("years").tBodies[0];
  body.replaceChildren(...years.map((year) => {
    const own = data.reports.map((r, n) => n).filter((n) => data.reports[n][1] === year && fits[n]);
    const hits = own.filter((n) => hit.has(n)).length;
    const row = document.createElement("tr");
    cell(row, year, "th");
    cell(row, hits);
    cell(row, own.length);
    bar(row, [["good", hits]], own.length);
    return own.length ? row : null;
  }).filter(Boolean));
}
function entry(n) {
  const f = data.findings[n];
  const [title, , date] = data.reports[f[REPORT]];
  const item = document.createElement("li");
  item.id = `f-${f[ID]}`;
  const quote = document.createElement("blockquote");
  quote.textContent = `“${f[TEXT]}”`;
  const source = document.createElement("p");
  source.className = "source";
  const link = document.createElement("a");
  link.href = `#f-${f[ID]}`;
  link.textContent = "Link to this finding";
  const page = f[LAST_PAGE] > f[PAGE] ? `pages ${f[PAGE]} and ${f[LAST_PAGE]}` : `page ${f[PAGE]}`;
  source.append([title, date, page, f[PARAGRAPH] && `paragraph ${f[PARAGRAPH]}`, f[HEADING]]
    .filter(Boolean).join(", ") + ". ", link);
  const tags = document.createElement("p");
  tags.className = "tags";
  const role = document.createElement("b");
  role.textContent = data.roles[f[ROLE]];
  const rest = [...f[PRIORITIES].map((p) => data.priorities[p]), ...f[THEMES].map((t) => data.themes[t])];
  if (f[WHY]) rest.push("gives a reason");
  if (f[HINDSIGHT].length) rest.push(`hindsight: ${f[HINDSIGHT].join(", ")}`);
  tags.append(role, rest.length ? " " + rest.join(" · ") : "");
  item.append(quote, source, tags);
  return item;
}
function list() {
  at("list").replaceChildren(...found.slice(0, shown).map(entry));
  at("more").hidden = found.length <= shown;
}
function open() {
  const id = decodeURIComponent(location.hash.slice(3));
  const n = data.findings.findIndex((f) => f[ID] === id);
  if (n < 0) return;
  if (!found.slice(0, shown).includes(n)) {
    document.querySelector("form").reset();
    filter();
    found = [n, ...found.filter((m) => m !== n)];
    list();
  }
  const item = at(`f-${id}`);
  item.tabIndex = -1;
  item.classList.add("open");
  item.focus();
}
let waiting = 0;
at("q").addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(filter, 120); });
document.querySelectorAll("select").forEach((choice) => choice.addEventListener("change", filter));
document.querySelector("form").addEventListener("reset", () => setTimeout(filter, 0));
document.querySelector("form").addEventListener("submit", (event) => { event.preventDefault(); filter(); });
at("more").addEventListener("click", () => {
  const first = shown;
  shown += STEP;
  list();
  const next = at("list").children[first];
  if (next) { next.tabIndex = -1; next.focus(); }
});
window.addEventListener("hashchange", open);
filter();
if (location.hash.startsWith("#f-")) open();
