/** One course: its lessons, then its questions. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { Button, buttonClass } from '../../ui/button.tsx';
import { Loading, Notice } from '../../ui/states.tsx';
import { answerCourse, type Course, readCourse } from '../api/conditions.ts';
import { Failed } from '../failed.tsx';
import { useFormat } from '../format.ts';
import { useLanguage, useSay } from '../language.ts';
import { SESSION } from '../session.ts';
import { Page, Sheet } from '../shell/page.tsx';

export function CoursePage() {
  const say = useSay();
  const language = useLanguage();
  const { course } = useParams({ from: '/inside/training/$course' });
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['course', course, language],
    queryFn: () => readCourse(course),
  });
  return (
    <Page
      up={{ to: '/training', label: say('nav.training') }}
      title={data?.course.title ?? say('nav.training')}
    >
      <div className="max-w-2xl space-y-5">
        {isPending && <Loading label={say('state.loading')} lines={8} />}
        {error !== null && <Failed error={error} onRetry={() => void refetch()} />}
        {data !== undefined && <Whole read={data} />}
      </div>
    </Page>
  );
}

function Whole({ read }: { readonly read: Course }) {
  return (
    <>
      {read.lessons.map(({ title, paragraphs }) => (
        <Sheet key={title} title={title}>
          <div className="space-y-2 leading-relaxed">
            {paragraphs.map((words) => (
              <p key={words}>{words}</p>
            ))}
          </div>
        </Sheet>
      ))}
      <Questions key={read.version} read={read} />
    </>
  );
}

function Questions({ read }: { readonly read: Course }) {
  const say = useSay();
  const queries = useQueryClient();
  const [answers, setAnswers] = useState<Readonly<Record<string, string>>>({});
  const { mutate, isPending, error, data } = useMutation({
    mutationFn: () => answerCourse(read.course.id, read.version, answers),
    onSuccess(result) {
      if (!result.passed) return;
      void queries.invalidateQueries({ queryKey: SESSION });
      void queries.invalidateQueries({ queryKey: ['courses'] });
    },
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    mutate();
  };
  const wrong = new Map(data?.wrong.map(({ question, why }) => [question, why]));
  return (
    <Sheet title={say('training.questions')}>
      <form onSubmit={send} className="space-y-5">
        {read.questions.map((question) => (
          <Question
            key={question.id}
            question={question}
            chosen={answers[question.id]}
            why={wrong.get(question.id)}
            onChoose={(option) => setAnswers({ ...answers, [question.id]: option })}
          />
        ))}
        {error !== null && <Failed error={error} />}
        <div role="status">
          {data !== undefined && (
            <Result passed={data.passed} right={data.right} of={data.of} until={data.until} />
          )}
        </div>
        <Button type="submit" look="main" busy={isPending}>
          {say('training.answer')}
        </Button>
      </form>
    </Sheet>
  );
}

interface QuestionProps {
  readonly question: Course['questions'][number];
  readonly chosen: string | undefined;
  readonly why: string | undefined;
  readonly onChoose: (option: string) => void;
}

function Question({ question, chosen, why, onChoose }: QuestionProps) {
  return (
    <fieldset>
      <legend className="mb-1.5 font-medium">{question.text}</legend>
      {question.options.map(({ id, text }) => (
        <label key={id} className="flex items-start gap-2 py-1">
          <input
            type="radio"
            name={question.id}
            required
            checked={chosen === id}
            onChange={() => onChoose(id)}
            className="mt-0.5 size-4 shrink-0"
          />
          {text}
        </label>
      ))}
      {why !== undefined && <p className="mt-1 text-bad">{why}</p>}
    </fieldset>
  );
}

function Result({
  passed,
  right,
  of,
  until,
}: {
  readonly passed: boolean;
  readonly right: number;
  readonly of: number;
  readonly until: string | null;
}) {
  const say = useSay();
  const format = useFormat();
  if (!passed)
    return (
      <Notice look="warn" title={say('training.failed', { right, of })}>
        {say('training.again')}
      </Notice>
    );
  return (
    <Notice look="good" title={say('training.passed', { right, of })}>
      {until !== null && <p>{say('training.until', { day: format.day(until) })}</p>}
      <Link to="/training" className={`${buttonClass()} mt-2`}>
        {say('training.back')}
      </Link>
    </Notice>
  );
}
