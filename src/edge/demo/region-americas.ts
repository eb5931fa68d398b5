/** Demo people of the United States and Brazil. */
import type { Chance } from './random.ts';
import { latin, type Region } from './region.ts';

/** A CPF (the number that Brazilian invoices carry) with its last check digit off by one. */
function brokenCpf(random: Chance): string {
  const digits = Array.from({ length: 9 }, () => random.between(0, 9));
  for (const first of [10, 11]) {
    const sum = digits.reduce((total, digit, at) => total + digit * (first - at), 0);
    digits.push(((sum * 10) % 11) % 10);
  }
  digits.push(((digits.pop() ?? 0) + 1) % 10);
  return digits.join('').replace(/^(...)(...)(...)(..)$/, '$1.$2.$3-$4');
}

export const unitedStates: Region = {
  country: 'US',
  locale: 'en-US',
  language: 'en',
  currency: 'USD',
  decimals: 2,
  perEuro: 1.1,
  taxPercent: 8,
  share: 14,
  given: latin(
    'Emma',
    'Ava',
    'Sofía',
    'Madison',
    'Imani',
    'Grace',
    'Mei',
    'Hannah',
    'Dolores',
    'Liam',
    'Noah',
    'Mateo',
    'Tyrone',
    'Ethan',
    'Walter',
    'Kenji',
    'Darnell',
    'Cody',
  ),
  family: latin(
    'Johnson',
    'Williams',
    'García',
    'Nguyen',
    'Washington',
    'Anderson',
    'Rodríguez',
    'Kowalski',
    'Lee',
    'Bennett',
    'Ramírez',
    'Foster',
    'Goldberg',
    'Hernández',
    'Brooks',
    'Sullivan',
  ),
  fullName: (given, family) => `${given} ${family}`,
  streets: [
    'Maple Avenue',
    'Oak Street',
    'Cedar Lane',
    'Lakeview Drive',
    'Washington Boulevard',
    'Elm Court',
    'Sunset Road',
    'Riverside Parkway',
    'Main Street',
  ],
  house: (random, street) =>
    `${random.between(100, 9800)} ${street}${random.yes(0.3) ? `, Apt ${random.between(1, 30)}${random.pick(['A', 'B', 'C'])}` : ''}`,
  places: [
    { city: 'Washington', state: 'DC', postalCode: '200##', phones: ['+1 202 555 01##'] },
    { city: 'Chicago', state: 'IL', postalCode: '606##', phones: ['+1 312 555 01##', '+1 773 555 01##'] },
    { city: 'San Francisco', state: 'CA', postalCode: '941##', phones: ['+1 415 555 01##'] },
    { city: 'Seattle', state: 'WA', postalCode: '981##', phones: ['+1 206 555 01##'] },
    { city: 'Brooklyn', state: 'NY', postalCode: '112##', phones: ['+1 718 555 01##', '+1 917 555 01##'] },
    { city: 'Austin', state: 'TX', postalCode: '787##', phones: ['+1 512 555 01##'] },
  ],
};

export const brazil: Region = {
  country: 'BR',
  locale: 'pt-BR',
  language: 'pt',
  currency: 'BRL',
  decimals: 2,
  perEuro: 6,
  taxPercent: 17,
  share: 8,
  given: latin(
    'Ana Beatriz',
    'Júlia',
    'Luísa',
    'Conceição',
    'Fernanda',
    'Larissa',
    'Yara',
    'Tânia',
    'João',
    'Caio',
    'Thiago',
    'Antônio',
    'Rafael',
    'Davi',
    'Otávio',
    'Wellington',
  ),
  family: latin(
    'da Silva',
    'Oliveira',
    'Santos Araújo',
    'Gonçalves',
    'Ferreira Lima',
    'de Souza',
    'Almeida',
    'Ribeiro',
    'Assunção',
    'Nakamura',
    'Barbosa',
    'Teixeira Rocha',
    'Magalhães',
    'Carvalho',
  ),
  fullName: (given, family) => `${given} ${family}`,
  streets: [
    'Rua das Acácias',
    'Avenida Brasil',
    'Rua São João',
    'Travessa do Sol',
    'Rua Sete de Setembro',
    'Alameda dos Ipês',
    'Rua da Conceição',
    'Avenida Getúlio Vargas',
  ],
  house: (random, street) =>
    `${street}, ${random.between(10, 2400)}${random.yes(0.45) ? ` – Apto ${random.between(1, 18)}${random.between(1, 4)}` : ''}`,
  places: [
    { city: 'São Paulo', state: 'SP', postalCode: '01###-0##', phones: ['+55 11 90### ####'] },
    { city: 'Rio de Janeiro', state: 'RJ', postalCode: '20###-0##', phones: ['+55 21 90### ####'] },
    { city: 'Belo Horizonte', state: 'MG', postalCode: '30###-0##', phones: ['+55 31 90### ####'] },
    { city: 'Salvador', state: 'BA', postalCode: '40###-0##', phones: ['+55 71 90### ####'] },
  ],
  nationalId: brokenCpf,
};
