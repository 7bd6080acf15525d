import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useOperations } from '../../api/operations';
import type { FlowDeclaration, NodeKinds } from '../../flowdesigner/declared';
import type { FaultWords } from '../../flowdesigner/incomplete';
import type { SummaryWords } from '../../flowdesigner/summaries';
import type { FlowNode, NewWords } from '../../flowdesigner/tree';
import { say } from '../../formdesigner/declared';
import type { FormInfo } from '../../forms/calls';
import { listApps, listForms } from '../../forms/calls';
import type { Named } from '../../forms/people';
import { useDepartments, useMembers, useRoles } from '../../forms/people';

interface Given {
  app: string;
  form: FormInfo;
  kinds: NodeKinds;
  declaration: FlowDeclaration;
  root: FlowNode;
}

/** Every form there is, as `app/form`, with the names of both. */
export function useEveryForm(): Named[] {
  const { data = [] } = useQuery({
    queryKey: ['apps', 'every form'],
    queryFn: async ({ signal }) => {
      const { apps } = await listApps(signal);
      const all = await Promise.all(
        apps.map(async (app) =>
          (await listForms(app.code, signal)).forms.map((form) => ({
            value: `${app.code}/${form.code}`,
            label: `${app.name} · ${form.name}`,
          })),
        ),
      );
      return all.flat();
    },
  });
  return data;
}

/** The words in which the designer names what is new, what a card says, and what is missing. */
export function useWords({ form, kinds, declaration, root }: Given) {
  const { t, i18n } = useTranslation();
  const { language } = i18n;
  const members = useMembers();
  const roles = useRoles();
  const departments = useDepartments();
  const operations = useOperations().data;
  const forms = useEveryForm();
  const name = useCallback(
    (of: string, code: string): string => {
      const lists: Partial<Record<string, readonly Named[] | null>> = {
        member: members,
        role: roles,
        department: departments,
        form: forms,
        operation: operations?.map((one) => ({ value: one.name, label: say(one, language) })),
        trigger: declaration.triggers?.map((one) => ({ value: one.name, label: say(one.title, language) })),
      };
      return lists[of]?.find((one) => one.value === code)?.label ?? code;
    },
    [members, roles, departments, forms, operations, declaration, language],
  );
  const words: NewWords = useMemo(
    () => ({
      title: (kind) => {
        const found = kinds.get(kind);
        return found === undefined ? kind : say(found.title, language);
      },
      column: (kind, number) => t(`flowdesigner.new.${kind}`, { number }),
      otherwise: t('flowdesigner.otherwise'),
    }),
    [kinds, language, t],
  );
  const summaryWords: SummaryWords = useMemo(
    () => ({ language, t: (key, values) => t(key, values ?? {}), name, fields: form.fields, root }),
    [language, t, name, form.fields, root],
  );
  const faultWords: FaultWords = useMemo(
    () => ({
      nobody: t('flowdesigner.fault.nobody'),
      noCondition: t('flowdesigner.fault.noCondition'),
      missing: (option) => t('flowdesigner.fault.missing', { option }),
      fieldGone: t('flowdesigner.fault.fieldGone'),
      noSteps: t('flowdesigner.fault.noSteps'),
    }),
    [t],
  );
  return { words, summaryWords, faultWords };
}
