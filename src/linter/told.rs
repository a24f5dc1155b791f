//! What the rules of services tell of the task definitions that they run. Those stand for
//! themselves and are judged before, so that their findings are dropped afterwards.

use std::collections::{HashMap, HashSet};

use super::Outcome;
use crate::finding::Matter;
use crate::model::Service;
use crate::source::{Input, Place};

/// What services tell.
#[derive(Debug, Default)]
pub(super) struct ToldByServices {
    places: HashSet<(Matter, Place)>,
    /// What they may tell of any task definition of a folder.
    folders: HashMap<String, HashSet<Matter>>,
}

impl ToldByServices {
    /// Adds what a service tells that lies in a folder.
    pub fn add(&mut self, service: &Service, folder: &str) {
        for told in service.tells() {
            match told.of {
                Some(place) => drop(self.places.insert((told.matter, place))),
                None => drop(self.folders.entry(folder.to_owned()).or_default().insert(told.matter)),
            }
        }
    }

    /// Adds a folder where something stands that may be a service.
    pub fn add_open_folder(&mut self, folder: &str) {
        self.folders.entry(folder.to_owned()).or_default().extend(Matter::ALL);
    }

    pub fn merge(&mut self, other: ToldByServices) {
        self.places.extend(other.places);
        for (folder, matters) in other.folders {
            self.folders.entry(folder).or_default().extend(matters);
        }
    }

    fn holds(&self, matter: Matter, place: Place, folder: &str) -> bool {
        let in_folder = self.folders.get(folder).is_some_and(|matters| matters.contains(&matter));
        in_folder || self.places.contains(&(matter, place))
    }
}

impl Outcome {
    /// Drops the findings about task definitions that services tell, or may tell.
    pub(super) fn drop_what_services_tell(&mut self, inputs: &[Input]) {
        let told = std::mem::take(&mut self.told);
        self.findings.retain(|finding| {
            let left = finding.problem.left_to_services;
            !left.is_some_and(|(matter, place)| {
                told.holds(matter, place, &inputs[place.source.0 as usize].folder)
            })
        });
    }
}
