import { defineDemo } from './catalogue/demo.ts';
import { exactly } from './catalogue/findings.ts';

export const demo = defineDemo({
  id: 'add-unpacks',
  title: 'Put a tar archive into an image with COPY and with ADD',
  question: {
    text: 'A Dockerfile says ADD site.tar /srv/. What is in /srv of the image?',
    options: ['site.tar', 'The files of the archive', 'Both'],
    right: 1,
  },
  claims: ['add-unpacks-local-archive', 'copy-keeps-archive-packed'],
  steps: {
    build: 'Build an image that gets the same archive with COPY and with ADD',
    look: 'List both folders',
  },
  async *run({ sandbox, step, tested }) {
    const image = yield* step('build', () =>
      sandbox.build({
        name: 'site',
        dockerfile: ['FROM base', 'COPY site.tar /srv/copied/', 'ADD site.tar /srv/added/'],
        archives: { 'site.tar': { 'index.html': 'hello\n' } },
      }),
    );
    const [copied, added] = yield* step('look', async () => {
      const { output } = await sandbox.runOnce({
        name: 'a',
        image,
        script: 'ls /srv/copied; ls /srv/added; cat /srv/added/*',
      });
      const [first, ...rest] = output.split('\n');
      return [first ?? '', rest.join(', ')] as const;
    });
    yield tested('copy-keeps-archive-packed', { predicted: 'site.tar', observed: copied, held: copied === 'site.tar' });
    yield tested('add-unpacks-local-archive', exactly('index.html, hello', added));
  },
});
