import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detect } from './detect.ts';
import { DetectError } from './failure.ts';
import type { DetectOptions } from './types.ts';

const found = (text: string, options?: DetectOptions) =>
  detect(text, options).map(({ start, end, type }) => `${type} ${text.slice(start, end)}`);

describe('what has a form is found', () => {
  it.each([
    ['Write to anna.schmidt+shop@mail.example.co.uk today', 'EMAIL anna.schmidt+shop@mail.example.co.uk'],
    ['Reach me: jane.doe (at) example (dot) com', 'EMAIL jane.doe (at) example (dot) com'],
    ['Call me at +49 (0)30 901820', 'PHONE +49 (0)30 901820'],
    ['Desk: (898)666-3621x0135', 'PHONE (898)666-3621x0135'],
    ['Pay with 4111 1111 1111 1111 please', 'PAYMENT_CARD 4111 1111 1111 1111'],
    ['IBAN DE89 3704 0044 0532 0130 00.', 'IBAN DE89 3704 0044 0532 0130 00'],
    ['from 2001:db8::1 it failed', 'IP 2001:db8::1'],
    ['host 192.0.2.17 is down', 'IP 192.0.2.17'],
    ['mac 00:1B:44:11:3A:B7 seen', 'MAC 00:1B:44:11:3A:B7'],
    ['IMEI 490154203237518', 'DEVICE_ID 490154203237518'],
    ['at 48.85837, 2.29448 now', 'LOCATION 48.85837, 2.29448'],
    ['See https://www.example.com/a?b=c.', 'URL_DOMAIN https://www.example.com/a?b=c'],
    ['My passport number is X1234567', 'PASSPORT X1234567'],
    ['Kennzeichen: B-AB 1234', 'PLATE B-AB 1234'],
    ['车牌京A·12345', 'PLATE 京A·12345'],
    ['born on 7/30/1964', 'BIRTH_DATE 7/30/1964'],
    ['He just turned 46', 'AGE 46'],
    ['password: s3cret-Word9', 'SECRET s3cret-Word9'],
    ['key AKIAIOSFODNN7EXAMPLE', 'SECRET AKIAIOSFODNN7EXAMPLE'],
  ])('%s', (text, span) => {
    expect(found(text)).toContain(span);
  });

  it('in full width, with spaces, and in Chinese numerals, at the offsets of the text as it came', () => {
    expect(found('电话：１３９１２３４５６７８')).toContain('PHONE １３９１２３４５６７８');
    expect(found('手机 139 1234 5678')).toContain('PHONE 139 1234 5678');
    expect(found('手机号一三九一二三四五六七八')).toContain('PHONE 一三九一二三四五六七八');
  });
});

describe('names, addresses and places are found in seven languages', () => {
  it.each([
    ['My name is Tomomi Nishiyama', 'PERSON Tomomi Nishiyama'],
    [
      'I live at 742 Evergreen Terrace, Springfield, IL 62704',
      'ADDRESS 742 Evergreen Terrace, Springfield, IL 62704',
    ],
    ['I work for Davis, Reynolds and Williamson', 'ORGANIZATION Davis, Reynolds and Williamson'],
    ['Ich heiße Sabine Krüger', 'PERSON Sabine Krüger'],
    ['Ich wohne in der Hauptstraße 5, 10115 Berlin', 'ADDRESS Hauptstraße 5, 10115 Berlin'],
    ["J'habite 12 rue de Rivoli, 75001 Paris.", 'ADDRESS 12 rue de Rivoli, 75001 Paris'],
    ['Soy María García López', 'PERSON María García López'],
    ['Vivo en Calle Mayor 3, 2º B, 28013 Madrid', 'ADDRESS Calle Mayor 3, 2º B, 28013 Madrid'],
    ['收件人：李晓明', 'PERSON 李晓明'],
    ['住在北京市朝阳区建国路88号', 'ADDRESS 北京市朝阳区建国路88号'],
    ['住址臺北市大安區忠孝東路四段100號5樓', 'ADDRESS 臺北市大安區忠孝東路四段100號5樓'],
    ['佐藤花子様', 'PERSON 佐藤花子'],
    ['東京都渋谷区神宮前1-2-3に送る', 'ADDRESS 東京都渋谷区神宮前1-2-3'],
    ['제 이름은 김민수입니다', 'PERSON 김민수'],
    ['서울특별시 강남구 테헤란로 123, 101동 202호', 'ADDRESS 서울특별시 강남구 테헤란로 123, 101동 202호'],
  ])('%s', (text, span) => {
    expect(found(text)).toContain(span);
  });
});

describe('an address is one span, from its first part to its last', () => {
  it.each([
    'Bahnhofstrasse 21, 8001 Zürich',
    'Berliner Str. 44a, 3. OG links, 60311 Frankfurt am Main',
    '10115 Berlin, Chausseestraße 23',
    '45 bis, rue Jean-Jaurès, bât. C, 59000 Lille',
    '12, allée des Acacias, Résidence Les Pins, 06000 Nice',
    'Ronda de Sant Pere 17, 1º 2ª, 08010 Barcelona',
    'Camino Viejo s/n, 18001 Granada',
    '서울시 마포구 양화로 45 메세나폴리스 1203호',
    '(06236) 서울특별시 강남구 테헤란로 152, 20층',
    '大阪府大阪市北区梅田1-1-3 大阪駅前第3ビル 5階',
    '北海道札幌市中央区北1条西2丁目',
    '天津市和平区南京路189号津汇广场2座1002室',
    '江苏省苏州市工业园区金鸡湖大道1355号国际科技园三期17层C室',
    '贵州省遵义市红花岗区万里路街道碧云路42号附3号',
    '万达公馆2栋3004',
  ])('%s', (text) => {
    expect(found(text, { types: ['ADDRESS'] })).toEqual([`ADDRESS ${text}`]);
  });
});

describe('firms are found with their legal form, and schools and hospitals with their name', () => {
  it.each([
    ['Rechnung an Autohaus Kessler GmbH & Co. KG, bitte', 'Autohaus Kessler GmbH & Co. KG'],
    ['Die Firma Schreinerei Bergmann GmbH hat nicht geliefert.', 'Schreinerei Bergmann GmbH'],
    ['Weingut Hoffmann e.K. liefert nicht.', 'Weingut Hoffmann e.K.'],
    ["À l'attention de Garage Morel et Fils SARL, Dijon", 'Garage Morel et Fils SARL'],
    ["L'entreprise BTP Rhône SA demande un devis.", 'BTP Rhône SA'],
    ['Trabajo para Distribuciones Ebro, S.L. en Vigo', 'Distribuciones Ebro, S.L.'],
    ['Our company, Blue Harbor Trading Co., Ltd., ordered', 'Blue Harbor Trading Co., Ltd.'],
    ["Je suis suivi à l'hôpital Édouard-Herriot.", 'hôpital Édouard-Herriot'],
    ['Mein Arbeitgeber, die Stadtwerke Augsburg, zahlt.', 'Stadtwerke Augsburg'],
    ['有限会社さくら工房から請求書が届きました。', '有限会社さくら工房'],
    ['慶應義塾大学病院に入院しました。', '慶應義塾大学病院'],
    ['(주)대한물류로 보내 주세요.', '(주)대한물류'],
    ['미래건설 주식회사에서 일합니다.', '미래건설 주식회사'],
    ['北京大学第三医院的医生', '北京大学第三医院'],
  ])('%s', (text, name) => {
    expect(found(text, { types: ['ORGANIZATION'] })).toEqual([`ORGANIZATION ${name}`]);
  });
});

describe('people are found by what is said around their names', () => {
  it.each([
    ['Viele Grüße, Kai-Uwe Rademacher', 'Kai-Uwe Rademacher'],
    ['Karteninhaber: Friederike Stöckl', 'Friederike Stöckl'],
    ['Au nom de : Ghislaine Pruvost', 'Ghislaine Pruvost'],
    ['Bien à vous,\nMaëlle Le Goff', 'Maëlle Le Goff'],
    ['Mi hija Alba tiene 9 años.', 'Alba'],
    ['お世話になっております。小林です。', '小林'],
    ['고객명: 신동엽', '신동엽'],
    ['김 대리님이 전화했어요.', '김'],
  ])('%s', (text, name) => {
    expect(found(text, { types: ['PERSON'] })).toEqual([`PERSON ${name}`]);
  });
});

describe('dates of birth, ages and e-mail addresses are found in the words of each language', () => {
  it.each([
    ['Sie wurde am 3. Mai 1980 in Köln geboren', 'BIRTH_DATE 3. Mai 1980'],
    ['Née le 1er mai 1970', 'BIRTH_DATE 1er mai 1970'],
    ['Nací el 23 de abril de 1987.', 'BIRTH_DATE 23 de abril de 1987'],
    ['1975年6月7日に生まれました', 'BIRTH_DATE 1975年6月7日'],
    ['Mon fils a 7 ans.', 'AGE 7'],
    ['Âge : 27', 'AGE 27'],
    ['anna underscore schmidt at web dot de', 'EMAIL anna underscore schmidt at web dot de'],
    ['escribe a pedro_gil(arroba)yahoo.es', 'EMAIL pedro_gil(arroba)yahoo.es'],
    ['email=foo@bar.com&x=1', 'EMAIL foo@bar.com'],
    ['anna.schmidt @ web.de', 'EMAIL anna.schmidt @ web.de'],
  ])('%s', (text, span) => {
    expect(found(text)).toContain(span);
  });

  it.each(['Bestellt am 3. Mai 2024', 'Garantie de 2 ans', 'Commande du 1er mai 2024'])(
    '%s tells of nobody',
    (text) => {
      expect(found(text, { types: ['BIRTH_DATE', 'AGE'] })).toEqual([]);
    },
  );
});

describe('what only looks like personal data is left alone', () => {
  it.each([
    'Order number 4111111111111112 was shipped',
    'Order 4242424242424242 has not arrived',
    '订单号202311250001234567已发货',
    '身份证号110101199003078516',
    'Version 1.2.3.4 is out',
    'What are my options?',
    'CAN I SPEAK TO A REAL PERSON?!?!',
    'Capitalized words like Wisdom and Discipline are often mistaken with names.',
    'Die Rechnung und die Lieferung sind angekommen.',
  ])('%s', (text) => {
    expect(found(text)).toEqual([]);
  });
});

describe('options', () => {
  it('look for no other types than those named', () => {
    expect(found('Anna Lee, anna@example.com', { types: ['EMAIL'] })).toEqual(['EMAIL anna@example.com']);
  });

  it('take recognizers of the caller, with a check and with context words', () => {
    const recognizers = [
      {
        type: 'CUSTOMER_NUMBER',
        pattern: /K-\d{4}/g,
        score: 0.3,
        context: ['customer'],
        validate: (text: string) => text !== 'K-0000',
      },
    ];
    expect(found('customer K-1234, customer K-0000', { recognizers })).toEqual(['CUSTOMER_NUMBER K-1234']);
    expect(found('K-1234', { recognizers })).toEqual([]);
  });

  it('that make no sense are refused by name', () => {
    expect(() => detect('', { minScore: 2 })).toThrow('minScore');
    expect(() => detect('', { region: 'de' })).toThrow('region');
    expect(() => detect('', { types: ['NOTHING' as never] })).toThrow('types');
    expect(() => detect('', { recognizers: [{ type: 'A', pattern: /a/, score: 1 }] })).toThrow(
      'recognizers[0]',
    );
  });
});

describe('whatever the text', () => {
  it('half a surrogate pair is refused, and the error tells where', () => {
    expect(() => detect('abc\ud800')).toThrow(DetectError);
    expect(() => detect('abc\ud800')).toThrow('at 3');
  });

  it('spans are in order, inside the text, and never overlap', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 20 }),
      fc.constantFrom(
        '+49 30 1234',
        ' Anna',
        ' Street 5',
        '@example.com',
        '京A',
        '北京市',
        '路1号',
        '김민수',
        '様',
        '\n',
        '4111',
        ':',
        '.',
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const text = pieces.join('').toWellFormed();
        let last = 0;
        for (const { start, end, score } of detect(text, { minScore: 0 })) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeGreaterThan(start);
          expect(score).toBeLessThanOrEqual(1);
          last = end;
        }
        expect(last).toBeLessThanOrEqual(text.length);
      }),
      { numRuns: 300 },
    );
  });

  it('a span at a border between two windows is found once, where it stands', () => {
    for (const before of [65_000, 65_530, 65_536, 67_000]) {
      const text = `${'word '.repeat(before / 5)}mail anna@example.com now ${'word '.repeat(20_000)}`;
      expect(found(text, { types: ['EMAIL'] })).toEqual(['EMAIL anna@example.com']);
    }
  });
});
