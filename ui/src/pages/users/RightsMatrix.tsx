import { Checkbox, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { listPlaces } from '../../api/master';
import { useDebounced } from '../../components/useDebounced';
import type { Grant, Right } from './calls';
import { useRightName } from './useRightName';

/** The groups of rights, by what they are about; the first that fits. */
const GROUPS: [string, (right: string) => boolean][] = [
  ['inbound', (right) => /^operation\.(commission|receive|putaway|inspect|hold|release)$/.test(right)],
  [
    'inside',
    (right) => /^operation\.(move|pick|issue|count|adjust|pack|unpack|check_out|check_in|scrap)$/.test(right),
  ],
  ['outbound', (right) => /^operation\.(ship|store_receive|activate)$/.test(right)],
  ['service', (right) => /^operation\.(return_|repair_in|repair_out|exchange|swap|relabel)$/.test(right)],
  ['operations', (right) => right.startsWith('operation.')],
  ['items', (right) => right.startsWith('items.') || right.startsWith('ledger.')],
  ['master', (right) => right.endsWith('.edit')],
  ['system', () => true],
];

interface RightsMatrixProps {
  rights: Right[];
  value?: Grant[];
  onChange?: (value: Grant[]) => void;
}

/** Rights by area: a line for each, ticked or not, everywhere or only at some places and below them. */
export function RightsMatrix({ rights, value = [], onChange }: RightsMatrixProps) {
  const { t } = useTranslation();
  const nameOf = useRightName(rights);
  const groups = GROUPS.map(([group]) => ({
    group,
    members: rights.filter((one) => GROUPS.find(([, fits]) => fits(one.right))?.[0] === group),
  })).filter(({ members }) => members.length > 0);
  const held = (right: string) => value.filter((grant) => grant.right === right);
  const set = (names: string[], grants: Grant[]) =>
    onChange?.([...value.filter((grant) => !names.includes(grant.right)), ...grants]);
  return (
    <table className="rights">
      <thead>
        <tr>
          <th>{t('users.right')}</th>
          <th>{t('users.where')}</th>
        </tr>
      </thead>
      {groups.map(({ group, members }) => {
        const names = members.map((one) => one.right);
        const count = names.filter((name) => held(name).length > 0).length;
        return (
          <tbody key={group}>
            <tr className="rights-group">
              <th colSpan={2} scope="rowgroup">
                <Checkbox
                  checked={count === names.length}
                  indeterminate={count > 0 && count < names.length}
                  onChange={(event) =>
                    set(names, event.target.checked ? names.map((right) => ({ right, place: null })) : [])
                  }
                >
                  {t(`users.group.${group}`)}
                </Checkbox>
              </th>
            </tr>
            {members.map((one) => {
              const grants = held(one.right);
              return (
                <tr key={one.right}>
                  <td>
                    <Checkbox
                      checked={grants.length > 0}
                      onChange={(event) =>
                        set([one.right], event.target.checked ? [{ right: one.right, place: null }] : [])
                      }
                    >
                      {nameOf(one.right)}
                    </Checkbox>
                  </td>
                  <td>
                    {grants.length > 0 &&
                      (one.by_place ? (
                        <Areas
                          grants={grants}
                          onChange={(next) => set([one.right], next)}
                          name={nameOf(one.right)}
                          right={one.right}
                        />
                      ) : (
                        <span className="muted">{t('users.everywhere')}</span>
                      ))}
                  </td>
                </tr>
              );
            })}
          </tbody>
        );
      })}
    </table>
  );
}

interface AreasProps {
  right: string;
  name: string;
  grants: Grant[];
  onChange: (grants: Grant[]) => void;
}

function Areas({ right, name, grants, onChange }: AreasProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const [open, setOpen] = useState(false);
  const q = useDebounced(typed);
  const { data } = useQuery({
    queryKey: ['pick', 'places', q],
    queryFn: ({ signal }) => listPlaces({ q, limit: 30 }, signal),
    enabled: open,
    placeholderData: keepPreviousData,
  });
  return (
    <Select<string[]>
      mode="multiple"
      size="small"
      variant="filled"
      className="rights-areas"
      aria-label={t('users.whereFor', { right: name })}
      placeholder={t('users.everywhere')}
      value={grants.flatMap((grant) => (grant.place === null ? [] : [grant.place]))}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      onOpenChange={setOpen}
      options={data?.rows.map((place) => ({ value: place.code, label: `${place.code} ${place.name}` })) ?? []}
      onChange={(places) =>
        onChange(places.length === 0 ? [{ right, place: null }] : places.map((place) => ({ right, place })))
      }
    />
  );
}
