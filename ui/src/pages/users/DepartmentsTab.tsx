import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input, Select, Switch, Table } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DeleteButton } from '../../components/DeleteButton';
import { EditDrawer } from '../../components/EditDrawer';
import { EmptyState } from '../../components/EmptyState';
import { FilterBar } from '../../components/FilterBar';
import { Icon } from '../../components/Icon';
import { ProblemAlert } from '../../components/ProblemAlert';
import { Tag } from '../../components/Tags';
import { nameOf } from '../../forms/NamedSelect';
import { useMembers } from '../../forms/people';
import type { Department } from './calls';
import { changeDepartment, createDepartment, deleteDepartment, listDepartments } from './calls';

const NEW: Department = {
  code: '',
  name: '',
  parent: null,
  head: null,
  active: true,
  version: 0,
};

interface Row extends Department {
  children?: Row[];
}

/** Departments as a tree, those above before those below. */
export function treeOf(departments: Department[]): Row[] {
  const rows = new Map<string, Row>(departments.map((one) => [one.code, { ...one }]));
  const roots: Row[] = [];
  for (const row of rows.values()) {
    const above = row.parent === null ? undefined : rows.get(row.parent);
    if (above) (above.children ??= []).push(row);
    else roots.push(row);
  }
  return roots;
}

/** The departments (部门). */
export function DepartmentsTab() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [open, setOpen] = useState<Department | '+' | null>(null);
  const { data, error } = useQuery({ queryKey: ['users', 'departments'], queryFn: listDepartments });
  const members = useMembers();
  const initial = useMemo(() => (open === null || open === '+' ? NEW : open), [open]);
  const fresh = open === '+';
  const saved = () => {
    setOpen(null);
    void queries.invalidateQueries({ queryKey: ['users'] });
  };
  const required = (field: string) => [{ required: true, message: t('required', { field }) }];
  const add = (
    <Button type="primary" icon={<Icon name="plus" />} onClick={() => setOpen('+')}>
      {t('users.addDepartment')}
    </Button>
  );
  if (error !== null) return <ProblemAlert problem={error} />;
  return (
    <>
      <FilterBar actions={add}>
        <span className="muted">{t('users.departmentsHint')}</span>
      </FilterBar>
      {data?.length === 0 ? (
        <div className="card">
          <EmptyState icon="users" title={t('users.noDepartments')} action={add} />
        </div>
      ) : (
        <Table<Row>
          className="card"
          size="small"
          loading={data === undefined}
          rowKey={(row) => row.code}
          dataSource={treeOf(data ?? [])}
          expandable={{ defaultExpandAllRows: true }}
          pagination={false}
          columns={[
            { title: t('name'), dataIndex: 'name' },
            { title: t('code'), dataIndex: 'code', className: 'mono' },
            { title: t('users.head'), key: 'head', render: (_, row) => nameOf(members, row.head) },
            {
              title: t('state_'),
              key: 'active',
              render: (_, row) => !row.active && <Tag>{t('inactive')}</Tag>,
            },
            {
              key: 'edit',
              align: 'right',
              render: (_, row) => (
                <Button
                  type="link"
                  size="small"
                  onClick={() => setOpen(data?.find((one) => one.code === row.code) ?? null)}
                >
                  {t('edit')}
                </Button>
              ),
            },
          ]}
        />
      )}
      <EditDrawer<Department>
        open={open !== null}
        title={fresh ? t('users.addDepartment') : initial.name}
        initial={initial}
        save={(values) => (fresh ? createDepartment(values) : changeDepartment(values))}
        onSaved={saved}
        onClose={() => setOpen(null)}
        danger={
          !fresh &&
          open !== null && (
            <DeleteButton
              name={initial.name}
              onDelete={() => deleteDepartment(initial.code)}
              onDeleted={saved}
            />
          )
        }
      >
        <div className="field-row">
          <Form.Item name="name" label={t('name')} rules={required(t('name'))}>
            <Input placeholder={t('users.departmentExample')} autoComplete="off" />
          </Form.Item>
          <Form.Item name="code" label={t('code')} rules={required(t('code'))}>
            <Input className="mono" disabled={!fresh} placeholder="CK" autoComplete="off" />
          </Form.Item>
        </div>
        <Form.Item name="parent" label={t('users.above')}>
          <Select
            allowClear
            options={data
              ?.filter((one) => one.code !== initial.code)
              .map((one) => ({ value: one.code, label: one.name }))}
          />
        </Form.Item>
        <Form.Item name="head" label={t('users.head')} extra={t('users.headHint')}>
          <Select allowClear showSearch={{ optionFilterProp: ['label', 'value'] }} options={members ?? []} />
        </Form.Item>
        {!fresh && (
          <Form.Item name="active" label={t('active')} valuePropName="checked" layout="horizontal">
            <Switch />
          </Form.Item>
        )}
      </EditDrawer>
    </>
  );
}
