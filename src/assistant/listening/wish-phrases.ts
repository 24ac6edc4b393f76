/**
 * The ways to say what is wished, as regular expressions over lower-case words with single spaces and no marks, without
 * the politeness around them. German ones are those that slip in where people otherwise write English.
 */

const it =
  '(?:it|that|this|the demo|a demo|that demo|this demo|your demo|the proof|the experiment|the thing|that thing|demo|die demo|das|es)';
const me = '(?:me|us|mir|uns)';
const whole =
  '(?:it|that|this|the demo|the run|that run|this run|my run|my demo|this demo|that demo|everything|all of it)';
const offered = '(?:one|answer|option|choice|question|entry|eine)';

/** What a run is asked for by. */
const run = [
  `(?:run|start|execute|launch|play|trigger|try|kick|kick off|fire|fire up|perform|starte?|spin up|fire off)(?: ${it})?(?: off| out| up)?`,
  `(?:do|go for|let it|make it) (?:it|that|run|happen)`,
  `go ahead(?: and (?:run|do|start|show)(?: me)?(?: ${it})?)?`,
  `(?:show|zeige?|demo|demonstrate)(?: mal)? ${me}(?: mal)?(?: ${it})?(?: mal)?`,
  `(?:show|demo|demonstrate|zeige?)(?: ${it}| mal)(?: mal)?(?: to)?(?: ${me})?`,
  `show (?:me |us )?(?:how )?(?:it|that|this) (?:in action|happening|happen|live|running|works?|for real)`,
  `(?:prove|beweise?)(?: (?:it|that|this|es|das))?(?: mal)?(?: to (?:me|us))?`,
  `(?:got |have |is there |is there any |do you have |you have |give me |give us |show me |show us |where is |wheres |id like |i want |we want |any |some |the |a )?(?:proof|evidence)(?: of (?:it|that|this))?`,
  `(?:see|watch)(?: ${it})? (?:in action|happen|happening|run|running|live|work|working|for real|run live|happen live)`,
  `(?:let me|lets|let us|can i|can we|could i|could we|may i|id like to|i want to|i wanna|we want to|i would like to|we would like to|id love to|want to) (?:see|watch) ${it}`,
  `(?:see|watch) (?:the|a|that|this|your) demo`,
  `(?:the |a |live |one |die )?(?:live )?demo(?: time| it| this| that| run| starten| mode| go)?`,
  `(?:give|gimme)(?: me| us)? (?:the|a) demo`,
  `pics or it didnt happen|seeing is believing|lass (?:es )?laufen|mach mal|mach das|fuhr (?:es|das) aus|ausfuhren|gib mir (?:die|eine) demo`,
];

/** The ways, in the order in which they are tried; what is not in them is a question or a remark. */
export const wishPhrases = {
  again: [
    `(?:(?:run|do|play|show|try|start|execute|launch|prove|demo)(?: ${me})?(?: ${it})? )?(?:again|once again|once more|one more time|another time|a second time|over again|noch ?mal|noch einmal)`,
    `(?:rerun|re run|repeat|replay|redo|restart)(?: ${it}| the run| that run)?(?: again)?`,
    'encore|same again|retry|run it back|wiederhole?n?(?: das| es)?|another (?:run|round|go)|one more (?:run|round|go)',
  ],
  steps: [
    `(?:(?:run|do|show|go|play|take|walk|demo)(?: ${me})?(?: through)?(?: ${it})?(?: through)? )?(?:step by step|one step at a time|step for step|stepwise|in steps|schritt fur schritt|slowly|step wise)`,
    `(?:step|walk)(?: ${me})? through(?: ${it})?`,
    `(?:show|give)(?: ${me})? (?:each|every|the|all the) steps?(?: one by one)?`,
  ],
  predict: [
    `(?:predict|guess|vote|bet|quiz)(?: ${me})?(?: (?:it|that|this|the outcome|the result|what happens|what will happen|on it|on that))?(?: first| before| beforehand)?(?: before (?:you|we|it) runs?(?: it)?)?`,
    `(?:(?:start|open|make|run|create|do|take|have|hold) )?(?:a |the |another )?(?:poll|prediction|predictions|quiz|straw poll|vorhersage|umfrage)(?: first)?`,
    'place your bets|taking bets|ask (?:us|me|everyone|everybody) first|(?:first|erst) raten|raten|tippen|lass uns raten|make us guess|who guesses right',
  ],
  topics: [
    '(?:(?:list|show|see|display|give|open|what are|which|browse)(?: me| us)? )?(?:(?:the|all|your|all the|all your|some|other) )?(?:topics|topic list|list of topics|chapters|subjects|table of contents|toc|themen)(?: list| overview)?(?: you (?:know|cover|have)| do you (?:know|cover|have)| are there| there are| gibt es| kennst du)?',
    '(?:what|which) (?:topics|subjects|areas|chapters|questions) (?:do you (?:know|cover|have|answer)|are there|can i ask|can you answer|are covered)(?: about)?',
    'what (?:else )?(?:do you (?:know|cover)|can i ask|can we ask|could i ask)(?: you)?(?: about)?',
    '(?:what is|whats) in (?:the|your|this) book|(?:open|show)(?: me| us)? (?:the|your) book|welche themen(?: gibt es| kennst du| hast du)?|was (?:kannst|weisst) du(?: alles)?',
  ],
  demos: [
    '(?:(?:list|show|see|display|give|what are|browse)(?: me| us)? )?(?:(?:the|all|your|all the|all your|available|other|more|any|some) )*(?:demos|demo list|list of demos|list of all demos|experiments)(?: list| overview)?(?: you (?:have|can run|know)| do you have| are there| there are| gibt es| hast du| available)?',
    '(?:what|which)(?: other| kind of)? demos (?:do you (?:have|know)|have you got|are there|are available|can (?:i|we|you) run|can you (?:do|show)|exist|you have)(?: me| us)?',
    '(?:do you have|have you got|are there|got)(?: any| other| more| some)* demos|what (?:else )?can you (?:prove|demo|demonstrate)(?: to)?(?: me| us)?|welche demos(?: gibt es| hast du| kennst du)?',
  ],
  share: [
    `(?:share|teile?n?)(?: (?:it|this|that|the answer|this answer|that answer|your answer|das|es))?(?: here)?(?: (?:with|to|in|into|mit)(?: (?:the )?(?:channel|everyone|everybody|all|team|others|us|group|room|rest|class|world|allen))?)?`,
    '(?:post|send|put|show|tell|forward)(?: (?:it|this|that|the answer|this answer|that answer))(?: (?:in|to|into|with)(?: (?:the )?(?:main )?(?:channel|everyone|everybody|all|team|others|group|room|rest of us))?)',
    'make (?:it|this|that|the answer) (?:public|visible(?: to (?:all|everyone|everybody))?)|let (?:everyone|everybody|the others|the team) see (?:it|this|that)',
  ],
  stop: [
    `(?:stop|stopp|cancel|abort|halt|kill|quit|end|interrupt|terminate|break off)(?: running)?(?: ${whole})?(?: there)?`,
    'make it stop|(?:thats |that is )?enough|stop right there|hor auf|abbrechen|brich ab|anhalten|(?:call|break) it off|stop stop(?: stop)?',
  ],
  why: [
    `(?:but |and |so )?(?:why|warum|wieso|weshalb)(?: (?:so|though|tho|exactly|really|that|this|is that|is that so|is it so|is this|is this so|is it|is that the case|is it like that|would that be|does (?:it|that|this) (?:do that|happen|work)(?: like that)?|das|denn))?`,
    'how so|how come|y tho|y though|but y|for what reason|on what grounds|(?:what is|whats|give me|tell me) the reason(?: for (?:it|that|this)| behind (?:it|that|this)| why)?|reasons?',
    `(?:explain|erklare?)(?: (?:it|this|that|why|yourself|das|es|how|how come|why that is|why it is so))?(?: a bit| mal)?(?: to)?(?: ${me})?(?: das)?|tell (?:me|us) why|(?:give|have) (?:me|us) (?:an|the) explanation|explanation|wie kommt das`,
  ],
  more: [
    `(?:(?:tell|show|give|say|read|hear|know|see|learn|get)(?: ${me})?(?: a bit| a little| some| a lot| even| much)? )?more(?: (?:info|infos|information|details?|context|background|depth|text|explanation|stuff))?(?: (?:about|on|of)(?: (?:it|that|this))?)?`,
    `(?:(?:give|show|tell)(?: ${me})? )?(?:the |some |all |all the |further |any |full |mehr )*(?:details|detail|rest|full answer|whole answer|long answer|long version|full version|whole thing|full story|whole story|long form|full text)(?: of (?:it|that|the answer))?`,
    'go on|continue|keep going|carry on|elaborate|expand|read on|proceed|(?:elaborate|expand) on (?:it|that|this)|(?:go )?(?:in|into)(?: more| greater| the)? details?|(?:go |dig )?deeper|what else|anything else|is there more|there is more|and what else|what more',
    'mehr(?: dazu| davon| infos?| daruber)?|erzahl(?: mir)?(?: mal)? mehr|weiter|mehr details|sag mir mehr|genauer|ausfuhrlicher',
  ],
  pick: [
    `(?:show |open |give |take |i mean |i meant |i want |id take |read |whats |what about |how about |and |use |pick |choose |nimm |try )?(?:me )?(?:the |das |die |den |der )(first|second|third|fourth|fifth|last|other|1st|2nd|3rd|4th|5th|former|latter|erste|zweite|dritte|andere|letzte)(?: ${offered})?`,
    `(first|second|third|last|other|1st|2nd|3rd) ${offered}`,
    `(?:show |open |give |take |i mean |i meant |read |pick |choose |nimm |what about )?(?:me )?(?:option |number |nr |no |answer |choice |question |nummer |num |entry )?([1-5])`,
    '(?:show |open |take |pick |choose |i mean )?(?:me )?(?:option|number|answer|choice|question|nummer) (one|two|three|four|five|eins|zwei|drei)',
  ],
  run,
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** What may stand before a wish, again and again. */
export const before = [
  'ok|okay|okey|oki|k|kk|alright|right|cool|nice|great|awesome|perfect|good|fine|wow|hm+|um+|uh+|oh|ah|aha|well|so|and|but|then|now|yes|yeah|yep|yup|ja|jo|sure|interesting|really|seriously|i dont believe (?:it|you|that)|im not convinced|i am not convinced|(?:that|this|it) sounds (?:wrong|odd|strange)|oh no|go on then|no way|lol|haha|hey|hi|hello|hallo|yo|moin|sorry|thanks|thank you|thx|ty|danke|super|got it|i see|just|also|first|maybe|actually|bot|dockproof|dear|folks|mate|man|buddy|guys|please|pls|plz|plis|pleas|bitte|kindly|come on|komm|los|na|aber|und|doch',
  'can you|could you|would you|will you|can u|could u|would u|can we|could we|shall we|should we|can i|could i|may i|kannst du|konntest du|wurdest du|you can|you could|you may|you should|u can',
  'i want to|i want you to|i wanna|we want to|i would like to|we would like to|i would like you to|id like to|id like you to|wed like to|id love to|i would love to|i need to|i need you to|i want|i need|i would like|id like|we want|we need|let me|let us|lets|lass uns|lass mich|ich will|ich mochte|ich wurde gerne?|time to|go and|be so kind and|would it be possible to|is it possible to|are you able to|do you mind to|would you mind to|want to|wanna|mind to|try to|want you to|what if we|how about we|how about you|why dont you|why dont we|are we able to|please do|is there a way to|feel free to',
] as const;

/** What may stand behind a wish, again and again. */
export const behind = [
  'please|pls|plz|plis|pleas|bitte|danke|thanks|thank you|thx|ty|cheers|now|right now|right away|then|here|live|quickly|real quick|quick|for me|for us|for the team|for everyone|to me|to us|if you can|if you could|if possible|if you may|if you dont mind|would you|will you|could you|can you|ok|okay|bot|dockproof|mate|man|buddy|dude|lol|haha|hehe|asap|already|mal|jetzt|hier|bro|folks|friend|my friend|sir|though|tho|too|as well|yeah|yes|ja|doch|so we can see|so i can see|so that we see it|on (?:a|the|your) (?:real )?engine|immediately|today|hey|maybe|thing|pretty please|with sugar on top|kindly|tia|cool|for a sec|for a moment|again please|and thanks|many thanks|thanks a lot|thank you very much|thanks so much|in the thread|in this thread|in here|with docker|we want to see it|i want to see it|i dont believe (?:it|you|that)|i am curious|im curious|were curious',
] as const;
