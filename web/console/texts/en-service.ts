export const EN_SERVICE = {
  'caller.check': 'Check the caller',
  'caller.title': 'Is it really this customer?',
  'caller.lead':
    'Ask each question without reading out the options. Tick what the caller says. Open until {{time}}.',
  'caller.question.last-order-month': 'In which month was the last order?',
  'caller.question.last-order-amount': 'About how much did the last order cost?',
  'caller.question.orders-this-year': 'How many orders were there this year?',
  'caller.question.postal-code-end': 'How does the postal code end?',
  'caller.question.birthday-day': 'On which day of the month is the birthday?',
  'caller.orMore': '{{amount}} or more',
  'caller.unknown': 'Does not know',
  'caller.do': 'Check the answers',
  'caller.again': 'Ask again',
  'caller.passed': 'This caller is verified until {{time}}.',
  'caller.passedHint': 'It counts for this order or case. It is recorded, without the answers.',
  'caller.failed': 'This caller is not verified.',
  'caller.failedHint':
    'Which answer was wrong is told to nobody. Say nothing about the customer, and offer to write to the address that is stored. After three failures the questions rest for a day.',
  'caller.tooLittle':
    'Too little is known of this customer to ask three questions. Offer to write to the address that is stored.',
  'caller.rest':
    'Three checks of this customer failed, so the questions rest for a day. Offer to write to the address that is stored.',
  'caller.over': 'These questions are over. Ask again.',
  'caller.verified': 'Caller verified until {{time}}',
  'nav.canned': 'Ready answers',
  'canned.lead':
    'Words of the shop that an answer to a customer begins with. Put nothing of a customer in them.',
  'canned.none': 'No ready answers yet',
  'canned.noneBody': 'Write what you answer again and again, once in each language of your customers.',
  'canned.write': 'Write a ready answer',
  'canned.title': 'Title',
  'canned.titleHint': 'By which colleagues find it.',
  'canned.text': 'Words',
  'canned.textHint':
    'Card numbers and passwords are cut out. Each answer is read once more before it is sent.',
  'canned.change': 'Change',
  'canned.changeOf': 'Change {{title}}',
  'canned.remove': 'Remove',
  'canned.removeOf': 'Remove {{title}}',
  'canned.removeHint': 'Nobody can pick it any more. What was sent with it stays as it was sent.',
  'canned.saved': '{{title}} is saved. It can be picked in every answer.',
  'canned.removed': '{{title}} is removed.',
} as const;
