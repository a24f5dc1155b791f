//! Where a document names Regions.

use std::ops::Range;

use crate::document::Document;
use crate::model::field::{Field, Known, View};
use crate::model::{AWSFIRELENS, Arn, Image, LogConfiguration, Variable, partition_of};
use crate::source::Cut;
use crate::tree::{Kind, Node};

/// What reads the name of a Region.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum RegionReader {
    /// The log driver `awslogs`, in its option `awslogs-region`.
    LogDriver,
    /// Whatever resolves an ARN.
    Arn,
    /// Whatever pulls an image from a private ECR registry.
    Registry,
    /// The log router, in an option of an output to AWS.
    LogRouter,
    /// The AWS clients in the container, in `AWS_REGION` or `AWS_DEFAULT_REGION`.
    Variable,
}

/// A Region named in a document.
#[derive(Clone, Debug)]
pub(crate) struct RegionUse<'d> {
    /// The value that names it.
    pub value: Known<'d, &'d str>,
    /// The bytes of the value that are the Region's name.
    pub at: Range<usize>,
    /// What reads it.
    pub reader: RegionReader,
    /// The partition that is named with it, and the bytes of the value that are its name.
    pub partition: Option<(&'d str, Range<usize>)>,
}

impl<'d> RegionUse<'d> {
    /// The Region's name.
    pub(crate) fn name(&self) -> &'d str {
        self.value.value().cut(self.at.clone())
    }

    /// Which of several Regions a finding points at, independent of the order of the keys in the file.
    pub(crate) fn rank(&self) -> (RegionReader, String) {
        (self.reader, self.value.node().pointer())
    }

    /// The value with the Region replaced.
    pub(crate) fn with(&self, region: &str) -> String {
        let text = self.value.value();
        format!("{}{region}{}", text.cut(..self.at.start), text.cut(self.at.end..))
    }
}

/// Whether the values of a key may be any text, or are read only by the program.
fn is_free(key: &str) -> bool {
    matches!(
        key,
        "command"
            | "dockerLabels"
            | "driverOpts"
            | "entryPoint"
            | "healthCheck"
            | "hookDetails"
            | "labels"
            | "options"
            | "tags"
    )
}

/// The Regions that a document names.
#[derive(Debug)]
pub(crate) struct Regions<'d> {
    pub document: &'d Document,
    /// Where it names them, in document order.
    pub uses: Vec<RegionUse<'d>>,
}

impl<'d> Regions<'d> {
    /// Those of a document.
    pub(crate) fn of(document: &'d Document) -> Regions<'d> {
        let mut uses = Vec::new();
        collect(document.root(), "", &mut uses);
        Regions { document, uses }
    }
}

fn collect<'d>(node: Node<'d>, key: &str, found: &mut Vec<RegionUse<'d>>) {
    match node.kind() {
        Kind::Text => found.extend(in_text(node, key)),
        Kind::List if key == "environment" => found.extend(node.items().filter_map(in_variable)),
        Kind::List => node.items().for_each(|item| collect(item, key, found)),
        Kind::Object => {
            if key == "logConfiguration" {
                found.extend(in_logs(LogConfiguration::of(node)));
            }
            for (key, value) in node.members() {
                let key = key.text();
                if !is_free(key) {
                    collect(value, key, found);
                }
            }
        }
        _ => {}
    }
}

fn in_text<'d>(node: Node<'d>, key: &str) -> Option<RegionUse<'d>> {
    let text = node.text();
    if key == "image" {
        let at = Image::read(text).ecr_region_range().filter(|_| node.is_plain())?;
        let suffix = at.end + 1..text.find('/').unwrap_or(text.len());
        // For a host, only the ending of the China Regions shows the partition.
        let partition = if text.cut(suffix.clone()).ends_with(".cn") { "aws-cn" } else { "aws" };
        let is_told = [Some(partition), partition_of(text.cut(at.clone()))].contains(&Some("aws-cn"));
        let partition = is_told.then_some((partition, suffix));
        return Some(RegionUse {
            value: Known::new(node, text),
            at,
            reader: RegionReader::Registry,
            partition,
        });
    }
    // A credential specification is an ARN after a prefix.
    let start = if text.starts_with("credentialspec") { text.find("arn:")? } else { 0 };
    let arn = Arn::read(text.cut(start..)).filter(|arn| arn.has_region() && node.is_plain())?;
    let partition = start + 4..start + 4 + arn.partition.len();
    let region = partition.end + arn.service.len() + 2;
    Some(RegionUse {
        value: Known::new(node, text),
        at: region..region + arn.region.len(),
        reader: RegionReader::Arn,
        partition: Some((arn.partition, partition)),
    })
}

fn in_variable(item: Node<'_>) -> Option<RegionUse<'_>> {
    let variable = Variable::of(item);
    variable.name().known().filter(|name| matches!(name.value(), "AWS_REGION" | "AWS_DEFAULT_REGION"))?;
    let value = variable.value().known().filter(|value| value.node().is_plain() && !value.is_empty())?;
    Some(of_whole(value, RegionReader::Variable))
}

fn in_logs(logs: LogConfiguration<'_>) -> Option<RegionUse<'_>> {
    /// The Fluent Bit and Fluentd outputs that send to AWS.
    const OUTPUTS: [&str; 12] = [
        "cloudwatch",
        "cloudwatch_logs",
        "es",
        "firehose",
        "kinesis",
        "kinesis_firehose",
        "kinesis_streams",
        "kinesis_streams_aggregated",
        "opensearch",
        "s3",
        "sns",
        "sqs",
    ];
    let is_missing = |name: &str| matches!(logs.option(name), Field::Missing);
    match logs.log_driver().known()?.value() {
        // With an endpoint, the Region is not resolved.
        "awslogs" if is_missing("awslogs-endpoint") => {
            let region = logs.name_option("awslogs-region").filter(|region| !region.is_empty())?;
            Some(of_whole(region, RegionReader::LogDriver))
        }
        AWSFIRELENS if is_missing("endpoint") => {
            let output = ["Name", "name", "@type"].iter().find_map(|name| logs.name_option(name))?;
            let keys =
                if OUTPUTS.contains(&output.value()) { ["region", "aws_region"] } else { return None };
            let region = keys.iter().find_map(|key| logs.name_option(key));
            region.filter(|region| !region.is_empty()).map(|region| of_whole(region, RegionReader::LogRouter))
        }
        _ => None,
    }
}

fn of_whole<'d>(value: Known<'d, &'d str>, reader: RegionReader) -> RegionUse<'d> {
    RegionUse { value, at: 0..value.len(), reader, partition: None }
}
