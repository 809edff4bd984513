#!/usr/bin/env bash
# build/mutation.sh ROOM [FILTER]: changes the code of a room in many small ways, one at a time, and lists the changes that its tests do not notice
# (Stryker.NET). ROOM is a folder of src/ImageRec; FILTER picks the tests as dotnet test --filter does, without it those of the room.
# Works on a copy, at the lowest priority, so that you can go on meanwhile. The report lands in artifacts/mutation/ROOM.
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD
room=${1:?ROOM is missing, such as Ranking}
[ -d "src/ImageRec/$room" ] || { echo "src/ImageRec has no room '$room'."; exit 2; }
filter=${2:-FullyQualifiedName~ImageRec.Tests.$room.}
report=$root/artifacts/mutation/$room

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
git ls-files --cached --others --exclude-standard | while IFS= read -r file; do [ ! -f "$file" ] || echo "$file"; done | tar -c -T - | tar -x -C "$work"
rm -rf "$report"
mkdir -p "$report"

# Stryker looks at the references before it builds, and some of them are made by the build.
nice -n 19 dotnet build "$work/tests/ImageRec.Tests" -c Release -v q -clp:NoSummary
# From the folder of the project that is changed, where its relative references hold.
cd "$work/src/ImageRec"
dotnet tool restore
nice -n 19 dotnet stryker --config-file "$work/build/stryker-config.json" --test-project "$work/tests/ImageRec.Tests/ImageRec.Tests.csproj" \
  --mutate "$room/**/*.cs" --test-case-filter "$filter" --concurrency "${CONCURRENCY:-2}" --skip-version-check --output "$report"
