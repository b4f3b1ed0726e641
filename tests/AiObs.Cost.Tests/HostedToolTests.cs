using System.Globalization;
using AiObs.Operations;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.Cost.Tests;

/// <summary>Fees of tools that the provider runs itself, where an answer shows their calls and no count of them is reported.</summary>
public sealed class HostedToolTests
{
    private static CancellationToken TestToken => TestContext.Current.CancellationToken;

    /// <summary>Gets what an answer of gpt-5 shows, and what the call costs beside the 0.00225 USD of its tokens.</summary>
    public static TheoryData<string, AIContent[], string, string?> Shown => new()
    {
        { "a search, its result, and another", [Search("s1"), new WebSearchToolResultContent("s1"), Search("s2")], "0.02", null },
        { "a search that is shown again with its query", [new WebSearchToolCallContent("s1"), Search("s1")], "0.01", null },
        { "a search that names no query", [new WebSearchToolCallContent("s1"), new WebSearchToolResultContent("s1")], "0", "no rate for hosted_tool_calls" },
        { "a search without an id", [Search("")], "0", "no rate for hosted_tool_calls" },
        { "code that was run in pieces", [Code("c1"), Code("c1"), new CodeInterpreterToolResultContent("c1")], "0", "no rate for code_executions" },
        { "an image", [new ImageGenerationToolCallContent("i1"), new ImageGenerationToolResultContent("i1")], "0", "no rate for image_generations" },
        { "a search of files", [new ToolCallContent("f1"), new ToolResultContent("f1")], "0", "no rate for hosted_tool_calls" },
        { "a server of MCP", [new McpServerToolCallContent("m1", "look", "files"), new McpServerToolResultContent("m1")], "0", null },
        { "a function of the application's", [new FunctionCallContent("f1", "look")], "0", null },
    };

    [Theory]
    [MemberData(nameof(Shown))]
    public async Task Record_OfAnAnswerThatShowsCalls_HasTheirFees(string what, AIContent[] shown, string fee, string? reason)
    {
        var expected = (0.00225m + decimal.Parse(fee, CultureInfo.InvariantCulture), reason, reason is null ? CostCompleteness.Exact : CostCompleteness.Partial);
        foreach (var door in new[] { "plain", "streamed", "by hand" })
        {
            var record = await RecordAsync(door, Answer(shown), options: null);

            Assert.True(
                expected == (record.Total, record.Receipt.Reason, record.Completeness), $"{what}, {door}: {record.Total} {record.Completeness} {record.Receipt.Reason}");
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Record_TheAdapterCountsSearches_IsByItsCount(long count)
    {
        var answer = Answer([Search("s1"), Search("s2"), new WebSearchToolCallContent("s3")]);
        answer.Usage!.AdditionalCounts = new() { ["WebSearchRequests"] = count };

        var record = await RecordAsync("plain", answer, options: null);

        Assert.Equal((0.00225m + (0.01m * count), CostCompleteness.Exact), (record.Total, record.Completeness));
    }

    [Fact]
    public async Task Record_TheObjectCountsSearches_IsByItsCount()
    {
        var answer = Answer([Search("s1"), Search("s2")]);
        answer.RawRepresentation = new ReportedUsage { Input = 1_000, Output = 100, WebSearches = 1 };

        var record = await RecordAsync("plain", answer, options: null);

        Assert.Equal((0.01225m, CostCompleteness.Exact), (record.Total, record.Completeness));
    }

    [Fact]
    public async Task Record_TheObjectIsOfTheLastOfSeveralAnswers_HasTheFeesOfAll()
    {
        var answer = Answer([Search("s1"), Search("s2")]);
        answer.RawRepresentation = new ReportedUsage { Input = 400, Output = 50, WebSearches = 1, StorageSearches = 1 };

        var record = await RecordAsync("plain", answer, options: null);

        // A search of files is 0.0025.
        Assert.Equal((0.00225m + 0.02m + 0.0025m, CostCompleteness.Exact), (record.Total, record.Completeness));
    }

    [Fact]
    public async Task Record_NoUsageAndNoEstimates_SaysThatTheInputIsNotKnown()
    {
        var answer = Answer([Search("s1")]);
        answer.Usage = null;

        var record = await RecordAsync("plain", answer, static o => o.EstimateMissingUsage = false);

        Assert.Equal((0.01m, CostCompleteness.Partial, "the input tokens were not reported; the output tokens were not reported"), (record.Total, record.Completeness, record.Receipt.Reason));
    }

    [Fact]
    public async Task Record_NoUsage_HasTheFeeBesideTheEstimate()
    {
        var answer = Answer([Search("s1")]);
        answer.Usage = null;

        var record = await RecordAsync("plain", answer, options: null);

        Assert.Equal(1, record.Receipt.Usage["web_searches"]);
        Assert.Equal((CostCompleteness.Estimated, true), (record.Completeness, record.Total is > 0.01m and < 0.011m));
    }

    private static WebSearchToolCallContent Search(string id) => new(id) { Queries = ["rain"] };

    private static CodeInterpreterToolCallContent Code(string id) => new(id) { Inputs = [new TextContent("print(1)")] };

    private static ChatResponse Answer(IEnumerable<AIContent> shown) => new(new ChatMessage(ChatRole.Assistant, [.. shown, new TextContent("Dry.")]))
    {
        Usage = new() { InputTokenCount = 1_000, OutputTokenCount = 100, TotalTokenCount = 1_100 },
    };

    private static async Task<CostRecord> RecordAsync(string door, ChatResponse answer, Action<CostTrackingOptions>? options)
    {
        using var costs = new CostFixture(options);
        if (door == "by hand")
        {
            return await costs.Root.CostRecorder!.RecordAsync(answer, new() { Provider = "openai", RequestModel = "gpt-5" }, TestToken);
        }

        using var client = StubChatClient.Answering(answer);
        client.OnStream = _ => new StubUpdates(answer.ToChatResponseUpdates());
        client.Metadata = new("openai", new Uri("https://api.openai.com/v1"), "gpt-5");
        using var observed = client.UseAgentObservability(costs.Root);
        await Calls.MakeAsync(observed, door == "streamed");
        return Assert.Single(costs.Records);
    }
}
