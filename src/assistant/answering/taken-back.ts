const before = /(?:(?:oh|ok|okay|ah|hm+|sorry|please|edit|update)[\s,.:;!]+)*/;
const words =
  /(?:never\s?-?mind|nvm|nm|forget (?:it|this|that|about (?:it|this|that))|ignore (?:it|this|that|me)|disregard(?: (?:it|this|that))?|scratch that|(?:wrong|not this) (?:channel|thread|window)|my (?:bad|mistake)|(?:all )?(?:solved|resolved|fixed)(?: it)?|(?:i )?(?:got|found|fixed|solved) it(?: myself)?|deleted|removed)/;
const after =
  /(?:[\s,.:;!–-]+(?:please|pls|thanks|thank you|thx|sorry|all|everyone|my (?:bad|mistake)|(?:i )?(?:got|found|fixed|solved) it(?: myself)?))*/;
const takesBack = new RegExp(`^${before.source}${words.source}${after.source}$`, 'i');

/** Whether an edit takes its question back: nothing is left of it, or only words that say so, such as "never mind". */
export function isTakenBack(question: string): boolean {
  const text = question.replaceAll(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '');
  return text === '' || takesBack.test(text);
}
