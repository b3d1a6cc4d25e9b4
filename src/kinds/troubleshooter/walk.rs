//! The ways through a troubleshooter: what is reached, what ends, how far it is.

use std::collections::BTreeSet;

use super::steps::StepPlace;
use super::{Target, Tree};
use crate::diagnostic::{Code, Problem};
use crate::document::Document;

/// Finds out for each step how many may still follow. Outcomes are ends, whatever they offer.
pub(crate) fn measure(tree: &mut Tree) {
    let next: Vec<Vec<usize>> = tree
        .steps
        .iter()
        .map(|step| if step.outcome.is_some() { Vec::new() } else { step.next().collect() })
        .collect();
    let before = reversed(&next);
    let mut open: Vec<usize> = next.iter().map(Vec::len).collect();
    let mut ready: Vec<usize> = (0..next.len()).filter(|step| open[*step] == 0).collect();
    // A step is measured when all that follow it are; what is in a circle never is.
    while let Some(step) = ready.pop() {
        let left = next[step].iter().filter_map(|next| tree.steps[*next].left).max();
        tree.steps[step].left = Some(left.map_or(0, |left| left + 1));
        for earlier in &before[step] {
            open[*earlier] -= 1;
            if open[*earlier] == 0 {
                ready.push(*earlier);
            }
        }
    }
}

/// What the text shows beside the tree.
pub(crate) struct TreeFindings {
    /// Steps that can be reached besides the first.
    pub entries: Vec<usize>,
    /// For each step, those that any of its links lead to.
    pub ways: Vec<Vec<usize>>,
    /// For each step, whether something is wrong with its choices.
    pub tried: Vec<bool>,
}

/// What is wrong with the ways.
pub(crate) fn problems(
    tree: &Tree,
    found: &TreeFindings,
    places: &[StepPlace],
    document: &Document,
) -> Vec<Problem> {
    let next: Vec<Vec<usize>> = tree.steps.iter().map(|step| step.next().collect()).collect();
    let reached = closure(&found.ways, found.entries.iter().copied().chain([0]));
    // Steps that end, or would end if what is wrong with them were fixed.
    let ends = tree.steps.iter().enumerate().filter(|(_, step)| {
        let leads_out = step.choices.iter().any(|choice| !matches!(choice.target, Target::Step(_)));
        step.outcome.is_some() || step.choices.is_empty() || leads_out
    });
    let ending = closure(&reversed(&next), ends.map(|(number, _)| number));
    let mut problems = Vec::new();
    for (number, step) in tree.steps.iter().enumerate() {
        let span = || document.blocks[step.block].span.clone();
        let problem = |code| Problem::new(code, span()).with("step", &step.title);
        if step.choices.is_empty() && step.outcome.is_none() && !found.tried[number] {
            let (en, zh) = way_out(&places[number].heading(document).classes);
            problems.push(problem(Code::StepDeadEnd).with_both("suggestion", en, zh));
        }
        if !reached.contains(&number) {
            problems.push(problem(Code::StepUnreachable));
        }
        if !ending.contains(&number) {
            problems.push(problem(Code::StepLoop));
        }
    }
    problems
}

/// How to fix a dead end, in English and Chinese. A class that says nothing here was meant to.
fn way_out(classes: &[String]) -> (String, String) {
    match classes.first() {
        Some(class) => (
            format!("`.{class}` is no outcome: write `.resolved` or `.escalate`, or end the step with a list of links to other steps."),
            format!("`.{class}` 不是结果标记：请写 `.resolved` 或 `.escalate`；如果还没有结束，请在步骤末尾用列表链接到其他步骤。"),
        ),
        None => (
            "End it with a list of links to other steps, or mark its heading as an outcome: `{.resolved}` or `{.escalate}`.".to_owned(),
            "请在步骤末尾用列表链接到其他步骤；如果到此为止，请给标题加上 `{.resolved}` 或 `{.escalate}`。".to_owned(),
        ),
    }
}

/// All that can be reached from some steps.
fn closure(next: &[Vec<usize>], from: impl Iterator<Item = usize>) -> BTreeSet<usize> {
    let mut reached = BTreeSet::new();
    let mut open: Vec<usize> = from.collect();
    while let Some(step) = open.pop() {
        if reached.insert(step) {
            open.extend(&next[step]);
        }
    }
    reached
}

fn reversed(next: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let mut before = vec![Vec::new(); next.len()];
    for (step, next) in next.iter().enumerate() {
        for later in next {
            before[*later].push(step);
        }
    }
    before
}
