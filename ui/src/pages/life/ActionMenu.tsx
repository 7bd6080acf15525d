import { useQuery } from '@tanstack/react-query';
import { Button, Dropdown } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { http } from '../../api/http';
import type { ItemDetail } from '../../api/items';
import type { OperationKind } from '../../api/operations';
import { useNamed, useOperations } from '../../api/operations';
import { Icon } from '../../components/Icon';
import { OperationIcon } from '../../components/OperationIcon';
import type { Matrix } from '../scan/early';
import { handOver } from '../scan/draft';
import { groupOf, GROUPS, NOT_SCANNED } from '../scan/groups';

/** Operations that need more things scanned; they are done at the scan desk. */
function needsDesk(kind: OperationKind): boolean {
  return kind.data.some(
    (field) => field.name === 'components' || field.name === 'into' || field.name === 'out',
  );
}

interface ActionMenuProps {
  item: ItemDetail;
  lifeCycle: string;
  onAct: (operation: string) => void;
}

/** What can be done with this item now, by its life cycle and the user's rights. */
export function ActionMenu({ item, lifeCycle, onAct }: ActionMenuProps) {
  const { t } = useTranslation();
  const named = useNamed();
  const navigate = useNavigate();
  const operations = useOperations();
  const cycle = useQuery({
    queryKey: ['life_cycles', lifeCycle, 'matrix'],
    queryFn: ({ signal }) =>
      http.get<Matrix>(`/life-cycles/${encodeURIComponent(lifeCycle)}`, undefined, signal),
    staleTime: 5 * 60_000,
  });
  const possible = (operations.data ?? []).filter((kind) => {
    if (!kind.allowed || NOT_SCANNED.has(kind.name)) return false;
    const row = cycle.data?.matrix.find((one) => one.key === kind.name);
    return row === undefined || (item.state ?? '') in row.targets;
  });
  const start = (kind: OperationKind) => {
    if (!needsDesk(kind)) {
      onAct(kind.name);
      return;
    }
    handOver([item.code]);
    void navigate(`/scan?op=${kind.name}`);
  };
  const items = [...Object.keys(GROUPS), 'other'].flatMap((group) => {
    const kinds = possible.filter((kind) => groupOf(kind.name) === group);
    if (kinds.length === 0) return [];
    return [
      {
        type: 'group' as const,
        key: group,
        label: t(`scan.group.${group}`),
        children: kinds.map((kind) => ({
          key: kind.name,
          label: named(kind),
          icon: <OperationIcon name={kind.name} size={16} />,
          onClick: () => start(kind),
        })),
      },
    ];
  });
  if (items.length === 0) return null;
  return (
    <Dropdown trigger={['click']} menu={{ items, className: 'life-menu' }} placement="bottomRight">
      <Button type="primary" icon={<Icon name="wrench" />}>
        {t('life.act')}
      </Button>
    </Dropdown>
  );
}
