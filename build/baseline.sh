#!/usr/bin/env bash
# build/baseline.sh [COMMIT]: packs what COMMIT was, and fails when the packages of today would break an app that was compiled against those.
# Without COMMIT it is the last version, a tag such as v1.0.0. A break that is meant is written down with
#   dotnet pack src/PROJECT -c Release -p:PackageValidationBaselinePath=PACKAGE -p:ApiCompatGenerateSuppressionFile=true
set -euo pipefail
cd "$(dirname "$0")/.."

commit=${1:-$(git describe --tags --match 'v[0-9]*' --abbrev=0 2>/dev/null || true)}
[ -n "$commit" ] || { echo "No version is tagged: nothing has been promised that could be broken."; exit 0; }
hash=$(git rev-parse --verify --quiet "$commit^{commit}") || { echo "'$commit' is no commit of this repository."; exit 2; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
baseline=$PWD/artifacts/baseline/$hash
if [ ! -d "$baseline" ]; then
  mkdir "$work/sources"
  git archive "$hash" | tar -x -C "$work/sources"
  for project in "$work"/sources/src/*/; do dotnet pack "$project" -c Release -o "$work/packages" -v q; done
  mkdir -p "$(dirname "$baseline")"
  mv "$work/packages" "$baseline"
fi

for project in src/*/; do
  [ "$(dotnet msbuild "$project" -getProperty:EnablePackageValidation)" = true ] || continue
  id=$(dotnet msbuild "$project" -getProperty:PackageId)
  before=$(ls "$baseline/$id".[0-9]*.nupkg 2>/dev/null | grep -v symbols || true)
  [ -n "$before" ] || { echo "$id did not exist in $commit."; continue; }
  # Programs of Windows read no path of Git's Bash.
  if command -v cygpath >/dev/null; then before=$(cygpath -m "$before"); fi
  dotnet pack "$project" -c Release -o "$work/now" -v q "-p:PackageValidationBaselinePath=$before"
  echo "$id breaks nothing that $commit had."
done
