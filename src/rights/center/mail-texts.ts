/** The mail with a code, in the languages of the privacy center. */
import { bestLanguage } from '../../consent/texts.ts';

interface CodeText {
  /** `{shop}` is its name. */
  readonly subject: string;
  readonly lines: readonly [yourCode: string, howLong: string, notYou: string];
}

const TEXTS: ReadonlyMap<string, CodeText> = new Map(
  Object.entries({
    en: {
      subject: 'Your code for {shop}',
      lines: [
        'With this code you see what {shop} holds about you:',
        'It works once, for ten minutes. Nobody from the shop will ask you for it.',
        'You did not ask for it? Then do nothing: nobody can open anything without this code.',
      ],
    },
    'zh-CN': {
      subject: '您在{shop}的验证码',
      lines: [
        '凭此验证码，您可以查看{shop}持有的您的个人信息：',
        '十分钟内有效，只能使用一次。商店员工绝不会向您索要。',
        '不是您本人申请？无需理会：没有验证码，任何人都无法打开。',
      ],
    },
    de: {
      subject: 'Ihr Code für {shop}',
      lines: [
        'Mit diesem Code sehen Sie, was {shop} über Sie speichert:',
        'Er gilt einmal und zehn Minuten lang. Niemand aus dem Shop fragt Sie danach.',
        'Sie haben ihn nicht angefordert? Dann tun Sie nichts: Ohne den Code öffnet niemand etwas.',
      ],
    },
    fr: {
      subject: 'Votre code pour {shop}',
      lines: [
        'Avec ce code, vous voyez ce que {shop} conserve à votre sujet :',
        'Il sert une fois, pendant dix minutes. Personne de la boutique ne vous le demandera.',
        'Vous ne l’avez pas demandé ? Ne faites rien : sans ce code, personne ne peut rien ouvrir.',
      ],
    },
    es: {
      subject: 'Su código para {shop}',
      lines: [
        'Con este código puede ver lo que {shop} guarda sobre usted:',
        'Sirve una vez, durante diez minutos. Nadie de la tienda se lo pedirá.',
        '¿No lo ha pedido? No haga nada: sin este código nadie puede abrir nada.',
      ],
    },
    it: {
      subject: 'Il suo codice per {shop}',
      lines: [
        'Con questo codice vede che cosa {shop} conserva su di lei:',
        'Vale una volta, per dieci minuti. Nessuno del negozio glielo chiederà.',
        'Non l’ha chiesto lei? Non faccia nulla: senza il codice nessuno può aprire nulla.',
      ],
    },
    nl: {
      subject: 'Uw code voor {shop}',
      lines: [
        'Met deze code ziet u wat {shop} over u bewaart:',
        'De code werkt één keer, tien minuten lang. Niemand van de winkel vraagt u erom.',
        'Niet door u aangevraagd? Doe dan niets: zonder deze code kan niemand iets openen.',
      ],
    },
    pl: {
      subject: 'Kod do {shop}',
      lines: [
        'Dzięki temu kodowi zobaczysz, co {shop} o Tobie przechowuje:',
        'Działa raz, przez dziesięć minut. Nikt ze sklepu o niego nie zapyta.',
        'To nie Ty o niego prosisz? Nic nie rób: bez kodu nikt niczego nie otworzy.',
      ],
    },
    pt: {
      subject: 'O seu código para {shop}',
      lines: [
        'Com este código vê o que {shop} guarda sobre si:',
        'Funciona uma vez, durante dez minutos. Ninguém da loja lho pedirá.',
        'Não o pediu? Não faça nada: sem este código ninguém consegue abrir nada.',
      ],
    },
    sv: {
      subject: 'Din kod för {shop}',
      lines: [
        'Med den här koden ser du vad {shop} har sparat om dig:',
        'Den gäller en gång, i tio minuter. Ingen från butiken frågar efter den.',
        'Har du inte bett om den? Gör ingenting: utan koden kan ingen öppna något.',
      ],
    },
    ja: {
      subject: '{shop}の確認コード',
      lines: [
        'このコードで、{shop}が保有するあなたの情報を確認できます。',
        '10分間、1回だけ有効です。店舗の者がコードをお尋ねすることはありません。',
        '心当たりがない場合は何もしないでください。コードがなければ誰も開けません。',
      ],
    },
    ko: {
      subject: '{shop} 인증 코드',
      lines: [
        '이 코드로 {shop}에서 보유한 내 정보를 볼 수 있습니다.',
        '10분 동안 한 번만 사용할 수 있습니다. 상점 직원은 코드를 묻지 않습니다.',
        '요청하지 않으셨다면 아무것도 하지 마세요. 코드 없이는 아무도 열 수 없습니다.',
      ],
    },
  } satisfies Record<string, CodeText>),
);

/** Subject and text. `language`: BCP 47; English where there is no text in it. The code is in the text alone: subjects are shown on locked screens. */
export function codeMail(
  language: string,
  { shop, code }: { readonly shop: string; readonly code: string },
): { readonly subject: string; readonly text: string } {
  const { subject, lines } = TEXTS.get(bestLanguage(language, TEXTS.keys())) ?? TEXTS.get('en')!;
  // A line break in a shop's name would begin a new header.
  const name = shop.replace(/[\r\n]+/g, ' ');
  const named = (text: string) => text.replaceAll('{shop}', () => name);
  const [yours, howLong, notYou] = lines.map(named);
  const spaced = `${code.slice(0, 4)} ${code.slice(4)}`;
  return { subject: named(subject), text: `${yours}\n\n${spaced}\n\n${howLong}\n\n${notYou}\n` };
}
