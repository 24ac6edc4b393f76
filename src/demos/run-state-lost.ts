import { defineDemo } from './catalogue/demo.ts';

export const demo = defineDemo({
  id: 'run-state-lost',
  title: 'Change the directory and a variable in a RUN',
  question: {
    text: 'A Dockerfile says RUN cd /home/demo and then RUN pwd. What does the second RUN print?',
    options: ['/home/demo', 'The directory it was in before', 'Nothing'],
    right: 1,
  },
  claims: ['cd-lost-after-run', 'export-lost-after-run', 'workdir-and-env-stay'],
  steps: {
    build: 'Build an image with cd and export in one RUN, and a look in the next; then the same with WORKDIR and ENV',
    run: 'Look at both in a container of the image',
  },
  async *run({ sandbox, step, tested }) {
    const show = (when: string) => `RUN echo "${when}: $(pwd) colour=[$COLOUR]"`;
    const image = yield* step('build', () =>
      sandbox.build({
        name: 'app',
        cache: false,
        dockerfile: [
          'FROM base',
          'RUN cd /home/demo && export COLOUR=red && echo "first: $(pwd) colour=[$COLOUR]"',
          show('second'),
          'WORKDIR /home/demo',
          'ENV COLOUR=red',
          show('third'),
        ],
      }),
    );
    const line = (when: string) => new RegExp(`^${when}: (\\S+) colour=\\[(.*)\\]$`, 'm').exec(image.log);
    const [first, second, third] = [line('first'), line('second'), line('third')];
    yield tested('cd-lost-after-run', {
      predicted: '/home/demo, then /work',
      observed: `${first?.[1] ?? 'nothing'}, then ${second?.[1] ?? 'nothing'}`,
      held: first?.[1] === '/home/demo' && second?.[1] === '/work',
    });
    yield tested('export-lost-after-run', {
      predicted: 'red, then empty',
      observed: `${first?.[2] ?? 'nothing'}, then ${second?.[2] === '' ? 'empty' : (second?.[2] ?? 'nothing')}`,
      held: first?.[2] === 'red' && second?.[2] === '',
    });
    const inside = yield* step('run', () =>
      sandbox.runOnce({ name: 'a', image, script: 'echo "$(pwd) colour=[$COLOUR]"' }),
    );
    yield tested('workdir-and-env-stay', {
      predicted: '/home/demo red in the next RUN and in a container',
      observed: `${third?.[1]} ${third?.[2]} in the next RUN, ${inside.output} in a container`,
      held: third?.[1] === '/home/demo' && third[2] === 'red' && inside.output === '/home/demo colour=[red]',
    });
  },
});
