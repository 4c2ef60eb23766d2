# docker build -t javascriptd .
# BASE: any Debian 13 image with Node 26 and npm; trixie's setpriv (2.41) can do Landlock and seccomp.
ARG BASE=docker.io/library/node:26-trixie-slim

FROM ${BASE} AS build
WORKDIR /build
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts
COPY . .
RUN npm run build && find dist \( -name '*.map' -o -name '*.d.ts' \) -delete

FROM ${BASE} AS production
RUN apt-get update && apt-get install --yes --no-install-recommends tini
WORKDIR /build
COPY package.json package-lock.json ./
# More than half of the packages is what nothing here loads: type declarations, source maps, builds for bundlers and
# browsers, tests and manuals. Licenses stay.
RUN npm ci --omit=dev --ignore-scripts \
 && find node_modules -type f \( -name '*.map' -o -name '*.[cm]ts' -o -name '*.ts' -o -name '*.tsbuildinfo' \
      -o -name '*.md' -not -iname 'licen[cs]e*' -not -iname 'notice*' \) -delete \
 && find node_modules -mindepth 2 -depth -type d \( -name test -o -name tests -o -name docs -o -name benchmark \
      -o -name benchmarks -o -name bundle -o -name bundles -o -name esm5 \) -exec rm -r {} + \
 && rm -r node_modules/.package-lock.json node_modules/rxjs/src node_modules/@opentelemetry/*/build/esm \
      node_modules/@opentelemetry/*/build/esnext node_modules/@types node_modules/undici-types node_modules/.bin

FROM ${BASE}
# Packages go to a folder of the user's own, beside npm's, so that `RUN npm install -g` needs no root in a derived
# image, and nobody but root can change Node, npm and the service. /usr/local/etc/npmrc stays npm's configuration.
RUN groupadd --gid 10001 javascriptd \
 && useradd --uid 10001 --gid 10001 --no-log-init --no-create-home --shell /usr/sbin/nologin javascriptd \
 && install -d -o 10001 -g 10001 /home/javascriptd /opt/packages /opt/code-cache \
 && ln -s /opt/javascriptd/dist/main.js /usr/local/bin/javascriptd
# Node as process 1 would reap no orphans, and would miss a SIGTERM that comes before it listens for signals.
COPY --from=production /usr/bin/tini /usr/local/bin/tini
COPY --from=production /build/node_modules /opt/javascriptd/node_modules
COPY package.json deploy/healthcheck.mjs /opt/javascriptd/
COPY --from=build /build/dist /opt/javascriptd/dist

ENV HOST=0.0.0.0 \
    SANDBOX_REQUIRE=all \
    SANDBOX_CODE_CACHE=/opt/code-cache \
    NPM_CONFIG_PREFIX=/opt/packages \
    NPM_CONFIG_GLOBALCONFIG=/usr/local/etc/npmrc \
    NPM_CONFIG_UPDATE_NOTIFIER=false
ARG BASE
LABEL org.opencontainers.image.title="javascriptd" \
      org.opencontainers.image.description="Runs other people's JavaScript, safely, with the npm packages that you chose" \
      org.opencontainers.image.version="1.0.0" \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.base.name="${BASE}"

USER 10001:10001
EXPOSE 8765
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=15s CMD ["node", "/opt/javascriptd/healthcheck.mjs"]
ENTRYPOINT ["tini", "--", "javascriptd"]
