import { Form, Input, Switch } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { DeleteButton } from '../../components/DeleteButton';
import { EditDrawer } from '../../components/EditDrawer';
import type { Right, Role } from './calls';
import { changeRole, createRole, deleteRole } from './calls';
import { RightsMatrix } from './RightsMatrix';

interface RoleDrawerProps {
  role: Role | '+' | null;
  rights: Right[];
  onClose: () => void;
  onSaved: () => void;
}

const NEW: Role = {
  code: '',
  name: '',
  everything: false,
  rights: [{ right: 'items.view', place: null }],
  users: 0,
  version: 0,
};

/** Adding or changing one role: its name, and its rights in a matrix of operation and area. */
export function RoleDrawer({ role, rights, onClose, onSaved }: RoleDrawerProps) {
  const { t } = useTranslation();
  const fresh = role === '+';
  const initial = useMemo(() => (role === null || role === '+' ? NEW : role), [role]);
  const required = (field: string) => [{ required: true, message: t('required', { field }) }];
  return (
    <EditDrawer<Role>
      open={role !== null}
      title={fresh ? t('users.addRole') : initial.name}
      width={720}
      initial={initial}
      save={(values) => {
        // The server takes only rights that exist; a role may still name some that come with a later version.
        const known = new Set(rights.map((one) => one.right));
        const kept = { ...values, rights: values.rights.filter((grant) => known.has(grant.right)) };
        return fresh ? createRole(kept) : changeRole(kept);
      }}
      onSaved={onSaved}
      onClose={onClose}
      danger={
        !fresh &&
        initial.users === 0 && (
          <DeleteButton name={initial.name} onDelete={() => deleteRole(initial.code)} onDeleted={onSaved} />
        )
      }
    >
      {(form) => (
        <>
          <div className="field-row">
            <Form.Item name="name" label={t('name')} rules={required(t('name'))}>
              <Input placeholder={t('users.roleExample')} autoComplete="off" />
            </Form.Item>
            <Form.Item name="code" label={t('code')} rules={required(t('code'))}>
              <Input className="mono" disabled={!fresh} placeholder="keeper-foshan" autoComplete="off" />
            </Form.Item>
          </div>
          <Form.Item
            name="everything"
            label={t('users.everythingLabel')}
            extra={t('users.everythingHint')}
            valuePropName="checked"
            layout="horizontal"
          >
            <Switch />
          </Form.Item>
          <Form.Item noStyle dependencies={['everything']}>
            {() =>
              form.getFieldValue('everything') === true ? null : (
                <Form.Item name="rights" label={t('users.rights')}>
                  <RightsMatrix rights={rights} />
                </Form.Item>
              )
            }
          </Form.Item>
        </>
      )}
    </EditDrawer>
  );
}
