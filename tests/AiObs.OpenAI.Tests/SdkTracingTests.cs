using AiObs.TestSupport;
using FakeModelServer;
using OpenAI.Responses;

namespace AiObs.OpenAI.Tests;

/// <summary>Switches the SDK's own experimental tracing on, which holds for the whole process: nothing else may run beside it.</summary>
[Collection(nameof(SdkTracing))]
public sealed class SdkTracingTests : IDisposable
{
    private readonly SpanCollector _theirs;

    public SdkTracingTests()
    {
        AppContext.SetSwitch(SdkTracing.Switch, true);
        _theirs = new SpanCollector(static source => source.Name.StartsWith("OpenAI.", StringComparison.Ordinal));
    }

    public void Dispose()
    {
        _theirs.Dispose();
        AppContext.SetSwitch(SdkTracing.Switch, false);
    }

    [Theory]
    [InlineData(CallStyle.Async)]
    [InlineData(CallStyle.Sync)]
    public async Task Chat_SdkTracesItself_IsTheSdksSpanWithWhatItLacks(CallStyle style)
    {
        await using var client = await RawClient.StartAsync(RawClient.WithContent);
        client.Server.Enqueue(ModelReply.Say("Sunny."));

        await client.AskAsync(style);

        Assert.Empty(client.Spans.Spans);
        var span = _theirs.Only();
        Assert.Equal(
            ("LLM", "Sunny.", "openai", "chat_completions"),
            (span.GetTagItem("openinference.span.kind"), span.GetTagItem("output.value"), span.GetTagItem("gen_ai.provider.name"),
                span.GetTagItem("openai.api.type")));
        Assert.Equal(span.TagObjects.Count(), span.TagObjects.DistinctBy(static tag => tag.Key).Count());
    }

    [Theory]
    [InlineData(CallStyle.Streamed)]
    [InlineData(CallStyle.StreamedSync)]
    public async Task ChatStream_SdkDoesNotTraceIt_IsOurSpan(CallStyle style)
    {
        await using var client = await RawClient.StartAsync();

        await client.AskAsync(style);

        Assert.Empty(_theirs.Spans);
        Assert.Equal("completed", client.Span.GetTagItem("aiobs.stream.outcome"));
    }

    [Theory]
    [InlineData(CallStyle.Async)]
    [InlineData(CallStyle.Sync)]
    [InlineData(CallStyle.Streamed)]
    public async Task Response_SdkTracesItself_IsOneModelSpan(CallStyle style)
    {
        await using var client = await RawClient.StartAsync();

        await client.RespondAsync(style, new CreateResponseOptions
        {
            Model = "gpt-5",
            StreamingEnabled = style == CallStyle.Streamed,
            InputItems = { ResponseItem.CreateUserMessageItem("Weather?") },
        });

        var spans = client.Spans.Spans.Concat(_theirs.Spans).ToList();
        var span = Assert.Single(spans);
        Assert.Equal(("LLM", "responses"), (span.GetTagItem("openinference.span.kind"), span.GetTagItem("openai.api.type")));
        Assert.NotNull(span.GetTagItem("gen_ai.usage.input_tokens"));
    }
}
