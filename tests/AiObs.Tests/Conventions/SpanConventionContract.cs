using System.Diagnostics;
using AiObs.Operations;
using AiObs.TestSupport;

namespace AiObs.Tests.Conventions;

/// <summary>What every <see cref="ISpanConvention"/> must do. Derive a test class per convention.</summary>
public abstract class SpanConventionContract
{
    private static readonly OperationOutcome[] Outcomes =
        [OperationOutcome.Running, OperationOutcome.Completed, OperationOutcome.Failed, OperationOutcome.Cancelled, OperationOutcome.Abandoned];

    private static readonly Type[] Exportable =
        [typeof(string), typeof(bool), typeof(long), typeof(double), typeof(string[]), typeof(double[]), typeof(long[])];

    public static TheoryData<string, OperationOutcome> Cases
    {
        get
        {
            var cases = new TheoryData<string, OperationOutcome>();
            foreach (var sample in OperationSamples.All.Keys)
            {
                foreach (var outcome in Outcomes)
                {
                    cases.Add(sample, outcome);
                }
            }

            return cases;
        }
    }

    /// <summary>Gets the convention.</summary>
    protected abstract ISpanConvention Convention { get; }

    /// <summary>Tells the keys that the convention may write.</summary>
    protected abstract bool Owns(string key);

    [Theory]
    [MemberData(nameof(Cases))]
    public void AllPhases_OfAnyOperation_WriteExportableValuesUnderKeysOfTheConventionOnce(string sample, OperationOutcome outcome)
    {
        var (start, span) = Write(sample, outcome);

        var tags = start.Concat(span.TagObjects).ToList();
        Assert.All(tags, tag => Assert.True(Owns(tag.Key), $"{tag.Key} is not the convention's"));
        Assert.All(tags, static tag => Assert.Contains(tag.Value?.GetType(), Exportable));
        Assert.All(tags, static tag => Assert.NotEqual("", tag.Value));
        Assert.Equal(tags.Count, tags.DistinctBy(static tag => tag.Key).Count());
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void StartAndWriteResult_OfAnyOperation_WriteNoContent(string sample, OperationOutcome outcome)
    {
        using var span = new Activity("span");
        var operation = OperationSamples.Finish(OperationSamples.All[sample](), outcome, span);
        var start = default(TagList);

        Convention.Start(operation, ref start);
        Convention.WriteResult(span, operation);

        foreach (var (key, value) in start)
        {
            span.AddTag(key, value);
        }

        Assert.Empty(new CanaryScan(OperationSamples.Canary).Search([span]).Hits);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void AllPhases_CalledTwice_WriteTheSame(string sample, OperationOutcome outcome)
    {
        var (firstStart, first) = Write(sample, outcome);
        var (secondStart, second) = Write(sample, outcome);

        SpanAssert.Attributes(new(firstStart.Concat(first.TagObjects)), secondStart.Concat(second.TagObjects));
    }

    [Fact]
    public void AllPhases_ManyThreads_WriteWhatOneThreadWrites()
    {
        var alone = OperationSamples.All.Keys.ToDictionary(static sample => sample, sample => Text(Write(sample, OperationOutcome.Completed).Span));
        var samples = Enumerable.Repeat(OperationSamples.All.Keys, 50).SelectMany(static keys => keys);

        Parallel.ForEach(samples, sample => Assert.Equal(alone[sample], Text(Write(sample, OperationOutcome.Completed).Span)));
    }

    [Fact]
    public void WriteResult_SpanOfSomebodyElse_KeepsItsTags()
    {
        using var span = new Activity("span");
        var (_, written) = Write("chat", OperationOutcome.Completed);
        foreach (var (key, _) in written.TagObjects)
        {
            span.AddTag(key, "theirs");
        }

        var operation = OperationSamples.Finish(OperationSamples.All["chat"](), OperationOutcome.Completed, span);
        operation.TagMode = SpanTagMode.FillIn;
        var before = span.TagObjects.ToList();
        Convention.WriteResult(span, operation);
        Convention.WriteContent(span, operation);

        Assert.Equal(before, span.TagObjects);
    }

    private static string Text(Activity span) => SpanText.Attributes(span.TagObjects);

    private (List<KeyValuePair<string, object?>> Start, Activity Span) Write(string sample, OperationOutcome outcome)
    {
        var span = new Activity("span");
        var operation = OperationSamples.Finish(OperationSamples.All[sample](), outcome, span);
        var start = default(TagList);
        Convention.Start(operation, ref start);
        Convention.WriteResult(span, operation);
        Convention.WriteContent(span, operation);
        return ([.. start], span);
    }
}
