using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.Tests.Privacy;

/// <summary>A redaction that blocks, asks models itself or runs in many calls at once hides nothing that it could have read.</summary>
public sealed class BusyRedactorTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task HundredCalls_WhoseRedactionBlocks_ShowTheirContent()
    {
        using var cage = new CanaryCage(static options =>
        {
            options.CaptureContent = ContentCapture.All;
            options.CallbackTimeout = TimeSpan.FromSeconds(30);
            options.Privacy.RedactText = static (_, text) =>
            {
                Thread.Sleep(100);
                return text.Replace(Canary.Text, "[GONE]", StringComparison.Ordinal);
            };
        });
        using var client = StubChatClient.Answering(new ChatResponse(new ChatMessage(ChatRole.Assistant, "fine"))).UseAgentObservability(cage.Root);
        var start = System.Diagnostics.Stopwatch.GetTimestamp();

        await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Task.Factory.StartNew(
            () => client.GetResponseAsync(Canary.Text, cancellationToken: Token), Token, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap()));
        var took = System.Diagnostics.Stopwatch.GetElapsedTime(start);

        cage.AssertNoneOf(Canary.Text, "__REDACTED__");
        Assert.Equal(100, cage.Spans.Count);

        // At 200 texts, two threads would take ten seconds, and one behind the other twenty.
        Assert.InRange(took, TimeSpan.Zero, TimeSpan.FromSeconds(8));
    }

    [Fact]
    public async Task RedactionThatAsksTheObservedClient_IsNotRunForThatAndHoldsNobodyUp()
    {
        IChatClient? client = null;
        using var cage = new CanaryCage(options =>
        {
            options.CaptureContent = ContentCapture.All;
            options.CallbackTimeout = TimeSpan.FromSeconds(60);
            options.Privacy.RedactText = (_, text) => client!.GetResponseAsync($"find in {text}", cancellationToken: Token).GetAwaiter().GetResult().Text + "ed";
        });
        using var observed = StubChatClient.Answering(new ChatResponse(new ChatMessage(ChatRole.Assistant, "redact"))).UseAgentObservability(cage.Root);
        client = observed;

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => observed.GetResponseAsync(Canary.Text, cancellationToken: Token), Token)))
            .WaitAsync(TimeSpan.FromSeconds(30), Token);

        cage.AssertNoneOf(Canary.Text);
        Assert.Equal(8, cage.Spans.Count(static span => "redacted".Equals(span.GetTagItem("llm.input_messages.0.message.content"))));
        Assert.Equal(16, cage.Spans.Count(static span => "__REDACTED__".Equals(span.GetTagItem("llm.input_messages.0.message.content"))));
    }

    [Fact]
    public async Task RedactionOfTagsThatIsSlow_TakesNoLongerThanTheLimitForAllOfThem()
    {
        using var cage = new CanaryCage(static options =>
        {
            options.CallbackTimeout = TimeSpan.FromMilliseconds(200);
            options.Privacy.RedactText = static (_, text) =>
            {
                Thread.Sleep(120);
                return text;
            };
        });
        using var client = StubChatClient.Answering(new ChatResponse(new ChatMessage(ChatRole.Assistant, "fine"))).UseAgentObservability(cage.Root);
        using var context = AgentContext.Begin(tags: [.. Enumerable.Range(0, 50).Select(static number => $"tag {number}")]);
        var start = System.Diagnostics.Stopwatch.GetTimestamp();

        await client.GetResponseAsync("hi", cancellationToken: Token);

        Assert.InRange(System.Diagnostics.Stopwatch.GetElapsedTime(start), TimeSpan.Zero, TimeSpan.FromSeconds(3));
    }
}
