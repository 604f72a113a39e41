// What changing keys does to the secretary's own shortcuts: values in, values out.
import { type ActionId, actions } from "./actions";
import { combinationsOf, type Overrides } from "./keyboard";

/** Gives an action this combination instead of its present ones, and takes it from whoever has it. */
export function rebind(overrides: Overrides, action: ActionId, combination: string): Overrides {
  const changed: Overrides = { ...overrides, [action]: combination };
  for (const { id } of actions) {
    const own = combinationsOf(id, overrides);
    if (id !== action && own.includes(combination)) {
      changed[id] = own.filter((each) => each !== combination).join(" ");
    }
  }
  return withoutDefaults(changed);
}

/** Gives an action its first keys back, and takes them from whoever got them meanwhile. */
export function reset(overrides: Overrides, action: ActionId): Overrides {
  const first = combinationsOf(action, {});
  const { [action]: _dropped, ...rest } = overrides;
  const changed: Overrides = { ...rest };
  for (const { id } of actions) {
    const own = combinationsOf(id, rest);
    if (id !== action && own.some((each) => first.includes(each))) {
      changed[id] = own.filter((each) => !first.includes(each)).join(" ");
    }
  }
  return withoutDefaults(changed);
}

function withoutDefaults(overrides: Overrides): Overrides {
  const kept = Object.entries(overrides).filter(
    ([id, keys]) => keys !== actions.find((action) => action.id === id)?.keys.join(" "),
  );
  return Object.fromEntries(kept);
}
