/** Words beside a name, and what they make of it: weights in the order person, place, organization. */
import { type WordMap, type WordSet, wordMap, wordSet } from './word-set.ts';

export type Weights = readonly [number, number, number];

export interface Cues {
  readonly words: WordMap<Weights>;
  /** Of two or three words. */
  readonly phrases: ReadonlyMap<string, Weights>;
  /** What phrases end with. */
  readonly lasts: WordSet;
}

function table(rows: readonly (readonly [string, number, number, number])[]): Cues {
  const all = rows.flatMap(([words, person, place, organization]) =>
    words.split('|').map((word) => [word, [person, place, organization]] as const),
  );
  const phrases = all.filter(([word]) => word.includes(' '));
  return {
    words: wordMap(all.filter(([word]) => !word.includes(' '))),
    phrases: new Map(phrases),
    lasts: wordSet(phrases.map(([phrase]) => phrase.slice(phrase.lastIndexOf(' ') + 1)).join(' ')),
  };
}

/** By the word before, or by the last two or three. */
export const BEFORE = table([
  ['in|à|en|nach|dans|near|visit|visiting|toward|towards|outside|across|throughout|leaving', -1, 2.4, 0.2],
  ['southern|northern|eastern|western|central|capital|city|town|village|country', -1, 2.2, 0],
  ['from|aus|depuis|desde', 0, 1.8, 0.8],
  ['to', 0.4, 1.5, 0.2],
  ['at|bei|chez', 0, 0.6, 1.6],
  ['for|für|pour|para', 0.6, 0, 1],
  ['by|von|par|por', 1.6, 0, 0.6],
  ['the|der|die|das|la|el|le|los|les|den|dem', -1.2, 0.4, 0.6],
  ['of|de', 0.2, 0.4, 0.4],
  ['is|ist|est|es', 1, 0, 0],
  ['me|him|her|us', 1.6, 0, 0],
  ["named|called|appelle|llamo|llama|heiße|heisse|namens|llamada|llamado|i'm|am|bin|soy|suis", 3, 0, 0],
  ['name|nombre|nom|vorname|nachname|prénom|apellido|surname', 3, 0, 0],
  ['dear|hi|hello|hey|liebe|lieber|cher|chère|hola|estimado|estimada|bonjour|hallo|querido|querida', 3, 0, 0],
  ['thanks|danke|merci|gracias|regards|sincerely|signed|cc|grüße|saludos|cordialement', 2.6, 0, 0],
  [
    'says|said|starring|under|early|late|but|add|adding|heard|meet|met|told|tell|ask|asked|see|saw',
    1.6,
    0,
    0,
  ],
  ['hear|with|mit|avec|con|and|und|et|y|like|than|why|when|if|that|cousin|contact|call|email', 0.9, 0, 0],
  ['assistant|guardian|brother|sister|mother|father|wife|husband|son|daughter|friend|partner', 1.4, 0, 0],
  ['colleague|nurse|doctor|professor|kollege|kollegin|client|kunde|kundin|cliente|patient', 1.6, 0, 0],
  ['songwriter|author|singer|actor|guitarist|drummer|director|president|manager|player|writer', 2.5, 0, 0],
  ['producer|designer|commenter|ceo|agent|captain|coach|minister|senator|judge|detective', 2.5, 0, 0],
  ['works|working|worked|employed|joined|join', 0, 0, 2.5],
  ['company|firm|corporation|startup|agency|firma|société|empresa|unternehmen|entreprise', -1, 0, 2],
  ['name is|nom est|nombre es|name ist|name lautet|call me|calls me', 3.5, 0, 0],
  ['this is|hier ist|aquí|ici', 2, 0, 0],
  ["it under|it's under|is under|up with|shouted at|yelled at|gender of|verses from|angry at", 2.2, 0, 0],
  [
    'it to|talk to|speak to|spoke to|talked to|written to|given to|assistant to|belongs to|refund to',
    1.7,
    0.3,
    0,
  ],
  ['work for|works for|worked for|work at|works at|worked at|recorded for', 0, 0, 3],
  ['arbeite bei|arbeitet bei|travaille chez|travaille pour|trabajo en|trabaja en', 0, 0, 3],
  ['year at|job at|later became|which became|employed by|acquired by|owned by', 0, 0, 2.6],
  ['is from', 0, 1, 1.6],
  [
    'originally from|moved from|here from|live in|lives in|lived in|flew to|born in|based in|travel to',
    0,
    3,
    0,
  ],
  [
    'travelling to|traveling to|back to|returned to|return to|moved to|trip to|wohne in|habite à|vivo en',
    0,
    2.6,
    0,
  ],
  ['arrived at', 0, 1.8, 0.6],
  ['mari|femme|fils|fille|frère|sœur|mère|père|voisin|voisine|ami|amie|marido|mujer|hijo|hija', 2.7, 0, 0],
  ['hermano|hermana|madre|padre|vecino|vecina|amigo|amiga|esposo|esposa|mann|sohn|tochter', 2.7, 0, 0],
  ['bruder|schwester|mutter|vater|nachbar|nachbarin|freund|freundin|mitarbeiter|mitarbeiterin', 2.7, 0, 0],
  ['livreur|livreuse|conseiller|conseillère|vendeur|vendeuse|repartidor|repartidora|asesor', 2.7, 0, 0],
  ['asesora|clienta|cliente|kunde|kundin|fahrer|fahrerin|zusteller|técnico|technicien|soussigné', 2.7, 0, 0],
  ['soussignée|jemand|empfänger|empfängerin|absender|inhaber|destinataire|titulaire|titular', 2.4, 0, 0],
  ["c'est|ici|collègue|compañero|compañera|usuario|usuaria|pasajero|pasajera|paciente", 1.6, 0, 0],
  ['nom de|nombre de|atención de|attention de|namen von|part de|parte de|signé par|firmado por', 2.4, 0, 0.4],
  ['merci à|remis à|livré à|confié à|gracias a|entregado a|danke an|gruß an|dank an|adressé à', 2.4, 0, 0.4],
  ['llegó a|viajo a|viaje a|mudé a|mudado a|mudamos a|cerca de|umzug nach|près de', -0.5, 2.4, 0],
  ['meet at', 0, 0.8, 1.2],
  ['according to', 1, 0, 1.4],
]);

/** By the word after. */
export const AFTER = table([
  [
    'said|says|shouted|asked|told|whispered|replied|wrote|writes|listed|spent|lives|lived|speak|speaks',
    1.5,
    0,
    0.2,
  ],
  [
    'spoke|thinks|wants|needs|called|calls|came|went|employs|got|flew|wohnt|schreibt|sagt|dit|dijo',
    1.5,
    0,
    0.2,
  ],
  ['had|has|will|would|is|was|were|just|hat|ist|war|est|a|es|ha', 0.9, 0.2, 0.2],
  ['arrived|just', 1, 0.2, 0],
  [
    'office|offices|website|orchestra|employees|headquarters|store|stores|founders|shares|stock',
    -0.5,
    0.2,
    2.2,
  ],
  ['spokesperson|songwriter|resignation|employee|app|platform', -0.2, 0, 2],
  ['bridge|leader|government|embassy|airport|city|county|region|border|district|country', -0.5, 2.2, 0],
  ['fan|version|song|album|novel|book|film|movie|story|biography|family', 2.2, 0, 0],
  ['invested|acquired|announced|launched|hired|sells|charged|reported|ships|delivers|offers', 0.2, 0, 1.4],
]);

/** By a longer look at what comes after; the first that fits. */
export const AFTER_PATTERNS: readonly (readonly [RegExp, Weights])[] = [
  [/^'s? (?:office|headquarters|stores?|website|customer service|shares)/i, [0, 0, 2]],
  [/^'s?(?= )/i, [1, 0.1, 0.2]],
  [
    /^ is an? (?:\w+ )?(?:agency|company|design|bank|startup|multinational|firm|business|provider)/i,
    [-0.5, 0, 2.6],
  ],
  [/^ is an? \p{L}+ (?:multinational|company|bank|firm|agency|manufacturer|retailer)/iu, [-0.5, 0, 2.6]],
  [
    /^ (?:is the brainchild|was founded|was established|wurde gegründet|a été fondée?|fue fundada)/i,
    [-1, 0, 2.6],
  ],
  [/^ country club/i, [0, 2.2, 0]],
  [/^ (?:is )?from \p{Lu}/u, [1.6, 0, 0]],
  [/^, (?:the|our|my|a|an) \w/, [1, 0, 0]],
  [/^ (?:and|und|et|y) \p{Lu}\p{Ll}/u, [0.9, 0, 0]],
];

/** Behind a name that begins a sentence: someone is spoken to. */
export const SPOKEN_TO = /^, (?:can|could|please|i|you|we|would|will|do|are|have|what|why|where|how)\b/i;

/** Before a colon: what kind of value a form holds. */
export const PEOPLE =
  /^(?:founders|members|authors?|guests?|attendees|participants|colleagues|employees|passengers?|friends|beneficiar(?:y|ies)|owners?|partners|gründer|mitglieder|teilnehmer|membres|miembros|asistentes|fundadores|signed|attn|contact|patient|manager|driver|from|an|von|to|para|pour|titulaire|destinataire|titular|destinatario|destinataria|empfänger|empfängerin|rechnungsempfänger|kontoinhaber|karteninhaber|inhaber|ansprechpartner|ansprechpartnerin|besteller|absender|kunde|kundin|client|cliente|bénéficiaire|expéditeur|signé|signataire|remitente|firmado|beneficiario|contacto|unterschrift|acheteur|comprador|käufer|paciente|nom|de)$/;
export const PLACES =
  /^(?:city|town|country|ort|stadt|land|ville|pays|ciudad|país|where|place|state|wohnort|birthplace)$/;
export const FIRMS =
  /^(?:company|employer|firma|arbeitgeber|société|empresa|organi[sz]ation|shop|store|verein|employeur)$/;

/** Before a comma or an end of line: a letter ends, or who speaks is told. */
export const CLOSINGS = wordSet(
  'gruß grüße grüßen grüsse grüssen cordialement sincèrement salutations vous atentamente saludo saludos cordialmente regards sincerely thanks wishes danke merci gracias ich moi yo bonjour hallo hola',
);
