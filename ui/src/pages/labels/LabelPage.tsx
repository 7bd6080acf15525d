import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { ProblemAlert } from '../../components/ProblemAlert';
import { useIsPhone } from '../../components/useIsPhone';
import type { Kinds } from '../../labels/declared';
import type { Label } from './calls';
import { getKinds, getLabel } from './calls';
import './designer.css';
import { Designer } from './Designer';
import './labels.css';
import { PhoneLabel } from './PhoneLabel';

/** One label: on a desk the drawing board, on a phone to look at and to print. */
export function LabelPage() {
  const { t, i18n } = useTranslation();
  const { code = '' } = useParams();
  const phone = useIsPhone();
  const queries = useQueryClient();
  const [round, setRound] = useState(0);
  const kinds = useQuery({
    queryKey: ['labels', 'kinds', i18n.language],
    queryFn: ({ signal }) => getKinds(signal),
    staleTime: Infinity,
  });
  const label = useQuery({
    queryKey: ['labels', 'one', code, round],
    queryFn: ({ signal }) => getLabel(code, undefined, signal),
    // The board is begun once; what others do meanwhile is noticed when saving.
    staleTime: Infinity,
    gcTime: 0,
  });
  const name = label.data?.name;
  useEffect(() => {
    document.title = name === undefined ? '码志' : `${name} · 码志`;
  }, [name]);
  const error = kinds.error ?? label.error;
  if (error !== null) {
    return (
      <div className="page">
        <ProblemAlert
          problem={error}
          onRetry={() => void queries.invalidateQueries({ queryKey: ['labels'] })}
        />
      </div>
    );
  }
  if (kinds.data === undefined || label.data === undefined) {
    return <Skeleton active className="page" aria-label={t('loading')} />;
  }
  const shown = named(label.data, kinds.data);
  if (phone) return <PhoneLabel label={shown} kinds={kinds.data} />;
  return (
    <Designer
      key={`${code} ${round}`}
      label={shown}
      kinds={kinds.data}
      onReload={() => {
        localStorage.removeItem(`mazhi.labels.draft.${code}`);
        setRound(round + 1);
      }}
    />
  );
}

/** Elements that were never named are called after their kind. */
function named(label: Label, kinds: Kinds): Label {
  const kindName = new Map(kinds.elements.map((one) => [one.name, one.label]));
  const elements = label.template.elements.map((one) =>
    one.name === '' ? { ...one, name: kindName.get(one.kind) ?? one.kind } : one,
  );
  return { ...label, template: { ...label.template, elements } };
}
