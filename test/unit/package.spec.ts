/** package.json and its lock file, as installations rely on them; `npm run test:embedding` installs them. */
import { readFileSync } from 'node:fs';

interface Locked {
  readonly dev?: boolean;
  readonly devOptional?: boolean;
  readonly hasInstallScript?: boolean;
}

interface Manifest {
  readonly engines: { readonly node: string };
  readonly allowScripts: Readonly<Record<string, boolean>>;
  readonly dependencies: object;
  readonly devDependencies: object;
  readonly peerDependencies: object;
}

const textOf = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const manifest: Manifest = JSON.parse(textOf('package.json'));
const { packages }: { readonly packages: Readonly<Record<string, Locked>> } = JSON.parse(
  textOf('package-lock.json'),
);

const nameOf = (path: string): string => path.slice(path.lastIndexOf('node_modules/') + 13);
const withScript = Object.entries(packages).filter(([, { hasInstallScript }]) => hasInstallScript === true);

describe('the package', () => {
  it('has Nest as a peer only, so that an application and the service share one copy', () => {
    const peers = Object.keys(manifest.peerDependencies);
    const others = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies });
    expect(peers).toEqual(
      expect.arrayContaining(['@nestjs/common', '@nestjs/core', 'reflect-metadata', 'rxjs']),
    );
    expect(others.filter((name) => name.startsWith('@nestjs/'))).toEqual(['@nestjs/testing']);
    expect(others.filter((name) => peers.includes(name))).toEqual([]);
  });

  it('has them installed with `npm ci --omit=dev`', () => {
    const omitted = Object.keys(manifest.peerDependencies).filter((name) => {
      const { dev = false, devOptional = false } = packages[`node_modules/${name}`] ?? { dev: true };
      return dev || devOptional;
    });
    expect(omitted).toEqual([]);
  });

  it('depends on one package with an install script, which it works without; npm runs none here', () => {
    const inProduction = withScript.filter(([path, { dev }]) => path !== '' && dev !== true);
    expect(inProduction.map(([path]) => nameOf(path))).toEqual(['bufferutil']);
    const allowed = withScript.filter(
      ([path]) => path !== '' && manifest.allowScripts[nameOf(path)] !== false,
    );
    expect(allowed).toEqual([]);
  });

  it('names the Node that README promises', () => {
    const [, promised] = /Node\.js (\d+\.\d+) or newer/.exec(textOf('README.md')) ?? [];
    expect(manifest.engines.node).toBe(`>=${promised}`);
  });
});
