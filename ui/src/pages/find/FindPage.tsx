import { useQuery } from '@tanstack/react-query';
import { Spin } from 'antd';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';
import type { Reading } from '../../api/client';
import { postScan } from '../../api/client';
import { Code } from '../../components/Code';
import { Icon } from '../../components/Icon';
import { Page } from '../../components/Page';
import { ProblemAlert } from '../../components/ProblemAlert';
import { StateDot } from '../../components/StateDot';
import { Tag } from '../../components/Tags';
import { play } from '../../scan/sounds';
import { codeOf, decide, destinationOf } from './destination';
import './find.css';
import { remember } from './recent';

/** Where a scan outside of a job leads: straight to the one thing that it means, or to a choice. */
export function FindPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [params] = useSearchParams();
  const raw = params.get('q') ?? '';
  const { data, error, refetch } = useQuery({
    queryKey: ['find', raw],
    queryFn: () => postScan(raw),
    enabled: raw !== '',
    staleTime: 0,
    gcTime: 0,
  });
  const outcome = data && decide(data.readings);

  useEffect(() => {
    if (outcome === undefined) return;
    if (outcome.go === null) {
      play(outcome.choices.some((one) => one.via !== 'near_miss') ? 'again' : 'wrong');
      return;
    }
    play('right');
    remember(outcome.go);
    void navigate(destinationOf(outcome.go) ?? '/', { replace: true });
    // One answer, one sound: what is decided follows from the answer alone.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [data]);

  return (
    <Page title={t('find.title')} name={`${t('find.title')} ${raw}`}>
      {error !== null && <ProblemAlert problem={error} onRetry={() => void refetch()} />}
      {error === null && outcome?.go !== null && <Spin />}
      {outcome?.go === null && (
        <Undecided raw={raw} readings={data?.readings ?? []} choices={outcome.choices} />
      )}
    </Page>
  );
}

interface UndecidedProps {
  raw: string;
  readings: Reading[];
  choices: Reading[];
}

function Undecided({ raw, readings, choices }: UndecidedProps) {
  const { t } = useTranslation();
  const guesses = choices.length > 0 && choices.every((one) => one.via === 'near_miss');
  const title = guesses ? t('find.near') : choices.length > 0 ? t('find.several') : t('find.unknown');
  return (
    <div className="stack">
      <section className={choices.length > 0 ? 'card find-answer find-again' : 'card find-answer find-wrong'}>
        <Icon name={choices.length > 0 ? 'list' : 'close'} size={40} />
        <div>
          <h2>{title}</h2>
          <p className="mono find-raw">{raw}</p>
        </div>
      </section>
      {choices.length > 0 && (
        <section className="card" aria-label={guesses ? t('find.perhaps') : t('find.choose')}>
          <div className="card-head">
            <h2>{guesses ? t('find.perhaps') : t('find.choose')}</h2>
          </div>
          <ul className="find-choices">
            {choices.map((reading) => (
              <li key={destinationOf(reading)}>
                <Choice reading={reading} />
              </li>
            ))}
          </ul>
        </section>
      )}
      {choices.length === 0 && <Explained readings={readings} />}
    </div>
  );
}

function Choice({ reading }: { reading: Reading }) {
  const { t } = useTranslation();
  return (
    <Link to={destinationOf(reading) ?? '/'} onClick={() => remember(reading)} className="find-choice">
      <Tag tone="ink">{t(`find.kind.${reading.kind}`)}</Tag>
      <Code value={codeOf(reading) ?? ''} copy={false} />
      <span className="grow muted">{reading.name ?? reading.item?.product}</span>
      {reading.item?.state && <StateDot state={reading.item.state} />}
      {reading.item?.place}
      <Icon name="right" size={16} />
    </Link>
  );
}

function Explained({ readings }: { readings: Reading[] }) {
  const { t } = useTranslation();
  const said = readings.flatMap((reading) => [
    ...reading.problems.map((problem) => problem.message),
    ...(reading.advice ? [reading.advice] : []),
  ]);
  return (
    <section className="card find-why">
      <h2>{t('find.what')}</h2>
      <ul>
        {[...new Set(said)].map((line) => (
          <li key={line}>{line}</li>
        ))}
        <li>{t('find.advice')}</li>
      </ul>
    </section>
  );
}
