import { useQuery } from '@tanstack/react-query';
import { Spin } from 'antd';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Place } from '../../api/master';
import type { IconName } from '../../components/Icon';
import { Icon } from '../../components/Icon';
import { ProblemAlert } from '../../components/ProblemAlert';
import { Tag } from '../../components/Tags';
import { childrenOf } from './calls';

const ICONS: Record<Place['kind'], IconName> = {
  site: 'home',
  warehouse: 'place',
  zone: 'more',
  bin: 'box',
  line: 'cycle',
  station: 'wrench',
  vehicle: 'truck',
  other: 'box',
};

interface BranchProps {
  /** Whose children these are; '' for the roots. */
  parent: string;
  /** The places from the root down to the open one, which unfold by themselves. */
  trail?: string[];
  open: string | null;
  onChoose: (code: string) => void;
  empty?: ReactNode;
}

/** What lies directly in a place; each unfolds in turn. */
export function Branch({ parent, trail = [], open, onChoose, empty }: BranchProps) {
  const { t } = useTranslation();
  const { data, error } = useQuery({
    queryKey: ['places', 'children', parent],
    queryFn: ({ signal }) => childrenOf(parent, signal),
    staleTime: 60_000,
  });
  if (error !== null) return <ProblemAlert problem={error} />;
  if (data === undefined) return <Spin size="small" className="places-wait" />;
  if (data.length === 0) return empty ?? <p className="places-none hint">{t('places.nothingInside')}</p>;
  return (
    <ul className="places-branch">
      {data.map((place) => (
        <Node
          key={place.code}
          place={place}
          trail={trail}
          open={open}
          onChoose={onChoose}
          root={parent === ''}
        />
      ))}
    </ul>
  );
}

interface NodeProps {
  place: Place;
  trail: string[];
  open: string | null;
  onChoose: (code: string) => void;
  root: boolean;
}

function Node({ place, trail, open, onChoose, root }: NodeProps) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<boolean | null>(null);
  const unfolded = chosen ?? (root || trail.slice(0, -1).includes(place.code));
  return (
    <li>
      <div className="places-node">
        {place.kind === 'bin' ? (
          <span className="places-fold" />
        ) : (
          <button
            type="button"
            className="places-fold"
            aria-expanded={unfolded}
            aria-label={t(unfolded ? 'places.fold' : 'places.unfold', { code: place.code })}
            onClick={() => setChosen(!unfolded)}
          >
            <Icon name={unfolded ? 'down' : 'right'} size={14} />
          </button>
        )}
        <PlaceButton place={place} here={open === place.code} onChoose={onChoose} />
      </div>
      {unfolded && place.kind !== 'bin' && (
        <Branch parent={place.code} trail={trail} open={open} onChoose={onChoose} />
      )}
    </li>
  );
}

interface PlaceButtonProps {
  place: Place;
  here: boolean;
  onChoose: (code: string) => void;
  withPath?: boolean;
}

/** One place in the tree or among what was found. */
export function PlaceButton({ place, here, onChoose, withPath = false }: PlaceButtonProps) {
  const { t } = useTranslation();
  return (
    <button
      type="button"
      className={here ? 'places-button places-here' : 'places-button'}
      aria-current={here ? 'true' : undefined}
      onClick={() => onChoose(place.code)}
    >
      <Icon name={ICONS[place.kind]} size={16} />
      <b className="mono">{place.code}</b>{' '}
      <span className="grow muted">
        {place.name === place.code ? '' : place.name}
        {withPath && place.path.length > 1 && (
          <span className="hint"> {place.path.slice(0, -1).join(' / ')}</span>
        )}
      </span>
      {!place.active && <Tag>{t('inactive')}</Tag>}
    </button>
  );
}
