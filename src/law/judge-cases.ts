/**
 * Judges packs by their cases: each must give its answer, and each fact must be needed by at least one, so
 * that taking the fact away flips it. A fact that no case needs is a fact that nothing rests on.
 */
import { answerLaw, type LawInPlay } from './answer.ts';
import type { Case, CaseFile, Fact, Pack } from './facts.ts';

export interface WrongCase {
  readonly file: string;
  readonly line: number;
  readonly title: string;
  readonly expected: string;
  readonly answered: string;
}

export interface Judgment {
  readonly cases: number;
  readonly facts: number;
  readonly wrong: readonly WrongCase[];
  /** Facts whose removal flips no case. */
  readonly idle: readonly Fact[];
}

/** Cases may name regimes of other packs; facts are tried against all cases. */
export function judgeCases(packs: readonly Pack[], files: readonly CaseFile[]): Judgment {
  const facts = packs.flatMap((pack) => pack.facts);
  const regimes = packs.flatMap((pack) => pack.regimes);
  const cases = files.flatMap(({ file, cases }) => cases.map((each) => ({ ...each, file })));
  const lawOf = (each: Case, without?: Fact): LawInPlay => ({
    regimes: regimes.filter(({ code }) => each.regimes.includes(code)),
    facts: facts.filter((fact) => fact !== without && each.regimes.includes(fact.regime)),
  });
  const answers = cases.map((each) => ({ each, ...answerLaw(lawOf(each), each.question) }));
  const wrong = answers
    .filter(({ each, answer }) => answer !== each.answer)
    .map(({ each, answer }) => ({
      file: each.file,
      line: each.line,
      title: each.title,
      expected: each.answer,
      answered: answer,
    }));
  const flips = (fact: Fact) =>
    answers.some(
      ({ each, answer }) =>
        answer === each.answer &&
        each.regimes.includes(fact.regime) &&
        answerLaw(lawOf(each, fact), each.question).answer !== answer,
    );
  return {
    cases: cases.length,
    facts: facts.length,
    wrong,
    idle: facts.filter((fact) => !flips(fact)),
  };
}
