//! What a finding is known by from one run to the next.

use std::collections::HashMap;

use super::run::Run;
use crate::finding::Finding;

/// A name for each finding of a run, in their order. It is made of the rule, the file, the document and
/// the named pointer, so that moved lines and reordered containers keep it; of several findings that
/// share all of these, the position among them counts too.
pub(super) fn fingerprints(run: &Run) -> Vec<String> {
    let mut seen: HashMap<u64, u64> = HashMap::new();
    let fingerprint = |finding: &Finding| {
        let document = finding.document.as_deref().unwrap_or_default();
        let file = run.path(&run.source(finding).name);
        // Which of its places comes first may change.
        let places = finding.repeated.iter().map(|site| site.named_pointer.as_str());
        let first = places.chain([finding.named_pointer.as_str()]).min().unwrap_or_default();
        let base = hash([run.rule(finding).id, &file, document, first]);
        let position = seen.entry(base).or_default();
        *position += 1;
        format!("{:016x}", base.wrapping_add(*position - 1))
    };
    run.outcome.findings.iter().map(fingerprint).collect()
}

/// FNV-1a, which is the same on every machine and in every version.
fn hash<'t>(texts: impl IntoIterator<Item = &'t str>) -> u64 {
    const BASIS: u64 = 0xcbf2_9ce4_8422_2325;
    const PRIME: u64 = 0x0100_0000_01b3;
    // A byte that is in no text parts them.
    let bytes = texts.into_iter().flat_map(|text| text.bytes().chain([0xff]));
    bytes.fold(BASIS, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(PRIME))
}
