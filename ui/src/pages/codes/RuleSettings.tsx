import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { listProducts } from '../../api/master';
import { DeleteButton } from '../../components/DeleteButton';
import { ProblemAlert } from '../../components/ProblemAlert';
import type { Rule } from './calls';
import { changeRule, deleteRule } from './calls';
import type { Board } from './segments';

interface RuleSettingsProps {
  /** Null while the rule is new. */
  rule: Rule | null;
  board: Board;
  /** Missing when the user may only look. */
  onChange: ((next: (before: Board) => Board) => void) | undefined;
}

/** What a rule is called, who uses it, and its end. */
export function RuleSettings({ rule, board, onChange }: RuleSettingsProps) {
  const { t } = useTranslation();
  return (
    <div className="codes-properties">
      <div className="property">
        <label htmlFor="rule-name">{t('name')}</label>
        <Input
          id="rule-name"
          value={board.name}
          disabled={onChange === undefined}
          onChange={(event) => onChange?.((before) => ({ ...before, name: event.target.value }))}
        />
      </div>
      <div className="property">
        <label htmlFor="rule-code">{t('code')}</label>
        <Input
          id="rule-code"
          className="mono"
          value={board.code}
          disabled={rule !== null || onChange === undefined}
          onChange={(event) => onChange?.((before) => ({ ...before, code: event.target.value.trim() }))}
        />
        <p className="hint">{t('codes.codeHelp')}</p>
      </div>
      {rule !== null && <UsedBy rule={rule} />}
      {rule !== null && onChange !== undefined && <Ending rule={rule} />}
    </div>
  );
}

function UsedBy({ rule }: { rule: Rule }) {
  const { t } = useTranslation();
  const { data } = useQuery({
    queryKey: ['products', 'all'],
    queryFn: ({ signal }) => listProducts({ limit: 1000 }, signal),
    staleTime: 60_000,
  });
  const products = data?.rows.filter((product) => product.rule === rule.code) ?? [];
  return (
    <div className="property">
      <span>{t('codes.usedBy')}</span>
      {products.length === 0 && <p className="hint">{t('codes.usedByNone')}</p>}
      <ul>
        {products.map((product) => (
          <li key={product.code} className="row">
            <Link to={`/making?product=${encodeURIComponent(product.code)}`} className="mono">
              {product.code}
            </Link>
            <span className="muted">{product.name}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Ending({ rule }: { rule: Rule }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const retired = rule.status === 'retired';
  // A rule gets its second version only after the first has made a code.
  const everUsed = rule.used || rule.version > 1;
  const turn = useMutation({
    mutationFn: () => changeRule(rule.code, { version: rule.version, active: retired }),
    onSuccess: async () => {
      void message.success(t('saved'));
      await queries.invalidateQueries({ queryKey: ['codes'] });
    },
  });
  return (
    <div className="property">
      <span>{t('codes.ending')}</span>
      <div className="row">
        <Button loading={turn.isPending} onClick={() => turn.mutate()}>
          {retired ? t('codes.useAgain') : t('codes.retire')}
        </Button>
        {!everUsed && (
          <DeleteButton
            name={rule.code}
            onDelete={() => deleteRule(rule.code)}
            onDeleted={() => {
              void queries.invalidateQueries({ queryKey: ['codes'] });
              void navigate('/codes');
            }}
          />
        )}
      </div>
      <p className="hint">{everUsed ? t('codes.retireHelp') : t('codes.deleteHelp')}</p>
      <ProblemAlert problem={turn.error} />
    </div>
  );
}
