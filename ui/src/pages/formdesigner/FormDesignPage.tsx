import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { ProblemAlert } from '../../components/ProblemAlert';
import { useIsPhone } from '../../components/useIsPhone';
import { getDrawn, useDeclaration } from './calls';
import { Designer } from './Designer';
import './designer.css';
import { PhoneForm } from './PhoneForm';
import { forget } from './useSaving';

/** One form: on a desk the drawing board, on a phone to look at. */
export function FormDesignPage() {
  const { t } = useTranslation();
  const { app = '', form = '' } = useParams();
  const phone = useIsPhone();
  const queries = useQueryClient();
  const [round, setRound] = useState(0);
  const declaration = useDeclaration();
  const drawn = useQuery({
    queryKey: ['form-design', app, form, round],
    queryFn: ({ signal }) => getDrawn(app, form, signal),
    // The board is begun once; what others do meanwhile is noticed when saving.
    staleTime: Infinity,
    gcTime: 0,
  });
  const name = drawn.data?.form.name;
  useEffect(() => {
    document.title = name === undefined ? '码志' : `${name} · 码志`;
  }, [name]);
  const error = declaration.error ?? drawn.error;
  if (error !== null) {
    return (
      <div className="page">
        <ProblemAlert problem={error} onRetry={() => void queries.invalidateQueries()} />
      </div>
    );
  }
  if (declaration.data === undefined || drawn.data === undefined) {
    return <Skeleton active className="page" aria-label={t('loading')} />;
  }
  if (phone) return <PhoneForm app={app} drawn={drawn.data} declaration={declaration.data} />;
  return (
    <Designer
      key={`${app} ${form} ${round}`}
      app={app}
      drawn={drawn.data}
      declaration={declaration.data}
      onReload={() => {
        forget(app, form);
        setRound(round + 1);
      }}
    />
  );
}
