import { useMembers } from '../forms/people';
import { PeopleSelect } from './PeopleSelect';

interface PeoplePickerProps {
  value: string[];
  onChange: (value: string[]) => void;
  wrong?: boolean;
  autoFocus?: boolean;
  /** Only one: choosing somebody else takes their place. */
  single?: boolean;
}

/** Choose people by name; where they may not be listed, their user names are typed. */
export function PeoplePicker(props: PeoplePickerProps) {
  return <PeopleSelect {...props} people={useMembers()} />;
}
