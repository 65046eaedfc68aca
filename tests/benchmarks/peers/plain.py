"""The timeline as a plain script prints it that somebody writes in ten minutes: `plain.py FILE`."""

import sys

import yaml

with open(sys.argv[1], "rb") as file:
    digest = yaml.load(file, Loader=yaml.CSafeLoader)
names = {item["id"]: item["name"] for item in digest["stakeholders"]}
rows = ["| date | event | actors |", "|---|---|---|"]
for event in sorted(digest["timeline"], key=lambda event: str(event.get("date", "~"))):
    actors = ", ".join(names[actor] for actor in event.get("actors", ()))
    rows.append(f"| {event.get('date', '')} | {event['event']} | {actors} |")
print("\n".join(rows))
