using System.Diagnostics;

namespace AiObs.TestSupport.Tests;

public sealed class SpanCollectorTests
{
    [Fact]
    public void Spans_NestedActivities_AreInOrderOfStopping()
    {
        using var source = new ActivitySource(nameof(Spans_NestedActivities_AreInOrderOfStopping));
        using var collector = new SpanCollector(source.Name);

        using (source.StartActivity("outer"))
        using (source.StartActivity("inner"))
        {
            Assert.Empty(collector.Spans);
        }

        Assert.Equal(["inner", "outer"], collector.Spans.Select(span => span.DisplayName));
        Assert.Equal(["outer", "inner"], collector.Started.Select(span => span.DisplayName));
    }

    [Fact]
    public void Sampler_GivenTagsAtCreation_SeesThem()
    {
        using var source = new ActivitySource(nameof(Sampler_GivenTagsAtCreation_SeesThem));
        List<KeyValuePair<string, object?>> seen = [];
        using var collector = new SpanCollector(source.Name, (ref options) =>
        {
            seen.AddRange(options.Tags ?? []);

            return ActivitySamplingResult.None;
        });

        using var activity = source.StartActivity("dropped", ActivityKind.Client, default(ActivityContext), [new("model", "m")]);

        Assert.Null(activity);
        Assert.Equal([new("model", "m")], seen);
    }

    [Theory]
    [InlineData(ActivitySamplingResult.PropagationData, false, false)]
    [InlineData(ActivitySamplingResult.AllData, true, false)]
    [InlineData(ActivitySamplingResult.AllDataAndRecorded, true, true)]
    public void Sampling_EachResult_ShowsOnTheActivity(ActivitySamplingResult sampling, bool isAllDataRequested, bool isRecorded)
    {
        using var source = new ActivitySource($"{nameof(Sampling_EachResult_ShowsOnTheActivity)}.{sampling}");
        using var collector = new SpanCollector(source.Name, sampling);

        using var activity = source.StartActivity("span");

        Assert.NotNull(activity);
        Assert.Equal(isAllDataRequested, activity.IsAllDataRequested);
        Assert.Equal(isRecorded, activity.Recorded);
    }

    [Fact]
    public void Only_TwoSpansOfTheName_FailsAndListsThem()
    {
        using var source = new ActivitySource(nameof(Only_TwoSpansOfTheName_FailsAndListsThem));
        using var collector = new SpanCollector(source.Name);
        source.StartActivity("a")?.Dispose();
        source.StartActivity("b")?.Dispose();
        source.StartActivity("b")?.Dispose();

        Assert.Equal("a", collector.Only("a").DisplayName);
        var failure = Assert.ThrowsAny<Exception>(() => collector.Only("b"));
        Assert.Contains("found 2. Stopped spans: ['a', 'b', 'b']", failure.Message, StringComparison.Ordinal);
    }
}
