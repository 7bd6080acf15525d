import { Button, Drawer, Popover } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../components/Icon';
import { useIsPhone } from '../../components/useIsPhone';
import type { FormField } from '../../forms/model';
import type { Group } from './asking';
import { count } from './asking';
import { FilterBuilder } from './FilterBuilder';

interface FilterButtonProps {
  group: Group;
  fields: readonly FormField[];
  onChange: (group: Group) => void;
}

/** Opens the conditions that the list goes by; the list follows when they are applied. */
export function FilterButton({ group, fields, onChange }: FilterButtonProps) {
  const { t } = useTranslation();
  const phone = useIsPhone();
  const [draft, setDraft] = useState<Group | null>(null);
  const shown = draft ?? group;
  const set = count(group);
  const apply = () => {
    onChange(shown);
    setDraft(null);
  };
  const open = (wanted: boolean) => {
    if (wanted)
      setDraft(group.parts.length === 0 ? { join: 'and', parts: [{ field: '', is: 'equal' }] } : group);
    else setDraft(null);
  };
  const content = (
    <form
      className="filter-builder"
      onSubmit={(event) => {
        event.preventDefault();
        apply();
      }}
    >
      <FilterBuilder group={shown} fields={fields} onChange={setDraft} />
      <div className="filter-foot">
        <Button
          disabled={group.parts.length === 0}
          onClick={() => {
            onChange({ join: 'and', parts: [] });
            setDraft(null);
          }}
        >
          {t('clear')}
        </Button>
        <Button type="primary" htmlType="submit">
          {t('records.filter.apply')}
        </Button>
      </div>
    </form>
  );
  const button = (
    <Button
      type={phone ? 'default' : 'text'}
      icon={<Icon name="filter" size={16} />}
      className={set > 0 ? 'records-tool records-on' : 'records-tool'}
      {...(phone && { onClick: () => open(true) })}
    >
      {set > 0 ? t('records.filter.set', { count: set }) : t('filter')}
    </Button>
  );
  if (phone) {
    return (
      <>
        {button}
        <Drawer
          open={draft !== null}
          placement="bottom"
          size="80%"
          title={t('filter')}
          onClose={() => setDraft(null)}
        >
          {content}
        </Drawer>
      </>
    );
  }
  return (
    <Popover
      destroyOnHidden
      trigger="click"
      placement="bottomLeft"
      open={draft !== null}
      onOpenChange={open}
      content={content}
    >
      {button}
    </Popover>
  );
}
