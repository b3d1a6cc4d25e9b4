//! Where the cards of a map stand, and how the lines between them run.
//!
//! Columns are the longest ways from the first step; what leads back is left out of that count. A
//! line that passes columns gets a place in each of them, so that it runs between the cards. The
//! order in a column follows the middle of what a card is tied to, in a few sweeps.

use crate::kinds::troubleshooter::{Target, Tree};

/// Width of a card.
pub(crate) const CARD: usize = 232;
/// Room between columns, for the lines.
const GAP: usize = 88;
/// Room around all of it.
pub(crate) const MARGIN: usize = 40;
/// Between cards.
const APART: usize = 28;
/// Lines that pass columns get places there as long as there are fewer than these.
const MOST_BENDS: usize = 3000;
/// How often columns are put in order.
const SWEEPS: usize = 6;
/// Columns times lines up to which they are put in order; a larger picture nobody takes in anyway.
const MOST_WORK: usize = 2_000_000;

/// What has to be placed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Size {
    /// Height of the card.
    pub height: usize,
    /// Where lines arrive, from its top.
    pub entry: usize,
    /// Where the line of each choice leaves, from its top.
    pub exits: Vec<usize>,
}

/// Where everything is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Layout {
    /// Of the whole.
    pub width: usize,
    /// Of the whole.
    pub height: usize,
    /// The upper left corner of each card.
    pub cards: Vec<(usize, usize)>,
    /// The lines.
    pub lines: Vec<Line>,
}

/// A line from a choice to a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Line {
    /// Step and choice.
    pub from: (usize, usize),
    /// Step.
    pub to: usize,
    /// Whether it leads back to a step on the way to this one.
    pub is_back: bool,
    /// Where it begins, the places in the columns between (their left edges), where it ends.
    pub points: Vec<(usize, usize)>,
}

/// Something in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Node {
    Card(usize),
    /// The line with this number passes.
    Bend(usize),
}

/// Places all cards.
pub(crate) fn layout(tree: &Tree, sizes: &[Size]) -> Layout {
    let (mut lines, columns) = columns(tree);
    let mut grid = grid(&mut lines, &columns);
    order(&mut grid, &lines);
    place(&grid, lines, &columns, sizes)
}

/// The lines, and the column of each step.
fn columns(tree: &Tree) -> (Vec<Line>, Vec<usize>) {
    let count = tree.steps.len();
    let mut state = vec![State::New; count];
    let mut finished = Vec::with_capacity(count);
    let mut lines = Vec::new();
    for root in 0..count {
        if state[root] != State::New {
            continue;
        }
        // Steps on the way, each with the choice that is next.
        let mut way = vec![(root, 0)];
        state[root] = State::OnTheWay;
        while let Some((step, choice)) = way.last_mut() {
            let (from, number) = (*step, *choice);
            let Some(next) = tree.steps[from].choices.get(number) else {
                state[from] = State::Done;
                finished.push(from);
                way.pop();
                continue;
            };
            *choice += 1;
            let Target::Step(to) = next.target else { continue };
            let is_back = state[to] == State::OnTheWay;
            lines.push(Line { from: (from, number), to, is_back, points: Vec::new() });
            if state[to] == State::New {
                state[to] = State::OnTheWay;
                way.push((to, 0));
            }
        }
    }
    let mut columns = vec![0; count];
    let mut leaving = vec![Vec::new(); count];
    for line in lines.iter().filter(|line| !line.is_back) {
        leaving[line.from.0].push(line.to);
    }
    for step in finished.into_iter().rev() {
        for to in &leaving[step] {
            columns[*to] = columns[*to].max(columns[step] + 1);
        }
    }
    lines.sort_by_key(|line| line.from);
    (lines, columns)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    OnTheWay,
    Done,
}

/// What stands in each column. Lines note how many columns they pass by the number of their points.
fn grid(lines: &mut [Line], columns: &[usize]) -> Vec<Vec<Node>> {
    let mut grid = vec![Vec::new(); columns.iter().max().map_or(0, |last| last + 1)];
    for (step, column) in columns.iter().enumerate() {
        grid[*column].push(Node::Card(step));
    }
    let mut left = MOST_BENDS;
    for (number, line) in lines.iter_mut().enumerate().filter(|(_, line)| !line.is_back) {
        let passed = columns[line.from.0] + 1..columns[line.to];
        if passed.len() <= left {
            left -= passed.len();
            line.points = vec![(0, 0); passed.len()];
            passed.for_each(|column| grid[column].push(Node::Bend(number)));
        }
    }
    grid
}

/// Sorts the columns, so that few lines cross.
fn order(grid: &mut [Vec<Node>], lines: &[Line]) {
    let sweeps = if grid.len() * lines.len() > MOST_WORK { 0 } else { SWEEPS };
    for sweep in 0..sweeps {
        let forward = sweep % 2 == 0;
        let steps: Vec<usize> = match forward {
            true => (1..grid.len()).collect(),
            false => (0..grid.len().saturating_sub(1)).rev().collect(),
        };
        for column in steps {
            let beside = if forward { column - 1 } else { column + 1 };
            let middles = middles(&grid[beside], lines, forward);
            let mut keyed: Vec<(usize, Node)> = Vec::with_capacity(grid[column].len());
            for (at, node) in grid[column].iter().enumerate() {
                let middle = match node {
                    Node::Card(step) => middles.card(*step),
                    Node::Bend(line) => middles.line(*line),
                };
                keyed.push((middle.unwrap_or(at * Middles::UNIT), *node));
            }
            keyed.sort_by_key(|(middle, _)| *middle);
            grid[column] = keyed.into_iter().map(|(_, node)| node).collect();
        }
    }
}

/// How high the ends of lines are in the column beside.
struct Middles {
    lines: std::collections::BTreeMap<usize, usize>,
    cards: std::collections::BTreeMap<usize, (usize, usize)>,
}

impl Middles {
    /// One place in a column; choices of a card lie between.
    const UNIT: usize = 1000;

    fn line(&self, line: usize) -> Option<usize> {
        self.lines.get(&line).copied()
    }

    fn card(&self, step: usize) -> Option<usize> {
        self.cards.get(&step).map(|(sum, count)| sum / count)
    }
}

fn middles(beside: &[Node], lines: &[Line], forward: bool) -> Middles {
    let mut middles = Middles { lines: Default::default(), cards: Default::default() };
    let mut heights = std::collections::BTreeMap::new();
    for (at, node) in beside.iter().enumerate() {
        match node {
            Node::Card(step) => heights.insert(*step, at * Middles::UNIT),
            Node::Bend(line) => middles.lines.insert(*line, at * Middles::UNIT),
        };
    }
    for (number, line) in lines.iter().enumerate().filter(|(_, line)| !line.is_back) {
        let near = if forward { line.from.0 } else { line.to };
        if let Some(height) = heights.get(&near) {
            let choice = if forward { line.from.1.min(99) * 10 } else { 0 };
            middles.lines.entry(number).or_insert(height + choice);
        }
        if let Some(height) = middles.lines.get(&number) {
            let far = if forward { line.to } else { line.from.0 };
            let (sum, count) = middles.cards.entry(far).or_default();
            *sum += height;
            *count += 1;
        }
    }
    middles
}

/// Gives everything its place. Columns are packed, and stand as high as what leads to them.
fn place(grid: &[Vec<Node>], mut lines: Vec<Line>, columns: &[usize], sizes: &[Size]) -> Layout {
    let mut cards = vec![(0, 0); sizes.len()];
    let mut arriving = vec![Vec::new(); sizes.len()];
    for (number, line) in lines.iter().enumerate().filter(|(_, line)| !line.is_back) {
        arriving[line.to].push(number);
    }
    let room = |node: &Node| match node {
        Node::Card(step) => sizes[*step].height + APART,
        Node::Bend(_) => APART / 2,
    };
    // So far down that no column can rise above zero; moved up in the end.
    let mut top = grid.iter().flatten().map(room).sum::<usize>();
    let (mut highest, mut lowest) = (usize::MAX, 0);
    for (column, nodes) in grid.iter().enumerate() {
        let x = MARGIN + column * (CARD + GAP);
        // Where a line comes from: its last place so far.
        let before = |line: usize| {
            let line = &lines[line];
            let first = columns[line.from.0] + 1;
            let last = column.checked_sub(first + 1).and_then(|bend| line.points.get(bend));
            let (step, choice) = line.from;
            last.map_or_else(|| cards[step].1 + sizes[step].exits[choice], |(_, y)| *y)
        };
        let (mut packed, mut wanted, mut count) = (0, 0, 0);
        for node in nodes {
            match node {
                Node::Card(step) => {
                    for line in &arriving[*step] {
                        wanted += before(*line).saturating_sub(sizes[*step].entry + packed);
                    }
                    count += arriving[*step].len();
                }
                Node::Bend(line) => {
                    wanted += before(*line).saturating_sub(packed);
                    count += 1;
                }
            }
            packed += room(node);
        }
        top = wanted.checked_div(count).unwrap_or(top);
        highest = highest.min(top);
        let mut y = top;
        for node in nodes {
            match node {
                Node::Card(step) => cards[*step] = (x, y),
                Node::Bend(line) => {
                    let bend = column - columns[lines[*line].from.0] - 1;
                    lines[*line].points[bend] = (x, y);
                }
            }
            y += room(node);
        }
        lowest = lowest.max(y.saturating_sub(APART));
    }
    let up = highest.saturating_sub(MARGIN);
    let places = cards.iter_mut().chain(lines.iter_mut().flat_map(|line| &mut line.points));
    places.for_each(|(_, y)| *y -= up.min(*y));
    let height = lowest.saturating_sub(up) + MARGIN;
    for line in &mut lines {
        let (step, choice) = line.from;
        let start = cards[step].1 + sizes[step].exits[choice];
        let end = cards[line.to].1 + sizes[line.to].entry;
        // Lines that lead back leave on the left; one to its own card arrives there too.
        let (leave, arrive) = match line.is_back {
            true if step == line.to => (0, 0),
            true => (0, CARD),
            false => (CARD, 0),
        };
        line.points.insert(0, (cards[step].0 + leave, start));
        line.points.push((cards[line.to].0 + arrive, end));
    }
    let width = MARGIN + grid.len() * (CARD + GAP) - GAP.min(grid.len() * GAP) + MARGIN;
    Layout { width, height, cards, lines }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kinds::troubleshooter::{Choice, Step};

    /// Steps with choices that follow a rule.
    fn tree(count: usize, leads: impl Fn(usize, usize) -> Option<usize>) -> Tree {
        let choice = |step, number| Choice {
            label: format!("choice {number}"),
            link: 0,
            target: leads(step, number).map_or(Target::Elsewhere, Target::Step),
        };
        let step = |step| Step {
            block: 0,
            anchor: format!("s{step}"),
            title: format!("Step {step}"),
            outcome: None,
            choices: (0..4).map(|number| choice(step, number)).collect(),
            left: None,
        };
        Tree { steps: (0..count).map(step).collect() }
    }

    fn sizes(tree: &Tree) -> Vec<Size> {
        let size = |number: usize| Size {
            height: 60 + number % 5 * 30,
            entry: 20,
            exits: vec![30, 40, 50, 60],
        };
        (0..tree.steps.len()).map(size).collect()
    }

    fn check(tree: &Tree) -> Layout {
        let sizes = sizes(tree);
        let layout = layout(tree, &sizes);
        let mut boxes: Vec<_> = layout.cards.iter().zip(&sizes).collect();
        boxes.sort_by_key(|((x, y), _)| (*x, *y));
        for pair in boxes.windows(2) {
            let ((x, y), size) = pair[0];
            let ((next_x, next_y), _) = pair[1];
            assert!(x + CARD < *next_x || x == next_x && y + size.height < *next_y);
        }
        for ((x, y), size) in boxes {
            assert!(x + CARD <= layout.width && y + size.height <= layout.height);
        }
        for line in &layout.lines {
            // Lines run to the right, those that lead back to the left.
            let ((first, _), (last, _)) = (line.points[0], line.points[line.points.len() - 1]);
            assert!(if line.is_back { last <= first } else { first < last }, "{line:?}");
            for (x, y) in &line.points[1..line.points.len() - 1] {
                let inside = |((left, top), size): (&(usize, usize), &Size)| {
                    left == x && (*top..=top + size.height).contains(y)
                };
                assert!(!layout.cards.iter().zip(&sizes).any(inside), "{line:?}");
            }
        }
        layout
    }

    #[test]
    fn cards_never_overlap() {
        for seed in 1..60_usize {
            let count = 1 + seed * 3 % 50;
            check(&tree(count, |step, number| {
                let mixed = (step * 31 + number * 17 + seed * 7).wrapping_mul(2_654_435_761) >> 7;
                (mixed % 4 > 0).then_some(mixed / 4 % count)
            }));
        }
    }

    #[test]
    fn large_trees_are_laid_out_in_no_time() {
        let chain = check(&tree(400, |step, number| match number {
            0 => (step + 1 < 400).then_some(step + 1),
            1 => Some(399),
            2 => Some(step / 2),
            _ => None,
        }));
        assert!(chain.lines.len() > 1000);
        check(&tree(400, |step, number| Some((step * 7 + number * 131) % 400)));
        check(&tree(400, |step, number| Some(step * 4 + number + 1).filter(|to| *to < 400)));
    }

    #[test]
    fn nothing_is_laid_out_for_nothing() {
        assert_eq!(layout(&Tree::default(), &[]).cards, []);
    }

    #[test]
    fn a_plain_chain_runs_straight() {
        let layout = check(&tree(5, |step, number| (number == 0 && step < 4).then_some(step + 1)));
        let columns: Vec<_> =
            layout.cards.iter().map(|(x, _)| (x - MARGIN) / (CARD + GAP)).collect();
        assert_eq!(columns, [0, 1, 2, 3, 4]);
        assert!(layout.lines.iter().all(|line| !line.is_back && line.points.len() == 2));
    }
}
