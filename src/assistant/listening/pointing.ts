import { cleanQuestion } from '../../matching/question.ts';
import { before, behind } from './wish-phrases.ts';

/** What is said where somebody points at what was written before, and says nothing of it. */
const phrases = [
  '(?:any |some |got any |have any |anyone any |does (?:anyone|anybody) have any )?(?:ideas?|clues?|thoughts?|opinions?|suggestions?|hints?|advice|tips?|insights?|pointers?|input|guesses|idee|ideen)(?: (?:on|about|for|to|why) (?:this|that|it|the above|here|what happened))?(?: anyone| anybody| here)?',
  '(?:do |would |did )?(?:you|u) (?:know|have an idea|have any idea|have a clue|understand|see)(?: (?:this|that|it|why|what this is|what that is|what is going on|whats going on|about this|about that|the answer|what happened|the reason|how|more|an answer|what to do))*',
  '(?:what do (?:you|u) (?:think|say|make|suggest|recommend)|wdyt|your (?:take|opinion|view|thoughts?)|what would you (?:do|say|suggest))(?: (?:of|about|on|to) (?:this|that|it|the above))?',
  '(?:can |could |would )?(?:you |u )?(?:help|assist|chime in|answer|jump in|weigh in|look|take a look|have a look|check|explain|advise|comment|respond|reply|take this|take over|solve|fix)(?: (?:me|us|him|her|them|out|here|with|at|on|to|in|this|that|it|the above|this one|that one|this question|that question|the question|bob|alice))*',
  '(?:this|that|these|the above|above|see above|look above|read above|same|same here|same question|same problem|same issue|ditto|this one|that one|this question|what he said|what she said|what they said|what (?:he|she|they) asked|me too|over to you|your turn|your call|up|help (?:him|her|them|me|us)(?: out)?|over)',
  '(?:what|whats|what is|what could|what can|what has|what the hell is|what the heck is) (?:this|that|it|happened|happening|going on|wrong|up|the matter|the problem|the issue|the cause|the reason|be wrong|be the reason|be the cause|went wrong|gone wrong|the fix|the solution|the answer)(?: (?:here|there|with (?:this|that|it)|about|to (?:this|that)))*',
  '(?:how (?:do|can|could|should|would|to) (?:we |i |you |one )?(?:fix|solve|debug|resolve|repair|avoid|prevent|handle|explain|stop|mend|get around) (?:this|that|it)|how come|why(?: is (?:this|that|it))?(?: so| happening)?|why (?:does|did|would) (?:this|that|it) happen(?: to (?:us|me|him|her))?|what (?:now|to do|to do now|should (?:we|i|he|she) do(?: now)?|can (?:we|i|he|she) do(?: about (?:it|this|that))?))',
  '(?:is (?:this|that|it) (?:normal|right|true|correct|expected|a bug|possible|intended|real|known|by design|ok|fine|bad)|are you there|is (?:that|this) so|right|correct|true)',
  '(?:has |did )?(?:anyone|anybody|somebody|someone)(?: (?:know|knows|an idea|else|seen this|had this|else seen this|else had this|know this|know why))*',
  'hat (?:jemand|wer) (?:eine )?idee|was (?:ist|war) (?:das|los|hier los)|weisst du (?:das|was|warum|mehr)|kannst du (?:helfen|das beantworten|das erklaren)|was meinst du',
] as const;

const pointing = new RegExp(
  `^(?:(?:${before.join('|')}) )*(?:${phrases.join('|')})?(?: (?:${behind.join('|')}))*$`,
  'u',
);
/** Characters beyond which a message says something of its own. */
const longest = 160;

/**
 * Whether a message says nothing of its own, and so means what was written before it: "any idea?", "can you help?", a
 * mention without words.
 */
export function pointsBack(raw: string): boolean {
  const text = cleanQuestion(raw).replaceAll("'", '').normalize('NFD').replace(/\p{M}/gu, '');
  const words = text.match(/[\p{L}\p{N}]+/gu) ?? [];
  return text.length <= longest && pointing.test(words.join(' '));
}

/** Whether a message speaks of something by a word such as "it", which it does not name. */
export function speaksOfIt(raw: string): boolean {
  return /\b(?:it|its|that|this|them|they|these|those|same|one|there|das|es)\b/.test(cleanQuestion(raw));
}
