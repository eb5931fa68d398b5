/** Demo texts in English, German, French and Portuguese. */
import type { Texts } from './language.ts';

export const english: Texts = {
  tickets: {
    late: {
      subject: 'Where is my parcel?',
      body: 'Order {order} should have been here last week and the tracking has not moved. Please call me on {phone}.',
      reply: 'Hello {name}, the carrier has found the parcel. It will reach you within two days.',
    },
    broken: {
      subject: 'Item arrived broken',
      body: 'One of the things in order {order} was broken when I opened the box. Can you send another one?',
      reply: 'Hello {name}, we are sorry. A replacement leaves today; you may keep the broken one.',
    },
    refund: {
      subject: 'When do I get my money back?',
      body: 'I sent order {order} back and would like to know when the refund arrives.',
      reply: 'Hello {name}, the refund went out today. Your bank needs up to five days.',
    },
    invoice: {
      subject: 'Invoice for my company',
      body: 'Could you send me the invoice for order {order} again, please? I need it for my bookkeeping.',
      reply: 'Hello {name}, the invoice is attached to this message.',
    },
  },
  praise: 'Exactly as described, and it came quickly. I would buy it again.',
  complaint: 'Smaller than I thought. It does its job, but the price is too high.',
  feedback: 'A word about my order',
  searches: {
    'Coffee & Tea': 'green tea',
    Kitchen: 'sharp knife',
    Home: 'warm blanket',
    Outdoors: 'day pack',
    Care: 'soap without perfume',
    Health: 'blood sugar test',
  },
};

export const german: Texts = {
  tickets: {
    late: {
      subject: 'Wo bleibt mein Paket?',
      body: 'Die Bestellung {order} sollte schon letzte Woche da sein, die Sendungsverfolgung steht still. Bitte rufen Sie mich unter {phone} an.',
      reply: 'Guten Tag {name}, das Paket ist gefunden und kommt in spätestens zwei Tagen an.',
    },
    broken: {
      subject: 'Ware beschädigt angekommen',
      body: 'In der Bestellung {order} war ein Artikel beim Auspacken zerbrochen. Können Sie Ersatz schicken?',
      reply: 'Guten Tag {name}, das tut uns leid. Der Ersatz geht heute noch hinaus.',
    },
    refund: {
      subject: 'Wann kommt die Rückzahlung?',
      body: 'Ich habe die Bestellung {order} zurückgeschickt und noch kein Geld erhalten.',
      reply: 'Guten Tag {name}, wir haben den Betrag heute überwiesen. Die Bank braucht bis zu fünf Tage.',
    },
    invoice: {
      subject: 'Rechnung fehlt',
      body: 'Könnten Sie mir die Rechnung zur Bestellung {order} noch einmal schicken? Ich brauche sie für die Steuer.',
      reply: 'Guten Tag {name}, die Rechnung hängt an dieser Nachricht.',
    },
  },
  praise: 'Genau wie beschrieben und schnell geliefert. Gern wieder.',
  complaint: 'Kleiner als gedacht. Erfüllt seinen Zweck, ist aber zu teuer.',
  feedback: 'Ein Wort zu meiner Bestellung',
  searches: {
    'Coffee & Tea': 'grüner Tee',
    Kitchen: 'scharfes Messer',
    Home: 'Wolldecke',
    Outdoors: 'Rucksack 20 Liter',
    Care: 'Seife ohne Parfüm',
    Health: 'Blutzucker Teststreifen',
  },
};

export const french: Texts = {
  tickets: {
    late: {
      subject: 'Où est mon colis ?',
      body: 'La commande {order} devait arriver la semaine dernière et le suivi n’avance plus. Merci de me rappeler au {phone}.',
      reply: 'Bonjour {name}, le transporteur a retrouvé le colis. Il arrivera sous deux jours.',
    },
    broken: {
      subject: 'Article arrivé cassé',
      body: 'Dans la commande {order}, un article était cassé à l’ouverture. Pouvez-vous m’en envoyer un autre ?',
      reply: 'Bonjour {name}, nous sommes désolés. Le remplacement part aujourd’hui.',
    },
    refund: {
      subject: 'Quand serai-je remboursé ?',
      body: 'J’ai renvoyé la commande {order} et je n’ai encore rien reçu sur mon compte.',
      reply: 'Bonjour {name}, le remboursement est parti aujourd’hui. La banque met jusqu’à cinq jours.',
    },
    invoice: {
      subject: 'Facture manquante',
      body: 'Pourriez-vous me renvoyer la facture de la commande {order} ? J’en ai besoin pour ma comptabilité.',
      reply: 'Bonjour {name}, la facture est jointe à ce message.',
    },
  },
  praise: 'Conforme à la description et livré rapidement. Je recommande.',
  complaint: 'Plus petit que prévu. Cela fait l’affaire, mais c’est trop cher.',
  feedback: 'Un mot sur ma commande',
  searches: {
    'Coffee & Tea': 'thé vert',
    Kitchen: 'couteau de cuisine',
    Home: 'couverture en laine',
    Outdoors: 'sac à dos',
    Care: 'savon sans parfum',
    Health: 'bandelettes glycémie',
  },
};

export const portuguese: Texts = {
  tickets: {
    late: {
      subject: 'Onde está meu pacote?',
      body: 'O pedido {order} deveria ter chegado na semana passada e o rastreio parou. Por favor, me ligue em {phone}.',
      reply: 'Olá {name}, a transportadora localizou o pacote. Ele chega em até dois dias.',
    },
    broken: {
      subject: 'Produto chegou quebrado',
      body: 'Um dos itens do pedido {order} veio quebrado. Vocês podem enviar outro?',
      reply: 'Olá {name}, pedimos desculpas. O novo item sai hoje.',
    },
    refund: {
      subject: 'Quando recebo o reembolso?',
      body: 'Devolvi o pedido {order} e ainda não recebi o dinheiro de volta.',
      reply: 'Olá {name}, o reembolso foi feito hoje. O banco leva até cinco dias.',
    },
    invoice: {
      subject: 'Nota fiscal',
      body: 'Podem me enviar de novo a nota fiscal do pedido {order}? Preciso dela para a contabilidade.',
      reply: 'Olá {name}, a nota fiscal está anexada a esta mensagem.',
    },
  },
  praise: 'Igual à descrição e chegou rápido. Compraria de novo.',
  complaint: 'Menor do que eu esperava. Funciona, mas é caro.',
  feedback: 'Uma palavra sobre o meu pedido',
  searches: {
    'Coffee & Tea': 'chá verde',
    Kitchen: 'faca de cozinha',
    Home: 'manta de lã',
    Outdoors: 'mochila',
    Care: 'sabonete sem perfume',
    Health: 'teste de glicose',
  },
};
