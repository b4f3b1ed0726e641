using System.Diagnostics;
using AiObs.Tests.Chat;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.Tests.Operations;

public sealed class SamplingTests
{
    private static Dictionary<string, object?> StartTags => new(ExpectedTags.GenAI)
    {
        ["openinference.span.kind"] = "LLM",
        ["llm.system"] = "stub",
        ["llm.provider"] = "stub",
        ["llm.request.model_name"] = "stub-model",
    };

    [Fact]
    public async Task Start_SamplerAsks_SeesWhatIdentifiesTheCall()
    {
        var source = $"sampling-{Guid.NewGuid():N}";
        Dictionary<string, object?>? seen = null;
        var name = "";
        using var spans = new SpanCollector(source, (ref creation) =>
        {
            seen = new(creation.Tags ?? []);
            name = creation.Name;
            return ActivitySamplingResult.AllDataAndRecorded;
        });
        using var stub = new StubChatClient();
        using var client = stub.UseAgentObservability(o => o.SourceName = source);

        await foreach (var _ in client.GetStreamingResponseAsync("Hi", cancellationToken: TestContext.Current.CancellationToken))
        {
        }

        Assert.Equal("chat stub-model", name);
        SpanAssert.Attributes(new(StartTags) { ["gen_ai.request.stream"] = true }, seen!);
    }

    [Theory]
    [InlineData(ActivitySamplingResult.PropagationData, 1)]
    [InlineData(ActivitySamplingResult.None, 0)]
    public async Task End_NotSampled_WritesNothingMoreAndStillCounts(ActivitySamplingResult sampling, int spanCount)
    {
        var response = new ChatResponse(new ChatMessage(ChatRole.Assistant, "Hello.")) { Usage = new() { InputTokenCount = 7 } };
        using var chat = new ObservedChat(StubChatClient.Answering(response), ObservedChat.WithContent, sampling);
        using var metrics = new MetricCollector(chat.Source);

        await chat.AskAsync();

        Assert.Equal(spanCount, chat.Spans.Spans.Count);
        Assert.All(chat.Spans.Spans, static span => SpanAssert.Attributes(StartTags, span));
        Assert.Equal(7L, metrics.Only("gen_ai.client.token.usage").Value);
        Assert.Single(metrics.Of("gen_ai.client.operation.duration"));
    }

    [Fact]
    public async Task End_SomebodyElseWroteOurKeys_EachStandsOnce()
    {
        var stub = new StubChatClient
        {
            OnResponse = static call =>
            {
                call.CurrentActivity!.SetTag("gen_ai.response.model", "theirs");
                call.CurrentActivity.SetTag("openai.api.type", "responses");
                return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, "a")) { ModelId = "ours" });
            },
        };
        using var chat = new ObservedChat(stub);

        await chat.AskAsync();

        SpanAssert.Attributes(
            new(ExpectedTags.Both)
            {
                ["llm.model_name"] = "ours",
                ["llm.response.model_name"] = "ours",
                ["gen_ai.response.model"] = "ours",
                ["openai.api.type"] = "responses",
            },
            chat.Span);
    }

    [Fact]
    public async Task End_ListenerThrowsWhenTheSpanStops_ReturnsTheAnswer()
    {
        using var chat = new ObservedChat(new StubChatClient());
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == chat.Source,
            ActivityStopped = static _ => throw new InvalidOperationException("a"),
        };
        ActivitySource.AddActivityListener(listener);
        using var metrics = new MetricCollector(chat.Source);

        var response = await chat.AskAsync();

        Assert.Equal("Hello.", response.Text);
        Assert.Equal("span", metrics.Only("aiobs.faults").Tags["aiobs.part"]);
    }
}
