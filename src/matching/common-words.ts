/** Words that carry no topic: grammar, politeness and chat filler. Kept out of scores, not out of kinds of question. */
export const stopWords: ReadonlySet<string> = new Set(
  `a an the this that these those there here it its itself is are was were be been being am do does did doing done
  have has had having will would shall should can could may might must to of in on at by for from with into onto as
  and or but if then else so than too very just also only even still ever yet again anyway about i me my mine we us
  our you your u ur he she they them their one ones someone anybody people ppl guys folks everyone everything what
  whats which who whom whose when where wheres why how hows hey hi hello yo dear pls plz please thx thanks thank ty lol
  lmao haha wtf omg grr argh ugh noob newbie q question questions answer tip tips idea ideas wonder wondering ok okay
  want wanna need needs gonna gotta know get got gets getting go goes going like really actually basically currently
  thing things stuff something anything sort kind lot lots bit some any each every both such much many more most few
  tell say says said saying give explain describe possible possibly way ways come comes make makes made making let lets
  im ive id dont doesnt didnt isnt arent cant cannot wont couldnt shouldnt wasnt havent hasnt not no n w etc ie eg vs
  versus use used uses using usage try tried trying help helpful able whether while because since however though
  although now eli5 tf wth wtaf cuz coz bc fyi iirc tldr damn kinda lemme gimme seem seems look looks looking see seen think thought mean means meant happen happens happened true false
  shld cud wud r y ya yes nope btw afaik imo idk tbh asap well good best better name next errorresponse`.split(/\s+/),
);

/**
 * Words of everyday English that any question may have. Being rare in the book makes other words telling, but not these;
 * they count for less.
 */
export const everydayWords: ReadonlySet<string> = new Set(
  `abide ability absolute absolutely accept accidentally achieve actual add added adding additional advice affect
  afterwards against ago agree ahead allow almost alone along already also altogether always among annoying
  apparently appear appears apply approach appropriate area around arrange arrive article aside ask assume attempt
  available avoid aware away awesome awful based basic beautiful become begin behave behavior behaviour behind
  belong beside beyond bother brief bring bug busy call called calling cancel care careful case cause caution
  certain chance choice claim class clear clever close colleague come common company complain complete completely
  concern condition confirm conflict confuse consequence consider consist constant continue convenience convenient
  convince correct correctly count couple course cover crazy cross current currently custom daily damage danger
  dangerous day deal decent decide declare definitely demand depth derive described design desire despite detail
  detect determine develop difficult difficulty direct directly discover discuss document documentation dozen due
  during early easy effect effective efficient effort either else elsewhere enforce enough ensure entire entirely
  equal equivalent especially essential eventual eventually exact exactly example exception exist existing exists
  expect expected expense experience explicit express extra extreme extremely face facing fact fail failed failing
  fails failure fair fairly fall familiar far favorite feature few figure final finally fine finish first fix fixed
  fixes flat follow foot forbid forget form former forward four frequent friend friendly frustrate fun funny
  further future gain gave general generally given gives giving glad goal great guarantee guess guide half hand
  handle handled handling happening happy hard hardly hate hear heard hearing high higher hit hold hope hopefully
  horrible hour hurt ideal imagine immediate immediately impact implement importance important importantly improve
  incorrect increase indeed indicate individual influence info information initial intend interest interesting
  internal interview introduce invent invisible involve issue item job join kick lack last latter lead learn least
  leave level likely line little live long longer look low main mainly maintain major manner manual manually matter
  mattered matters mention middle mind minimum minor minute miss mistake mix modern moment month mostly nature near
  necessary neither nervous never next nice nobody normal normally note notice number obey obscure observe obvious
  obviously occasional occupied occupy occur odd oddly offer official often old once online open operation opinion
  option ordinary otherwise outside overall page painful painfully part particular pass past patient pattern
  perfect perfectly perform perhaps period person personal pick piece plain plan play plenty plus popular pose
  possible practical prefer preference prepare present pretty prevent previous previously principle prior probable
  probably problem proceed program project promise prompt proof proper properly property provide provided provides
  purpose quality question quite random rarely reach react reader ready real realize reason reasonable reasonably
  receive recent recently recognize refer reference refuse regard regular relate relation relationship relative
  relatively relevant rely remain remember repeat report request require required requirement requires respect
  respond response result return returned returns reveal review right role round rule satisfy scenario scene search
  section select sense sentence serious serve session set setting setup seven shame shape short side sign silent
  silently similar simple simplest simplify simply since situation solution solve somebody somehow sometimes
  somewhere soon sorry sound speak special specific specifically specified specify specifying spend stand standard
  statement stay stayed stays step stick story straight strange strategy strict strong structure struggle stuck
  student stupid subject substitute success successful successfully suddenly suggest suggestion suit suitable sum
  supply support supported supports suppose surprise surprised surprising suspect symptom talk teach team technical
  technique technology ten term terrible text third thought three together tomorrow tonight tool topic total
  totally touch toward trick trouble troubleshoot trust turn tutorial twice type typical typically ugly unable
  unclear understand unexpected unfamiliar unfortunately unique unit unknown unless upset useful useless usual
  usually valid value variety various via video wait wanted wants warn watch weather week weird whatever whenever
  wherever whole wide willing wish within wonder word work worked working works world worried worry wrong year
  yesterday young`.split(/\s+/),
);
