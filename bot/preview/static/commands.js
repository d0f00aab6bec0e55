// The registered slash commands as a flat list of things one can say, and the search over them.

const GROUPS = new Set([1, 2]);

/** [{path: ["asylum", "trend"], name: "/asylum trend", description, options}] */
export function leaves(commands) {
  const out = [];
  const visit = (node, path) => {
    const inner = (node.options ?? []).filter((option) => GROUPS.has(option.type));
    if (inner.length) inner.forEach((option) => visit(option, [...path, option.name]));
    else out.push({ path, name: `/${path.join(" ")}`, description: node.description, options: node.options ?? [] });
  };
  commands.filter((command) => command.type === 1).forEach((command) => visit(command, [command.name]));
  return out;
}

/** The message menu's commands. */
export function messageCommands(commands) {
  return commands.filter((command) => command.type === 3);
}

/** Those that answer to the typed text ("/asylum tr"), the best first. */
export function search(list, typed) {
  const words = typed.replace(/^\//, "").toLowerCase().split(/\s+/).filter(Boolean);
  const rank = (leaf) => {
    const parts = leaf.path.map((part) => part.toLowerCase());
    let score = 0;
    for (const word of words) {
      if (parts.some((part) => part.startsWith(word))) score += 0;
      else if (leaf.name.toLowerCase().includes(word)) score += 1;
      else if (words.length === 1 && word.length > 2 && leaf.description.toLowerCase().includes(word)) score += 2;
      else return null;
    }
    return score;
  };
  return list
    .map((leaf, index) => ({ leaf, index, score: rank(leaf) }))
    .filter((hit) => hit.score !== null)
    .sort((a, b) => a.score - b.score || a.index - b.index)
    .map((hit) => hit.leaf);
}

/** The command that a whole typed line begins with, if more than its name has been typed. */
export function begun(list, typed) {
  const hits = list.filter((leaf) => typed.toLowerCase().startsWith(`${leaf.name} `));
  return hits.sort((a, b) => b.name.length - a.name.length)[0] ?? null;
}

/** "a string", "whole numbers from 1951 to 2025": what an option takes, in words. */
export function takes(option) {
  const range = [
    ["min_value", "from"],
    ["max_value", "to"],
  ]
    .filter(([key]) => option[key] !== undefined)
    .map(([key, word]) => `${word} ${option[key]}`)
    .join(" ");
  const kind = {
    4: "a whole number",
    5: "True or False",
    6: "a person",
    7: "a channel",
    8: "a role",
    9: "a person or role",
    10: "a number",
  }[option.type];
  if (option.choices?.length) return "one of the list";
  return [kind ?? "text", range].filter(Boolean).join(" ");
}
