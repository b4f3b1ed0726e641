namespace AiObs.ArchitectureTests.Rules;

public sealed class MetricTagsTests
{
    private const string Body = """
        internal sealed class Metrics
        {
            private const string PartTag = "a.part";
            private const string Name = "a.calls";

            public void Add() => tags.Add(SomeAttributes.Key, 1);

            public object Pair() => new(SomeAttributes.Paired, 1);

            public bool IsNoTag() => Has(SomeAttributes.Other);
        }
        """;

    private static readonly Dictionary<string, string> Keys = new() { ["SomeAttributes.Key"] = "some.key", ["SomeAttributes.Paired"] = "some.pair", ["SomeAttributes.Other"] = "some.other" };

    [Fact]
    public void Of_FileThatMeasures_ReturnsItsKeys() =>
        Assert.Equal(["a.part", "some.key", "some.pair"], MetricTags.Of([new("src/A/Metrics.cs", $"using System.Diagnostics.Metrics;\n{Body}")], Keys).Order(StringComparer.Ordinal));

    [Fact]
    public void Of_OtherFile_CountsAsItIsNamed()
    {
        TextFile[] files = [new("src/A/Parts.cs", Body)];

        Assert.Empty(MetricTags.Of(files, Keys));
        Assert.Equal(["a.part", "some.key", "some.pair"], MetricTags.Of(files, Keys, measuring: "Parts.cs").Order(StringComparer.Ordinal));
        Assert.Equal(["a.part", "some.pair"], MetricTags.Of(files, Keys, pairing: "Parts.cs").Order(StringComparer.Ordinal));
    }
}
