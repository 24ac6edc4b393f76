import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { DocsUnreadable } from '../knowledge-error.ts';
import { anchorsOf } from './page-anchors.ts';

/** A page of Docker's documentation, as far as the folder shows it. */
export interface DocsPage {
  /** Its address below docs.docker.com, with a slash at both ends. */
  readonly path: string;
  readonly anchors: ReadonlySet<string>;
  /** Why there may be more anchors than these; null where the file shows all. */
  readonly incomplete: string | null;
}

/** Docker's documentation, indexed by address. */
export interface DocsPages {
  readonly pages: ReadonlyMap<string, DocsPage>;
  /** Former address → the address that it leads to now. */
  readonly moved: ReadonlyMap<string, string>;
  /** Addresses below which the folder cannot show what there is → why. */
  readonly unknown: ReadonlyMap<string, string>;
}

const frontMatter = z.looseObject({
  aliases: z.array(z.string()).nullish(),
  url: z.string().nullish(),
  datafile: z.string().nullish(),
  datafolder: z.string().nullish(),
});
const mounts = z.array(z.looseObject({ source: z.string(), target: z.string() })).default([]);
const siteConfig = z.looseObject({
  module: z
    .looseObject({ imports: z.array(z.looseObject({ path: z.string(), mounts: mounts })).default([]) })
    .optional(),
});
const redirectFile = z.record(z.string(), z.array(z.string()));
const commandPage = z.looseObject({ long: z.string().nullish(), examples: z.string().nullish() });

interface Index {
  readonly pages: Map<string, DocsPage>;
  readonly moved: Map<string, string>;
  readonly unknown: Map<string, string>;
  /** Name of a command's file → where it stands. */
  readonly commands: ReadonlyMap<string, string>;
}

/**
 * Indexes a checkout of https://github.com/docker/docs: its pages, what `hugo.yaml` mounts from other repositories, the
 * pages of commands that are made from YAML, and redirects.
 * @throws DocsUnreadable if the folder holds no such checkout
 */
export async function readDocsPages(folder: string): Promise<DocsPages> {
  const isThere = await stat(join(folder, 'content')).then(
    (found) => found.isDirectory(),
    (cause) => {
      throw new DocsUnreadable(folder, cause);
    },
  );
  if (!isThere) throw new DocsUnreadable(folder, null);
  const imported = await readMounts(folder);
  const data = imported.filter(({ target }) => target.startsWith('data/')).map(({ from }) => from);
  const commandFiles = (
    await Promise.all([join(folder, 'data'), ...data].map((each) => filesBelow(each, '.yaml')))
  ).flat();
  const commands = new Map(commandFiles.map((file) => [nameOf(file), file]));
  const index: Index = { pages: new Map(), moved: new Map(), unknown: new Map(), commands };
  for (const file of await filesBelow(join(folder, 'content'), '.md'))
    await addPage(index, file, relative(join(folder, 'content'), file));
  await addMounts(index, imported);
  for (const file of await filesBelow(join(folder, 'content'), '_content.gotmpl')) {
    index.unknown.set(addressOf(relative(join(folder, 'content'), file)), 'a template makes the pages there');
  }
  await addRedirects(index, folder);
  return index;
}

/** What `hugo.yaml` takes from other repositories: where it stands in the folder, and where it belongs. */
interface Mount {
  readonly origin: string;
  readonly from: string;
  readonly target: string;
}

async function readMounts(folder: string): Promise<Mount[]> {
  const config = siteConfig.parse(parse(await readFile(join(folder, 'hugo.yaml'), 'utf8').catch(() => '{}')));
  return (config.module?.imports ?? []).flatMap(({ path, mounts }) =>
    mounts.map(({ source, target }) => ({ origin: path, from: join(folder, '_vendor', path, source), target })),
  );
}

async function addMounts(index: Index, imported: readonly Mount[]): Promise<void> {
  for (const { origin, from, target } of imported.filter(({ target }) => target.startsWith('content/'))) {
    const to = target.slice('content/'.length);
    const found = await stat(from).catch(() => null);
    if (!found) index.unknown.set(addressOf(to), `it comes from ${origin}, which is not in the folder`);
    else if (found.isFile()) await addPage(index, from, to);
    else for (const file of await filesBelow(from, '.md')) await addPage(index, file, join(to, relative(from, file)));
  }
}

async function addPage(index: Index, file: string, name: string): Promise<void> {
  const text = await readFile(file, 'utf8');
  const [, yaml = '', body = text] = /^---\r?\n([\s\S]*?)\r?\n---\r?\n([\s\S]*)$/.exec(text) ?? [];
  const front = frontMatter.catch({}).parse(parse(yaml) ?? {});
  const path = front.url ? slashed(front.url) : addressOf(name);
  const anchors = anchorsOf(body);
  let incomplete = /\{\{[<%]\s*include\b/.test(body) ? 'it includes other files' : null;
  if (front.datafile || path.startsWith('/reference/cli/docker/')) {
    const command = index.commands.get(front.datafile ?? path.slice('/reference/cli/'.length, -1).replaceAll('/', '_'));
    if (command === undefined) incomplete = 'the file of its command is not in the folder';
    else for (const anchor of await commandAnchors(command)) anchors.add(anchor);
  }
  index.pages.set(path, { path, anchors, incomplete });
  for (const alias of front.aliases ?? []) index.moved.set(slashed(alias), path);
}

async function commandAnchors(file: string): Promise<Iterable<string>> {
  const { long, examples } = commandPage.parse(parse(await readFile(file, 'utf8')));
  return [...anchorsOf(`${long ?? ''}\n\n${examples ?? ''}`), 'description', 'options', 'examples', 'aliases', 'usage'];
}

async function addRedirects({ moved }: Index, folder: string): Promise<void> {
  const text = await readFile(join(folder, 'data', 'redirects.yml'), 'utf8').catch(() => '{}');
  for (const [target, sources] of Object.entries(redirectFile.parse(parse(text) ?? {})))
    for (const source of sources) moved.set(slashed(source), target);
}

async function filesBelow(folder: string, ending: string): Promise<string[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return found
    .filter((item) => item.isFile() && item.name.endsWith(ending))
    .map((item) => join(item.parentPath, item.name));
}

/** The address of a file below `content`, as the site's `permalinks` give it. */
function addressOf(name: string): string {
  const bare = name
    .replace(/^manuals\//, '')
    .replace(/(^|\/)(_index|index|_content)\.(md|gotmpl)$/, '')
    .replace(/\.md$/, '');
  return slashed(bare);
}

function slashed(path: string): string {
  return `/${path.replace(/^\/+|\/+$/g, '')}/`.replace('//', '/');
}

function nameOf(file: string): string {
  return file.replace(/^.*\//, '').replace(/\.yaml$/, '');
}
