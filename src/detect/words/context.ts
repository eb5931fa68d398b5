/** Words that tell what the value beside them is, in seven languages; CJK words are looked for as substrings. */
import { FLAG } from '../flags.ts';

export const CONTEXT_WORDS: readonly (readonly [number, string])[] = [
  [
    FLAG.phone,
    'phone phones telephone tel call calls called calling callback mobile mobil cell cellphone fax sms text texted dial desk whatsapp reach answering hotline telefon telefonnummer handy handynummer rufnummer anrufen erreichbar mobilnummer rückruf téléphone telephone portable appeler appelez joindre joignable rappeler teléfono telefono móvil movil celular llamar llámame llame llamen contactar tél ruf tlf',
  ],
  [
    FLAG.card,
    'card cards credit debit visa mastercard amex maestro cc cvv unionpay discover jcb karte kreditkarte kartennummer carte bancaire crédit tarjeta crédito débito charge',
  ],
  [
    FLAG.id,
    'ssn social security nino insurance nhs aadhaar aadhar pan nric fin cpf cnpj tin tax taxpayer identity identification id national dni nie nif nir codice fiscale steuer steuernummer steueridentifikationsnummer steuer-id idnr identifikationsnummer sécurité sociale sécu personalausweis ausweis documento identidad identité resident registration rrn itin sin cf',
  ],
  [
    FLAG.birth,
    'born birth birthday d.o.b anniversaire cumple geb.-datum geburtsdatum: birthdate dob geboren geburtsdatum geburtstag geb né née naissance nacido nacida nacimiento nació nací cumpleaños nacimiento: ddn birthdate: geburtstag: fecha_nacimiento',
  ],
  [FLAG.age, 'age aged turned turns turning old alter alt âge âgé âgée edad ans años jahre'],
  [FLAG.passport, 'passport reisepass pass passnummer passeport pasaporte travel_document'],
  [
    FLAG.account,
    'iban account konto kontonummer bankverbindung compte cuenta bank bic swift transfer überweisung virement transferencia',
  ],
  [
    FLAG.plate,
    'plate plates registration license-plate kennzeichen nummernschild plaque immatriculation matrícula matricula car vehicle auto voiture coche fahrzeug',
  ],
  [
    FLAG.name,
    'name named names surname firstname lastname forename maiden nombre apellido apellidos nom prénom vorname nachname familienname heiße heisse appelle llamo llama beneficiary guardian recipient customer contact',
  ],
  [
    FLAG.address,
    'address addresses addr located lives live living deliver delivered delivery ship shipped located offices resides reside moved adresse anschrift wohne wohnt wohnhaft lieferadresse lieferung livrer livraison habite domicilié dirección direccion domicilio vive vivo envíen enviar entrega location',
  ],
  [
    FLAG.order,
    'order orders tracking parcel package shipment invoice ticket reference ref sku serial product item receipt booking confirmation transaction voucher coupon batch case model version part bestellung bestellnummer bestellnr auftrag auftragsnummer sendung sendungsnummer sendungsverfolgung rechnung rechnungsnummer rechnungsnr vorgang vorgangsnummer artikelnummer commande colis suivi facture référence référencia article pedido seguimiento factura referencia artículo envío paquete tracking-number ean isbn upc gtin po rma',
  ],
  [
    FLAG.secret,
    // `mayHoldSecret` in `pattern/secret.ts` looks for parts of these.
    'password passwd pwd passphrase secret token apikey api_key api-key bearer authorization passwort kennwort geheimnis contraseña clave access_key secret_key client_secret private_key auth_token access_token key credential credentials',
  ],
  [
    FLAG.device,
    'imei imsi meid idfa gaid aaid device udid serial_number android_id advertising gerät appareil dispositivo',
  ],
  [FLAG.zip, 'zip zipcode postcode postal plz postleitzahl cp código_postal'],
  [
    FLAG.license,
    'driver drivers driving licence license führerschein führerscheinnummer permis licencia conducir carnet dl',
  ],
];

const SUBSTRINGS: readonly (readonly [number, string])[] = [
  [
    FLAG.phone,
    '电话|電話|手机|手機|联系方式|聯絡|联系|致电|致電|来电|來電|拨打|撥打|座机|座機|传真|傳真|微信|热线|熱線|号码是|携帯|連絡先|ファックス|ダイヤル|전화|휴대폰|연락처|핸드폰|팩스|번호로',
  ],
  [FLAG.card, '卡号|卡號|信用卡|银行卡|銀行卡|银联|銀聯|储蓄卡|儲蓄卡|借记卡|刷卡|尾号|カード|카드'],
  [
    FLAG.id,
    '身份证|身分證|身份證|证件号|證件號|证件|證件|个人番号|個人番号|マイナンバー|주민등록|주민번호|외국인등록|居留|统一编号|統一編號|統編',
  ],
  [FLAG.birth, '出生|生日|生于|生於|生年月日|誕生日|生まれ|생년월일|생일|태어'],
  [FLAG.age, '年龄|年齡|今年|年齢|나이|만'],
  [FLAG.passport, '护照|護照|旅券|パスポート|여권|通行证|通行證'],
  [FLAG.account, '账号|帐号|帳號|账户|帳戶|口座|계좌|开户|開戶'],
  [FLAG.plate, '车牌|車牌|牌照|ナンバープレート|車両番号|차량|번호판|차번호'],
  [
    FLAG.name,
    '姓名|名字|我叫|我是|联系人|聯絡人|收件人|收货人|收貨人|叫做|名前|氏名|お名前|宛名|이름|성함|성명|수령인|받는',
  ],
  [
    FLAG.address,
    '地址|住址|住在|寄到|送到|送至|寄往|收货|收貨|位于|位於|住所|届け先|お届け|住んで|주소|배송지|거주|배송',
  ],
  [
    FLAG.order,
    '订单|訂單|单号|單號|快递|快遞|物流|运单|運單|流水|编号|編號|货号|貨號|型号|商品|工单|工單|发票|發票|包裹|注文|追跡|伝票|請求書|品番|受付番号|주문|운송장|송장|상품|접수번호|추적',
  ],
  [FLAG.secret, '密码|密碼|口令|密钥|密鑰|パスワード|秘密鍵|비밀번호|암호|토큰'],
  [FLAG.device, '设备|設備|串号|端末|기기|단말'],
  [FLAG.zip, '邮编|郵編|邮政编码|郵遞區號|郵便番号|〒|우편번호'],
  [FLAG.license, '驾驶证|駕照|驾照|駕駛|運転免許|免許|운전면허'],
];

/** The bits of each CJK context word. */
export const CJK_CONTEXT: ReadonlyMap<string, number> = new Map(
  SUBSTRINGS.flatMap(([flag, words]) => words.split('|').map((word) => [word, flag] as const)),
);
