import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Drawer, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { getPlace, listPlaces } from '../../api/master';
import { useMay } from '../../api/session';
import { EmptyState } from '../../components/EmptyState';
import { Icon } from '../../components/Icon';
import { Page } from '../../components/Page';
import { ProblemAlert } from '../../components/ProblemAlert';
import { useDebounced } from '../../components/useDebounced';
import { useFilters } from '../../components/useFilters';
import { useIsPhone } from '../../components/useIsPhone';
import { BinsDialog } from './BinsDialog';
import { PlaceDrawer } from './PlaceDrawer';
import { PlaceView } from './PlaceView';
import './places.css';
import { Branch, PlaceButton } from './Tree';

/** The tree of places (库位), and what is in the one that is open. */
export function PlacesPage() {
  const { t } = useTranslation();
  const may = useMay();
  const phone = useIsPhone();
  const queries = useQueryClient();
  const [{ open }, setOpen] = useFilters(['open'] as const);
  const [typed, setTyped] = useState('');
  const [adding, setAdding] = useState<{ parent: string | null } | null>(null);
  const [editing, setEditing] = useState<string | null>(null);
  const [bins, setBins] = useState<string | null>(null);
  const edit = may('places.edit');
  const reload = () => void queries.invalidateQueries({ queryKey: ['places'] });
  const choose = (code: string | null) => setOpen({ open: code });

  // The same query as the view's: it tells which branches lead to the open place.
  const shown = useQuery({
    queryKey: ['places', 'one', open],
    queryFn: ({ signal }) => getPlace(open ?? '', signal),
    enabled: open !== undefined,
  });

  const add = edit && (
    <Button type="primary" icon={<Icon name="plus" />} onClick={() => setAdding({ parent: open ?? null })}>
      {t('places.add')}
    </Button>
  );
  const view = open !== undefined && (
    <PlaceView
      code={open}
      actions={
        edit && (
          <>
            <Button onClick={() => setEditing(open)}>{t('edit')}</Button>
            <Button onClick={() => setAdding({ parent: open })}>{t('places.addInside')}</Button>
            <Button onClick={() => setBins(open)}>{t('places.addBins')}</Button>
          </>
        )
      }
    />
  );
  return (
    <Page title={t('places.title')} beside={t('places.beside')} actions={add}>
      <div className="places">
        <section className="card places-tree" aria-label={t('places.tree')}>
          <Input
            allowClear
            prefix={<Icon name="search" size={16} />}
            placeholder={t('places.search')}
            aria-label={t('places.search')}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
          {typed.trim() === '' ? (
            <Branch
              parent=""
              trail={shown.data?.path ?? []}
              open={open ?? null}
              onChoose={choose}
              empty={
                <EmptyState icon="place" title={t('places.empty')} action={add}>
                  {t('places.emptyAdvice')}
                </EmptyState>
              }
            />
          ) : (
            <Found text={typed.trim()} open={open ?? null} onChoose={choose} />
          )}
        </section>
        {!phone && (
          <div className="grow">
            {view || (
              <div className="card">
                <EmptyState icon="left" title={t('places.choose')}>
                  {t('places.chooseAdvice')}
                </EmptyState>
              </div>
            )}
          </div>
        )}
      </div>
      {phone && (
        <Drawer
          open={open !== undefined}
          onClose={() => choose(null)}
          placement="bottom"
          size="92%"
          title={open}
        >
          {view}
        </Drawer>
      )}
      <PlaceDrawer
        code={editing ?? (adding ? '+' : null)}
        parent={adding?.parent ?? null}
        onClose={() => {
          setEditing(null);
          setAdding(null);
        }}
        onSaved={(code) => {
          setEditing(null);
          setAdding(null);
          choose(code);
          reload();
        }}
      />
      <BinsDialog
        parent={bins}
        onClose={() => {
          setBins(null);
          reload();
        }}
      />
    </Page>
  );
}

interface FoundProps {
  text: string;
  open: string | null;
  onChoose: (code: string) => void;
}

function Found({ text, open, onChoose }: FoundProps) {
  const { t } = useTranslation();
  const q = useDebounced(text);
  const { data, error } = useQuery({
    queryKey: ['places', 'found', q],
    queryFn: ({ signal }) => listPlaces({ q, limit: 100 }, signal),
  });
  if (error !== null) return <ProblemAlert problem={error} />;
  if (data === undefined) return null;
  if (data.rows.length === 0) return <EmptyState icon="search" title={t('notFound')} />;
  return (
    <ul className="places-branch">
      {data.rows.map((place) => (
        <li key={place.code}>
          <PlaceButton place={place} here={open === place.code} onChoose={onChoose} withPath />
        </li>
      ))}
    </ul>
  );
}
