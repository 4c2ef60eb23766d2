#!/usr/bin/env bash
# Builds the image and the examples' images, then runs jest on them: `npm run test:container`.
# Without a Docker engine, the scripts in the folder CONTAINER_TOOLS build and run the images.
set -euo pipefail
cd "$(dirname "$0")/../.."

export CONTAINER_TOOLS=${CONTAINER_TOOLS:-$(realpath -m ../shared/containers)}
for tool in env.sh prepare.sh; do
  [ -r "$CONTAINER_TOOLS/$tool" ] && continue
  echo "test:container needs $CONTAINER_TOOLS/$tool, which builds and runs images without a Docker engine;" \
    'set CONTAINER_TOOLS to the folder that has it' >&2
  exit 1
done
[ "$(id -u)" = 0 ] || { echo 'test:container needs root, to build and run containers' >&2; exit 1; }
[ -d node_modules/jest ] || { echo 'test:container needs its packages: npm ci' >&2; exit 1; }

base=localhost/node:26-trixie
export IMAGE=localhost/javascriptd-test:$$ RUNTIME_IMAGE=localhost/javascriptd-test-runtime:$$
export LOCKED_IMAGE=localhost/javascriptd-test-locked:$$
"$CONTAINER_TOOLS/prepare.sh" "$base"
# shellcheck source=/dev/null
. "$CONTAINER_TOOLS/env.sh"
trap 'for image in "$LOCKED_IMAGE" "$RUNTIME_IMAGE" "$IMAGE"; do oci rmi --force "$image" >/dev/null 2>&1 || true; done' EXIT

# build IMAGE BASE FOLDER: one after the other; the format is the one that has a HEALTHCHECK.
build() {
  local started=$SECONDS log
  printf '\n--- docker build --build-arg BASE=%s %s\n' "$2" "$3"
  log=$(oci_build --format docker -t "$1" --build-arg "BASE=$2" "$3" 2>&1) || { printf '%s\n' "$log" >&2; return 1; }
  grep -E '^(\[[0-9]+/[0-9]+\] )?STEP|^added ' <<<"$log" || true
  printf -- '--- built in %d s\n' $((SECONDS - started))
}
build "$IMAGE" "$base" .
build "$RUNTIME_IMAGE" "$IMAGE" examples/runtime-image
build "$LOCKED_IMAGE" "$IMAGE" examples/runtime-image-locked

# The tools make one layer of all steps of a Dockerfile, so that of the image is told by folder too.
printf '\n--- sizes by layer\n'
for image in "$base" "$IMAGE" "$RUNTIME_IMAGE" "$LOCKED_IMAGE"; do
  printf '%-42s %s\n' "${image%:$$}" "$(oci history --format '{{.Size}}' "$image" | grep -v '^0 B$' | tac | paste -sd+)"
done
oci run --rm --no-healthcheck --entrypoint du "$IMAGE" -sh \
  /opt/javascriptd/dist /opt/javascriptd/node_modules /usr/local/bin/node /usr/local/lib/node_modules

printf '\n--- tests\n'
node --experimental-vm-modules --disable-warning=ExperimentalWarning node_modules/jest/bin/jest.js \
  --testRegex '\.container\.ts$' --runInBand --verbose --testTimeout 120000 "$@"
