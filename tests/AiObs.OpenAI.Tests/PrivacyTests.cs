using AiObs.Events;
using AiObs.TestSupport;
using FakeModelServer;
using OpenAI.Chat;

namespace AiObs.OpenAI.Tests;

/// <summary>What must never reach telemetry, whatever is switched on.</summary>
public sealed class PrivacyTests
{
    private static CancellationToken TestToken => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(CallStyle.Async)]
    [InlineData(CallStyle.Streamed)]
    public async Task Call_ContentOn_KeepsKeysAndHeadersOut(CallStyle style)
    {
        var sink = new InMemoryEventSink();
        await using var client = await RawClient.StartAsync(
            static options =>
            {
                RawClient.WithContent(options);
                options.EmitOperationDetails = true;
            },
            builder => builder.AddEventSink(sink));
        using var metrics = new MetricCollector(client.Source);
        client.Server.Enqueue(ModelReply.Fail(429, 0), ModelReply.Say("Sunny."), ModelReply.Fail(401));

        await client.AskAsync(style);
        await Record.ExceptionAsync(() => client.AskAsync(style));
        await client.Root.Events.FlushAsync(TestToken);

        Assert.NotEmpty(sink.Events);
        Assert.Equal($"Bearer {RawClient.ApiKey}", client.Server.Requests[0].Headers["Authorization"]);
        Assert.Empty(new CanaryScan("canaryapikey", "Bearer", "User-Agent", "azsdk")
            .Search(client.Spans.Spans)
            .Search(client.Logs.GetSnapshot())
            .Search(metrics.Measurements)
            .Search(sink.Events.SelectMany(static item => item.Data))
            .Hits);
    }

    [Theory]
    [InlineData(CallStyle.Async)]
    [InlineData(CallStyle.Streamed)]
    public async Task Call_ContentOff_KeepsAllContentOut(CallStyle style)
    {
        await using var client = await RawClient.StartAsync();
        client.Server.Enqueue(
            new ModelReply
            {
                Text = ["canarytext"],
                Reasoning = ["canaryreasoning"],
                ToolCalls = [new ModelToolCall { Name = "get_weather", Arguments = ["""{"city":"canaryargument"}"""] }],
            },
            new ModelReply { Error = new ModelError { Status = 400, Message = "canaryerror" } });

        await client.AskAsync(style, [new SystemChatMessage("canarysystem"), new UserChatMessage("canaryuser")]);
        await Record.ExceptionAsync(() => client.AskAsync(style));

        Assert.Equal(2, client.Spans.Spans.Count);
        Assert.Empty(new CanaryScan("canary").Search(client.Spans.Spans).Search(client.Logs.GetSnapshot()).Hits);
    }

    [Fact]
    public async Task Call_RedactionOn_MasksBeforeAnybodyHears()
    {
        await using var client = await RawClient.StartAsync(static options =>
        {
            RawClient.WithContent(options);
            options.Privacy.RedactionRules = AiObs.RedactionRules.Email;
        });
        client.Server.Enqueue(ModelReply.Say("Write to ann@", "example.com."));

        await client.AskAsync(CallStyle.Streamed, [new UserChatMessage("I am bob@example.com")]);

        Assert.Empty(new CanaryScan("ann@example.com", "bob@example.com").Search(client.Spans.Spans).Hits);
    }
}
