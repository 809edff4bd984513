#!/usr/bin/env bash
# build/coverage.sh FOLDER: prints which share of each package's lines and branches the tests ran. FOLDER holds what they leave there with
#   IMAGEREC_COVERAGE=FOLDER dotnet test ImageRec.sln -c Release
# A line that any of the test projects ran counts as run.
set -euo pipefail
folder=${1:?FOLDER is missing}
find "$folder" -name '*.info' -exec cat {} + | LC_ALL=C awk '
  function add(kind, key, hits) {
    key = kind SUBSEP file SUBSEP key
    if (!(key in known)) { known[key]; all[kind, package]++; all[kind, "all"]++ }
    if (hits > 0 && !(key in run)) { run[key]; ran[kind, package]++; ran[kind, "all"]++ }
  }
  function share(kind, name) { return all[kind, name] ? sprintf("%5.1f %% of %6d", 100 * ran[kind, name] / all[kind, name], all[kind, name]) : "none" }
  { sub(/\r$/, "") }
  /^SF:/ {
    file = substr($0, 4)
    of_package = sub(/.*[\/\\]src[\/\\]/, "", file)
    package = file
    sub(/[\/\\].*/, "", package)
    if (of_package) packages[package]
  }
  !of_package { next }
  /^DA:/ { split(substr($0, 4), part, ","); add("lines", part[1], part[2]) }
  /^BRDA:/ { split(substr($0, 6), part, ","); add("branches", part[1] SUBSEP part[2] SUBSEP part[3], part[4]) }
  function row(name) { return sprintf("Coverage of %-20s lines %s   branches %s", name, share("lines", name), share("branches", name)) }
  END {
    for (name in packages) print row(name) | "sort"
    close("sort")
    print row("all")
    exit !all["lines", "all"]
  }'
