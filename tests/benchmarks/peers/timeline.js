// The timeline as node and js-yaml print it: node timeline.js FILE
const { readFileSync } = require("node:fs");
const { load } = require("js-yaml");

const digest = load(readFileSync(process.argv[2], "utf8"));
const names = new Map(digest.stakeholders.map((item) => [item.id, item.name]));
const key = (event) => (event.date instanceof Date ? event.date.toISOString() : String(event.date));
const events = digest.timeline.map((event) => ({ ...event, date: key(event).slice(0, 10) }));
events.sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
const rows = events.map((event) => {
  const actors = (event.actors ?? []).map((id) => names.get(id)).join(", ");
  return `| ${event.date} | ${event.event} | ${actors} |`;
});
process.stdout.write(["| date | event | actors |", "|---|---|---|", ...rows, ""].join("\n"));
