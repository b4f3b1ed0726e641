using System.Text.RegularExpressions;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using AiObs.Tracing;
using Microsoft.Extensions.AI;

namespace AiObs.Tests.Metrics;

/// <summary>Holds each row of the page of metrics to what is measured: a metric has the tags that its row lists, and no other.</summary>
public sealed partial class DocumentedTagsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(GenAIProfile.V1_41)]
    [InlineData(GenAIProfile.Latest)]
    public async Task Page_OfCallsToolsAgentsAndWorkflows_ListsTheTagsOfEachMetric(GenAIProfile profile)
    {
        using var root = new ObservedRoot(o => o.GenAIProfile = profile);

        await AskAsync(root);
        await EmbedAsync(root);
        await RunToolAsync(root);
        await RunAgentAsync(root);
        RunWorkflow(root);
        await root.Root.Feedback.RecordAsync(root.Spans.Spans[0].Context, "helpful", score: 1, label: "yes", cancellationToken: Token);

        var measured = root.Metrics.Measurements.GroupBy(static measurement => measurement.Name).ToDictionary(
            static group => group.Key,
            static group => string.Join(", ", group.SelectMany(static measurement => measurement.Tags.Keys).Distinct().Order(StringComparer.Ordinal)));
        var documented = Rows().ToDictionary(
            static row => row.Groups[1].Value,
            static row => string.Join(", ", Name().Matches(row.Groups[2].Value).Select(static match => match.Groups[1].Value).Order(StringComparer.Ordinal)));

        Assert.Equal(profile == GenAIProfile.Latest ? 18 : 10, measured.Count);
        Assert.Equal(measured.Keys.Order(StringComparer.Ordinal).Select(name => $"{name}: {documented[name]}"), measured
            .OrderBy(static pair => pair.Key, StringComparer.Ordinal).Select(static pair => $"{pair.Key}: {pair.Value}"));
    }

    private static async Task AskAsync(ObservedRoot root)
    {
        var usage = new UsageContent(new() { InputTokenCount = 7, OutputTokenCount = 3 });
        using var model = StubChatClient.Streaming(
            new(ChatRole.Assistant, "Hel") { ModelId = "stub-model-1" }, new(ChatRole.Assistant, "lo.") { ModelId = "stub-model-1" }, new(ChatRole.Assistant, [usage]));
        using var client = model.UseAgentObservability(root.Root);
        await foreach (var update in client.GetStreamingResponseAsync("Hi", cancellationToken: Token))
        {
            Assert.NotNull(update);
        }

        using var failing = StubChatClient.Throwing(new TimeoutException()).UseAgentObservability(root.Root);
        await Assert.ThrowsAsync<TimeoutException>(() => failing.GetResponseAsync("Hi", cancellationToken: Token));
    }

    private static async Task EmbedAsync(ObservedRoot root)
    {
        GeneratedEmbeddings<Embedding<float>> vectors = [new Embedding<float>(new float[] { 1 }) { ModelId = "stub-embedding-1" }];
        vectors.Usage = new() { InputTokenCount = 4 };
        using var generator = new StubEmbeddingGenerator<string, Embedding<float>>(_ => Task.FromResult(vectors)).UseAgentObservability(root.Root);
        await generator.GenerateAsync(["Hi"], cancellationToken: Token);

        using var failing = new StubEmbeddingGenerator<string, Embedding<float>>(_ => throw new TimeoutException()).UseAgentObservability(root.Root);
        await Assert.ThrowsAsync<TimeoutException>(() => failing.GenerateAsync(["Hi"], cancellationToken: Token));
    }

    private static async Task RunToolAsync(ObservedRoot root)
    {
        var tool = AIFunctionFactory.Create(string () => throw new TimeoutException(), "weather").Observed(root.Root);
        using var agent = new StubChatClient
        {
            OnResponse = async call =>
            {
                await tool.InvokeAsync(cancellationToken: call.CancellationToken);
                return new ChatResponse();
            },
        }.UseAgent("helper", root.Root);
        await Assert.ThrowsAsync<TimeoutException>(() => agent.GetResponseAsync("Hi", cancellationToken: Token));
    }

    private static async Task RunAgentAsync(ObservedRoot root)
    {
        using var agent = new StubChatClient().UseAgentObservability(root.Root).UseAgent("helper", root.Root);
        await agent.GetResponseAsync("Hi", cancellationToken: Token);
    }

    private static void RunWorkflow(ObservedRoot root) => Assert.Throws<TimeoutException>(() =>
        root.Root.Tracer.TraceChain<int>("weekly", new() { Input = "in", Work = StepWork.Workflow }, static _ => throw new TimeoutException()));

    private static IEnumerable<Match> Rows() =>
        File.ReadLines(Path.Combine(FindRoot(AppContext.BaseDirectory), "docs/concepts/metrics.md")).Select(static line => Row().Match(line)).Where(static match => match.Success);

    private static string FindRoot(string folder) => File.Exists(Path.Combine(folder, "AiObs.sln")) ? folder : FindRoot(Path.GetDirectoryName(folder)!);

    [GeneratedRegex(@"^\|\s*`([a-z_]+\.[^`]+)`\s*\|[^|]*\|([^|]*)\|[^|]+\|")]
    private static partial Regex Row();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Name();
}
