using AiObs.Recording;
using Microsoft.Extensions.AI;

namespace AiObs.Tests.Chat;

public sealed class UsageAccumulatorTests
{
    private static readonly Dictionary<string, (string? ResponseId, UsageDetails Usage)[]> Streams = new()
    {
        ["one report"] = [(null, Usage(7, 3))],
        ["input first, output later"] = [("r", Usage(7, null)), ("r", Usage(null, 3))],
        ["a total that grows"] = [("r", Usage(7, 1)), ("r", Usage(7, 2)), ("r", Usage(7, 3))],
        ["a total repeated"] = [("r", Usage(7, 3)), ("r", Usage(7, 3))],
        ["parts that add up"] = [("r", Usage(7, 2)), ("r", Usage(0, 1))],
        ["a total after the input alone"] = [("r", Usage(7, null)), ("r", Usage(7, 3))],
        ["ids that come late"] = [(null, Usage(7, 1)), ("r", Usage(7, 3)), (null, Usage(7, 3))],
        ["two responses"] = [("r1", Usage(4, 1)), ("r2", Usage(3, 2))],
        ["two responses, each a growing total"] = [("r1", Usage(3, 1)), ("r1", Usage(3, 1)), ("r2", Usage(4, 1)), ("r2", Usage(4, 2))],
    };

    public static TheoryData<string> StreamNames => [.. Streams.Keys];

    [Theory]
    [MemberData(nameof(StreamNames))]
    public void Total_OfAStream_IsWhatWasUsed(string stream)
    {
        var total = Accumulate(Streams[stream]);

        Assert.Equal((7, 3), (total!.InputTokenCount, total.OutputTokenCount));
    }

    [Fact]
    public void Total_WithoutReports_IsUnknown() => Assert.Null(new UsageAccumulator().Total);

    [Fact]
    public void Total_CountsNamedOnlyAtFirst_AreNotLost()
    {
        var total = Accumulate(
            ("r", new() { InputTokenCount = 7, AdditionalCounts = new() { ["CacheCreationInputTokens"] = 5 } }),
            ("r", new() { OutputTokenCount = 3 }));

        Assert.Equal(5, total!.AdditionalCounts!["CacheCreationInputTokens"]);
        Assert.Equal((7, 3), (total.InputTokenCount, total.OutputTokenCount));
    }

    [Fact]
    public void Total_AdditionalCountsThatGrow_AreNotAddedUp()
    {
        var total = Accumulate(
            ("r", new() { InputTokenCount = 7, AdditionalCounts = new() { ["x"] = 5 } }),
            ("r", new() { InputTokenCount = 7, AdditionalCounts = new() { ["x"] = 6 } }));

        Assert.Equal((7, 6), (total!.InputTokenCount, total.AdditionalCounts!["x"]));
    }

    [Fact]
    public void Total_Read_LeavesTheReportsAndItselfAlone()
    {
        var usage = Usage(7, 3);
        var accumulator = new UsageAccumulator();
        accumulator.Add(usage, "r1");
        accumulator.Add(usage, "r2");

        _ = accumulator.Total;

        Assert.Equal((14, 6), (accumulator.Total!.InputTokenCount, accumulator.Total.OutputTokenCount));
        Assert.Equal((7, 3), (usage.InputTokenCount, usage.OutputTokenCount));
    }

    [Fact]
    public void Total_ReportThatItsReaderAddsUpIn_IsWhatWasUsed()
    {
        var (first, second) = (Usage(4, 1), Usage(3, 2));
        var accumulator = new UsageAccumulator();
        accumulator.Add(first, "r1");
        accumulator.Add(second, "r2");

        // As readers do who keep the first report as their own sum.
        first.Add(second);

        Assert.Equal((7, 3), (accumulator.Total!.InputTokenCount, accumulator.Total.OutputTokenCount));
    }

    private static UsageDetails Usage(long? input, long? output) => new() { InputTokenCount = input, OutputTokenCount = output };

    private static UsageDetails? Accumulate(params (string? ResponseId, UsageDetails Usage)[] reports)
    {
        var accumulator = new UsageAccumulator();
        foreach (var (responseId, usage) in reports)
        {
            accumulator.Add(usage, responseId);
        }

        return accumulator.Total;
    }
}
