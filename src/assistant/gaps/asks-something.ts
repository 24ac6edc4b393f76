import { readQuestion } from '../../matching/question.ts';
import { contentWords } from '../../matching/terms.ts';
import { readWish } from '../listening/read-wish.ts';

/** Words that people say to a bot without asking anything, beside those that matching leaves out of any question. */
const idle: ReadonlySet<string> = new Set(
  `wat wut huh hm hmm hmmm uh um eh ah oh aha rofl roflmao xd heh hehe hihi wow nice cool great awesome perfect super
  sweet neat yes yep yeah yup ya no nope nah sure right exactly correct wrong sorry oops ups welcome bye goodbye cya later
  test testing tests tester ping pong bump foo bar baz asdf qwerty abc blah bla yolo sup whatsup demo demos topic topics
  run show start stop next more less menu list again repeat undo back never mind nevermind nvm forget cancel wait stopp
  true false good bad bot dockproof please`
    .split(/\s+/)
    .filter((word) => word !== ''),
);

/** Somebody who is spoken to by name, as in "stop it, Bob". */
const address = /,\s*\p{Lu}\p{Ll}+[.!]*$/u;

/** Whether a text says anything that the book could answer: "lol", "how?" and "run the demo" do not. */
export function asksSomething(question: string): boolean {
  const said = question.trim().replace(address, '');
  return readWish(said) === null && contentWords(readQuestion(said).words).some((word) => !idle.has(word));
}
