#!/usr/bin/env bash
# debian.sh GROUP…: install what requirements/debian.txt lists for them where that is allowed, else say what is missing.
set -u
missing=()
for group in "$@"; do
  while read -r name; do
    dpkg-query -W -f '${Status}' "$name" 2>/dev/null | grep -q 'ok installed' || missing+=("$name")
  done < <(awk -v group="$group" '$1 == group { print $2 }' "$(dirname "$0")/debian.txt")
done
[ ${#missing[@]} -eq 0 ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Installing ${missing[*]}"
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq && apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null && exit 0
fi
echo "Missing packages: ${missing[*]}. Install them with: sudo apt-get install ${missing[*]}" >&2
exit 1
