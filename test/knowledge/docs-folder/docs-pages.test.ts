import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkLinks, type LinkReport } from '../../../src/knowledge/docs-folder/check-links.ts';
import { readDocsPages } from '../../../src/knowledge/docs-folder/docs-pages.ts';
import { formatFault } from '../../../src/knowledge/fault.ts';
import { DocsUnreadable } from '../../../src/knowledge/knowledge-error.ts';
import { loadBook } from '../../../src/knowledge/load-book.ts';
import { temporaryFolder } from '../../engines/test-engine.ts';

const site = 'https://docs.docker.com';

/** A small checkout that has a page of each kind. */
const docs: Readonly<Record<string, string>> = {
  'content/manuals/engine/storage/_index.md':
    '---\ntitle: Storage\naliases:\n  - /storage/\n---\n## Volumes and `tmpfs`\n\n```text\n## Not a heading\n```\n',
  'content/manuals/engine/storage/volumes.md':
    '## Back up, restore, or migrate data volumes\n## Twice\n## Twice\n### Set it {#by-hand}\n<a name="old-name"></a>\n{{< include "more.md" >}}\n',
  'content/manuals/engine/other.md': '## Restart policies (--restart)\n',
  'content/guides/index.md': '---\nurl: /howto/\n---\n',
  'content/reference/cli/docker/container/run.md': '---\ndatafolder: engine-cli\ndatafile: docker_container_run\n---\n',
  'content/reference/cli/docker/rm.md': '---\ntitle: docker rm\n---\n',
  'content/reference/cli/docker/compose/up.md': '---\ntitle: docker compose up\n---\n',
  'content/reference/api/_content.gotmpl': '',
  'data/engine-cli/docker_container_run.yaml':
    'command: docker container run\nlong: |\n  ### Long one\nexamples: |\n  ### Restart {#restart}\n',
  'data/redirects.yml': '"/engine/other/":\n  - /go/other/\n"https://example.org/":\n  - /go/away/\n',
  'hugo.yaml': [
    'module:',
    '  imports:',
    '    - path: github.com/moby/buildkit',
    '      mounts:',
    '        - { source: docs/reference.md, target: content/reference/dockerfile.md }',
    '    - path: github.com/docker/cli',
    '      mounts:',
    '        - { source: docs/extend, target: content/manuals/engine/extend }',
    '        - { source: docs/gone, target: content/manuals/engine/gone }',
    '    - path: github.com/docker/compose',
    '      mounts:',
    '        - { source: docs, target: data/cli/compose }',
  ].join('\n'),
  '_vendor/github.com/moby/buildkit/docs/reference.md': '## COPY\n### COPY --chown --chmod\n',
  '_vendor/github.com/docker/cli/docs/extend/_index.md': '# Extend\n',
  '_vendor/github.com/docker/compose/docs/docker_compose_up.yaml':
    'command: docker compose up\nexamples: |\n  ### Start\n',
};

/** Compares links with the checkout, each in the body of an entry of its own line. */
async function compared(links: readonly string[]): Promise<LinkReport> {
  const folder = await temporaryFolder();
  for (const [name, text] of Object.entries(docs)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  const front = `id: some-entry\ntitle: What is a thing?\nchapter: any\ntopic: any\nasks: [thing]\nsources:\n  - ${site}/engine/storage/`;
  await mkdir(join(folder, 'book'));
  await writeFile(
    join(folder, 'book', 'some-entry.md'),
    `---\n${front}\n---\n${links.map((link) => `- [x](${link.startsWith('https:') ? link : site + link})`).join('\n')}\n`,
  );
  return checkLinks(await loadBook([join(folder, 'book')], folder), await readDocsPages(folder), folder);
}

const lines = (faults: LinkReport['dead']) => faults.map(formatFault).join('\n');

describe('links', () => {
  test('find pages and what can be named on them', async () => {
    const links = [
      '/engine/storage/#volumes-and-tmpfs',
      '/engine/storage/volumes/#back-up-restore-or-migrate-data-volumes',
      '/engine/storage/volumes/#twice-1',
      '/engine/storage/volumes#by-hand',
      '/engine/storage/volumes/#old-name',
      '/engine/other/#restart-policies---restart',
      '/howto/',
      '/reference/cli/docker/container/run/#restart',
      '/reference/cli/docker/container/run/#options',
      '/reference/cli/docker/compose/up/#start',
      '/reference/dockerfile/#copy---chown---chmod',
      '/engine/extend/',
    ];
    const report = await compared(links);
    expect(report).toEqual({ dead: [], moved: [], undecided: [], found: links.length + 1, elsewhere: 0 });
  });

  test('are dead where page or heading is not there, told with line and a near heading', async () => {
    const { dead } = await compared(['/engine/nothing/', '/engine/other/#restart', '/engine/storage/#not-a-heading']);
    expect(lines(dead)).toBe(
      [
        `book/some-entry.md:10: ${site}/engine/nothing/: there is no such page. Link to the page that says it now`,
        `book/some-entry.md:11: ${site}/engine/other/#restart: the page has no "#restart". Perhaps #restart-policies---restart`,
        `book/some-entry.md:12: ${site}/engine/storage/#not-a-heading: the page has no "#not-a-heading". Link to another heading, or to the page alone`,
      ].join('\n'),
    );
  });

  test('have moved where a redirect leads on', async () => {
    const { moved } = await compared(['/storage/', '/go/other/', '/go/away/']);
    expect(moved.map(({ remedy }) => remedy)).toEqual([
      `Write ${site}/engine/storage/`,
      `Write ${site}/engine/other/`,
      'Write https://example.org/',
    ]);
  });

  test('are left undecided where the folder cannot tell, with the reason', async () => {
    const { undecided } = await compared([
      '/engine/gone/page/',
      '/reference/api/engine/',
      '/engine/storage/volumes/#included',
      '/reference/cli/docker/rm/#force',
    ]);
    expect(undecided.map(({ problem }) => problem)).toEqual([
      expect.stringContaining('github.com/docker/cli, which is not in the folder'),
      expect.stringContaining('a template makes the pages there'),
      expect.stringContaining('it includes other files'),
      expect.stringContaining('the file of its command is not in the folder'),
    ]);
  });

  test('to other sites are only counted', async () => {
    const { elsewhere, found } = await compared(['https://example.org/', 'https://docs.docker.com.example.org/']);
    expect({ elsewhere, found }).toEqual({ elsewhere: 2, found: 1 });
  });
});

test('a folder without documentation is told by its name', async () => {
  await expect(readDocsPages('/nowhere/at/all')).rejects.toThrow(DocsUnreadable);
});
