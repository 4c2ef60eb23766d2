#!/usr/bin/env bash
# Checks the alert rules and tries them, with promtool: the one that is installed, else the one of Debian's package
# `prometheus`, unpacked and not installed, so that no server starts.
set -euo pipefail
cd "$(dirname "$0")/../.."

promtool=$(command -v promtool || true)
if [ -z "$promtool" ]; then
  if ! command -v apt-get dpkg >/dev/null; then
    echo 'test:alerts needs promtool (part of Prometheus), or apt-get and dpkg to get it from Debian' >&2
    exit 1
  fi
  scratch=$(mktemp -d)
  trap 'rm -rf "$scratch"' EXIT
  (
    cd "$scratch"
    # Lists of our own where this machine has none yet: no root is needed for these.
    apt-get -qq download prometheus 2>/dev/null || {
      mkdir -p lists/partial
      apt-get -qq -o "Dir::State::Lists=$scratch/lists" update
      apt-get -qq -o "Dir::State::Lists=$scratch/lists" download prometheus
    }
    dpkg -x prometheus_*.deb .
  )
  promtool=$scratch/usr/bin/promtool
fi

"$promtool" check rules deploy/prometheus/alerts.yaml
"$promtool" test rules deploy/prometheus/alerts.test.yaml
