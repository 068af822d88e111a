"""Circumstances that point to one family without a name: places, ages, kin, trades, rare events.

Each rule is a pattern of ordinary words; a text that matches one stays out of what circulates.
"""

from __future__ import annotations

import re

from lif_nlp.circulation.word_lists import is_field_word, words

_NUMBER = (
    r"(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|"
    r"seventeen|eighteen|nineteen|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty)(?:[- ]\w+)?)"
)
_ORDINAL = (
    r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|\w+teenth|twentieth|"
    r"twenty-\w+|thirtieth|\d+(?:st|nd|rd|th))"
)
_KIN = (
    r"(?:mother|father|mum|dad|parents?|step-?(?:father|mother|dad|mum)|partner|grand(?:mother|father|parents?|ma|dad|pa)|nan|uncle|aunt(?:ie)?|"
    r"brothers?|sisters?|boyfriend|girlfriend|husband|wife|carer|couple|siblings?|cousins?)"
)
_PERSON = rf"(?:{_KIN}|child|baby|boy|girl|infant|toddler|teenager|young person|young (?:wo)?man|man|woman|pupil|youth|son|daughter|twin|victim|he|she|they)"
_TRADE = (
    r"(?:footballer|jockey|boxer|wrestler|gymnast|swimmer|athlete|skater|cricketer|vicar|priest|pastor|imam|rabbi|bishop|minister|councillor|mayor|mp|magistrate|judge|barrister|solicitor|"
    r"surgeon|dentist|vet|pilot|soldier|sailor|trawlerman|fisherman|fishermen|lifeboat|coxswain|lighthouse|harbour ?master|gamekeeper|shepherd|farmer|beekeeper|blacksmith|farrier|thatcher|taxidermist|"
    r"undertaker|gravedigger|auctioneer|butcher|baker|locksmith|clock ?maker|watchmaker|piper|organist|cellist|violinist|pianist|drummer|singer|musician|actor|actress|comedian|magician|ventriloquist|"
    r"puppeteer|clown|acrobat|novelist|poet|author|sculptor|potter|weaver|glassblower|falconer|huntsman|whippers?|breeder|trainer|stuntman|diver|miner|quarryman|landlord|landlady|publican|postmaster|postmistress|"
    r"lollipop|newsreader|presenter|broadcaster|celebrity|influencer|model|champion|olympian|paralympian|referee|choirmaster|bellringer|bell-ringer|headteacher|professor|astronomer|"
    r"showman|showmen|fairground|circus|stallholder|trapeze|ferryman|signalman|train driver|bus driver|lorry driver|taxi driver|funeral director|tattooist|embalmer|prison officer|police officer|"
    r"firefighter|paramedic|postman|milkman|caretaker|chef|cook|barber|hairdresser|florist|jeweller|antiques? dealer|chimney ?sweep|tree surgeon|scrap dealer|translator|interpreter|archaeologist)s?"
)

_RULES: tuple[tuple[str, str], ...] = (
    ("age", rf"\b(?:was|is|were|turned|turning|aged?|just|only|barely|reached|at|of) (?:just |only |about |nearly |almost |barely )?{_NUMBER}"
            r"(?= (?:when|at the time|and (?:a half|was|had|the|her|his|could|still|lived|pregnant|in|never)|years?,|years? (?:of age|old))|[,.;]? ?(?:when|he|she)\b)"),
    ("age", rf"\b{_PERSON} (?:\([^)]*\) )?(?:was|is|had|turned|had turned|had just turned|,? ?aged|of|at|,) (?:just |only |about |nearly |then |now |by then )?{_NUMBER}(?=[,.;)]|$| (?:and|when|at|who|with|was|had|years?|,)\b)"),
    ("age", rf"\b(?:{_NUMBER}|\d+|\w+)[- ]years?[- ]old (?:\w+ ){{0,2}}(?:{_PERSON}|who|with|was|had|twins?|sister|brother)\b"),
    ("age", r"\b(?:The|the|Her|her|His|his|A|a|an|their|one) [\w-]+[- ]years?[- ]old\b"),
    ("age", rf"\b(?:years?|months?|weeks?|days?) and {_NUMBER} (?:month|week|day)s?\b"),
    ("age", rf"\b(?:his|her|their|whose|own) (?:\w+ )?{_ORDINAL} birthday\b|\b(?:his|her) (?:own )?birthday\b|\bbefore (?:he|she) turned\b|\bthe day (?:he|she) turned\b"),
    ("age", rf"\b(?:At|at|By|by) (?:the age of )?{_NUMBER}(?: years?| months?| weeks?)?(?: old)?,? (?:he|she|and|the (?:boy|girl|baby|child))\b"),
    ("age", rf"\b(?:[Aa]t|[Bb]y|[Ff]rom|since) the age of {_NUMBER}\b(?=[^.]*\b(?:he|she|his|her)\b)|\b(?:he|she|his|her)\b[^.]* (?:at|by|from|since) the age of {_NUMBER}\b"),
    ("age", rf"\b(?:brothers?|sisters?|siblings?|boys|girls|twins|children|sons?|daughters?|half-\w+)(?: were| was)?,? (?:who (?:was|were) )?(?:then |now )?aged {_NUMBER}\b"),
    ("age", rf",? aged {_NUMBER}(?:,| and a| years,| months,| weeks,| days,|\.|$)"),
    ("age", r", (?:then |now |just |only |barely )?(?:\d{1,2}|\w+teen|eleven|twelve|ten|nine|eight|seven),? (?:had|was|who|has|told|said|lived|and (?:his|her))\b"),
    ("age", rf"\b[A-Z]{{1,3}}(?:\.[A-Z])*\.?,? \(?(?:aged |then )?{_NUMBER}(?:\)|,(?= \w+(?! and))| (?:years|was|had))|\b(?:girl|boy|sister|brother|son|daughter|mother|father|[Mm]um|[Dd]ad) \(\d{{1,2}}[MFmfy]?\)|\(\d{{1,2}} ?(?:yrs?|y/?o|[MF])\b"),
    ("siblings", r"\b(?:twins?|twin's|triplets?|quadruplets?|twinned)\b"),
    ("siblings", rf"\b(?:{_ORDINAL}|youngest|eldest|oldest|middle|only (?:boy|girl|son|daughter)) (?:and (?:\w+) )?(?:child )?(?:of|in|among) (?:(?:her|his|their|the|a) )?(?:\w+['’]?s? )?(?:family of )?{_NUMBER}\b"),
    ("siblings", rf"\b(?:{_ORDINAL}|youngest|eldest|oldest) (?:of the|of her|of his|of their) \w+"),
    ("siblings", rf"\b(?:mother|father|parents|couple|family|grandmother|her|his|their|she|he)(?:['’]s)? (?:had |has |have |and |with )?(?:other |older |younger |elder |surviving |own )?{_NUMBER} (?:\w+ )?(?:children|sons|daughters|siblings|brothers|sisters|babies|boys|girls|step-?\w+|half-\w+)\b"),
    ("siblings", rf"\b(?:with|has|had|have|of) (?:\w+ )?{_NUMBER} (?:older |younger |elder |half-|step-?|full )?(?:brothers?|sisters?|half-\w+|step-?(?:brothers?|sisters?|siblings?))\b"),
    ("siblings", r"\b(?:two|three|four|five|six) sets of (?:twins|triplets|siblings|brothers|sisters|parents|children)\b|\b(?:sextet|all (?:boys|girls|sons|daughters))\b|\b(?:two|three|four|five|six|seven|eight|nine) (?:different |separate )fathers\b|\bby (?:two|three|four|five|six) (?:different )?(?:fathers|mothers|men|women)\b"),
    ("siblings", rf"\bthe (?:first|second|third|fourth|fifth) (?:had|was|lived|and|died|of|child (?:had|was|died|to))\b|\b(?:the|her|his) (?:{_ORDINAL}) (?:child|baby|son|daughter|pregnancy)\b|\b{_NUMBER} of (?:whom|them) (?:were|was|are|had|have|is)\b"),
    ("siblings", r"\b(?:same (?:first )?name as|named after|shar(?:es|ed) (?:a|his|her) (?:birthday|name))\b|\bsame (?:birthday|day as (?:his|her))\b"),
    ("siblings", rf"\b{_NUMBER} (?:older |younger |elder |half-?|step-?)(?:sib|bro|sis)\w+|\b{_NUMBER} (?:sisters|brothers|half-siblings)\b"),
    ("relation", r"\b(?:half|step)-?(?:brother|sister|sibling|son|daughter|grandfather|grandmother|uncle|aunt)(?:['’]s)?\b(?=.*\b(?:was|is|were|had|who|of|and|also|lived)\b)|\b(?:late|former|ex-?|estranged|second|third|fourth|previous|first) ?-?(?:husband|wife|wives|partner)s?\b"),
    ("relation", r"\b(?:mother|father|partner|brother|sister|uncle|aunt|cousin|husband|wife|grandmother|grandfather|stepfather|stepmother|boyfriend|girlfriend|child|boy|girl|baby|her|his|family|worker|teacher|manager|officer|doctor|governor)(?:['’]s)? (?:\w+ )?(?:cousin|uncle|aunt|auntie|nephew|niece|godmother|godfather|in-law|\w+-in-law|godson|goddaughter|great-\w+|sister|brother|wife|husband|boyfriend|ex-\w+)\b"),
    ("relation", r"\b(?:was|is|were|turned out to be|being|married (?:to)?|proved to be|to be) (?:also )?(?:the |a |her |his |their |both )?(?:\w+ )?(?:cousins?|uncle|aunt|nephew|niece|god\w+|\w+-in-law|(?:step|half)-?\w+|(?:brother|sister|mother|father|son|daughter|wife|widow|husband|ex-wife|partner) (?:of|to)|(?:mother|father|brother|sister|wife|husband|daughter|son)['’]s)\b"),
    ("relation", r"\b(?:first cousins?|second cousins?|surrogate|sperm donor|egg donor|incest|also (?:his|her|the (?:child|girl|boy|baby|mother|father)['’]s) \w*(?:father|mother|uncle|brother|aunt|sister|teacher|grandfather|grandmother))\b|\bgreat-(?:grand|uncle|aunt)\w*|\bgod(?:mother|father|parents?|son|daughter)\b|\b(?:widow|widower|bigam\w+)\b"),
    ("relation", r"\b(?:son|daughter|child|grand(?:son|daughter|child)|niece|nephew|brother|sister|wife|husband|widow|mother|father|uncle|aunt) of (?:the (?!child\b|baby\b|children\b)|a|an|one|her|his)\b|\bwhose (?:\w+ )?(?:mother|father|brother|sister|uncle|aunt|wife|husband|partner|son|daughter|grandmother|grandfather|cousin) (?:is|was|had|has|ran|kept|owned)\b|"
        r"\b(?:related (?:by \w+ )?to (?:the|a|one|her|his) (?:\w+ )?(?:worker|teacher|officer|governor|councillor|head|manager|doctor|nurse|family|mother|father|victim|man)|by marriage|(?:first|second|third|earlier|previous) marriage|(?:married|engaged) to (?:the|a|her|his|one)|had (?:once )?(?:been )?married (?:the|her|his|a)|(?:head|teacher|chair|councillor|governor|vicar|landlord|constable|officer|manager|nurse|doctor|GP|magistrate)(?:['’]s) (?:own )?(?:son|daughter|wife|husband|mother|father|brother|sister|child|partner|nephew|niece|grandson|granddaughter))\b"),
    ("nickname", r"\b(?:in post for (?:only |just |less than |under )?\w+ (?:days?|weeks?|months?)|[Aa] man called|a (?:girl|boy|woman) called)\b"),
    ("rare condition", r"\b(?!(?:Down|Down['’]s|Downs|foetal|fetal|toxic|shaken|munchausen|alcohol|death|withdrawal|irritable|post|chronic|Asperger['’]?s?)\b)[\w'’-]+ (?:syndrome|disease|dystrophy|anaemia|atrophy|palsy (?!is)|sclerosis)\b(?<!alcohol syndrome)(?<!death syndrome)(?<!infectious disease)(?<!heart disease)(?<!liver disease)(?<!kidney disease)(?<!withdrawal syndrome)(?<!abstinence syndrome)(?<!baby syndrome)(?<!transmitted disease)(?<!Down syndrome)(?<!Down's syndrome)(?<!Down’s syndrome)(?<!the disease)(?<!of disease)"),
    ("rare condition", r"\b(?:ichthyosis|porphyria|progeria|haemophilia|hemophilia|thalassa?emia|sickle[- ]cell|cystic fibrosis|leuka?emia|lymphoma|sarcoma|neuroblastoma|retinoblastoma|glioma|tumou?rs?|cancer of|"
        r"osteogenesis imperfecta|brittle bones?|brittle bone|epidermolysis|albinism|albino|narcolepsy|cataplexy|achondroplasia|dwarfism|gigantism|phenylketonuria|galactosa?emia|hydrocephalus|spina bifida|microcephaly|"
        r"anencephaly|craniosynostosis|gastroschisis|exomphalos|cleft (?:lip|palate)|club ?foot|conjoined|intersex|ambiguous genitalia|locked-in|transplant\w*|artificial heart|pacemaker|ventricular assist|tracheostom\w*|ventilator at home|iron lung|"
        r"rabies|leprosy|scurvy|cholera|anthrax|botulism|tetanus|diphtheria|malaria|typhoid|plague|ebola|kuru|amputat\w+|prosthe\w+|glass eye|one (?:arm|leg|kidney|eye|hand)|extra (?:finger|toe)s?|six (?:fingers|toes)|born without|deafblind|"
        r"selective mutism|pica|synaesthesia|savant|chimer\w+|mosaicism|trisomy|deletion|translocation|chromosom\w+|mitochondrial|metabolic (?:disorder|condition)|rare (?:form|condition|disorder|disease|tumour|cancer|genetic|blood|skin|bone|heart|illness|syndrome|type)|very rare|"
        r"so rare|fewer than|only \w+ (?:known |other )?(?:cases|children|people|families|patients|babies) (?:in|with|known)|\w+(?:opathy|odystrophy|odysplasia|oplasia|ytosis|olysis|onecrosis|otrophy|ogenesis)|situs inversus|dextrocardia|heterochromia|alopecia|vitiligo|scoliosis brace|"
        r"haemangioma|port[- ]wine|birthmark (?:on|over|across|shaped)|tic disorder|coprolalia|encephalitis|meningococcal|septic\w* amput\w+|stoma bag|hirschsprung|hermaphrodit\w+)\b(?<!neuropathy)"),
    ("rare condition", r"\b(?!(?:dia|pro|neu?ro|hyp|psych|sym)g?n?\w{0,4}osis\b|thrombosis|tuberculosis|psychosis|neurosis|osteoporosis|cirrhosis|scoliosis|endometriosis|halitosis|sclerosis|metamorphosis|ketoacidosis)\w{3,}(?:osis|plasia|dystrophy|plegia|paresis|cytosis|globinuria|uria)\b|\b(?:congenital|hereditary|inherited (?:a|the|condition|disorder|disease)|genetic (?:condition|disorder|disease|mutation|fault)|enzyme|faulty gene|one in (?:a|\d[\d,]+ ?(?:thousand|million)?|\w+ (?:thousand|million))\b|handful of (?:cases|people|children|families|known)|never (?:been )?(?:seen|recorded|reported|met|treated) (?:a case|it|one|before|in)|unusual (?:condition|illness|form|disorder)|allerg(?:y|ic) to (?:water|cold|sunlight|light|the (?:cold|sun))|experimental (?:drug|treatment)|drug trial|clinical trial|gene therapy|bone marrow|skin grafts?|feeding pump|born (?:with|without) (?:a|an|his|her|one|two|no)\b)"),
    ("rare event", r"\b(?:(?:the|that|a) (?:flood|floods|storm|gale|riot|riots|strike|crash|shooting|blast|eclipse|jubilee|coronation|royal visit|regatta|carnival|marathon|cup final|collapse|tidal wave|oil spill|epidemic of) (?:of|that|which|in which|had|swept|took|hit|left|when|at)\b|winched|stowaway|stow(?:ed)? away|gave birth (?:in|on|at|under|behind|beside) (?!hospital|home)|born (?:in|on|at|under|aboard) (?:a|an|the) (?!hospital|maternity|UK|same|country|unit|time)|struck by|trapped (?:in|under|beneath|between)|buried (?:under|in|alive|at|the)|stranded|swept (?:out|away|off)|washed (?:up|ashore)|dug up|shot (?:dead|with|at|by|himself|herself)|blown (?:up|off|down)|burn(?:ed|t) (?:down|to the ground)|crashed (?:into|through|a|the)|(?:fell|fallen|jumped|pushed|thrown) (?:from|off) (?:a|an|the) (?:bridge|cliff|pier|crane|roof|balcony|ferry|train|tower|viaduct|ride|pylon|scaffold\w*|moving|\w+ floor|horse|quay|boat)|hid(?:den)? (?:in|under|inside) (?:a|an|the) (?:lorry|boot|suitcase|loft|attic|cupboard|van|crate|freezer|coffin)|rowed|sailed|swam|hitch-?hiked|parachut\w+|walked \w+ miles|alive after|mummified|freezer|coma for|rescued (?:from|by)|search (?:party|parties)|missing for \w+ (?:days|weeks|months|years)|manhunt|shot (?:a|the|his|her)|wedding (?:day|party)|funeral (?:procession|cortege)|on (?:Christmas|Boxing|New Year)|the day (?:of|after|before) (?:the|his|her|a))"),
    ("trade", r"\b(?:[Tt]he )?[Ff]amil(?:y|ies)(?: who)? (?:ran|runs|kept|keeps|owned|owns|bred|breeds|farmed|farms|toured|travelled with|built|sold|made a living)\b|\b(?:boy|girl|child|son|daughter|he|she|pupil|teenager|[Cc]hild [A-Z]\d?)\b (?:\w+ )?(?:played|plays|danced|sang|sings|rode|rides|boxed|acted|fenced|skated|swims|rowed|raced|races|modelled|starred|appeared|competed|performs|performed) (?:for|in|with|on|at|the|as)\b|\b(?:chorister|bell-?ring\w*|bagpipes?|harp|tuba|accordion|violin|cello|ballet|gymnast\w*|trampolin\w*|falcon\w*|ferrets?|pigeons?|whippets?|reptiles?|tarantulas?|parrots?|alpacas?|llamas?|ostrich\w*|monkeys?|budgerigars?|beehives?|bees)\b"),
    ("rare event", r"\b(?:landslip|landslide|lightning|tornado|earthquake|shipwreck\w*|tsunami|avalanche|hurricane|sinkhole|gas explosion|explosion|bomb(?:ing|ed)?|siege|hijack\w*|kidnap\w*|abduct(?:ed|ion)|ransom|train crash|derail\w*|coach crash|plane crash|air crash|helicopter|capsiz\w+|dinghy|drowned in|"
        r"house ?fire (?:that|in which)|fire that|arson|decapitat\w+|crossbow|sword|axe|machete|poison(?:ed|ing) with|acid attack|exorcis\w+|witchcraft|ritual|cult|sect\b|crocodile|lion|tiger|snake|python|bull\b|pack of dogs|the dog that|eaten|mauled|septic tank|well shaft|mine ?shaft|quarry|cliff|lighthouse|"
        r"viaduct|railway line|along the (?:railway|motorway|track|canal)|zoo|circus|fairground|jailed for life|life sentence|life imprisonment|minimum (?:term )?of|sentenced to|convicted of (?:her|his|the) (?:murder|manslaughter)|tried for|stood trial|found guilty|pleaded guilty|crown court|old bailey|appeal court|"
        r"in the (?:newspapers?|papers|press|news|headlines)|front pages?|made (?:the )?(?:national )?(?:news|headlines)|headline\w*|national(?:ly)? (?:press|news|media|television|tv)|on (?:the )?(?:television|telly|tv)|documentary|went viral|viral|million (?:views|followers|times)|televised|broadcast|reality show|talent show|petition|protest|march to be|"
        r"known (?:in|by) the press|dubbed|the so-called|lottery|jackpot|world record|record holder|medal|trophy|national squad|national \w+ squad|olympic\w*|paralympic\w*|junior champion|champion\w*|won the (?:\w+ ){0,3}(?:prize|cup|title|championship|award|race|final))\b"),
    ("unique", r"\b(?:[Oo]nly|[Ff]irst|[Ll]ast|[Yy]oungest|[Oo]ldest|[Ll]argest|[Ss]mallest|[Tt]allest|\w+est|[Ss]ole|[Oo]ne of (?:the )?(?:only )?(?:two|three|four|five|six|seven|eight|nine|ten|a few|a handful))\b[^.;]{0,60}?\b(?:in|on|of|from|at|within) (?:the|that|this|its|her|his|all|any) (?:whole |entire |same )?(?:county|town|region|country|island|village|city|school|hamlet|parish|estate|street|valley|area|district|state|world|force|UK|kind|type|coast|history|college|class|year group|nation|borough|north|south|east|west)\b"),
    ("unique", r"\b(?:the only (?:\w+ )?(?:girl|boy|woman|man|female|male|black|child|family|pupil|person|survivor|witness|paediatric|one of (?:its|his|her)|unit|detective|doctor|midwife|\w+ist|\w+ian|\w+-speaking|speaker)|the sole|the youngest (?:person|child|girl|boy|patient|mother|father|pupil|member|ever)|the first (?:\w+ )?(?:woman|girl|boy|child|baby|person|man|black|family|patient|birth|to be) )\b"),
    ("unique", r"\b(?:who|which) (?:has|have|had) (?:just |only |about |some |fewer than )?(?:\d{1,2}|\w+teen|twelve|eleven|ten|nine|eight|seven|six|twenty|thirty|forty) (?:pupils|members|children|beds|residents|houses|people|families|households|worshippers|boarders)\b|\b(?:some|about|just|only|fewer than) (?:\w+ )?(?:\d{1,2}|\w+teen|twenty|thirty|forty|twelve|ten) (?:pupils|members|residents|houses|households|families|inhabitants|souls)\b"),
    ("trade", rf"\b{_KIN}(?:['’]s (?:partner|brother|sister|father|mother|boyfriend|husband))?,?(?: who)? (?:\w+ )?(?:was|is|were|had been|worked as|had worked as|who was|had become|became|trained as|,)(?: also)? (?:a|an|the|both|well known as a|well-known as an?|once an?)? ?(?:[\w’'-]+ ){{0,3}}?{_TRADE}\b"),
    ("trade", rf"\b{_KIN},?(?: who)? (?:\w+ly )?(?:worked (?:as|at|in|for|on|behind|nights (?:as|at|in))|kept (?:the|a) \w+|ran (?:the|a|an) |repaired |restored |bred |trained |taught |made (?:\w+ ){{0,2}}(?:in a|for|and sold|by hand)|made (?:harps|violins|guitars|cheese|candles|organs|boats|clocks|furniture|toys|baskets|saddles|wigs|puppets|kites)|sold |owned (?:the|a)|drove (?:the|a)|played (?:for|in)|sang |flew |presented |wrote (?:novels|books|songs|poems|a)|coached |refereed |chaired |stood for|sat on the|carved |built |farmed |kept (?:bees|goats|pigs|horses|ferrets|pigeons|sheep|hens|snakes)|raced |performed |danced |served in|preached|conducted )"),
    ("trade", rf"\b(?:former|retired|professional|famous|well-known|celebrated|champion|award-winning|local) (?:\w+ ){{0,2}}{_TRADE}\b|\b(?:premier league|world cup|international) "),
    ("trade", r"\b(?:ferry|harbour|lifeboat|fishing boat|trawler|abattoir|slaughterhouse|kennels|stables|riding school|packing shed\w*|oil rig|rig worker|shooting estate|grouse|big house|chip van|ice[- ]cream van|fairground|funfair|travelling (?:show|fair|circus)|canal boat|narrowboat|houseboat|yurt|lighthouse|signal box|windmill|watermill|monastery|convent|commune|army base|air ?base|barracks|naval base)\b"),
    ("place", r"\b(?:above|over|behind|beside|opposite|next (?:door )?to|across from|off|by|under|beneath|near|round the back of|at the back of) the (?:\w+ ){0,2}?(?:shop|launderette|laundrette|bookmaker\w*|pub|chippy|chip shop|takeaway|kebab shop|bakery|butcher\w*|post office|garage|petrol station|bank|church|mosque|temple|chapel|canal|railway|station|harbour|pier|quay|mill|brewery|factory|gasworks|airfield|airport|racecourse|stadium|football ground|market ?place|town hall|library|cinema|bingo hall|bus depot|prison|crematorium|cemetery|lighthouse|castle|old \w+|river|beach|sea ?front|sea wall|motorway|ring road|roundabout|flyover|bridge|allotments|golf course|school gates?|nail bar|barber\w*|hairdresser\w*|tattoo \w+|vape shop|newsagent\w*|corner shop|supermarket|fire station)\b"),
    ("place", r"\b(?:lay-?by|cul-de-sac|tower block|seventh floor|\w+th floor|on the (?:island|seafront|coast road|moor|marsh|peninsula|old \w+ road)|seaside|hill village|fishing village|pit village|mining village|in the village|the village (?:of|school|shop|hall|pub|green)|island|hamlet|farmhouse|cottage|static caravan|caravan (?:site|park)|holiday park|campsite|barn|croft|lock[- ]?up|beach hut|(?:flat|house|room|number|unit|plot|block|apartment|bungalow|caravan) (?:no\.? ?)?\d{1,4}[a-z]?\b|the last house|end of the (?:lane|terrace|pier|line)|corner of the)\b"),
    ("origin", r"\b(?:Hasidic|Haredi|Amish|Mennonite|Plymouth|Brethren|Jehovah\S*|Mormon\w*|Scientolog\w+|Quaker|Zoroastrian|Bah[aá]['’]?[ií]|Jain|Rastafari\w*|Druze|Yazidi|Coptic|Wiccan?|Pagan|Druid\w*|Hutterite|Moonie\w*|Salvationist|Esperanto|Cornish-speaking|Ahmadi\w*|Ismaili|Alevi|Adventist|Exclusive)\b"),
    ("origin", r"\b(?:only|first|one|sole|a|the|an) (?:[A-Z]\w+(?:ian|ese|ish|an|i|ic|ch|ean)|[A-Z]\w+-speaking) (?:\w+ )?(?:family|mother|father|boy|girl|child|baby|couple|household|woman|man|teenager|pupil|grandmother|stepfather|brothers?|sisters?)\b"),
    ("origin", r"\bnewly (?:come|arrived) from [A-Z]|\b(?:came|fled|moved|adopted|trafficked|brought) (?:\w+ )?from [A-Z](?!nother)\w+(?=[^.]*\b(?:he|she|family|mother|father|boy|girl|child|with)\b)"),
)  # fmt: skip
_COMPILED = tuple((kind, re.compile(pattern)) for kind, pattern in _RULES)

_OPERATION = re.compile(
    r"\b(?:Operation|Op|OPERATION|OP|Project|Exercise) (?!Encompass|ENCOMPASS|Managers?|Centres?|Plans?|Board|Group|Team|Lead|Manager|Officer)[A-Z]\w+"
)
_SAINT = re.compile(r"\b(?:St|Saint|SS|Our Lady)\b\.?['’]?s? (?!Helens|Albans|John Ambulance)[A-Z]")
_HEADED = re.compile(
    rf"\b([^\W\d_][\w’']*(?:[-][\w’']+)*) ({'|'.join(sorted(words('place_nouns'), key=len, reverse=True))})\b(?! (?:Review|Order|Paper|of Commons|of Lords))",
    re.IGNORECASE,
)
_LOW_HEADS = frozenset(
    [
        "nursery",
        "preschool",
        "pre-school",
        "playgroup",
        "kindergarten",
        "school",
        "academy",
        "college",
        "surgery",
        "clinic",
        "ward",
        "hospital",
        "hostel",
        "estate",
        "church",
        "chapel",
        "mosque",
        "temple",
        "club",
        "inn",
        "tavern",
        "hotel",
        "arms",
        "street",
        "road",
        "lane",
        "lodge",
        "majorettes",
        "rovers",
        "scouts",
        "cubs",
        "brownies",
        "parish",
        "primary",
        "village",
        "island",
        "beach",
        "valley",
    ]
)


_ONE_FAMILY = re.compile(
    r"\b(?:s?he|his|hers?|him|himself|herself|mother|father|mum|dad|child [a-z]\w*|"
    r"the (?:\w+ )?(?:boys?|girls?|baby|infant|toddler|child|children|step\w+|grand\w+|couple|family|partner|uncle|aunt|"
    r"brothers?|sisters?|son|daughter|man|woman|teenager|pupil|parents)|"
    r"one (?:boy|girl|child|family|mother|father|pupil|parent))\b",
    re.IGNORECASE,
)
_LOW_WORD = re.compile(r"(?<![\w’'-])[a-z]{4,}(?!\w)")


def identifying_circumstances(text: str) -> list[str]:
    """Kinds of circumstance in a text that may point to one family, place or worker.

    >>> identifying_circumstances("The fifth of eight children lived above the launderette.")
    ['siblings', 'place']
    """
    kinds = [kind for kind, pattern in _COMPILED if pattern.search(text)]
    if _ONE_FAMILY.search(text) and not all(map(_is_of_the_field, _LOW_WORD.findall(text))):
        kinds.append("story")
    if _OPERATION.search(text):
        kinds.append("operation")
    if _SAINT.search(text) or any(_names_a_place(match) for match in _HEADED.finditer(text)):
        kinds.append("place")
    return list(dict.fromkeys(kinds))


def _is_of_the_field(word: str) -> bool:
    """Whether reviews use a word so often that it tells no family from another."""
    return is_field_word(word) or word in words("medicines")


def _names_a_place(match: re.Match[str]) -> bool:
    """Whether a capitalised word before a noun of place is its name: "Kingfisher House"."""
    first, noun = match.groups()
    if first == first.lower() or first.lower() in words("plain_qualifiers"):
        return False
    if first.isupper():
        return False
    if noun == noun.lower():
        # "Weekly clinic": a word that only opens the sentence
        return match.start() > 0 and noun in _LOW_HEADS and first not in words("languages")
    return True
