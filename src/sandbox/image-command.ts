import { commandLine, quote } from './quote.ts';
import { shownName } from './run-context.ts';
import type { BuildSpec, Image, ImageSpec } from './sandbox.ts';

/** The name of the base image in command lines and scripts. */
export const shownBase = 'demo-base';

/** Splits `name:tag`; without a tag it is `latest`. */
export function tagWords(name: string): { repo: string; tag: string } {
  const [repo = name, tag = 'latest'] = name.split(':');
  return { repo, tag };
}

/** The `docker build` command that makes the image of a specification, its Dockerfile on standard input. */
export function imageCommand(spec: ImageSpec, from: Image): string {
  const lines = [`FROM ${from.name}`, ...spec.layers.map((layer) => layer.instruction)];
  return `docker build --network none --tag ${shownName(spec.name)} - <<'EOF'\n${lines.join('\n')}\nEOF`;
}

/** The commands that build an image from a Dockerfile and a context written on the spot. */
export function buildCommand(spec: BuildSpec): string {
  const dockerfile = spec.dockerfile.map((line) => line.replace(/^FROM base\b/, `FROM ${shownBase}`)).join('\n');
  const files = Object.entries(spec.context ?? {});
  const archives = Object.entries(spec.archives ?? {});
  const flags = [
    ...(spec.cache === false ? ['--no-cache'] : []),
    ...(spec.target === undefined ? [] : ['--target', spec.target]),
    ...Object.entries(spec.args ?? {}).flatMap(([name, value]) => ['--build-arg', `${name}=${value}`]),
  ];
  const build = commandLine(['docker', 'build', '--network', 'none', ...flags, '--tag', shownName(spec.name)]);
  if (files.length + archives.length === 0) return `${build} - <<'EOF'\n${dockerfile}\nEOF`;
  const folder = `context-${spec.name.replace(':', '-')}`;
  const packs = archives.flatMap(([path, content]) => [
    ...Object.entries(content).map(([name, text]) => writeFile(`${folder}-packed/${name}`, text)),
    `mkdir -p ${folder} && tar -cf ${quote(`${folder}/${path}`)} -C ${folder}-packed .`,
  ]);
  const writes = files.map(([path, text]) => writeFile(`${folder}/${path}`, text));
  return [...writes, ...packs, `mkdir -p ${folder} && ${build} --file - ${folder} <<'EOF'\n${dockerfile}\nEOF`].join(
    '\n',
  );
}

function writeFile(target: string, text: string): string {
  const parent = target.slice(0, target.lastIndexOf('/'));
  return `mkdir -p ${quote(parent)} && printf %s ${quote(text)} > ${quote(target)}`;
}

/**
 * Lists the layers of a saved image, lowest first, with what each holds; works for the classic and the OCI layout.
 * @param show the path of a file to print from the layers that hold it
 */
export function layerListing(name: string, show?: string): string {
  const folder = `${name}-saved`;
  const layers = `$(sed 's/.*"Layers":\\[\\([^]]*\\)\\].*/\\1/; s/[",]/ /g' ${folder}/manifest.json)`;
  const digest = `"sha256:$(sha256sum < ${folder}/$layer | cut -c 1-12)"`;
  return [
    `mkdir -p ${folder} && tar -xf ${name}.tar -C ${folder}`,
    `for layer in ${layers}; do echo ${digest} $(tar -tf ${folder}/$layer | sed 's,/$,,'); done`,
    ...(show === undefined
      ? []
      : [`for layer in ${layers}; do tar -xOf ${folder}/$layer ${show.slice(1)} 2> /dev/null; done`]),
  ].join('\n');
}
