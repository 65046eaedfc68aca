(reduce .stakeholders[] as $one ({}; .[$one.id] = $one.name)) as $names
| "| date | event | actors |",
  "|---|---|---|",
  (.timeline | sort_by(.date | tostring)[]
   | "| \(.date) | \(.event) | \((.actors // []) | map($names[.]) | join(", ")) |")
