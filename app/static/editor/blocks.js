// What stands on lines of its own: tables, and the blocks that plugins offer.

export function start(gare) {
  const table = document.getElementById("gc-table");
  const blocks = document.getElementById("gc-blocks");

  gare.actions.table = async () => {
    const mark = gare.mark();
    if (!(await gare.open(table))) return;
    const [rows, columns] = [...table.querySelectorAll("input")].map(({ value }) => Number(value));
    const line = (cell) => `|${Array.from({ length: columns }, (_, n) => ` ${cell(n + 1)} |`).join("")}`;
    const head = line((number) => gare.word("column", { number }));
    const at = gare.insertBlock([head, line(() => "---"), ...Array(rows).fill(line(() => "   "))].join("\n"), mark);
    gare.area.setSelectionRange(at + 2, at + head.indexOf(" |"));
  };

  if (!blocks) return;
  gare.actions.blocks = async () => {
    const mark = gare.mark();
    const example = await gare.open(blocks);
    if (example) gare.insertBlock(example, mark);
  };
}
