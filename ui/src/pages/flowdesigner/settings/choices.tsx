import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { http } from '../../../api/http';
import { useMembers } from '../../../forms/people';
import { useDesk } from '../desk';

interface ChoiceProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
}

interface Row {
  code: string;
  name: string;
}

function useNames(path: string, rows: string) {
  const { data = [] } = useQuery({
    queryKey: ['names of', path],
    queryFn: async ({ signal }) =>
      (await http.get<Record<string, Row[]>>(path, { limit: 500 }, signal))[rows] ?? [],
    staleTime: 60_000,
  });
  return data.map((one) => ({ value: one.code, label: `${one.name}（${one.code}）` }));
}

function Named({
  label,
  value,
  onChange,
  options,
}: ChoiceProps & { options: { value: string; label: string }[] }) {
  return (
    <Select<string>
      size="small"
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      aria-label={label}
      placeholder={label}
      {...(value !== '' && { value })}
      options={options}
      popupMatchSelectWidth={false}
      onChange={(next: string | undefined) => onChange(next ?? '')}
    />
  );
}

/** A code rule. */
export function RuleChoice(props: ChoiceProps) {
  return <Named {...props} options={useNames('/code-rules', 'rules')} />;
}

/** A label template. */
export function LabelChoice(props: ChoiceProps) {
  return <Named {...props} options={useNames('/labels', 'labels')} />;
}

/** Another flow of the app. */
export function FlowChoice(props: ChoiceProps) {
  const { app, flow } = useDesk();
  const flows = useNames(`/apps/${encodeURIComponent(app)}/flows`, 'flows');
  return <Named {...props} options={flows.filter((one) => one.value !== flow)} />;
}

/** Somebody by name. */
export function MemberChoice(props: ChoiceProps) {
  return <Named {...props} options={useMembers() ?? []} />;
}
