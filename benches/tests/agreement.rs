//! The judge, the engine, the reference and the second baseline agree on every workload.

use camlock_benches::{Company, Globs, Hostile, Shape, Workload};
use camlock_directory::{Account, Authorizer};
use camlock_engine::CompiledLayers;
use camlock_policy::Deployment;

#[test]
fn all_deciders_agree() {
    let deployment = Deployment::default();
    for shape in Shape::ALL {
        for size in [10, 100, 300] {
            let workload = Workload::new(&shape, size, 200);
            let compiled = CompiledLayers::new(workload.layers());
            let globs = Globs::new(&workload);
            let mut hits = Vec::new();
            for asked in workload.asked() {
                let outcome = compiled.decide(&asked.request, &deployment);
                assert_eq!(outcome.decision, asked.expected, "{:?}", asked.question);
                assert_eq!(globs.decide(&asked.question, &mut hits), asked.expected);
                let slowly =
                    camlock_reference::decide(&asked.request, workload.layers(), &deployment);
                assert_eq!(slowly, outcome, "{:?}", asked.question);
            }
        }
    }
}

#[test]
fn an_account_answers_as_its_judge() {
    let company = Company::new(500, 20, 7);
    let mut text = Vec::new();
    company.write(&mut text).unwrap();
    let account = Account::from_json(&String::from_utf8(text).unwrap()).unwrap();
    let authorizer = Authorizer::new(account);
    let desk = company.desk();
    for asked in desk.asked(300, 8) {
        assert_eq!(desk.scan(&asked.question), asked.expected);
        let outcome = authorizer.decide(&asked.request).unwrap();
        assert_eq!(outcome.decision, asked.expected, "{:?}", asked.question);
    }
}

#[test]
fn a_seed_gives_one_workload() {
    let texts = || {
        let workload = Workload::new(&Shape::ALL_LAYERS, 100, 10);
        let texts: Vec<String> = workload.texts().map(|(_, text)| text.to_owned()).collect();
        (texts, workload.asked().iter().map(|a| format!("{:?}", a.question)).collect::<Vec<_>>())
    };
    assert_eq!(texts(), texts());
}

/// Statements of a hostile shape, and how many requests the slow reference is asked too.
const HOSTILE: usize = 150;
const SLOWLY: usize = 8;

#[test]
fn all_deciders_agree_on_hostile_shapes() {
    let deployment = Deployment::default();
    for shape in Hostile::ALL {
        let workload = Workload::hostile(shape, HOSTILE, 100);
        let compiled = CompiledLayers::new(workload.layers());
        for (number, asked) in workload.asked().iter().enumerate() {
            assert_eq!(workload.scan(&asked.question), asked.expected, "{:?}", asked.question);
            let outcome = compiled.decide(&asked.request, &deployment);
            assert_eq!(outcome.decision, asked.expected, "{shape:?}: {:?}", asked.question);
            if number < SLOWLY {
                let layers = workload.layers();
                let slowly = camlock_reference::decide(&asked.request, layers, &deployment);
                assert_eq!(slowly, outcome, "{shape:?}: {:?}", asked.question);
            }
        }
    }
}

#[test]
fn an_account_without_limits_answers_as_its_judge() {
    let company = Company::plain(500, 20, 9);
    let mut text = Vec::new();
    company.write(&mut text).unwrap();
    let account = Account::from_json(&String::from_utf8(text).unwrap()).unwrap();
    let authorizer = Authorizer::new(account);
    for asked in company.desk().asked(300, 10) {
        let outcome = authorizer.decide(&asked.request).unwrap();
        assert_eq!(outcome.decision, asked.expected, "{:?}", asked.question);
    }
}
